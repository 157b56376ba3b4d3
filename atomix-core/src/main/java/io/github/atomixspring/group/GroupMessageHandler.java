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

package io.github.atomixspring.group;

/**
 * Handles the messages of a channel that are for one member of a group.
 *
 * @param <T> the type of the messages
 * @param <R> the type of the replies
 * @since 0.1.0
 */
@FunctionalInterface
public interface GroupMessageHandler<T, R> {

	/**
	 * Handles a message. Called on the callback executor, in the order of the log and
	 * never by two threads at once; may block. It must settle the message, now or later.
	 * @param message the message
	 * @throws Exception if the consumer fails: the message then fails too, unless it was
	 * settled
	 */
	void handle(GroupMessage<T, R> message) throws Exception;

}
