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

import java.util.concurrent.CompletableFuture;

/**
 * A task that was handed to a consumer.
 *
 * @param <T> the type of the tasks
 * @since 0.1.0
 */
public interface Task<T> {

	/**
	 * Returns the number of the task in its queue, the same each time it is delivered.
	 * Tasks submitted later have greater ones.
	 * @return the number
	 */
	long id();

	/**
	 * Returns the task itself.
	 * @return what was submitted
	 */
	T value();

	/**
	 * Returns how often the task was handed to a consumer, this time included.
	 * @return the number, at least 1
	 */
	int deliveryCount();

	/**
	 * Returns the fencing token of this delivery: greater than those of all deliveries of
	 * the queue before.
	 * @return the token
	 */
	long fencingToken();

	/**
	 * Returns whether this node can vouch that the task has been given to no other
	 * consumer and is not settled. Does not ask the cluster.
	 * @return whether the task is surely held
	 */
	boolean isHeld();

	/**
	 * Tells the cluster that the task is done. Does not wait for it; repeated until the
	 * cluster knows. Only the first call of this or of {@link #fail()} counts.
	 * @return whether the cluster took the task as settled by this consumer; false if the
	 * task had gone to another, which will do it again, or was settled before. It fails
	 * with {@link io.github.atomixspring.primitive.UnknownOutcomeException} if the answer
	 * was lost
	 */
	CompletableFuture<Boolean> complete();

	/**
	 * Tells the cluster that the task has failed: it goes to the end of the queue and is
	 * delivered again. After the first failure that happens at once; after others this
	 * consumer keeps it for a while before, at most a second.
	 * @return as for {@link #complete()}
	 */
	CompletableFuture<Boolean> fail();

}
