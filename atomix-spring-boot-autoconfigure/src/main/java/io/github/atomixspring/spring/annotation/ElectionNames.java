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

package io.github.atomixspring.spring.annotation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeansException;
import org.springframework.util.StringUtils;
import org.springframework.util.StringValueResolver;

/**
 * The names of elections as written in annotations, and what they were resolved to.
 */
final class ElectionNames {

	/** The limit of the core. */
	static final int MAX_LENGTH = 256;

	private final Supplier<String> defaultElection;

	private final Map<String, String> names = new ConcurrentHashMap<>();

	private @Nullable StringValueResolver resolver;

	ElectionNames(Supplier<String> defaultElection) {
		this.defaultElection = defaultElection;
	}

	void setResolver(StringValueResolver resolver) {
		this.resolver = resolver;
	}

	/**
	 * Resolves a name.
	 * @param name the name as written
	 * @param place where it is written, for messages
	 * @return the name
	 * @throws InvalidAnnotationException if that is not possible
	 */
	String resolve(String name, String place) {
		String known = this.names.get(name);
		if (known != null) {
			return known;
		}
		String resolved = (name.isEmpty()) ? this.defaultElection.get() : evaluate(name, place);
		if (!StringUtils.hasText(resolved)) {
			throw new InvalidAnnotationException("The election '" + name + "' of " + place + " has become a blank name",
					"Correct the placeholder or the expression");
		}
		if (resolved.length() > MAX_LENGTH) {
			throw new InvalidAnnotationException("The election '" + name + "' of " + place + " has become a name of "
					+ resolved.length() + " characters", "Choose a name of at most " + MAX_LENGTH + " characters");
		}
		this.names.put(name, resolved);
		return resolved;
	}

	private @Nullable String evaluate(String name, String place) {
		StringValueResolver resolver = this.resolver;
		try {
			return (resolver != null) ? resolver.resolveStringValue(name) : name;
		}
		catch (BeansException | IllegalArgumentException ex) {
			throw new InvalidAnnotationException(
					"The election '" + name + "' of " + place + " cannot be resolved: " + ex.getMessage(),
					"Correct the placeholder or the expression", ex);
		}
	}

}
