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

import java.lang.reflect.Type;
import java.util.stream.Stream;

import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * The types of what a primitive keeps, in the order of its type parameters.
 *
 * @since 0.1.0
 */
public interface ElementTypes {

	/**
	 * Returns a type.
	 * @param index the position of the type parameter
	 * @return the type, without open parameters
	 * @throws RuntimeException if it is not known, which says where to declare it
	 */
	Type get(int index);

	/**
	 * Returns what to throw if the primitive cannot keep a type.
	 * @param index the position of the type parameter
	 * @param reason why it cannot
	 * @return an exception that says where the type was declared
	 */
	RuntimeException unusable(int index, String reason);

	/**
	 * Puts in what the context of a type says of its type variables, on all levels.
	 * @param type the type, without open parameters
	 * @return the type without type variables
	 */
	static Type resolve(ResolvableType type) {
		if (type.isArray()) {
			return (type.getComponentType().hasGenerics()) ? type.getType() : type.toClass();
		}
		if (!type.hasGenerics()) {
			return ClassUtils.resolvePrimitiveIfNecessary(type.toClass());
		}
		ResolvableType[] generics = Stream.of(type.getGenerics())
			.map((generic) -> ResolvableType.forType(resolve(generic)))
			.toArray(ResolvableType[]::new);
		return ResolvableType.forClassWithGenerics(type.toClass(), generics).getType();
	}

}
