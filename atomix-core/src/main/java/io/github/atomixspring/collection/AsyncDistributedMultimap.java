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

package io.github.atomixspring.collection;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;

/**
 * The asynchronous face of a {@link DistributedMultimap}, with the same operations under
 * the same names.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 * @since 0.1.0
 */
public interface AsyncDistributedMultimap<K, V> {

	/**
	 * See {@link DistributedMultimap#put(Object, Object)}.
	 * @param key the key
	 * @param value the value
	 * @return whether it was added
	 */
	CompletableFuture<Boolean> put(K key, V value);

	/**
	 * See {@link DistributedMultimap#put(Object, Object, Duration)}.
	 * @param key the key
	 * @param value the value
	 * @param timeToLive the time to live
	 * @return whether it was added
	 */
	CompletableFuture<Boolean> put(K key, V value, Duration timeToLive);

	/**
	 * See {@link DistributedMultimap#putAll(Object, Collection)}.
	 * @param key the key
	 * @param values the values
	 * @return whether any was added
	 */
	CompletableFuture<Boolean> putAll(K key, Collection<? extends V> values);

	/**
	 * See {@link DistributedMultimap#putAll(Object, Collection, Duration)}.
	 * @param key the key
	 * @param values the values
	 * @param timeToLive the time to live
	 * @return whether any was added
	 */
	CompletableFuture<Boolean> putAll(K key, Collection<? extends V> values, Duration timeToLive);

	/**
	 * See {@link DistributedMultimap#get(Object)}.
	 * @param key the key
	 * @return the values
	 */
	CompletableFuture<List<V>> get(K key);

	/**
	 * See {@link DistributedMultimap#get(Object, ReadConsistency)}.
	 * @param key the key
	 * @param consistency how fresh the read is
	 * @return the values
	 */
	CompletableFuture<List<V>> get(K key, ReadConsistency consistency);

	/**
	 * See {@link DistributedMultimap#remove(Object)}.
	 * @param key the key
	 * @return the values that were removed
	 */
	CompletableFuture<List<V>> remove(K key);

	/**
	 * See {@link DistributedMultimap#remove(Object, Object)}.
	 * @param key the key
	 * @param value the value
	 * @return whether it was removed
	 */
	CompletableFuture<Boolean> remove(K key, V value);

	/**
	 * See {@link DistributedMultimap#replaceValues(Object, Collection)}.
	 * @param key the key
	 * @param values the new values
	 * @return the values that were removed
	 */
	CompletableFuture<List<V>> replaceValues(K key, Collection<? extends V> values);

	/**
	 * See {@link DistributedMultimap#replaceValues(Object, Collection, Duration)}.
	 * @param key the key
	 * @param values the new values
	 * @param timeToLive the time to live
	 * @return the values that were removed
	 */
	CompletableFuture<List<V>> replaceValues(K key, Collection<? extends V> values, Duration timeToLive);

	/**
	 * See {@link DistributedMultimap#clear()}.
	 * @return completes when all are removed
	 */
	CompletableFuture<Void> clear();

	/**
	 * See {@link DistributedMultimap#size()}.
	 * @return the number of entries
	 */
	CompletableFuture<Integer> size();

	/**
	 * See {@link DistributedMultimap#isEmpty()}.
	 * @return whether there is no entry
	 */
	CompletableFuture<Boolean> isEmpty();

	/**
	 * See {@link DistributedMultimap#size(Object)}.
	 * @param key the key
	 * @return the number of values of the key
	 */
	CompletableFuture<Integer> size(K key);

	/**
	 * See {@link DistributedMultimap#containsKey(Object)}.
	 * @param key the key
	 * @return whether it has a value
	 */
	CompletableFuture<Boolean> containsKey(K key);

	/**
	 * See {@link DistributedMultimap#containsValue(Object)}.
	 * @param value the value
	 * @return whether a key has it
	 */
	CompletableFuture<Boolean> containsValue(V value);

	/**
	 * See {@link DistributedMultimap#containsEntry(Object, Object)}.
	 * @param key the key
	 * @param value the value
	 * @return whether the key has it
	 */
	CompletableFuture<Boolean> containsEntry(K key, V value);

	/**
	 * See {@link DistributedMultimap#addListener(MultimapListener)}.
	 * @param listener the listener
	 * @return the registration, once the cluster knows of it
	 */
	CompletableFuture<Registration> addListener(MultimapListener<K, V> listener);

	/**
	 * See {@link DistributedMultimap#addListener(Object, MultimapListener)}.
	 * @param key the key
	 * @param listener the listener
	 * @return the registration, once the cluster knows of it
	 */
	CompletableFuture<Registration> addListener(K key, MultimapListener<K, V> listener);

}
