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
import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;

/**
 * The asynchronous face of a {@link DistributedCounterMap}, with the same operations
 * under the same names.
 *
 * @param <K> the type of the keys
 * @since 0.1.0
 */
public interface AsyncDistributedCounterMap<K> {

	/**
	 * See {@link DistributedCounterMap#get(Object)}.
	 * @param key the key
	 * @return the number, or zero if it has none
	 */
	CompletableFuture<Long> get(K key);

	/**
	 * See {@link DistributedCounterMap#get(Object, ReadConsistency)}.
	 * @param key the key
	 * @param consistency how fresh the read is
	 * @return the number, or zero if it has none
	 */
	CompletableFuture<Long> get(K key, ReadConsistency consistency);

	/**
	 * See {@link DistributedCounterMap#put(Object, long)}.
	 * @param key the key
	 * @param value the number
	 * @return the old number, or zero if it had none
	 */
	CompletableFuture<Long> put(K key, long value);

	/**
	 * See {@link DistributedCounterMap#put(Object, long, Duration)}.
	 * @param key the key
	 * @param value the number
	 * @param timeToLive the time to live, positive
	 * @return the old number, or zero if it had none
	 */
	CompletableFuture<Long> put(K key, long value, Duration timeToLive);

	/**
	 * See {@link DistributedCounterMap#putIfAbsent(Object, long)}.
	 * @param key the key
	 * @param value the number
	 * @return the present number, or zero if there was none or it is zero
	 */
	CompletableFuture<Long> putIfAbsent(K key, long value);

	/**
	 * See {@link DistributedCounterMap#putIfAbsent(Object, long, Duration)}.
	 * @param key the key
	 * @param value the number
	 * @param timeToLive the time to live, positive
	 * @return the present number, or zero if there was none or it is zero
	 */
	CompletableFuture<Long> putIfAbsent(K key, long value, Duration timeToLive);

	/**
	 * See {@link DistributedCounterMap#replace(Object, long, long)}.
	 * @param key the key
	 * @param oldValue the expected number
	 * @param newValue the new number
	 * @return whether it was replaced
	 */
	CompletableFuture<Boolean> replace(K key, long oldValue, long newValue);

	/**
	 * See {@link DistributedCounterMap#addAndGet(Object, long)}.
	 * @param key the key
	 * @param delta what to add
	 * @return the new number
	 */
	CompletableFuture<Long> addAndGet(K key, long delta);

	/**
	 * See {@link DistributedCounterMap#getAndAdd(Object, long)}.
	 * @param key the key
	 * @param delta what to add
	 * @return the old number
	 */
	CompletableFuture<Long> getAndAdd(K key, long delta);

	/**
	 * See {@link DistributedCounterMap#remove(Object)}.
	 * @param key the key
	 * @return the number it had, or zero
	 */
	CompletableFuture<Long> remove(K key);

	/**
	 * See {@link DistributedCounterMap#remove(Object, long)}.
	 * @param key the key
	 * @param value the number
	 * @return whether it was removed
	 */
	CompletableFuture<Boolean> remove(K key, long value);

	/**
	 * See {@link DistributedCounterMap#size()}.
	 * @return the number of keys
	 */
	CompletableFuture<Integer> size();

	/**
	 * See {@link DistributedCounterMap#isEmpty()}.
	 * @return whether there is no key
	 */
	CompletableFuture<Boolean> isEmpty();

	/**
	 * See {@link DistributedCounterMap#clear()}.
	 * @return completes when it is done
	 */
	CompletableFuture<Void> clear();

	/**
	 * See {@link DistributedCounterMap#incrementAndGet(Object)}.
	 * @param key the key
	 * @return the new number
	 */
	default CompletableFuture<Long> incrementAndGet(K key) {
		return addAndGet(key, 1);
	}

	/**
	 * See {@link DistributedCounterMap#getAndIncrement(Object)}.
	 * @param key the key
	 * @return the old number
	 */
	default CompletableFuture<Long> getAndIncrement(K key) {
		return getAndAdd(key, 1);
	}

	/**
	 * See {@link DistributedCounterMap#decrementAndGet(Object)}.
	 * @param key the key
	 * @return the new number
	 */
	default CompletableFuture<Long> decrementAndGet(K key) {
		return addAndGet(key, -1);
	}

	/**
	 * See {@link DistributedCounterMap#getAndDecrement(Object)}.
	 * @param key the key
	 * @return the old number
	 */
	default CompletableFuture<Long> getAndDecrement(K key) {
		return getAndAdd(key, -1);
	}

	/**
	 * See {@link DistributedCounterMap#addListener(CounterMapListener)}.
	 * @param listener the listener
	 * @return the registration, once the cluster knows of it
	 */
	CompletableFuture<Registration> addListener(CounterMapListener<K> listener);

}
