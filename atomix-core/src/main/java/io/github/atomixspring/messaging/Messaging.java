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

import io.github.atomixspring.codec.Codec;
import io.github.atomixspring.session.PrimitiveSession;

/**
 * Makes topics, task queues and message buses. Internal: public only for the root
 * package.
 *
 * @since 0.1.0
 */
public final class Messaging {

	private Messaging() {
	}

	/**
	 * Creates the instance of a topic.
	 * @param <T> the type of the messages
	 * @param session the session of the node
	 * @param name the name
	 * @param codec the codec
	 * @param onClose called once, when the instance is closed
	 * @return the topic
	 */
	public static <T> DistributedTopic<T> createTopic(PrimitiveSession session, String name, Codec<T> codec,
			Runnable onClose) {
		TopicProxy<T> proxy = new TopicProxy<>(session, name, codec, onClose);
		proxy.start();
		return proxy;
	}

	/**
	 * Creates the instance of a task queue.
	 * @param <T> the type of the tasks
	 * @param session the session of the node
	 * @param name the name
	 * @param options the options
	 * @param onClose called once, when the instance is closed
	 * @return the task queue
	 */
	public static <T> DistributedTaskQueue<T> createTaskQueue(PrimitiveSession session, String name,
			TaskQueueOptions<T> options, Runnable onClose) {
		TaskQueueProxy<T> proxy = new TaskQueueProxy<>(session, name, options, onClose);
		proxy.start();
		return proxy;
	}

	/**
	 * Creates the instance of a message bus.
	 * @param session the session of the node
	 * @param name the name
	 * @param onClose called once, when the instance is closed
	 * @return the message bus
	 */
	public static DistributedMessageBus createMessageBus(PrimitiveSession session, String name, Runnable onClose) {
		MessageBusProxy proxy = new MessageBusProxy(session, name, onClose);
		proxy.start();
		return proxy;
	}

}
