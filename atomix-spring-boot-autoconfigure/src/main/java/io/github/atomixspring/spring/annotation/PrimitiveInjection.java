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

import io.github.atomixspring.Atomix;
import io.github.atomixspring.primitive.DistributedPrimitive;

import org.springframework.beans.BeansException;
import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.EmbeddedValueResolver;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Makes the primitives for injection points with {@link Primitive @Primitive}.
 */
class PrimitiveInjection {

	static final String BEAN_NAME = "atomixPrimitiveInjection";

	static final String FACTORY_METHOD = "get";

	private final Atomix atomix;

	private final InjectablePrimitives primitives;

	private final EmbeddedValueResolver valueResolver;

	/**
	 * Creates an injection.
	 * @param atomix the node
	 * @param primitives the types that can be injected
	 * @param beanFactory resolves placeholders and expressions in names
	 */
	PrimitiveInjection(Atomix atomix, InjectablePrimitives primitives, ConfigurableBeanFactory beanFactory) {
		this.atomix = atomix;
		this.primitives = primitives;
		this.valueResolver = new EmbeddedValueResolver(beanFactory);
	}

	/**
	 * Returns the primitive for an injection point.
	 * @param injectionPoint the injection point
	 * @return the primitive
	 */
	DistributedPrimitive get(InjectionPoint injectionPoint) {
		PrimitiveInjectionPoint point = PrimitiveInjectionPoint.find(injectionPoint);
		Assert.state(point != null, "The injection point has no @Primitive");
		InjectablePrimitive primitive = this.primitives.get(point);
		String name = name(point);
		try {
			return primitive.get(this.atomix, name, point);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidAnnotationException(
					"@Primitive on " + point.describe() + " cannot be had: " + ex.getMessage(),
					"Use a name of at most 256 characters, and with one name the same types of elements and the same "
							+ "options in the whole application",
					ex);
		}
	}

	private String name(PrimitiveInjectionPoint point) {
		String name = point.name();
		String resolved;
		try {
			resolved = this.valueResolver.resolveStringValue(name);
		}
		catch (IllegalArgumentException | BeansException ex) {
			throw new InvalidAnnotationException("The name '" + name + "' of @Primitive on " + point.describe()
					+ " cannot be resolved: " + ex.getMessage(), "Correct the placeholder or the expression", ex);
		}
		if (!StringUtils.hasText(resolved)) {
			throw new InvalidAnnotationException(
					"The name '" + name + "' of @Primitive on " + point.describe() + " has become blank",
					"Correct the placeholder or the expression");
		}
		return resolved;
	}

}
