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

import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.github.atomixspring.codec.Codec;
import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.spring.annotation.Clustered;
import io.github.atomixspring.spring.annotation.InvalidAnnotationException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEvent;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Knows which events go to all nodes, and writes and reads them.
 */
final class ClusteredTypes {

	private static final Log logger = LogFactory.getLog(ClusteredTypes.class);

	private final @Nullable ClassLoader classLoader;

	private final Map<Class<?>, Optional<Codec<Object>>> codecs = new ConcurrentHashMap<>();

	private final Map<String, Optional<Codec<Object>>> codecsByName = new ConcurrentHashMap<>();

	ClusteredTypes(@Nullable ClassLoader classLoader) {
		this.classLoader = classLoader;
	}

	static boolean isClustered(Class<?> type) {
		return AnnotatedElementUtils.hasAnnotation(type, Clustered.class);
	}

	/**
	 * Returns whether there may be events of just this type that go to all nodes.
	 * @param type the type
	 * @return whether there may be
	 */
	static boolean isConcrete(Class<?> type) {
		return !Modifier.isAbstract(type.getModifiers()) && isClustered(type);
	}

	/**
	 * Checks a type with the annotation.
	 * @param type the type
	 * @throws InvalidAnnotationException if its events cannot go to other nodes
	 */
	static void check(Class<?> type) {
		if (ApplicationEvent.class.isAssignableFrom(type)) {
			throw new InvalidAnnotationException(
					"@Clustered on " + type.getName()
							+ " cannot work: it extends ApplicationEvent, whose source cannot go to another node",
					"Make the event an ordinary class or a record; Spring publishes any object");
		}
		if (type.getTypeParameters().length > 0) {
			throw new InvalidAnnotationException(
					"@Clustered on " + type.getName()
							+ " cannot work: it has type parameters, which the other nodes would not know",
					"Make a subtype without type parameters, and publish that");
		}
	}

	/**
	 * Writes an event.
	 * @param event the event
	 * @return the event as JSON, or null if its type does not go to other nodes
	 */
	@Nullable String write(Object event) {
		Codec<Object> codec = this.codecs.computeIfAbsent(event.getClass(), ClusteredTypes::codec).orElse(null);
		return (codec != null) ? new String(codec.encode(event), StandardCharsets.UTF_8) : null;
	}

	/**
	 * Reads an event.
	 * @param type the name of its class
	 * @param event the event as JSON
	 * @return the event, or null if this application does not have its type
	 */
	@Nullable Object read(String type, String event) {
		Codec<Object> codec = this.codecsByName.computeIfAbsent(type, this::codec).orElse(null);
		return (codec != null) ? codec.decode(event.getBytes(StandardCharsets.UTF_8)) : null;
	}

	private static Optional<Codec<Object>> codec(Class<?> type) {
		if (!isClustered(type)) {
			return Optional.empty();
		}
		check(type);
		return Optional.of(Codecs.json((Type) type));
	}

	private Optional<Codec<Object>> codec(String type) {
		try {
			// The initializer does not run before the class is known to be one of events.
			Optional<Codec<Object>> codec = codec(Class.forName(type, false, this.classLoader));
			if (codec.isEmpty()) {
				logger.warn("Events of the type " + type
						+ " come from other nodes and are ignored: here it has no @Clustered");
			}
			return codec;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			logger
				.info("Events of the type " + type + " come from other nodes and are ignored: there is no such class");
			return Optional.empty();
		}
		catch (InvalidAnnotationException ex) {
			logger.warn("Events of the type " + type + " come from other nodes and are ignored: " + ex.getMessage());
			return Optional.empty();
		}
	}

	/**
	 * Returns whether a listener with this parameter may get events of other nodes.
	 * @param type the type of events that the listener declares
	 * @return whether it may
	 */
	static boolean mayReceive(Class<?> type) {
		return !ApplicationEvent.class.isAssignableFrom(type)
				&& (isClustered(type) || !Modifier.isFinal(type.getModifiers()));
	}

}
