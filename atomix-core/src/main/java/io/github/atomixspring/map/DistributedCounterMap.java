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
import java.util.function.ObjLongConsumer;

import io.github.atomixspring.primitive.DistributedPrimitive;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;

/**
 * A replicated map of numbers that the cluster counts: additions are one round trip and
 * need no retries. A key that has no number counts as zero; counting gives it one, and it
 * keeps it, also if it is zero, until it is removed. Numbers overflow as {@code long}
 * does.
 * <p>
 * A key may have a time to live. Additions keep it: the numbers of a period are counted
 * after {@code putIfAbsent(key, 0, period)}. Every other write without one ends it.
 * <p>
 * Single operations are linearizable. Keys are never null and are compared by their
 * encoded bytes.
 *
 * @param <K> the type of the keys
 * @since 0.1.0
 */
public interface DistributedCounterMap<K> extends DistributedPrimitive {

	/**
	 * Returns the number of a key.
	 * @param key the key
	 * @return the number, or zero if it has none
	 */
	long get(K key);

	/**
	 * Returns the number of a key with an explicit consistency.
	 * @param key the key
	 * @param consistency how fresh the read is
	 * @return the number, or zero if it has none
	 */
	long get(K key, ReadConsistency consistency);

	/**
	 * Sets the number of a key.
	 * @param key the key
	 * @param value the number
	 * @return the old number, or zero if it had none
	 */
	long put(K key, long value);

	/**
	 * Sets the number of a key; the key is removed after the given time.
	 * @param key the key
	 * @param value the number
	 * @param timeToLive the time to live, positive: a lower bound in replicated time
	 * @return the old number, or zero if it had none
	 */
	long put(K key, long value, Duration timeToLive);

	/**
	 * Sets the number of a key that has none. A number of zero is a number.
	 * @param key the key
	 * @param value the number
	 * @return the present number, or zero if there was none or it is zero
	 */
	long putIfAbsent(K key, long value);

	/**
	 * Sets the number of a key that has none; the key is removed after the given time.
	 * @param key the key
	 * @param value the number
	 * @param timeToLive the time to live, positive: a lower bound in replicated time
	 * @return the present number, or zero if there was none or it is zero
	 */
	long putIfAbsent(K key, long value, Duration timeToLive);

	/**
	 * Replaces the number of a key if it is the expected one. Zero also expects none.
	 * @param key the key
	 * @param oldValue the expected number
	 * @param newValue the new number
	 * @return whether it was replaced
	 */
	boolean replace(K key, long oldValue, long newValue);

	/**
	 * Adds to the number of a key.
	 * @param key the key
	 * @param delta what to add
	 * @return the new number
	 */
	long addAndGet(K key, long delta);

	/**
	 * Adds to the number of a key.
	 * @param key the key
	 * @param delta what to add
	 * @return the old number
	 */
	long getAndAdd(K key, long delta);

	/**
	 * Removes a key.
	 * @param key the key
	 * @return the number it had, or zero
	 */
	long remove(K key);

	/**
	 * Removes a key that has the given number.
	 * @param key the key
	 * @param value the number
	 * @return whether it was removed
	 */
	boolean remove(K key, long value);

	/**
	 * Returns the number of keys, those with the number zero included.
	 * @return the number of keys
	 */
	int size();

	/**
	 * Removes all keys.
	 */
	void clear();

	/**
	 * Adds one to the number of a key.
	 * @param key the key
	 * @return the new number
	 */
	default long incrementAndGet(K key) {
		return addAndGet(key, 1);
	}

	/**
	 * Adds one to the number of a key.
	 * @param key the key
	 * @return the old number
	 */
	default long getAndIncrement(K key) {
		return getAndAdd(key, 1);
	}

	/**
	 * Subtracts one from the number of a key.
	 * @param key the key
	 * @return the new number
	 */
	default long decrementAndGet(K key) {
		return addAndGet(key, -1);
	}

	/**
	 * Subtracts one from the number of a key.
	 * @param key the key
	 * @return the old number
	 */
	default long getAndDecrement(K key) {
		return getAndAdd(key, -1);
	}

	/**
	 * Returns whether there is no key.
	 * @return whether it is empty
	 */
	default boolean isEmpty() {
		return size() == 0;
	}

	/**
	 * Calls an action with each key and its number, in pages, weakly consistent, in the
	 * order of the encoded keys.
	 * @param action the action
	 */
	void forEach(ObjLongConsumer<? super K> action);

	/**
	 * Adds a listener for the events of all keys. It comes back by itself in a new
	 * session, and is told by {@link CounterMapEvent.Type#RESYNC} whenever events may
	 * have been missed: then, after an overflow and when the map was destroyed. An event
	 * that cannot be decoded is logged and left out.
	 * @param listener the listener
	 * @return the registration, once the cluster knows of it
	 */
	Registration addListener(CounterMapListener<K> listener);

	/**
	 * Returns the asynchronous face.
	 * @return the asynchronous face
	 */
	AsyncDistributedCounterMap<K> async();

}
