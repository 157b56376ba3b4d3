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

import java.lang.annotation.Annotation;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.StringUtils;

/**
 * A place into which a primitive is injected.
 */
final class PrimitiveInjectionPoint implements ElementTypes {

	private final DependencyDescriptor descriptor;

	private final String name;

	private PrimitiveInjectionPoint(DependencyDescriptor descriptor, String name) {
		this.descriptor = descriptor;
		this.name = name;
	}

	/**
	 * Returns an injection point as one of a primitive.
	 * @param point the injection point
	 * @return the injection point, or null if it has no annotation
	 */
	static @Nullable PrimitiveInjectionPoint find(InjectionPoint point) {
		if (!(point instanceof DependencyDescriptor descriptor)) {
			return null;
		}
		Annotation[] annotations = descriptor.getAnnotations();
		if (annotations.length == 0) {
			return null;
		}
		MergedAnnotation<Primitive> annotation = MergedAnnotations.from(annotations).get(Primitive.class);
		return (annotation.isPresent())
				? new PrimitiveInjectionPoint(descriptor, annotation.getString(MergedAnnotation.VALUE)) : null;
	}

	Class<?> type() {
		return this.descriptor.getDependencyType();
	}

	/**
	 * Returns the name as written, or that of the parameter or field.
	 * @return the name, perhaps with placeholders
	 */
	String name() {
		if (StringUtils.hasText(this.name)) {
			return this.name;
		}
		String name = this.descriptor.getDependencyName();
		if (name == null) {
			throw new InvalidAnnotationException(
					"@Primitive on " + describe() + " has no name, and the name of the parameter is not known",
					"Name the primitive, as in @Primitive(\"prices\"), or compile with the option -parameters");
		}
		return name;
	}

	@Override
	public Type get(int index) {
		ResolvableType type = this.descriptor.getResolvableType().getGeneric(index);
		if (type.resolve() == null || type.hasUnresolvableGenerics()) {
			throw new InvalidAnnotationException(
					"@Primitive on " + describe() + " does not say what the elements are: '"
							+ this.descriptor.getResolvableType() + "' has an open type parameter",
					"Declare the types of the elements, as in DistributedMap<String, Price>");
		}
		return ElementTypes.resolve(type);
	}

	@Override
	public RuntimeException unusable(int index, String reason) {
		return new InvalidAnnotationException("@Primitive on " + describe() + " asks for elements of the type '"
				+ get(index).getTypeName() + "': " + reason, "Declare another type");
	}

	/**
	 * Describes the injection point.
	 * @return such as {@code parameter 'prices' of the constructor of com.acme.Shop}
	 */
	String describe() {
		Member member = this.descriptor.getMember();
		String type = member.getDeclaringClass().getTypeName();
		MethodParameter parameter = this.descriptor.getMethodParameter();
		if (parameter == null) {
			return "field " + type + "." + member.getName();
		}
		String name = this.descriptor.getDependencyName();
		return "parameter " + ((name != null) ? "'" + name + "'" : parameter.getParameterIndex()) + " of "
				+ ((member instanceof Method) ? "method " + type + "." + member.getName()
						: "the constructor of " + type);
	}

}
