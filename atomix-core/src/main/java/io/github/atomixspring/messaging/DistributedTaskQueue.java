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

import io.github.atomixspring.primitive.DistributedPrimitive;
import io.github.atomixspring.primitive.Registration;

/**
 * A queue of tasks, each of which is done at least once by one of the consumers on any
 * node.
 * <p>
 * The log hands a task to one consumer at a time, first in, first out, and keeps it until
 * that one has acknowledged it. If the consumer is closed or its session ends before, the
 * task returns to its place and goes to another; the first one may still be at it then,
 * which is where {@link Task#fencingToken()} helps. Tasks are pushed to consumers;
 * nothing polls. A consumer never has more tasks than its parallelism.
 *
 * @param <T> the type of the tasks
 * @since 0.1.0
 */
public interface DistributedTaskQueue<T> extends DistributedPrimitive {

	/**
	 * Submits a task and waits until it is committed: it will be done, as soon as there
	 * are consumers.
	 * @param task the task
	 * @throws io.github.atomixspring.primitive.LimitExceededException if as many tasks
	 * wait as the capacity allows: it was not submitted
	 * @throws io.github.atomixspring.primitive.UnknownOutcomeException if the answer was
	 * lost: the task may have been submitted
	 */
	void submit(T task);

	/**
	 * Submits a task and waits, without limit, until it is done.
	 * @param task the task
	 * @throws InterruptedException if the thread is interrupted. If that happens while it
	 * waits the task is, or will be, submitted all the same
	 * @throws io.github.atomixspring.primitive.LimitExceededException as for
	 * {@link #submit(Object)}
	 * @throws io.github.atomixspring.primitive.UnknownOutcomeException if the session of
	 * this node was lost, this instance closed or the queue destroyed meanwhile: the task
	 * may have been submitted, and may be done
	 */
	void submitAndAwait(T task) throws InterruptedException;

	/**
	 * Submits a task and waits, at most the given time, until it is done.
	 * @param task the task
	 * @param timeout the longest wait, positive
	 * @return whether it is done; false says nothing about whether it was submitted
	 * @throws InterruptedException as for {@link #submitAndAwait(Object)}
	 */
	boolean submitAndAwait(T task, Duration timeout) throws InterruptedException;

	/**
	 * Adds a consumer that takes one task at a time and acknowledges it when the handler
	 * returns.
	 * @param handler does the tasks
	 * @return see {@link #consume(ConsumerOptions, TaskHandler)}
	 */
	Registration consume(TaskHandler<T> handler);

	/**
	 * Adds a consumer. It comes back by itself in a new session; what it had before goes
	 * to others. Its handler is called on the callback executor.
	 * @param options how the consumer takes tasks
	 * @param handler does the tasks
	 * @return the registration, once the cluster knows of it. Closing it takes the
	 * consumer away at once: what it has not acknowledged goes to others, also what is
	 * being done
	 */
	Registration consume(ConsumerOptions options, TaskHandler<T> handler);

	/**
	 * Counts the tasks, linearizably.
	 * @return the numbers
	 */
	TaskQueueStatistics statistics();

	/**
	 * Returns the asynchronous face.
	 * @return the asynchronous face
	 */
	AsyncDistributedTaskQueue<T> async();

}
