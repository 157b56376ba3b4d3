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

import java.lang.reflect.Type;

import io.github.atomixspring.spring.annotation.ElementTypes;
import io.github.atomixspring.spring.annotation.InvalidAnnotationException;

import org.springframework.core.ResolvableType;

/**
 * The type of the messages or tasks that a method takes.
 *
 * @param type the type
 * @param place the annotation and the method, for messages
 */
record PayloadType(ResolvableType type, String place) implements ElementTypes {

	PayloadType {
		if (type.resolve() == null || type.hasUnresolvableGenerics()) {
			throw new InvalidAnnotationException(
					place + " does not say what it takes: '" + type + "' has an open type parameter",
					"Declare the parameter with a type that is known, such as Price or List<Price>");
		}
	}

	@Override
	public Type get(int index) {
		return ElementTypes.resolve(this.type);
	}

	/**
	 * Returns whether two parameters take the same.
	 * @param other the other one
	 * @return whether they do
	 */
	boolean isSame(PayloadType other) {
		return ResolvableType.forType(get(0)).toString().equals(ResolvableType.forType(other.get(0)).toString());
	}

	@Override
	public RuntimeException unusable(int index, String reason) {
		return new InvalidAnnotationException(this.place + " takes the type '" + this.type + "': " + reason,
				"Declare another type");
	}

}
