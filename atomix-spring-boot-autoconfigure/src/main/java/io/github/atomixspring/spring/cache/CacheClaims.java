/*
 * Copyright 2026 the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.atomixspring.spring.cache;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.map.AsyncDistributedMap;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The right to load a value, which one node at a time has for a key.
 * <p>
 * A lock with a name for the key keeps the others waiting, also when the leader changes,
 * and goes to the next one when its holder dies. Its holder puts a claim where the value
 * will be and replaces it by the value only if it is still there: then nothing was put,
 * evicted or cleared meanwhile, and nobody else has got the lock. So a value that was
 * loaded before it was evicted never comes back. Who finds the claim of another while
 * holding the lock takes it over: its owner has lost the lock or is done.
 */
final class CacheClaims {

	private static final Log logger = LogFactory.getLog(CacheClaims.class);

	/** A claim whose owner died stays until somebody wants the value, or so long. */
	private static final Duration CLAIM_TIME_TO_LIVE = Duration.ofHours(1);

	private final Atomix atomix;

	private final String cache;

	private final String lockPrefix;

	private final AsyncDistributedMap<byte[], byte[]> map;

	private final AtomixCacheOptions options;

	CacheClaims(Atomix atomix, String cache, DistributedMap<byte[], byte[]> map, AtomixCacheOptions options) {
		this.atomix = atomix;
		this.cache = cache;
		this.lockPrefix = map.name() + "/";
		this.map = map.async();
		this.options = options;
	}

	/**
	 * Waits for the right to load a value, or for the value.
	 * @param key the key
	 * @return the claim
	 */
	CompletableFuture<Claim> claim(byte[] key) {
		DistributedLock lock = this.atomix.lock(this.lockPrefix + digest(key));
		return lock.async().tryLock(this.options.loadTimeout()).thenCompose((handle) -> {
			if (handle.isEmpty()) {
				return CompletableFuture.failedFuture(timeout());
			}
			byte[] mark = CacheValues.claim(handle.get().fencingToken());
			return mark(key, mark).thenApply((present) -> new Claim(key, lock, mark, present));
		}).whenComplete((claim, ex) -> {
			if (ex != null) {
				lock.close();
			}
		});
	}

	/**
	 * Puts a claim unless there is a value.
	 * @param key the key
	 * @param mark the claim
	 * @return the value, or null if the claim was put
	 */
	private CompletableFuture<byte @Nullable []> mark(byte[] key, byte[] mark) {
		return this.map.putIfAbsent(key, mark, CLAIM_TIME_TO_LIVE).thenCompose((present) -> {
			if (present == null || CacheValues.isValue(present)) {
				return CompletableFuture.completedFuture(present);
			}
			return this.map.replace(key, present, mark, CLAIM_TIME_TO_LIVE)
				.thenCompose((taken) -> (taken) ? CompletableFuture.completedFuture(null) : mark(key, mark));
		});
	}

	CacheLoadTimeoutException timeout() {
		return new CacheLoadTimeoutException("Cache '" + this.cache + "': waited "
				+ this.options.loadTimeout().toMillis() + " ms for a value that another thread or node is loading");
	}

	/**
	 * Finds a name for a key that is short enough for a primitive.
	 * @param key the key
	 * @return the digest
	 */
	private static String digest(byte[] key) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
			return new String(Base64.getUrlEncoder().withoutPadding().encode(digest), StandardCharsets.US_ASCII);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Each Java platform has SHA-256", ex);
		}
	}

	/**
	 * The right to load a value, or the value that was found instead.
	 */
	final class Claim {

		private final byte[] key;

		private final DistributedLock lock;

		private final byte[] mark;

		private final byte @Nullable [] present;

		private Claim(byte[] key, DistributedLock lock, byte[] mark, byte @Nullable [] present) {
			this.key = key;
			this.lock = lock;
			this.mark = mark;
			this.present = present;
		}

		/**
		 * Returns the value that somebody else has loaded.
		 * @return the value, or null if it is to be loaded
		 */
		byte @Nullable [] present() {
			return this.present;
		}

		/**
		 * Stores the value that was loaded, unless the claim is not there any more.
		 * @param value the value
		 * @return whether it is surely stored. That the cluster cannot be reached is no
		 * failure: the caller has its value
		 */
		CompletableFuture<Boolean> store(byte[] value) {
			AsyncDistributedMap<byte[], byte[]> map = CacheClaims.this.map;
			Duration timeToLive = CacheClaims.this.options.timeToLive();
			CompletableFuture<Boolean> stored = (timeToLive != null)
					? map.replace(this.key, this.mark, value, timeToLive) : map.replace(this.key, this.mark, value);
			return stored.exceptionally((ex) -> {
				Throwable cause = AtomixException.unwrap(ex);
				if (!(cause instanceof UnavailableException || cause instanceof UnknownOutcomeException)) {
					throw new CompletionException(cause);
				}
				logger.warn("Cache '" + CacheClaims.this.cache + "': a value was loaded and perhaps not stored: "
						+ cause.getMessage());
				return false;
			});
		}

		/**
		 * Takes the claim back, as nothing was stored.
		 */
		void withdraw() {
			CacheClaims.this.map.remove(this.key, this.mark).whenComplete((removed, ex) -> {
				if (ex != null) {
					logger.debug("Cache '" + CacheClaims.this.cache + "': a claim stays behind: " + ex.getMessage());
				}
			});
		}

		/**
		 * Lets the next one load. Does not wait for the cluster.
		 */
		void release() {
			this.lock.close();
		}

	}

}
