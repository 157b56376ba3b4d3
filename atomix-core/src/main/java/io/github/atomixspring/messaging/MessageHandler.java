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

import org.jspecify.annotations.Nullable;

/**
 * Handles the messages that are sent to a consumer of a message bus.
 *
 * @param <M> the type of the messages
 * @param <R> the type of the replies
 * @since 0.1.0
 */
@FunctionalInterface
public interface MessageHandler<M, R> {

	/**
	 * Handles a message. Called on the callback executor, in the order of the log and
	 * never by two threads at once; may block, and may send messages itself.
	 * @param message the message
	 * @return the reply, or null for an empty one
	 * @throws Exception if the consumer fails: the sender gets a
	 * {@link ConsumerFailedException} with the text of the exception
	 */
	@Nullable R handle(M message) throws Exception;

}
