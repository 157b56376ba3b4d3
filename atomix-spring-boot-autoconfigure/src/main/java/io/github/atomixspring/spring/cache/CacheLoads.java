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
	 * @return the value
	 * @throws LoaderException if the loader fails, here or on the thread of this node
	 * that loads
	 */
	Object load(byte[] key, Callable<Object> loader) {
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
		boolean settled = false;
		try {
			claim = await(this.claims.claim(load.key));
			Object value = this.values.decode(claim.present());
			if (value == null) {
				value = call(loader);
				await(store(claim, value));
			}
			settled = true;
			load.result.complete(value);
			return value;
		}
		catch (RuntimeException | Error ex) {
			load.result.completeExceptionally(ex);
			throw ex;
		}
		finally {
			end(load, claim, settled);
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
	 * @return the value; fails with what the loader fails with
	 */
	CompletableFuture<Object> loadAsync(byte[] key, Supplier<CompletableFuture<Object>> loader) {
		Load load = new Load(key, null);
		Load other = this.running.putIfAbsent(load.id, load);
		if (other != null) {
			return share(other);
		}
		claim(key).whenComplete((claim, ex) -> {
			if (claim == null) {
				settle(load, null, null, ex);
			}
			else {
				loadAsync(claim, loader).whenComplete((value, failure) -> settle(load, claim, value, failure));
			}
		});
		return asTheyAre(load.result);
	}

	private CompletableFuture<Claim> claim(byte[] key) {
		try {
			return this.claims.claim(key);
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private void settle(Load load, @Nullable Claim claim, @Nullable Object value, @Nullable Throwable failure) {
		end(load, claim, value != null);
		if (value != null) {
			load.result.complete(value);
		}
		else {
			load.result.completeExceptionally((failure != null) ? unwrap(failure) : new IllegalStateException());
		}
	}

	private CompletableFuture<Object> loadAsync(Claim claim, Supplier<CompletableFuture<Object>> loader) {
		try {
			Object present = this.values.decode(claim.present());
			if (present != null) {
				return CompletableFuture.completedFuture(present);
			}
			this.counters.loaded();
			return callAsync(loader).thenCompose((value) -> store(claim, value).thenApply((stored) -> value));
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
		return loaded.exceptionallyCompose((ex) -> CompletableFuture.failedFuture(new LoaderException(unwrap(ex))));
	}

	private CompletableFuture<Void> store(Claim claim, Object value) {
		CompletableFuture<Void> stored = claim.store(this.values.encode(value));
		this.counters.put();
		return stored;
	}

	/**
	 * Ends a load. The lock is closed before the next load of this node may open it.
	 * @param load the load
	 * @param claim its claim, or null if it got none
	 * @param settled whether there is a value
	 */
	private void end(Load load, @Nullable Claim claim, boolean settled) {
		if (claim != null) {
			claim.release();
		}
		this.running.remove(load.id, load);
		if (claim != null && !settled) {
			claim.withdraw();
		}
	}

	/**
	 * Waits for the load of another, but not for ever.
	 * @param load the load
	 * @return what becomes of it
	 */
	private CompletableFuture<Object> share(Load load) {
		return asTheyAre(load.result.copy()
			.orTimeout(TimeUnit.MILLISECONDS.convert(this.options.loadTimeout()), TimeUnit.MILLISECONDS)
			.exceptionallyCompose((ex) -> CompletableFuture
				.failedFuture((unwrap(ex) instanceof TimeoutException) ? this.claims.timeout() : ex)));
	}

	/**
	 * Returns a future of its own that fails with exceptions as they are.
	 * @param future the future
	 * @return its twin
	 */
	private static CompletableFuture<Object> asTheyAre(CompletableFuture<Object> future) {
		CompletableFuture<Object> plain = new CompletableFuture<>();
		future.whenComplete((value, ex) -> {
			if (ex != null) {
				plain.completeExceptionally(unwrap(ex));
			}
			else {
				plain.complete(value);
			}
		});
		return plain;
	}

	/**
	 * Waits for a future. Interruption does not end the wait and is kept as the flag of
	 * the thread, as everywhere in blocking faces that cannot throw it.
	 * @param <T> the type of the result
	 * @param future the future
	 * @return the result
	 */
	private static <T> T await(CompletableFuture<T> future) {
		try {
			return future.join();
		}
		catch (CompletionException ex) {
			Throwable cause = unwrap(ex);
			if (cause instanceof RuntimeException failure) {
				throw failure;
			}
			if (cause instanceof Error error) {
				throw error;
			}
			throw ex;
		}
	}

	private static Throwable unwrap(Throwable ex) {
		Throwable cause = ex;
		while (cause instanceof CompletionException && cause.getCause() != null) {
			cause = cause.getCause();
		}
		return cause;
	}

	/**
	 * One load.
	 */
	private static final class Load {

		private final byte[] key;

		private final ByteBuffer id;

		/** The thread that loads, or null if it does not wait for the loader. */
		private final @Nullable Thread thread;

		private final CompletableFuture<Object> result = new CompletableFuture<>();

		Load(byte[] key, @Nullable Thread thread) {
			this.key = key;
			this.id = ByteBuffer.wrap(key);
			this.thread = thread;
		}

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
