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

/**
 * Does the tasks of a queue.
 *
 * @param <T> the type of the tasks
 * @since 0.1.0
 */
@FunctionalInterface
public interface TaskHandler<T> {

	/**
	 * Does a task. Called on the callback executor, by as many threads at once as the
	 * parallelism of the consumer says; may block.
	 * @param task the task. With automatic acknowledgement it is done when this method
	 * returns; with explicit acknowledgement when {@link Task#complete()} was called
	 * @throws Exception if the task has failed: it is delivered again
	 */
	void handle(Task<T> task) throws Exception;

}
