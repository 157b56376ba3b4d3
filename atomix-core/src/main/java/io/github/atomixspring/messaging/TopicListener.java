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
 * Receives the messages of a topic.
 *
 * @param <T> the type of the messages
 * @since 0.1.0
 */
@FunctionalInterface
public interface TopicListener<T> {

	/**
	 * Called for each message, in the order of the log, on the callback executor and
	 * never by two threads at once. It may block. An exception is logged, and the next
	 * message comes all the same. A message that cannot be decoded is logged and left
	 * out.
	 * @param message the message
	 */
	void onMessage(T message);

	/**
	 * Called, like {@link #onMessage}, where messages may be missing between the one
	 * before and the one after: the session of the node was lost, too many events waited
	 * for the node, or the topic was destroyed.
	 */
	default void onResync() {
	}

}
