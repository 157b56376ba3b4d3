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

import java.util.List;
import java.util.UUID;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.codec.Codec;
import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.messaging.DistributedTopic;
import io.github.atomixspring.messaging.TopicListener;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.spring.annotation.Clustered;
import io.github.atomixspring.spring.event.ClusterEventsResyncEvent;
import io.github.atomixspring.spring.event.RemoteEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.core.Ordered;
import org.springframework.util.ClassUtils;

/**
 * Brings application events with {@link Clustered @Clustered} to the other nodes, through
 * a topic, and publishes those of the others here.
 * <p>
 * What is published here is never published here again: the message of this application
 * is known by its origin. What comes from others is published as a {@link RemoteEvent},
 * which never goes to the cluster.
 *
 * @since 0.1.0
 */
@RegisterReflectionForBinding(ClusterMessage.class)
public class ClusterEvents implements ApplicationListener<ApplicationEvent>, Ordered, SmartInitializingSingleton {

	/**
	 * The id of the listener that receives the events of other nodes. There is none in an
	 * application that does not listen to any.
	 */
	public static final String LISTENER_ID = "atomix.cluster-events";

	private static final Log logger = LogFactory.getLog(ClusterEvents.class);

	private static final Codec<ClusterMessage> CODEC = Codecs.json(ClusterMessage.class);

	private final Atomix atomix;

	private final String topicName;

	private final ConfigurableApplicationContext context;

	private final MessageListeners listeners;

	private final ClusteredTypes types;

	private final boolean transactions;

	private final String origin = UUID.randomUUID().toString();

	/**
	 * Creates an instance.
	 * @param atomix the node
	 * @param topicName the name of the topic
	 * @param context publishes the events of other nodes
	 * @param listeners receives them
	 */
	public ClusterEvents(Atomix atomix, String topicName, ConfigurableApplicationContext context,
			MessageListeners listeners) {
		this.atomix = atomix;
		this.topicName = topicName;
		this.context = context;
		this.listeners = listeners;
		this.types = new ClusteredTypes(context.getClassLoader());
		this.transactions = ClassUtils.isPresent(Commits.REQUIRED_CLASS, context.getClassLoader());
	}

	private DistributedTopic<ClusterMessage> topic() {
		return this.atomix.topic(this.topicName, CODEC);
	}

	/**
	 * Subscribes if a bean listens to events that may come from other nodes.
	 */
	@Override
	public void afterSingletonsInstantiated() {
		List<Class<?>> declared = new EventListeners(this.context.getBeanFactory()).types();
		declared.stream().filter(ClusteredTypes::isConcrete).forEach(ClusteredTypes::check);
		if (declared.stream().anyMatch(ClusteredTypes::mayReceive)) {
			this.listeners.addTopicListener(LISTENER_ID, topic(), new Receiver());
		}
	}

	/**
	 * Before other listeners: if the event cannot go to the other nodes, nobody gets it.
	 */
	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	/**
	 * On the thread that publishes, so that it gets the exception and events keep their
	 * order.
	 */
	@Override
	public boolean supportsAsyncExecution() {
		return false;
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		if (event instanceof PayloadApplicationEvent<?> payloadEvent) {
			if (!(event instanceof RemoteEvent<?>)) {
				forward(payloadEvent.getPayload());
			}
		}
		else if (ClusteredTypes.isClustered(event.getClass())) {
			ClusteredTypes.check(event.getClass());
		}
	}

	private void forward(Object event) {
		String json = this.types.write(event);
		if (json == null) {
			return;
		}
		ClusterMessage message = new ClusterMessage(this.origin, this.atomix.session().node(),
				event.getClass().getName(), json);
		if (!this.transactions || !Commits.defer(() -> sendAfterCommit(message))) {
			requireRunning(message);
			topic().publish(message);
		}
	}

	private void requireRunning(ClusterMessage message) {
		if (!this.atomix.isRunning()) {
			throw new UnavailableException("Event of the type " + message.type()
					+ " cannot go to the other nodes, because this node does not run: publish it after the "
					+ "application has started and before it stops", null);
		}
	}

	private void sendAfterCommit(ClusterMessage message) {
		// The transaction cannot be taken back any more: nobody could do anything about
		// an
		// exception, and nobody has to wait.
		try {
			requireRunning(message);
			topic().async().publish(message).whenComplete((done, failure) -> {
				if (failure != null) {
					reportLost(message, failure);
				}
			});
		}
		catch (RuntimeException ex) {
			reportLost(message, ex);
		}
	}

	private static void reportLost(ClusterMessage message, Throwable failure) {
		logger.error(
				"Event of the type " + message.type()
						+ " was published in a transaction that is committed, and may not have gone to the other nodes",
				failure);
	}

	/**
	 * Publishes the events of other nodes.
	 */
	private final class Receiver implements TopicListener<ClusterMessage> {

		@Override
		public void onMessage(ClusterMessage message) {
			if (message.origin().equals(ClusterEvents.this.origin)) {
				return;
			}
			Object event = ClusterEvents.this.types.read(message.type(), message.event());
			if (event != null) {
				ClusterEvents.this.context.publishEvent(new RemoteEvent<>(ClusterEvents.this, event, message.node()));
			}
		}

		@Override
		public void onResync() {
			logger.warn("Events of other nodes may have been missed");
			ClusterEvents.this.context.publishEvent(new ClusterEventsResyncEvent(ClusterEvents.this));
		}

	}

}
