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

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.session.SessionState;
import io.github.atomixspring.spring.cache.CacheLoads.LoaderException;
import org.jspecify.annotations.Nullable;

import org.springframework.cache.Cache;
import org.springframework.cache.support.AbstractValueAdaptingCache;
import org.springframework.util.Assert;

/**
 * {@link Cache} over a {@link DistributedMap}, shared by all nodes of the cluster.
 * <p>
 * All operations are atomic, and linearizable except for look-ups that are asked to be
 * sequential. {@code put}, {@code evict} and {@code clear} are complete when they return:
 * no later look-up on any node sees what was there before.
 * <p>
 * {@link #get(Object, Callable)} and {@link #retrieve(Object, Supplier)}, and with them
 * {@code @Cacheable(sync = true)}, load a value once in the whole cluster: the others
 * wait for it, on this node and on others. If the loader fails, those who wait on its
 * node get the same exception, and another node tries for itself; if its node dies, the
 * next one loads when the session of the dead one has expired. A value is not stored if
 * its key was put, evicted or cleared while it was loaded, or if this node lost its claim
 * to load. Then only the caller that has loaded it gets it, and those who wait look
 * again. So it is, with a warning in the log, if the cluster cannot be reached to store
 * it.
 * <p>
 * Where the cluster cannot be reached, operations fail after the operation timeout of the
 * node with {@link UnavailableException} or, if a write may have happened, with
 * {@link io.github.atomixspring.primitive.UnknownOutcomeException}; a
 * {@code CacheErrorHandler} decides what becomes of them.
 *
 * @since 0.1.0
 */
public class AtomixCache extends AbstractValueAdaptingCache {

	private final String name;

	private final Atomix atomix;

	private final DistributedMap<byte[], byte[]> map;

	private final boolean failFast;

	private final @Nullable Duration timeToLive;

	private final CacheKeys keys;

	private final CacheValues values;

	private final CacheLoads loads;

	private final CacheCounters counters = new CacheCounters();

	/**
	 * Creates a cache.
	 * @param name the name of the cache
	 * @param atomix the node
	 * @param mapName the name of the map
	 * @param options the options
	 * @param failFast whether to fail at once while the node is not connected
	 */
	AtomixCache(String name, Atomix atomix, String mapName, AtomixCacheOptions options, boolean failFast) {
		super(options.allowNullValues());
		this.name = name;
		this.atomix = atomix;
		this.map = atomix.map(mapName, options.mapOptions());
		this.failFast = failFast;
		this.timeToLive = options.timeToLive();
		this.keys = new CacheKeys(name, options.keyCodec());
		this.values = new CacheValues(name, options.valueCodec());
		this.loads = new CacheLoads(new CacheClaims(atomix, name, this.map, options), this.values, this.counters,
				options);
	}

	@Override
	public String getName() {
		return this.name;
	}

	/**
	 * Returns the map, which holds keys and values in encoded form.
	 */
	@Override
	public DistributedMap<byte[], byte[]> getNativeCache() {
		return this.map;
	}

	@Override
	protected @Nullable Object lookup(Object key) {
		return lookup(encode(key));
	}

	private @Nullable Object lookup(byte[] key) {
		return found(connected().get(key));
	}

	private @Nullable Object found(byte @Nullable [] bytes) {
		Object value = this.values.decode(bytes);
		this.counters.lookedUp(value != null);
		return value;
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> @Nullable T get(Object key, Callable<T> valueLoader) {
		byte[] encoded = encode(key);
		Object value = lookup(encoded);
		while (value == null) {
			try {
				value = this.loads.load(encoded, () -> toStoreValue(valueLoader.call()));
			}
			catch (LoaderException ex) {
				throw new ValueRetrievalException(key, valueLoader, ex.getCause());
			}
			if (value == null) {
				value = this.values.decode(connected().get(encoded));
			}
		}
		return (T) fromStoreValue(value);
	}

	@Override
	public CompletableFuture<?> retrieve(Object key) {
		return retrieve(encode(key))
			.thenApply((value) -> (isAllowNullValues()) ? toValueWrapper(value) : fromStoreValue(value));
	}

	private CompletableFuture<@Nullable Object> retrieve(byte[] key) {
		return connected().async().get(key).thenApply(this::found);
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> valueLoader) {
		byte[] encoded = encode(key);
		CompletableFuture<T> retrieved = new CompletableFuture<>();
		retrieve(encoded)
			.thenCompose((value) -> (value != null) ? CompletableFuture.completedFuture(value)
					: load(encoded, () -> valueLoader.get().thenApply(this::toStoreValue)))
			.whenComplete((value, ex) -> {
				if (ex != null) {
					retrieved.completeExceptionally(cause(ex));
				}
				else {
					retrieved.complete((T) fromStoreValue(value));
				}
			});
		return retrieved;
	}

	private CompletableFuture<Object> load(byte[] key, Supplier<CompletableFuture<Object>> loader) {
		return this.loads.loadAsync(key, loader).thenCompose((loaded) -> {
			if (loaded != null) {
				return CompletableFuture.completedFuture(loaded);
			}
			return connected().async()
				.get(key)
				.thenApply(this.values::decode)
				.thenCompose((value) -> (value != null) ? CompletableFuture.completedFuture(value) : load(key, loader));
		});
	}

	private static Throwable cause(Throwable ex) {
		Throwable cause = ex;
		while ((cause instanceof CompletionException || cause instanceof LoaderException) && cause.getCause() != null) {
			cause = cause.getCause();
		}
		return cause;
	}

	@Override
	public void put(Object key, @Nullable Object value) {
		byte[] encodedKey = encode(key);
		byte[] encodedValue = this.values.encode(toStoreValue(value));
		if (this.timeToLive != null) {
			connected().put(encodedKey, encodedValue, this.timeToLive);
		}
		else {
			connected().put(encodedKey, encodedValue);
		}
		this.counters.put();
	}

	@Override
	public @Nullable ValueWrapper putIfAbsent(Object key, @Nullable Object value) {
		byte[] encodedKey = encode(key);
		byte[] encodedValue = this.values.encode(toStoreValue(value));
		byte[] present = putIfAbsent(encodedKey, encodedValue);
		while (present != null && !CacheValues.isValue(present)) {
			// Somebody is loading and has nothing to show yet.
			present = replace(encodedKey, present, encodedValue) ? null : putIfAbsent(encodedKey, encodedValue);
		}
		if (present == null) {
			this.counters.put();
		}
		return toValueWrapper(this.values.decode(present));
	}

	private byte @Nullable [] putIfAbsent(byte[] key, byte[] value) {
		return (this.timeToLive != null) ? connected().putIfAbsent(key, value, this.timeToLive)
				: connected().putIfAbsent(key, value);
	}

	private boolean replace(byte[] key, byte[] present, byte[] value) {
		return (this.timeToLive != null) ? connected().replace(key, present, value, this.timeToLive)
				: connected().replace(key, present, value);
	}

	@Override
	public void evict(Object key) {
		evictIfPresent(key);
	}

	@Override
	public boolean evictIfPresent(Object key) {
		byte[] removed = connected().remove(encode(key));
		boolean present = removed != null && CacheValues.isValue(removed);
		if (present) {
			this.counters.removed();
		}
		return present;
	}

	@Override
	public void clear() {
		connected().clear();
	}

	@Override
	public boolean invalidate() {
		boolean present = !connected().isEmpty();
		clear();
		return present;
	}

	private byte[] encode(Object key) {
		Assert.notNull(key, "'key' must not be null");
		return this.keys.encode(key);
	}

	private DistributedMap<byte[], byte[]> connected() {
		if (this.failFast) {
			SessionState state = this.atomix.session().state();
			if (state != SessionState.CONNECTED) {
				throw new UnavailableException(
						"Cache '" + this.name + "' is not available: the session of the node is " + state, null);
			}
		}
		return this.map;
	}

	/**
	 * Returns what this cache has done on this node.
	 * @return the counters
	 */
	CacheCounters counters() {
		return this.counters;
	}

	@Override
	public String toString() {
		return "AtomixCache '" + this.name + "'";
	}

}
