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

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.primitive.Registration;

/**
 * The asynchronous face of a {@link DistributedTaskQueue}, with the same operations under
 * the same names.
 *
 * @param <T> the type of the tasks
 * @since 0.1.0
 */
public interface AsyncDistributedTaskQueue<T> {

	/**
	 * See {@link DistributedTaskQueue#submit(Object)}.
	 * @param task the task
	 * @return completes when the task is committed
	 */
	CompletableFuture<Void> submit(T task);

	/**
	 * See {@link DistributedTaskQueue#submitAndAwait(Object)}. Ending the future early
	 * ends the wait only.
	 * @param task the task
	 * @return completes when the task is done
	 */
	CompletableFuture<Void> submitAndAwait(T task);

	/**
	 * See {@link DistributedTaskQueue#submitAndAwait(Object, Duration)}. Ending the
	 * future early ends the wait only.
	 * @param task the task
	 * @param timeout the longest wait, positive
	 * @return whether it is done; false says nothing about whether it was submitted
	 */
	CompletableFuture<Boolean> submitAndAwait(T task, Duration timeout);

	/**
	 * See {@link DistributedTaskQueue#consume(TaskHandler)}.
	 * @param handler does the tasks
	 * @return the registration, once the cluster knows of it
	 */
	CompletableFuture<Registration> consume(TaskHandler<T> handler);

	/**
	 * See {@link DistributedTaskQueue#consume(ConsumerOptions, TaskHandler)}.
	 * @param options how the consumer takes tasks
	 * @param handler does the tasks
	 * @return the registration, once the cluster knows of it
	 */
	CompletableFuture<Registration> consume(ConsumerOptions options, TaskHandler<T> handler);

	/**
	 * See {@link DistributedTaskQueue#statistics()}.
	 * @return the numbers
	 */
	CompletableFuture<TaskQueueStatistics> statistics();

}
