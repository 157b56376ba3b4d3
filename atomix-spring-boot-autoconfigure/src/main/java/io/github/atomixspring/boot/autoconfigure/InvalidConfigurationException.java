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

import io.github.atomixspring.primitive.AtomixException;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of the node breaks a rule. Thrown before any port or file is opened.
 *
 * @since 0.1.0
 */
public class InvalidConfigurationException extends AtomixException {

	private final String property;

	private final @Nullable Object value;

	private final String action;

	/**
	 * Creates an exception.
	 * @param property the property that is wrong
	 * @param value its value, or null if it is not set
	 * @param reason what rule it breaks
	 * @param action the remedy
	 */
	public InvalidConfigurationException(String property, @Nullable Object value, String reason, String action) {
		super(describe(property, value) + ": " + reason);
		this.property = property;
		this.value = value;
		this.action = action;
	}

	/**
	 * Returns the property that is wrong.
	 * @return the name of the property
	 */
	public String getProperty() {
		return this.property;
	}

	/**
	 * Returns its value.
	 * @return the value, or null if it is not set
	 */
	public @Nullable Object getValue() {
		return this.value;
	}

	/**
	 * Returns what to do.
	 * @return the remedy
	 */
	public String getAction() {
		return this.action;
	}

	private static String describe(String property, @Nullable Object value) {
		return (value != null) ? "'" + property + "' is '" + value + "'" : "'" + property + "' is not set";
	}

}
