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

package io.github.atomixspring.spring.messaging;

import io.github.atomixspring.messaging.ConsumerOptions;
import io.github.atomixspring.messaging.ConsumerOptions.Acknowledgement;
import io.github.atomixspring.messaging.DistributedTaskQueue;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * How a listener does tasks.
 *
 * @param <T> the type of the tasks
 * @param consumer how many tasks at a time, and how they are acknowledged
 * @param maxDeliveries how often a task is handed out at most, or 0 for no limit
 * @param deadLetters where tasks go that were given up, or null to drop and log them
 * @param errorHandler decides what happens to tasks that have failed, or null to have
 * them delivered again
 * @since 0.1.0
 */
public record TaskListenerOptions<T>(ConsumerOptions consumer, int maxDeliveries,
		@Nullable DistributedTaskQueue<T> deadLetters, @Nullable TaskErrorHandler errorHandler) {

	public TaskListenerOptions {
		Assert.notNull(consumer, "'consumer' must not be null");
		Assert.isTrue(maxDeliveries >= 0, () -> "'maxDeliveries' must not be negative, but is " + maxDeliveries);
	}

	/**
	 * Returns options without a limit of deliveries.
	 * @param <T> the type of the tasks
	 * @param consumer how many tasks at a time, and how they are acknowledged
	 * @return the options
	 */
	public static <T> TaskListenerOptions<T> of(ConsumerOptions consumer) {
		return new TaskListenerOptions<>(consumer, 0, null, null);
	}

	/**
	 * Returns these options with a limit of deliveries.
	 * @param newMaxDeliveries how often a task is handed out at most, at least 1
	 * @param newDeadLetters where tasks go after that, or null to drop and log them
	 * @return the options
	 */
	public TaskListenerOptions<T> withMaxDeliveries(int newMaxDeliveries,
			@Nullable DistributedTaskQueue<T> newDeadLetters) {
		return new TaskListenerOptions<>(this.consumer, newMaxDeliveries, newDeadLetters, this.errorHandler);
	}

	/**
	 * Returns these options with an error handler.
	 * @param newErrorHandler decides what happens to tasks that have failed
	 * @return the options
	 */
	public TaskListenerOptions<T> withErrorHandler(TaskErrorHandler newErrorHandler) {
		return new TaskListenerOptions<>(this.consumer, this.maxDeliveries, this.deadLetters, newErrorHandler);
	}

	boolean isAutomatic() {
		return this.consumer.acknowledgement() == Acknowledgement.AUTOMATIC;
	}

	boolean isLast(int delivery) {
		return this.maxDeliveries > 0 && delivery >= this.maxDeliveries;
	}

	boolean isExhausted(int delivery) {
		return this.maxDeliveries > 0 && delivery > this.maxDeliveries;
	}

}
