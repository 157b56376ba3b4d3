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
import java.util.Objects;

import io.github.atomixspring.codec.Codec;
import io.github.atomixspring.primitive.ReadConsistency;
import org.jspecify.annotations.Nullable;

/**
 * How one instance of a map works, and the configuration it wants the map to have.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 * @param keyCodec the codec of the keys
 * @param valueCodec the codec of the values
 * @param timeToLive the time to live of entries written without one, or null for ever.
 * This is configuration: the first creator fixes it for the cluster
 * @param readConsistency the consistency of reads of this instance
 * @param nearCacheEntries the greatest number of entries that this instance keeps in its
 * process for reads that are {@link ReadConsistency#SEQUENTIAL}; zero for no near cache
 * @since 0.1.0
 */
public record MapOptions<K, V>(Codec<K> keyCodec, Codec<V> valueCodec, @Nullable Duration timeToLive,
		ReadConsistency readConsistency, int nearCacheEntries) {

	/**
	 * The number of entries of a near cache unless another is given.
	 */
	public static final int DEFAULT_NEAR_CACHE_ENTRIES = 10_000;

	public MapOptions {
		Objects.requireNonNull(keyCodec, "'keyCodec' must not be null");
		Objects.requireNonNull(valueCodec, "'valueCodec' must not be null");
		Objects.requireNonNull(readConsistency, "'readConsistency' must not be null");
		if (timeToLive != null && (timeToLive.isNegative() || timeToLive.isZero())) {
			throw new IllegalArgumentException("'timeToLive' must be positive, not " + timeToLive);
		}
		if (nearCacheEntries < 0) {
			throw new IllegalArgumentException("'nearCacheEntries' must not be negative, not " + nearCacheEntries);
		}
	}

	/**
	 * Returns options with the given codecs, no time to live, linearizable reads and no
	 * near cache.
	 * @param <K> the type of the keys
	 * @param <V> the type of the values
	 * @param keyCodec the codec of the keys
	 * @param valueCodec the codec of the values
	 * @return the options
	 */
	public static <K, V> MapOptions<K, V> of(Codec<K> keyCodec, Codec<V> valueCodec) {
		return new MapOptions<>(keyCodec, valueCodec, null, ReadConsistency.LINEARIZABLE, 0);
	}

	/**
	 * Returns these options with another time to live.
	 * @param newTimeToLive the time to live of entries written without one, positive
	 * @return the options
	 */
	public MapOptions<K, V> withTimeToLive(Duration newTimeToLive) {
		return new MapOptions<>(this.keyCodec, this.valueCodec, newTimeToLive, this.readConsistency,
				this.nearCacheEntries);
	}

	/**
	 * Returns these options with another read consistency.
	 * @param newReadConsistency the consistency of reads
	 * @return the options
	 */
	public MapOptions<K, V> withReadConsistency(ReadConsistency newReadConsistency) {
		return new MapOptions<>(this.keyCodec, this.valueCodec, this.timeToLive, newReadConsistency,
				this.nearCacheEntries);
	}

	/**
	 * Returns these options with a near cache of at most
	 * {@value #DEFAULT_NEAR_CACHE_ENTRIES} entries.
	 * @return the options
	 * @see #withNearCache(int)
	 */
	public MapOptions<K, V> withNearCache() {
		return withNearCache(DEFAULT_NEAR_CACHE_ENTRIES);
	}

	/**
	 * Returns these options with a near cache, and with
	 * {@link ReadConsistency#SEQUENTIAL} reads, which it answers: {@code get},
	 * {@code getVersioned} and {@code containsKey} without asking the cluster. It is
	 * loaded at once, kept by events, and loaded again when events were missed. If the
	 * map has more entries than it may hold it keeps those that are read. Where
	 * linearizable reads are asked for they go to the cluster.
	 * @param maxEntries the greatest number of entries, positive
	 * @return the options
	 */
	public MapOptions<K, V> withNearCache(int maxEntries) {
		if (maxEntries <= 0) {
			throw new IllegalArgumentException("'maxEntries' must be positive, not " + maxEntries);
		}
		return new MapOptions<>(this.keyCodec, this.valueCodec, this.timeToLive, ReadConsistency.SEQUENTIAL,
				maxEntries);
	}

}
