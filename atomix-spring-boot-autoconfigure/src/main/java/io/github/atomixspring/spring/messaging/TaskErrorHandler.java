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

import io.github.atomixspring.messaging.Task;

/**
 * Decides what happens to tasks that have failed.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface TaskErrorHandler {

	/**
	 * Called instead of the log when a listener has failed at a task, on the thread on
	 * which it failed. It must not settle the task itself. If it throws an exception,
	 * that is logged and the task is delivered again.
	 * @param task the task; {@link Task#deliveryCount()} tells how often it was handed
	 * out
	 * @param failure what the listener has thrown
	 * @return what happens to the task. {@link Decision#RETRY} holds up to the greatest
	 * number of deliveries
	 */
	Decision handle(Task<?> task, Throwable failure);

	/**
	 * What happens to a task.
	 */
	enum Decision {

		/**
		 * It goes to the end of the queue and is delivered again.
		 */
		RETRY,

		/**
		 * It goes to the dead letters. Where there are none, that is logged and the task
		 * is delivered again.
		 */
		DEAD_LETTER,

		/**
		 * It counts as done.
		 */
		DROP

	}

}
