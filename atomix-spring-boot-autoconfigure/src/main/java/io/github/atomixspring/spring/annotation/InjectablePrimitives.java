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

import java.lang.reflect.Method;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.springframework.util.ReflectionUtils;

/**
 * The types of primitives that can be injected, each with the name of the bean that makes
 * them.
 */
final class InjectablePrimitives {

	private static final String BEAN_NAME_PREFIX = PrimitiveInjection.BEAN_NAME + ".";

	private final Map<Class<?>, InjectablePrimitive> byType = new LinkedHashMap<>();

	InjectablePrimitives(Collection<? extends InjectablePrimitive> primitives) {
		primitives.forEach((primitive) -> this.byType.put(primitive.type(), primitive));
	}

	Map<String, Class<?>> typesByBeanName() {
		return this.byType.keySet().stream().collect(Collectors.toMap(InjectablePrimitives::beanName, (type) -> type));
	}

	/**
	 * Returns the name of the bean that makes primitives for an injection point.
	 * @param point the injection point
	 * @return the name of the bean
	 */
	String beanName(PrimitiveInjectionPoint point) {
		return beanName(get(point).type());
	}

	/**
	 * Returns the type of primitive that an injection point asks for.
	 * @param point the injection point
	 * @return the type
	 * @throws InvalidAnnotationException if there is none
	 */
	InjectablePrimitive get(PrimitiveInjectionPoint point) {
		InjectablePrimitive primitive = this.byType.get(point.type());
		if (primitive == null) {
			throw new InvalidAnnotationException("@Primitive on " + point.describe() + " asks for the type '"
					+ point.type().getName() + "', which is no primitive", describeRemedy(point.type()));
		}
		return primitive;
	}

	private String describeRemedy(Class<?> wrongType) {
		return this.byType.keySet()
			.stream()
			.filter((type) -> isAsyncFace(wrongType, type))
			.findFirst()
			.map((type) -> "Declare it as " + describe(type) + " and call its method async()")
			.orElseGet(() -> "Declare it as " + describeTypes());
	}

	private static boolean isAsyncFace(Class<?> asyncType, Class<?> type) {
		Method async = ReflectionUtils.findMethod(type, "async");
		return async != null && async.getReturnType() == asyncType;
	}

	private String describeTypes() {
		List<String> types = this.byType.keySet().stream().map(InjectablePrimitives::describe).toList();
		int last = types.size() - 1;
		return String.join(", ", types.subList(0, last)) + " or " + types.get(last);
	}

	private static String describe(Class<?> type) {
		TypeVariable<?>[] parameters = type.getTypeParameters();
		return (parameters.length == 0) ? type.getSimpleName() : type.getSimpleName()
				+ Arrays.stream(parameters).map(TypeVariable::getName).collect(Collectors.joining(", ", "<", ">"));
	}

	private static String beanName(Class<?> type) {
		return BEAN_NAME_PREFIX + type.getSimpleName();
	}

}
