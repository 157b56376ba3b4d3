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
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.atomixspring.boot.autoconfigure.DeclaredPrimitive;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * The properties of this module, as its configuration metadata has them. What can be set
 * of each value of a map is not part of the metadata, and comes from the classes of the
 * values and their Javadoc.
 */
final class PropertyReference {

	private static final Pattern GROUP = Pattern
		.compile("java\\.util\\.Map<java\\.lang\\.String,(io\\.github\\.atomixspring\\.[\\w.$]+)>");

	private static final Pattern PACKAGE = Pattern.compile("\\b[a-z][\\w.]*\\.(?=[A-Z])|\\w+\\$");

	private static final Pattern ANNOTATION = Pattern.compile("@\\w+");

	private final FieldComments comments = new FieldComments();

	private final List<Property> properties;

	/**
	 * Reads the metadata.
	 * @throws IOException if it cannot be read
	 */
	PropertyReference() throws IOException {
		List<Property> properties = new ArrayList<>();
		for (JsonNode property : metadata().get("properties")) {
			String name = property.get("name").asString();
			String type = property.get("type").asString();
			Matcher group = GROUP.matcher(type);
			if (group.matches()) {
				properties.addAll(group(name, type(group.group(1))));
			}
			else {
				properties.add(property(name, type, property.path("defaultValue").asString(""),
						property.path("description").asString("")));
			}
		}
		this.properties = List.copyOf(properties);
	}

	/**
	 * Returns the names of all properties.
	 * @return the names
	 */
	List<String> names() {
		return this.properties.stream().map(Property::name).toList();
	}

	/**
	 * Returns the names of the properties of a group.
	 * @param prefix the name of the group, or that of a single property
	 * @return the names
	 */
	List<String> names(String prefix) {
		return in(prefix).map(Property::name).toList();
	}

	/**
	 * Returns the table of some groups.
	 * @param prefixes their names
	 * @return the table in Markdown, without a line break at its end
	 */
	String table(List<String> prefixes) {
		Stream<String> head = Stream.of("| Property | Type | Default | Meaning |", "|---|---|---|---|");
		return Stream.concat(head, prefixes.stream().flatMap(this::in).map(Property::row))
			.collect(Collectors.joining("\n"));
	}

	private Stream<Property> in(String prefix) {
		return this.properties.stream()
			.filter((property) -> property.name().equals(prefix) || property.name().startsWith(prefix + "."))
			.sorted(Comparator.comparing((property) -> property.name().contains("<")));
	}

	private List<Property> group(String name, Class<?> type) {
		String prefix = name + (DeclaredPrimitive.class.isAssignableFrom(type) ? ".<bean>." : ".<name>.");
		Object defaults = BeanUtils.instantiateClass(type);
		return Stream.of(BeanUtils.getPropertyDescriptors(type))
			.filter((descriptor) -> descriptor.getWriteMethod() != null)
			.map((descriptor) -> property(prefix + DataObjectPropertyName.toDashedForm(descriptor.getName()),
					descriptor.getPropertyType().getName(), defaultValue(descriptor, defaults),
					this.comments.of(type, descriptor.getName())))
			// The name comes first; the others as the metadata has them, by name.
			.sorted(Comparator.comparing((property) -> !property.name().equals(prefix + "name")))
			.toList();
	}

	private static String defaultValue(PropertyDescriptor descriptor, Object bean) {
		Object value = ReflectionUtils.invokeMethod(descriptor.getReadMethod(), bean);
		return (value != null) ? value.toString() : "";
	}

	private static Property property(String name, String type, String defaultValue, String description) {
		if (description.isEmpty()) {
			throw new IllegalStateException("The property " + name + " has no description");
		}
		String shown = (isEnum(type)) ? defaultValue.replace('_', '-') : defaultValue;
		return new Property(name, describe(type), code(shown),
				ANNOTATION.matcher(description).replaceAll("`$0`").replace("|", "\\|"));
	}

	/**
	 * Names a type without its package, and an enumeration by its constants.
	 */
	private static String describe(String type) {
		if (isEnum(type)) {
			return Stream.of(type(type).getEnumConstants())
				.map((constant) -> code(constant.toString().toLowerCase(Locale.ROOT).replace('_', '-')))
				.collect(Collectors.joining(", "));
		}
		return code(PACKAGE.matcher(type).replaceAll("").replace(",", ", "));
	}

	private static boolean isEnum(String type) {
		return type.indexOf('<') < 0 && type(type).isEnum();
	}

	private static Class<?> type(String name) {
		return ClassUtils.resolveClassName(name, PropertyReference.class.getClassLoader());
	}

	private static String code(String text) {
		return (text.isEmpty()) ? "" : "`" + text + "`";
	}

	private static JsonNode metadata() throws IOException {
		List<JsonNode> found = new ArrayList<>();
		ClassLoader loader = PropertyReference.class.getClassLoader();
		for (URL url : Collections.list(loader.getResources("META-INF/spring-configuration-metadata.json"))) {
			try (InputStream stream = url.openStream()) {
				JsonNode metadata = new JsonMapper().readTree(stream);
				if (metadata.path("groups").toString().contains("\"atomix\"")) {
					found.add(metadata);
				}
			}
		}
		if (found.size() != 1) {
			throw new IllegalStateException("There are " + found.size() + " files of metadata instead of one");
		}
		return found.get(0);
	}

	/**
	 * A property in Markdown.
	 *
	 * @param name the name
	 * @param type the type
	 * @param defaultValue the default, or an empty text
	 * @param description what it means
	 */
	private record Property(String name, String type, String defaultValue, String description) {

		String row() {
			return Stream.of(code(this.name), this.type, this.defaultValue, this.description)
				.map((cell) -> (cell.isEmpty()) ? "" : cell + " ")
				.collect(Collectors.joining("| ", "| ", "|"));
		}

	}

}
