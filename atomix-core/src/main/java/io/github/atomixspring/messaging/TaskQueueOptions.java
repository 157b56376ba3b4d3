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

package io.github.atomixspring.messaging;

import java.util.Objects;

import io.github.atomixspring.codec.Codec;
import io.github.atomixspring.protocol.TaskMessages;

/**
 * How one instance of a task queue works, and the configuration it wants the queue to
 * have.
 *
 * @param <T> the type of the tasks
 * @param codec the codec of the tasks
 * @param capacity the greatest number of tasks that wait for a consumer, by default
 * 100,000. This is configuration: the first creator fixes it for the cluster
 * @since 0.1.0
 */
public record TaskQueueOptions<T>(Codec<T> codec, long capacity) {

	public TaskQueueOptions {
		Objects.requireNonNull(codec, "'codec' must not be null");
		if (capacity < 1) {
			throw new IllegalArgumentException("'capacity' must be positive, not " + capacity);
		}
	}

	/**
	 * Returns options with the given codec and a capacity of 100,000 tasks.
	 * @param <T> the type of the tasks
	 * @param codec the codec of the tasks
	 * @return the options
	 */
	public static <T> TaskQueueOptions<T> of(Codec<T> codec) {
		return new TaskQueueOptions<>(codec, TaskMessages.DEFAULT_CAPACITY);
	}

	/**
	 * Returns these options with another capacity.
	 * @param newCapacity the greatest number of tasks that wait for a consumer, positive
	 * @return the options
	 */
	public TaskQueueOptions<T> withCapacity(long newCapacity) {
		return new TaskQueueOptions<>(this.codec, newCapacity);
	}

}
