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

package io.github.atomixspring.docs;

import java.beans.PropertyDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.atomixspring.boot.autoconfigure.PrimitivesProperties;
import io.github.atomixspring.boot.autoconfigure.cache.AtomixCacheProperties;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.core.ResolvableType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@code docs/configuration.md} has each property, with its type and default.
 */
class ConfigurationPageTests {

	private static final Pattern ROW = Pattern
		.compile("(?m)^\\| `((?:atomix|management)\\.[^`]+)` \\| `([^`]+)` \\| (?:`([^`]*)`)?[^|]*\\| (\\S[^|]+) \\|$");

	private static final String CACHES = "cache.caches";

	private static final Map<String, Class<?>> DECLARED = declaredTypes();

	@Test
	void hasEachPropertyAndNoOther() throws IOException {
		assertThat(rows().keySet()).containsExactlyInAnyOrderElementsOf(properties().keySet());
	}

	@Test
	void typesAndDefaultsAreThoseOfTheProperties() throws IOException {
		Map<String, Property> properties = properties();
		rows().forEach((name, row) -> {
			Property property = properties.get(name);
			if (property != null) {
				assertThat(row.type()).as("type of %s", name).isEqualTo(property.type());
				if (!property.defaultValue().isEmpty()) {
					assertThat(row.defaultValue()).as("default of %s", name).isEqualTo(property.defaultValue());
				}
			}
		});
	}

	private static Map<String, Property> rows() {
		Map<String, Property> rows = new LinkedHashMap<>();
		Matcher matcher = ROW.matcher(Pages.read(Pages.root().resolve("docs/configuration.md")));
		while (matcher.find()) {
			String defaultValue = (matcher.group(3) != null) ? matcher.group(3) : "";
			Property before = rows.put(matcher.group(1), new Property(matcher.group(2), defaultValue));
			assertThat(before).as("%s is there twice", matcher.group(1)).isNull();
		}
		return rows;
	}

	/**
	 * Reads the metadata of this module. That of the beans that can be declared by name
	 * is not part of it, so their classes are read instead.
	 */
	private static Map<String, Property> properties() throws IOException {
		Map<String, Property> properties = new TreeMap<>();
		for (JsonNode property : metadata().get("properties")) {
			String name = property.get("name").asString();
			String group = name.substring(name.indexOf('.') + 1);
			if (name.startsWith("atomix.") && DECLARED.containsKey(group)) {
				properties.putAll(declared(group));
			}
			else {
				JsonNode defaultValue = property.get("defaultValue");
				properties.put(name, new Property(simple(property.get("type").asString()),
						(defaultValue != null) ? defaultValue.asString() : ""));
			}
		}
		return properties;
	}

	private static Map<String, Property> declared(String group) {
		Map<String, Property> properties = new TreeMap<>();
		Class<?> type = DECLARED.get(group);
		Object defaults = BeanUtils.instantiateClass(type);
		for (PropertyDescriptor descriptor : BeanUtils.getPropertyDescriptors(type)) {
			if (descriptor.getWriteMethod() != null) {
				String key = DataObjectPropertyName.toDashedForm(descriptor.getName());
				Object value = invoke(descriptor, defaults);
				properties.put("atomix." + group + "." + placeholder(group) + "." + key, new Property(
						descriptor.getPropertyType().getSimpleName(), (value != null) ? value.toString() : ""));
			}
		}
		return properties;
	}

	private static Map<String, Class<?>> declaredTypes() {
		Map<String, Class<?>> types = new TreeMap<>();
		for (PropertyDescriptor descriptor : BeanUtils.getPropertyDescriptors(PrimitivesProperties.class)) {
			if (descriptor.getPropertyType() == Map.class) {
				types.put(DataObjectPropertyName.toDashedForm(descriptor.getName()),
						ResolvableType.forMethodReturnType(descriptor.getReadMethod()).resolveGeneric(1));
			}
		}
		types.put(CACHES, AtomixCacheProperties.Cache.class);
		return types;
	}

	private static String placeholder(String group) {
		return (group.equals(CACHES)) ? "<cache>" : "<bean>";
	}

	private static Object invoke(PropertyDescriptor descriptor, Object bean) {
		try {
			return descriptor.getReadMethod().invoke(bean);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static JsonNode metadata() throws IOException {
		List<JsonNode> found = new ArrayList<>();
		ClassLoader loader = ConfigurationPageTests.class.getClassLoader();
		for (URL url : Collections.list(loader.getResources("META-INF/spring-configuration-metadata.json"))) {
			try (InputStream stream = url.openStream()) {
				JsonNode metadata = new JsonMapper().readTree(stream);
				if (metadata.path("groups").toString().contains("\"atomix\"")) {
					found.add(metadata);
				}
			}
		}
		assertThat(found).hasSize(1);
		return found.get(0);
	}

	private static String simple(String type) {
		return type.replaceAll("[\\w.]+[.$](\\w+)", "$1").replace(",", ", ");
	}

	/**
	 * What is said of a property.
	 *
	 * @param type the type
	 * @param defaultValue the default, or an empty text
	 */
	private record Property(String type, String defaultValue) {

	}

}
