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

import java.util.Locale;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.messaging.DistributedTaskQueue;
import io.github.atomixspring.messaging.DistributedTopic;
import io.github.atomixspring.primitive.DistributedPrimitive;
import io.github.atomixspring.spring.annotation.InjectablePrimitive;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanNotOfRequiredTypeException;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.EmbeddedValueResolver;
import org.springframework.util.StringUtils;

/**
 * Has what the listeners of annotated methods are made of.
 *
 * @param atomix the node
 * @param primitives makes topics and task queues
 * @param beanFactory resolves placeholders and finds error handlers
 * @param listeners keeps the containers
 */
record ListenerFactory(Atomix atomix, ListenerPrimitives primitives, ConfigurableBeanFactory beanFactory,
		MessageListeners listeners) {

	@SuppressWarnings("unchecked")
	DistributedTopic<Object> topic(ListenerMethod method, String name, PayloadType type) {
		return (DistributedTopic<Object>) get(this.primitives.topics(), method, name, type);
	}

	@SuppressWarnings("unchecked")
	DistributedTaskQueue<Object> taskQueue(ListenerMethod method, String name, PayloadType type) {
		return (DistributedTaskQueue<Object>) get(this.primitives.taskQueues(), method, name, type);
	}

	private DistributedPrimitive get(InjectablePrimitive primitives, ListenerMethod method, String name,
			PayloadType type) {
		try {
			return primitives.get(this.atomix, name, type);
		}
		catch (IllegalArgumentException ex) {
			throw method.invalid("cannot listen to '" + name + "': " + ex.getMessage(),
					"Correct the name, or declare the same type wherever this application uses it");
		}
	}

	/**
	 * Adds a container.
	 * @param method the method
	 * @param id the id as written
	 * @param adder adds it under the id
	 */
	void add(ListenerMethod method, String id, Adder adder) {
		String resolved = (id.isEmpty()) ? method.defaultId() : text(method, "id", id);
		if (this.listeners.container(resolved).isPresent()) {
			throw method.invalid("has the id '" + resolved + "', which another listener has already",
					"Give it an id of its own by the attribute 'id'");
		}
		adder.add(resolved);
	}

	/**
	 * Resolves a text that must not be blank.
	 * @param method the method
	 * @param attribute the attribute of the annotation
	 * @param value its value as written
	 * @return the text
	 */
	String text(ListenerMethod method, String attribute, String value) {
		String resolved = resolve(value);
		if (!StringUtils.hasText(resolved)) {
			throw method.invalid("has a blank '" + attribute + "', made of '" + value + "'",
					"Correct the placeholder or the expression");
		}
		return resolved;
	}

	int number(ListenerMethod method, String attribute, String value, int least, int greatest) {
		String resolved = text(method, attribute, value).trim();
		try {
			int number = Integer.parseInt(resolved);
			if (number >= least && number <= greatest) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// It is told below.
		}
		throw method.invalid("has the " + attribute + " '" + resolved + "'" + from(value, resolved),
				"Use a number from " + least + " to " + greatest);
	}

	boolean isTrue(ListenerMethod method, String attribute, String value) {
		String resolved = text(method, attribute, value).trim().toLowerCase(Locale.ROOT);
		if (!resolved.equals("true") && !resolved.equals("false")) {
			throw method.invalid("has the " + attribute + " '" + resolved + "'" + from(value, resolved),
					"Use true or false");
		}
		return resolved.equals("true");
	}

	<H> @Nullable H errorHandler(ListenerMethod method, String name, Class<H> type) {
		if (name.isEmpty()) {
			return null;
		}
		String resolved = text(method, "errorHandler", name);
		try {
			return this.beanFactory.getBean(resolved, type);
		}
		catch (NoSuchBeanDefinitionException ex) {
			throw method.invalid("names the error handler '" + resolved + "', and there is no such bean",
					"Declare a bean of the type " + type.getSimpleName() + " with this name");
		}
		catch (BeanNotOfRequiredTypeException ex) {
			throw method.invalid(
					"names the error handler '" + resolved + "', which is a " + ex.getActualType().getName(),
					"Name a bean of the type " + type.getSimpleName());
		}
	}

	private @Nullable String resolve(String value) {
		return new EmbeddedValueResolver(this.beanFactory).resolveStringValue(value);
	}

	private static String from(String value, String resolved) {
		return (value.equals(resolved)) ? "" : " from " + value;
	}

	/**
	 * Adds a container under an id.
	 */
	@FunctionalInterface
	interface Adder {

		void add(String id);

	}

}
