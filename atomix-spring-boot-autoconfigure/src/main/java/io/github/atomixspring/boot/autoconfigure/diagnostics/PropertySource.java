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

package io.github.atomixspring.boot.autoconfigure.diagnostics;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;

/**
 * Says what a property was set to, and where.
 */
final class PropertySource {

	private final @Nullable Environment environment;

	/**
	 * Creates a source.
	 * @param environment the properties; null if the application failed before it had
	 * them
	 */
	PropertySource(@Nullable Environment environment) {
		this.environment = environment;
	}

	/**
	 * Describes a property.
	 * @param name the name of the property
	 * @return such as
	 * <code>'atomix.node.id' (value 'n4' from application.yml - 3:9)</code>
	 */
	String describe(String name) {
		ConfigurationProperty property = find(name);
		if (property == null) {
			property = find(name + "[0]");
		}
		if (property == null) {
			return "'" + name + "' (not set)";
		}
		Object value = (property.getName().toString().equals(name)) ? property.getValue()
				: "[" + property.getValue() + ", ...]";
		return "'" + name + "' (value '" + value + "'"
				+ ((property.getOrigin() != null) ? " from " + property.getOrigin() : "") + ")";
	}

	/**
	 * Describes where a property was set.
	 * @param name the name of the property
	 * @return the place, or an empty text if it is not known
	 */
	String origin(String name) {
		ConfigurationProperty property = find(name);
		if (property == null) {
			property = find(name + "[0]");
		}
		return (property != null && property.getOrigin() != null) ? "\n\nIt was set by " + property.getOrigin() + "."
				: "";
	}

	private @Nullable ConfigurationProperty find(String name) {
		if (this.environment == null || !ConfigurationPropertyName.isValid(name)) {
			return null;
		}
		ConfigurationPropertyName propertyName = ConfigurationPropertyName.of(name);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty property = source.getConfigurationProperty(propertyName);
			if (property != null) {
				return property;
			}
		}
		return null;
	}

}
