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
 * Consumes messages.
 *
 * @param <T> the type of the messages
 * @param <R> the type of the replies
 * @since 0.1.0
 */
@FunctionalInterface
public interface GroupMessageHandler<T, R> {

	/**
	 * Called for each message, never by two threads at once, on the callback executor; it
	 * may block. It must settle the message, now or later. If it throws, the message
	 * fails.
	 * @param message the message
	 */
	void handle(GroupMessage<T, R> message) throws Exception;

}
