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

package io.github.atomixspring.map;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;

import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.primitive.Versioned;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous face of a {@link DistributedMap}, with the same operations under the
 * same names.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 * @since 0.1.0
 */
public interface AsyncDistributedMap<K, V> {

	/**
	 * See {@link DistributedMap#get(Object)}.
	 * @param key the key
	 * @return the value, or null
	 */
	CompletableFuture<@Nullable V> get(K key);

	/**
	 * See {@link DistributedMap#get(Object, ReadConsistency)}.
	 * @param key the key
	 * @param consistency how fresh the read is
	 * @return the value, or null
	 */
	CompletableFuture<@Nullable V> get(K key, ReadConsistency consistency);

	/**
	 * See {@link DistributedMap#getVersioned(Object)}.
	 * @param key the key
	 * @return the value and its version, or empty
	 */
	CompletableFuture<Optional<Versioned<V>>> getVersioned(K key);

	/**
	 * See {@link DistributedMap#getVersioned(Object, ReadConsistency)}.
	 * @param key the key
	 * @param consistency how fresh the read is
	 * @return the value and its version, or empty
	 */
	CompletableFuture<Optional<Versioned<V>>> getVersioned(K key, ReadConsistency consistency);

	/**
	 * See {@link DistributedMap#getAll(Collection)}.
	 * @param keys the keys
	 * @return the entries that exist
	 */
	CompletableFuture<Map<K, V>> getAll(Collection<? extends K> keys);

	/**
	 * See {@link DistributedMap#getAll(Collection, ReadConsistency)}.
	 * @param keys the keys
	 * @param consistency how fresh the read is
	 * @return the entries that exist
	 */
	CompletableFuture<Map<K, V>> getAll(Collection<? extends K> keys, ReadConsistency consistency);

	/**
	 * See {@link DistributedMap#containsKey(Object)}.
	 * @param key the key
	 * @return whether the key has a value
	 */
	CompletableFuture<Boolean> containsKey(K key);

	/**
	 * See {@link DistributedMap#containsValue(Object)}.
	 * @param value the value
	 * @return whether a key has this value
	 */
	CompletableFuture<Boolean> containsValue(V value);

	/**
	 * See {@link DistributedMap#size()}.
	 * @return the number of entries
	 */
	CompletableFuture<Integer> size();

	/**
	 * See {@link DistributedMap#isEmpty()}.
	 * @return whether there is no entry
	 */
	CompletableFuture<Boolean> isEmpty();

	/**
	 * See {@link DistributedMap#put(Object, Object)}.
	 * @param key the key
	 * @param value the value
	 * @return the old value, or null
	 */
	CompletableFuture<@Nullable V> put(K key, V value);

	/**
	 * See {@link DistributedMap#put(Object, Object, Duration)}.
	 * @param key the key
	 * @param value the value
	 * @param timeToLive the time to live
	 * @return the old value, or null
	 */
	CompletableFuture<@Nullable V> put(K key, V value, Duration timeToLive);

	/**
	 * See {@link DistributedMap#putIfAbsent(Object, Object)}.
	 * @param key the key
	 * @param value the value
	 * @return the present value, or null if the value was put
	 */
	CompletableFuture<@Nullable V> putIfAbsent(K key, V value);

	/**
	 * See {@link DistributedMap#putIfAbsent(Object, Object, Duration)}.
	 * @param key the key
	 * @param value the value
	 * @param timeToLive the time to live
	 * @return the present value, or null if the value was put
	 */
	CompletableFuture<@Nullable V> putIfAbsent(K key, V value, Duration timeToLive);

	/**
	 * See {@link DistributedMap#putAll(Map)}.
	 * @param entries the entries
	 * @return completes when all are put
	 */
	CompletableFuture<Void> putAll(Map<? extends K, ? extends V> entries);

	/**
	 * See {@link DistributedMap#putAll(Map, Duration)}.
	 * @param entries the entries
	 * @param timeToLive the time to live
	 * @return completes when all are put
	 */
	CompletableFuture<Void> putAll(Map<? extends K, ? extends V> entries, Duration timeToLive);

	/**
	 * See {@link DistributedMap#remove(Object)}.
	 * @param key the key
	 * @return the old value, or null
	 */
	CompletableFuture<@Nullable V> remove(K key);

	/**
	 * See {@link DistributedMap#remove(Object, Object)}.
	 * @param key the key
	 * @param value the expected value
	 * @return whether it was removed
	 */
	CompletableFuture<Boolean> remove(K key, V value);

	/**
	 * See {@link DistributedMap#removeIfVersion(Object, long)}.
	 * @param key the key
	 * @param version the expected version, positive
	 * @return whether it was removed
	 */
	CompletableFuture<Boolean> removeIfVersion(K key, long version);

	/**
	 * See {@link DistributedMap#replace(Object, Object)}.
	 * @param key the key
	 * @param value the new value
	 * @return the old value, or null if nothing was done
	 */
	CompletableFuture<@Nullable V> replace(K key, V value);

	/**
	 * See {@link DistributedMap#replace(Object, Object, Duration)}.
	 * @param key the key
	 * @param value the new value
	 * @param timeToLive the time to live
	 * @return the old value, or null if nothing was done
	 */
	CompletableFuture<@Nullable V> replace(K key, V value, Duration timeToLive);

	/**
	 * See {@link DistributedMap#replace(Object, Object, Object)}.
	 * @param key the key
	 * @param oldValue the expected value
	 * @param newValue the new value
	 * @return whether it was replaced
	 */
	CompletableFuture<Boolean> replace(K key, V oldValue, V newValue);

	/**
	 * See {@link DistributedMap#replace(Object, Object, Object, Duration)}.
	 * @param key the key
	 * @param oldValue the expected value
	 * @param newValue the new value
	 * @param timeToLive the time to live
	 * @return whether it was replaced
	 */
	CompletableFuture<Boolean> replace(K key, V oldValue, V newValue, Duration timeToLive);

	/**
	 * See {@link DistributedMap#replaceIfVersion(Object, long, Object)}.
	 * @param key the key
	 * @param version the expected version, positive
	 * @param newValue the new value
	 * @return whether it was replaced
	 */
	CompletableFuture<Boolean> replaceIfVersion(K key, long version, V newValue);

	/**
	 * See {@link DistributedMap#replaceIfVersion(Object, long, Object, Duration)}.
	 * @param key the key
	 * @param version the expected version, positive
	 * @param newValue the new value
	 * @param timeToLive the time to live
	 * @return whether it was replaced
	 */
	CompletableFuture<Boolean> replaceIfVersion(K key, long version, V newValue, Duration timeToLive);

	/**
	 * See {@link DistributedMap#compute(Object, BiFunction)}.
	 * @param key the key
	 * @param function computes the new value from the key and the old value or null; null
	 * removes. Runs on the callback executor, perhaps several times
	 * @return the new value, or null
	 */
	CompletableFuture<@Nullable V> compute(K key,
			BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function);

	/**
	 * See {@link DistributedMap#computeIfAbsent(Object, Function)}.
	 * @param key the key
	 * @param function computes the value, or null for none. Runs on the callback executor
	 * @return the present or computed value, or null
	 */
	CompletableFuture<@Nullable V> computeIfAbsent(K key, Function<? super K, ? extends @Nullable V> function);

	/**
	 * See {@link DistributedMap#computeIfPresent(Object, BiFunction)}.
	 * @param key the key
	 * @param function computes the new value; null removes. Runs on the callback
	 * executor, perhaps several times
	 * @return the new value, or null
	 */
	CompletableFuture<@Nullable V> computeIfPresent(K key,
			BiFunction<? super K, ? super V, ? extends @Nullable V> function);

	/**
	 * See {@link DistributedMap#merge(Object, Object, BiFunction)}.
	 * @param key the key
	 * @param value the value to put or merge
	 * @param function merges old and given value; null removes. Runs on the callback
	 * executor, perhaps several times
	 * @return the new value, or null
	 */
	CompletableFuture<@Nullable V> merge(K key, V value,
			BiFunction<? super V, ? super V, ? extends @Nullable V> function);

	/**
	 * See {@link DistributedMap#clear()}.
	 * @return completes when the map is empty
	 */
	CompletableFuture<Void> clear();

	/**
	 * See {@link DistributedMap#addListener(MapListener)}.
	 * @param listener the listener
	 * @return the registration, once the cluster knows of it
	 */
	CompletableFuture<Registration> addListener(MapListener<K, V> listener);

	/**
	 * See {@link DistributedMap#addListener(Object, MapListener)}.
	 * @param key the key
	 * @param listener the listener
	 * @return the registration, once the cluster knows of it
	 */
	CompletableFuture<Registration> addListener(K key, MapListener<K, V> listener);

}
