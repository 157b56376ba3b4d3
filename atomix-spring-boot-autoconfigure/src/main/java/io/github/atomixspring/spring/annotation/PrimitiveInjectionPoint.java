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
import java.util.Map;

import io.github.atomixspring.codec.Codec;
import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.election.DistributedLeaderElection;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.value.DistributedLong;
import io.github.atomixspring.value.DistributedValue;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.StringUtils;

/**
 * A place into which a primitive is injected.
 */
final class PrimitiveInjectionPoint {

	private static final Map<Class<?>, PrimitiveType> TYPES = Map.of(DistributedLock.class, PrimitiveType.LOCK,
			DistributedLeaderElection.class, PrimitiveType.ELECTION, DistributedMap.class, PrimitiveType.MAP,
			DistributedValue.class, PrimitiveType.VALUE, DistributedLong.class, PrimitiveType.LONG);

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

	PrimitiveType type() {
		PrimitiveType type = TYPES.get(this.descriptor.getDependencyType());
		if (type == null) {
			throw new InvalidAnnotationException(
					"@Primitive on " + describe() + " asks for the type '"
							+ this.descriptor.getDependencyType().getName() + "', which is no primitive",
					"Declare it as DistributedLock, DistributedLeaderElection, DistributedMap<K, V>, "
							+ "DistributedValue<V> or DistributedLong");
		}
		return type;
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

	/**
	 * Returns the codec of the elements at a position of the type parameters.
	 * @param index the position
	 * @return the codec
	 */
	Codec<?> codec(int index) {
		ResolvableType type = this.descriptor.getResolvableType().getGeneric(index);
		Class<?> resolved = type.resolve();
		if (resolved == null || type.hasUnresolvableGenerics()) {
			throw new InvalidAnnotationException(
					"@Primitive on " + describe() + " does not say what the elements are: '"
							+ this.descriptor.getResolvableType() + "' has an open type parameter",
					"Declare the types of the elements, as in DistributedMap<String, Price>");
		}
		return Codecs.forType((type.hasGenerics()) ? type.getType() : resolved);
	}

	String describe() {
		return this.descriptor.toString();
	}

}
