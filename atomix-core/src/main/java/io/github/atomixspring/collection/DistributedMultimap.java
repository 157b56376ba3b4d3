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
import java.util.Map;

import io.github.atomixspring.primitive.DistributedPrimitive;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;

/**
 * A replicated multimap for small data: each key has several values, each of them once.
 * It is held in the memory of every member.
 * <p>
 * Keys and values are never null and are compared by their encoded bytes. A key without
 * values does not exist. Single operations are linearizable and one round trip. Those
 * that read or write several values of a key are split above about 512 KiB of values, and
 * each part is atomic by itself.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 * @since 0.1.0
 */
public interface DistributedMultimap<K, V> extends DistributedPrimitive {

	/**
	 * Adds a value to a key, for ever. A value that the key has stays as it is.
	 * @param key the key
	 * @param value the value
	 * @return whether it was added
	 */
	boolean put(K key, V value);

	/**
	 * Adds a value to a key that is removed after the given time. A value that the key
	 * has stays as it is, with the time that it has left.
	 * @param key the key
	 * @param value the value
	 * @param timeToLive the time to live, positive: a lower bound in replicated time
	 * @return whether it was added
	 */
	boolean put(K key, V value, Duration timeToLive);

	/**
	 * Adds several values to a key, for ever.
	 * @param key the key
	 * @param values the values
	 * @return whether any was added
	 */
	boolean putAll(K key, Collection<? extends V> values);

	/**
	 * Adds several values to a key that are removed after the given time.
	 * @param key the key
	 * @param values the values
	 * @param timeToLive the time to live, positive
	 * @return whether any was added
	 */
	boolean putAll(K key, Collection<? extends V> values, Duration timeToLive);

	/**
	 * Returns the values of a key.
	 * @param key the key
	 * @return a copy, in the order of the multimap; empty if there are none
	 */
	List<V> get(K key);

	/**
	 * Returns the values of a key with an explicit consistency.
	 * @param key the key
	 * @param consistency how fresh the read is
	 * @return a copy, in the order of the multimap; empty if there are none
	 */
	List<V> get(K key, ReadConsistency consistency);

	/**
	 * Removes a key with all its values.
	 * @param key the key
	 * @return the values that were removed, in the order of the multimap
	 */
	List<V> remove(K key);

	/**
	 * Removes one value of a key.
	 * @param key the key
	 * @param value the value
	 * @return whether it was removed
	 */
	boolean remove(K key, V value);

	/**
	 * Replaces all values of a key by others, for ever. All old values are removed and
	 * all new ones added, also those that are among both.
	 * @param key the key
	 * @param values the new values; if there are none the key is removed
	 * @return the values that were removed, in the order of the multimap
	 */
	List<V> replaceValues(K key, Collection<? extends V> values);

	/**
	 * Replaces all values of a key by others that are removed after the given time.
	 * @param key the key
	 * @param values the new values
	 * @param timeToLive the time to live, positive
	 * @return the values that were removed, in the order of the multimap
	 */
	List<V> replaceValues(K key, Collection<? extends V> values, Duration timeToLive);

	/**
	 * Removes all entries.
	 */
	void clear();

	/**
	 * Returns the number of entries: pairs of a key and a value.
	 * @return the number
	 */
	int size();

	/**
	 * Returns the number of values of a key.
	 * @param key the key
	 * @return the number
	 */
	int size(K key);

	/**
	 * Returns whether there is no entry.
	 * @return whether it is empty
	 */
	boolean isEmpty();

	/**
	 * Returns whether a key has any value.
	 * @param key the key
	 * @return whether it has one
	 */
	boolean containsKey(K key);

	/**
	 * Returns whether any key has the given value. This looks at all keys.
	 * @param value the value
	 * @return whether one has it
	 */
	boolean containsValue(V value);

	/**
	 * Returns whether a key has the given value.
	 * @param key the key
	 * @param value the value
	 * @return whether it has it
	 */
	boolean containsEntry(K key, V value);

	/**
	 * Returns the keys. Iterators read pages, weakly consistent, in the order of the
	 * encoded keys, and can remove a key with all its values.
	 * @return the keys
	 */
	Iterable<K> keys();

	/**
	 * Returns the entries. Iterators read pages, weakly consistent, in the order of the
	 * encoded keys and then of the values, and can remove.
	 * @return the entries
	 */
	Iterable<Map.Entry<K, V>> entries();

	/**
	 * Adds a listener for the events of all keys. It comes back by itself in a new
	 * session, and is told by {@link MultimapEvent.Type#RESYNC} whenever events may have
	 * been missed: then, after an overflow and when the multimap was destroyed. An event
	 * that cannot be decoded is logged and left out.
	 * @param listener the listener
	 * @return the registration, once the cluster knows of it
	 */
	Registration addListener(MultimapListener<K, V> listener);

	/**
	 * Adds a listener for the events of one key, and for
	 * {@link MultimapEvent.Type#RESYNC}.
	 * @param key the key
	 * @param listener the listener
	 * @return the registration, once the cluster knows of it
	 * @see #addListener(MultimapListener)
	 */
	Registration addListener(K key, MultimapListener<K, V> listener);

	/**
	 * Returns the asynchronous face.
	 * @return the asynchronous face
	 */
	AsyncDistributedMultimap<K, V> async();

}
