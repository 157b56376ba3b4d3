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
import java.util.concurrent.ConcurrentMap;

import io.github.atomixspring.primitive.DistributedPrimitive;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.primitive.Versioned;
import org.jspecify.annotations.Nullable;

/**
 * A replicated map for small data: it is held in the memory of every member.
 * <p>
 * It keeps the contract of {@link ConcurrentMap}: keys and values are never null, single
 * operations are linearizable, {@code compute} and {@code merge} methods are atomic (they
 * retry their function, on the calling thread, until no other write came between, so it
 * must be free of side effects). Keys and values are compared by their encoded bytes.
 * Views iterate in pages, weakly consistent, in the order of the encoded keys.
 * {@code equals} and {@code hashCode} read the whole map.
 * <p>
 * What is written without a time to live has that of the map, whatever the entry had
 * before: {@link MapOptions#timeToLive()}, or for ever.
 * <p>
 * {@code putAll} is one atomic command up to about 512 KiB; larger ones are split, and
 * each part is atomic by itself. Where some parts were written and others not it throws
 * {@link io.github.atomixspring.primitive.UnknownOutcomeException}.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 * @since 0.1.0
 */
public interface DistributedMap<K, V> extends ConcurrentMap<K, V>, DistributedPrimitive {

	/**
	 * Returns the value of a key with an explicit consistency.
	 * @param key the key
	 * @param consistency how fresh the read is
	 * @return the value, or null if there is none
	 */
	@Nullable V get(K key, ReadConsistency consistency);

	/**
	 * Returns the value of a key and its version.
	 * @param key the key
	 * @return the value and its version, or empty
	 */
	Optional<Versioned<V>> getVersioned(K key);

	/**
	 * Returns the value of a key and its version with an explicit consistency.
	 * @param key the key
	 * @param consistency how fresh the read is
	 * @return the value and its version, or empty
	 */
	Optional<Versioned<V>> getVersioned(K key, ReadConsistency consistency);

	/**
	 * Returns the values of several keys. This is one round trip, and shows one moment,
	 * up to about 512 KiB of keys and 1 MiB of entries; more is read in parts.
	 * @param keys the keys
	 * @return the entries that exist
	 */
	Map<K, V> getAll(Collection<? extends K> keys);

	/**
	 * Returns the values of several keys with an explicit consistency.
	 * @param keys the keys
	 * @param consistency how fresh the read is
	 * @return the entries that exist
	 */
	Map<K, V> getAll(Collection<? extends K> keys, ReadConsistency consistency);

	/**
	 * Puts a value that is removed after the given time.
	 * @param key the key
	 * @param value the value
	 * @param timeToLive the time to live, positive: a lower bound in replicated time
	 * @return the old value, or null if there was none
	 */
	@Nullable V put(K key, V value, Duration timeToLive);

	/**
	 * Puts a value that is removed after the given time, if the key has none.
	 * @param key the key
	 * @param value the value
	 * @param timeToLive the time to live, positive
	 * @return the present value, or null if the value was put
	 */
	@Nullable V putIfAbsent(K key, V value, Duration timeToLive);

	/**
	 * Puts several entries that are removed after the given time.
	 * @param entries the entries
	 * @param timeToLive the time to live, positive
	 */
	void putAll(Map<? extends K, ? extends V> entries, Duration timeToLive);

	/**
	 * Replaces the value of a key if it has one, with a time to live.
	 * @param key the key
	 * @param value the value
	 * @param timeToLive the time to live, positive
	 * @return the old value, or null if there was none and nothing was done
	 */
	@Nullable V replace(K key, V value, Duration timeToLive);

	/**
	 * Replaces the value of a key if it is the expected one, with a time to live.
	 * @param key the key
	 * @param oldValue the expected value
	 * @param newValue the new value
	 * @param timeToLive the time to live, positive
	 * @return whether it was replaced
	 */
	boolean replace(K key, V oldValue, V newValue, Duration timeToLive);

	/**
	 * Replaces the value of a key if it has the given version.
	 * @param key the key
	 * @param version the expected version, positive
	 * @param newValue the new value
	 * @return whether it was replaced
	 */
	boolean replaceIfVersion(K key, long version, V newValue);

	/**
	 * Replaces the value of a key if it has the given version, with a time to live.
	 * @param key the key
	 * @param version the expected version, positive
	 * @param newValue the new value
	 * @param timeToLive the time to live, positive
	 * @return whether it was replaced
	 */
	boolean replaceIfVersion(K key, long version, V newValue, Duration timeToLive);

	/**
	 * Removes a key if it has the given version.
	 * @param key the key
	 * @param version the expected version, positive
	 * @return whether it was removed
	 */
	boolean removeIfVersion(K key, long version);

	/**
	 * Adds a listener for the events of all keys. It comes back by itself in a new
	 * session, and is told by {@link MapEvent.Type#RESYNC} whenever events may have been
	 * missed: then, after an overflow and when the map was destroyed. An event that
	 * cannot be decoded is logged and left out.
	 * @param listener the listener
	 * @return the registration, once the cluster knows of it
	 */
	Registration addListener(MapListener<K, V> listener);

	/**
	 * Adds a listener for the events of one key, and for {@link MapEvent.Type#RESYNC}.
	 * @param key the key
	 * @param listener the listener
	 * @return the registration, once the cluster knows of it
	 * @see #addListener(MapListener)
	 */
	Registration addListener(K key, MapListener<K, V> listener);

	/**
	 * Returns the asynchronous face.
	 * @return the asynchronous face
	 */
	AsyncDistributedMap<K, V> async();

}
