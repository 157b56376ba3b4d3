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

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.spring.cache.CacheClaims.Claim;
import org.jspecify.annotations.Nullable;

/**
 * The loads of one cache that run on this node. There is one at a time for a key: the
 * first caller claims the key in the cluster and loads, the others share what becomes of
 * it.
 */
final class CacheLoads {

	private final CacheClaims claims;

	private final CacheValues values;

	private final CacheCounters counters;

	private final AtomixCacheOptions options;

	private final Map<ByteBuffer, Load> running = new ConcurrentHashMap<>();

	CacheLoads(CacheClaims claims, CacheValues values, CacheCounters counters, AtomixCacheOptions options) {
		this.claims = claims;
		this.values = values;
		this.counters = counters;
		this.options = options;
	}

	/**
	 * Loads a value on the calling thread, unless somebody else does.
	 * @param key the key
	 * @param loader the loader of values as they are stored
	 * @return the value, or null to look again: somebody else has loaded and there is
	 * nothing to share
	 * @throws LoaderException if the loader fails, here or on the thread of this node
	 * that loads
	 */
	@Nullable Object load(byte[] key, Callable<Object> loader) {
		Load own = new Load(key, Thread.currentThread());
		Load other = this.running.putIfAbsent(own.id, own);
		if (other == null) {
			return lead(own, loader);
		}
		if (other.thread == Thread.currentThread()) {
			// The loader asks for what it is loading: it would wait for itself.
			return call(loader);
		}
		return await(share(other));
	}

	private Object lead(Load load, Callable<Object> loader) {
		Claim claim = null;
		try {
			claim = await(this.claims.claim(load.key));
			Object value = this.values.decode(claim.present());
			boolean stored = false;
			if (value == null) {
				value = call(loader);
				stored = await(store(load, claim, value));
			}
			end(load, claim, (stored) ? value : null, null);
			return value;
		}
		catch (RuntimeException | Error ex) {
			end(load, claim, null, ex);
			throw ex;
		}
	}

	private Object call(Callable<Object> loader) {
		this.counters.loaded();
		try {
			return loader.call();
		}
		catch (Exception | Error ex) {
			throw new LoaderException(ex);
		}
	}

	/**
	 * Loads a value without blocking, unless somebody else does.
	 * @param key the key
	 * @param loader the loader of values as they are stored
	 * @return the value, or null to look again; fails with {@link LoaderException} if the
	 * loader fails
	 */
	CompletableFuture<@Nullable Object> loadAsync(byte[] key, Supplier<CompletableFuture<Object>> loader) {
		Load load = new Load(key, null);
		Load other = this.running.putIfAbsent(load.id, load);
		if (other != null) {
			return share(other);
		}
		CompletableFuture<@Nullable Object> own = new CompletableFuture<>();
		claim(key).whenComplete((claim, ex) -> {
			if (claim == null) {
				Throwable failure = AtomixException.unwrap(ex);
				end(load, null, null, failure);
				own.completeExceptionally(failure);
			}
			else {
				leadAsync(load, claim, loader, own);
			}
		});
		return own;
	}

	private CompletableFuture<Claim> claim(byte[] key) {
		try {
			return this.claims.claim(key);
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private void leadAsync(Load load, Claim claim, Supplier<CompletableFuture<Object>> loader,
			CompletableFuture<@Nullable Object> own) {
		loadAsync(load, claim, loader).whenComplete((loaded, ex) -> {
			if (ex != null) {
				Throwable failure = AtomixException.unwrap(ex);
				end(load, claim, null, failure);
				own.completeExceptionally(failure);
			}
			else {
				end(load, claim, (loaded.stored()) ? loaded.value() : null, null);
				own.complete(loaded.value());
			}
		});
	}

	private CompletableFuture<Loaded> loadAsync(Load load, Claim claim, Supplier<CompletableFuture<Object>> loader) {
		try {
			Object present = this.values.decode(claim.present());
			if (present != null) {
				return CompletableFuture.completedFuture(new Loaded(present, false));
			}
			this.counters.loaded();
			return callAsync(loader)
				.thenCompose((value) -> store(load, claim, value).thenApply((stored) -> new Loaded(value, stored)));
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private static CompletableFuture<Object> callAsync(Supplier<CompletableFuture<Object>> loader) {
		CompletableFuture<Object> loaded;
		try {
			loaded = loader.get();
		}
		catch (RuntimeException | Error ex) {
			loaded = CompletableFuture.failedFuture(ex);
		}
		return loaded.exceptionallyCompose(
				(ex) -> CompletableFuture.failedFuture(new LoaderException(AtomixException.unwrap(ex))));
	}

	private CompletableFuture<Boolean> store(Load load, Claim claim, Object value) {
		byte[] encoded = this.values.encode(value);
		load.storing = true;
		this.counters.put();
		return claim.store(encoded);
	}

	/**
	 * Ends a load. The lock is closed before the next load of this node may open it.
	 * @param load the load
	 * @param claim its claim, or null if it got none
	 * @param shared the value that is stored, or null if others look again
	 * @param failure the failure, or null
	 */
	private void end(Load load, @Nullable Claim claim, @Nullable Object shared, @Nullable Throwable failure) {
		if (claim != null) {
			claim.release();
		}
		this.running.remove(load.id, load);
		if (claim != null && claim.present() == null && shared == null) {
			claim.withdraw();
		}
		if (failure != null) {
			load.result.completeExceptionally(failure);
		}
		else {
			load.result.complete(shared);
		}
	}

	/**
	 * Waits for the load of another, but not for ever. Its value is good only for those
	 * who asked before it was stored, and only if it was: else it may have been evicted
	 * before they asked.
	 * @param load the load
	 * @return the value, or null to look again
	 */
	private CompletableFuture<@Nullable Object> share(Load load) {
		CompletableFuture<@Nullable Object> outcome = (load.storing) ? load.result.handle((value, ex) -> null)
				: load.result.copy();
		CompletableFuture<@Nullable Object> shared = new CompletableFuture<>();
		outcome.orTimeout(TimeUnit.MILLISECONDS.convert(this.options.loadTimeout()), TimeUnit.MILLISECONDS)
			.whenComplete((value, ex) -> {
				if (ex == null) {
					shared.complete(value);
				}
				else {
					Throwable failure = AtomixException.unwrap(ex);
					shared
						.completeExceptionally((failure instanceof TimeoutException) ? this.claims.timeout() : failure);
				}
			});
		return shared;
	}

	/**
	 * Waits for a future. Interruption does not end the wait and is kept as the flag of
	 * the thread, as everywhere in blocking faces that cannot throw it.
	 * @param <T> the type of the result
	 * @param future the future
	 * @return the result
	 */
	private static <T extends @Nullable Object> T await(CompletableFuture<T> future) {
		try {
			return future.join();
		}
		catch (CompletionException ex) {
			Throwable cause = AtomixException.unwrap(ex);
			if (cause instanceof RuntimeException failure) {
				throw failure;
			}
			if (cause instanceof Error error) {
				throw error;
			}
			throw ex;
		}
	}

	/**
	 * One load.
	 */
	private static final class Load {

		private final byte[] key;

		private final ByteBuffer id;

		/** The thread that loads, or null if it does not wait for the loader. */
		private final @Nullable Thread thread;

		/** What those get who share it: the value, or null to look again. */
		private final CompletableFuture<@Nullable Object> result = new CompletableFuture<>();

		/** Whether the value is on its way to the cluster, or further. */
		private volatile boolean storing;

		Load(byte[] key, @Nullable Thread thread) {
			this.key = key;
			this.id = ByteBuffer.wrap(key);
			this.thread = thread;
		}

	}

	/**
	 * What was loaded or found.
	 *
	 * @param value the value
	 * @param stored whether it was stored here
	 */
	private record Loaded(Object value, boolean stored) {

	}

	/**
	 * A loader has failed, in contrast to the cache.
	 */
	@SuppressWarnings("serial")
	static final class LoaderException extends RuntimeException {

		LoaderException(Throwable cause) {
			super(cause);
		}

	}

}
