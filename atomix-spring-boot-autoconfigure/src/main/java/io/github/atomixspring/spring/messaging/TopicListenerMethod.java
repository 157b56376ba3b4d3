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

import io.github.atomixspring.messaging.DistributedTopic;
import io.github.atomixspring.spring.annotation.TopicListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A method with {@link TopicListener @TopicListener}.
 */
final class TopicListenerMethod implements AnnotatedListener {

	private static final Log logger = LogFactory.getLog(TopicListenerMethod.class);

	private final TopicListener annotation;

	private final ListenerMethod method;

	private final @Nullable ListenerMethod onResync;

	private final PayloadType type;

	/**
	 * Creates a listener.
	 * @param annotation the annotation
	 * @param method the method
	 * @throws io.github.atomixspring.spring.annotation.InvalidAnnotationException if it
	 * cannot work
	 */
	TopicListenerMethod(TopicListener annotation, ListenerMethod method) {
		this.annotation = annotation;
		this.method = method;
		if (annotation.topic().isBlank()) {
			throw method.invalid("does not name a topic", "Name it, as in @TopicListener(\"prices\")");
		}
		if (method.parameterCount() != 1) {
			throw method.invalid("must have one parameter, the message, not " + method.parameterCount(),
					"Declare one parameter of the type of the messages");
		}
		ReturnTypes.requireUnused(method);
		this.type = new PayloadType(method.parameterType(0), method.place());
		this.onResync = (annotation.onResync().isEmpty()) ? null : method.sibling("onResync", annotation.onResync());
	}

	@Override
	public void register(ListenerFactory factory) {
		String name = factory.text(this.method, "topic", this.annotation.topic());
		DistributedTopic<Object> topic = factory.topic(this.method, name, this.type);
		TopicErrorHandler errorHandler = factory.errorHandler(this.method, this.annotation.errorHandler(),
				TopicErrorHandler.class);
		boolean starts = factory.isTrue(this.method, "autoStartup", this.annotation.autoStartup());
		factory.add(this.method, this.annotation.id(),
				(id) -> factory.listeners().addTopicListener(id, topic, new Invoker(id, name, errorHandler), starts));
	}

	/**
	 * Calls the method.
	 */
	private final class Invoker implements io.github.atomixspring.messaging.TopicListener<Object> {

		private final String description;

		private final @Nullable TopicErrorHandler errorHandler;

		Invoker(String id, String topic, @Nullable TopicErrorHandler errorHandler) {
			this.description = "Listener '" + id + "' of topic '" + topic + "'";
			this.errorHandler = errorHandler;
		}

		@Override
		public void onMessage(Object message) {
			try {
				TopicListenerMethod.this.method.invoke(message);
			}
			catch (Throwable ex) {
				if (this.errorHandler != null) {
					this.errorHandler.handle(message, ex);
				}
				else {
					logger.error(this.description + " failed at a message", ex);
				}
			}
		}

		@Override
		public void onResync() {
			ListenerMethod told = TopicListenerMethod.this.onResync;
			if (told == null) {
				logger.warn(this.description + " may have missed messages");
				return;
			}
			try {
				told.invoke();
			}
			catch (Throwable ex) {
				logger.error(this.description + " failed when it was told that messages may be missing", ex);
			}
		}

	}

}
