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

package io.github.atomixspring.boot.autoconfigure;

import java.time.Duration;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.messaging.DistributedTaskQueue;
import io.github.atomixspring.messaging.DistributedTopic;
import io.github.atomixspring.spring.annotation.InjectablePrimitive;
import io.github.atomixspring.spring.messaging.ClusterEvents;
import io.github.atomixspring.spring.messaging.ListenerPrimitives;
import io.github.atomixspring.spring.messaging.MessageListenerBeanPostProcessor;
import io.github.atomixspring.spring.messaging.MessageListeners;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Configures methods that listen to topics and task queues, and application events for
 * all nodes.
 */
@Configuration(proxyBeanMethods = false)
class ListenerConfiguration {

	@Bean
	@ConditionalOnMissingBean
	MessageListeners atomixMessageListeners(AtomixProperties properties) {
		AtomixProperties.Listeners listeners = properties.getListeners();
		Duration timeout = listeners.getShutdownTimeout();
		if (timeout.isNegative()) {
			throw new InvalidConfigurationException("atomix.listeners.shutdown-timeout", timeout,
					"it must not be negative", "Use a duration with a unit, such as 20s");
		}
		return new MessageListeners(timeout, listeners.isAutoStartup());
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static MessageListenerBeanPostProcessor atomixMessageListenerBeanPostProcessor(Environment environment,
			ObjectProvider<MessageListeners> listeners, ObjectProvider<Atomix> atomix) {
		PrimitivesProperties properties = PrimitiveInjectionConfiguration.bind(environment);
		return new MessageListenerBeanPostProcessor(listeners::getObject, atomix::getObject, new ListenerPrimitives(
				injected(DistributedTopic.class, properties), injected(DistributedTaskQueue.class, properties)));
	}

	private static InjectablePrimitive injected(Class<?> type, PrimitivesProperties properties) {
		return PrimitiveKinds.ALL.stream()
			.filter((kind) -> kind.type() == type)
			.map((kind) -> new InjectedPrimitives<>(kind, properties))
			.findFirst()
			.orElseThrow();
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty(name = "atomix.cluster-events.enabled", matchIfMissing = true)
	ClusterEvents atomixClusterEvents(Atomix atomix, AtomixProperties properties,
			ConfigurableApplicationContext context, MessageListeners listeners) {
		String topic = properties.getClusterEvents().getTopic();
		if (!StringUtils.hasText(topic)) {
			throw new InvalidConfigurationException("atomix.cluster-events.topic", topic,
					"it must be the name of a topic", "Name a topic, the same on all nodes");
		}
		return new ClusterEvents(atomix, topic, context, listeners);
	}

}
