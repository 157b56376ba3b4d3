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

package io.github.atomixspring.transaction;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A map in a transaction. Keys and values are never null.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 * @since 0.1.0
 */
public interface TransactionalMap<K, V> {

	/**
	 * Returns the value of a key: the one written by this transaction, or the one on the
	 * cluster, the same each time. The commit depends on it.
	 * @param key the key
	 * @return the value, or null if there is none
	 */
	@Nullable V get(K key);

	/**
	 * Returns the values of several keys, in one round trip. The commit depends on them.
	 * @param keys the keys
	 * @return the entries that exist
	 */
	Map<K, V> getAll(Collection<? extends K> keys);

	/**
	 * Returns whether a key has a value. The commit depends on it.
	 * @param key the key
	 * @return whether it has one
	 */
	boolean containsKey(K key);

	/**
	 * Puts a value, with the default time to live of the map. The commit does not depend
	 * on what was there.
	 * @param key the key
	 * @param value the value
	 */
	void put(K key, V value);

	/**
	 * Puts a value that is removed after the given time, counted from the commit.
	 * @param key the key
	 * @param value the value
	 * @param timeToLive the time to live, positive: a lower bound in replicated time
	 */
	void put(K key, V value, Duration timeToLive);

	/**
	 * Removes a key. The commit does not depend on what was there.
	 * @param key the key
	 */
	void remove(K key);

}
