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

import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * The asynchronous face of a {@link DistributedNavigableMap}, with the same operations
 * under the same names.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 * @since 0.1.0
 */
public interface AsyncDistributedNavigableMap<K, V> extends AsyncDistributedMap<K, V> {

	/**
	 * See {@link DistributedNavigableMap#firstEntry()}.
	 * @return the first entry, or null if there is none
	 */
	CompletableFuture<Map.@Nullable Entry<K, V>> firstEntry();

	/**
	 * See {@link DistributedNavigableMap#lastEntry()}.
	 * @return the last entry, or null if there is none
	 */
	CompletableFuture<Map.@Nullable Entry<K, V>> lastEntry();

	/**
	 * See {@link DistributedNavigableMap#lowerEntry(Object)}.
	 * @param key the key
	 * @return the last entry before the key, or null if there is none
	 */
	CompletableFuture<Map.@Nullable Entry<K, V>> lowerEntry(K key);

	/**
	 * See {@link DistributedNavigableMap#floorEntry(Object)}.
	 * @param key the key
	 * @return the last entry up to the key, or null if there is none
	 */
	CompletableFuture<Map.@Nullable Entry<K, V>> floorEntry(K key);

	/**
	 * See {@link DistributedNavigableMap#ceilingEntry(Object)}.
	 * @param key the key
	 * @return the first entry from the key on, or null if there is none
	 */
	CompletableFuture<Map.@Nullable Entry<K, V>> ceilingEntry(K key);

	/**
	 * See {@link DistributedNavigableMap#higherEntry(Object)}.
	 * @param key the key
	 * @return the first entry after the key, or null if there is none
	 */
	CompletableFuture<Map.@Nullable Entry<K, V>> higherEntry(K key);

	/**
	 * See {@link DistributedNavigableMap#pollFirstEntry()}.
	 * @return the entry that was removed, or null if there is none
	 */
	CompletableFuture<Map.@Nullable Entry<K, V>> pollFirstEntry();

	/**
	 * See {@link DistributedNavigableMap#pollLastEntry()}.
	 * @return the entry that was removed, or null if there is none
	 */
	CompletableFuture<Map.@Nullable Entry<K, V>> pollLastEntry();

}
