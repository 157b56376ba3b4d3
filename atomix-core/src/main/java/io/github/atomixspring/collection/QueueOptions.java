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
import java.util.Objects;

import io.github.atomixspring.codec.Codec;
import io.github.atomixspring.primitive.ReadConsistency;
import org.jspecify.annotations.Nullable;

/**
 * How one instance of a queue works, and the configuration it wants the queue to have.
 *
 * @param <E> the type of the elements
 * @param codec the codec of the elements
 * @param capacity the greatest number of elements, or {@link #UNBOUNDED}. This is
 * configuration: the first creator fixes it for the cluster
 * @param timeToLive the time to live of elements that nobody takes, or null for ever.
 * This is configuration: the first creator fixes it for the cluster
 * @param readConsistency the consistency of reads of this instance
 * @since 0.1.0
 */
public record QueueOptions<E>(Codec<E> codec, int capacity, @Nullable Duration timeToLive,
		ReadConsistency readConsistency) {

	/**
	 * The capacity of a queue that is never full.
	 */
	public static final int UNBOUNDED = Integer.MAX_VALUE;

	public QueueOptions {
		Objects.requireNonNull(codec, "'codec' must not be null");
		Objects.requireNonNull(readConsistency, "'readConsistency' must not be null");
		if (capacity <= 0) {
			throw new IllegalArgumentException("'capacity' must be positive, not " + capacity);
		}
		if (timeToLive != null && (timeToLive.isNegative() || timeToLive.isZero())) {
			throw new IllegalArgumentException("'timeToLive' must be positive, not " + timeToLive);
		}
	}

	/**
	 * Returns options with the given codec, no bound, no time to live and linearizable
	 * reads.
	 * @param <E> the type of the elements
	 * @param codec the codec of the elements
	 * @return the options
	 */
	public static <E> QueueOptions<E> of(Codec<E> codec) {
		return new QueueOptions<>(codec, UNBOUNDED, null, ReadConsistency.LINEARIZABLE);
	}

	/**
	 * Returns these options with another capacity.
	 * @param newCapacity the greatest number of elements, positive
	 * @return the options
	 */
	public QueueOptions<E> withCapacity(int newCapacity) {
		return new QueueOptions<>(this.codec, newCapacity, this.timeToLive, this.readConsistency);
	}

	/**
	 * Returns these options with another time to live.
	 * @param newTimeToLive the time to live of elements that nobody takes, positive
	 * @return the options
	 */
	public QueueOptions<E> withTimeToLive(Duration newTimeToLive) {
		return new QueueOptions<>(this.codec, this.capacity, newTimeToLive, this.readConsistency);
	}

	/**
	 * Returns these options with another read consistency.
	 * @param newReadConsistency the consistency of reads
	 * @return the options
	 */
	public QueueOptions<E> withReadConsistency(ReadConsistency newReadConsistency) {
		return new QueueOptions<>(this.codec, this.capacity, this.timeToLive, newReadConsistency);
	}

}
