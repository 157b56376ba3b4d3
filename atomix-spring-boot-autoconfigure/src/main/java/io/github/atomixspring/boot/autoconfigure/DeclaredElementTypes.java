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

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.atomixspring.spring.annotation.ElementTypes;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * The types of elements that are declared by properties.
 *
 * @param properties the properties, in the order of the type parameters
 * @param classes the classes that they name
 */
record DeclaredElementTypes(List<String> properties, List<Class<?>> classes) implements ElementTypes {

	static DeclaredElementTypes load(Map<String, @Nullable String> classNames, @Nullable ClassLoader classLoader) {
		List<Class<?>> classes = new ArrayList<>();
		classNames.forEach((property, className) -> classes.add(load(property, className, classLoader)));
		return new DeclaredElementTypes(List.copyOf(classNames.keySet()), classes);
	}

	private static Class<?> load(String property, @Nullable String className, @Nullable ClassLoader classLoader) {
		if (className == null) {
			throw new InvalidConfigurationException(property, null, "the type of what it keeps must be known",
					"Set " + property + " to the name of a class");
		}
		try {
			return ClassUtils.resolvePrimitiveIfNecessary(ClassUtils.forName(className.trim(), classLoader));
		}
		catch (ClassNotFoundException | LinkageError ex) {
			throw new InvalidConfigurationException(property, className, "there is no such class: " + ex.getMessage(),
					"Use the full name of a class on the class path, such as java.lang.String");
		}
	}

	@Override
	public Type get(int index) {
		return this.classes.get(index);
	}

	@Override
	public RuntimeException unusable(int index, String reason) {
		return new InvalidConfigurationException(this.properties.get(index), this.classes.get(index).getName(), reason,
				"Use another class");
	}

}
