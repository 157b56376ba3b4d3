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
import io.github.atomixspring.election.DistributedLeaderElection;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.map.MapOptions;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.value.DistributedLong;
import io.github.atomixspring.value.DistributedValue;

import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.EmbeddedValueResolver;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Makes the primitives for injection points with {@link Primitive @Primitive}.
 * <p>
 * For each type of primitive there is to be a prototype bean that passes its injection
 * point to the method of the type here, with the bean name that is a constant here, and
 * that is no autowire candidate otherwise. The {@link PrimitiveInjectionConfigurer} leads
 * the injection points to these beans.
 *
 * @since 0.1.0
 */
public class PrimitiveInjection {

	/**
	 * Name of the bean that makes locks.
	 */
	public static final String LOCK = "atomixPrimitiveInjection.lock";

	/**
	 * Name of the bean that makes leader elections.
	 */
	public static final String ELECTION = "atomixPrimitiveInjection.election";

	/**
	 * Name of the bean that makes maps.
	 */
	public static final String MAP = "atomixPrimitiveInjection.map";

	/**
	 * Name of the bean that makes values.
	 */
	public static final String VALUE = "atomixPrimitiveInjection.value";

	/**
	 * Name of the bean that makes numbers.
	 */
	public static final String LONG = "atomixPrimitiveInjection.long";

	private final Atomix atomix;

	private final EmbeddedValueResolver valueResolver;

	/**
	 * Creates an injection.
	 * @param atomix the node
	 * @param beanFactory resolves placeholders and expressions in names
	 */
	public PrimitiveInjection(Atomix atomix, ConfigurableBeanFactory beanFactory) {
		this.atomix = atomix;
		this.valueResolver = new EmbeddedValueResolver(beanFactory);
	}

	/**
	 * Returns the lock for an injection point.
	 * @param injectionPoint the injection point
	 * @return the lock
	 */
	public DistributedLock lock(InjectionPoint injectionPoint) {
		return this.atomix.lock(name(find(injectionPoint)));
	}

	/**
	 * Returns the leader election for an injection point.
	 * @param injectionPoint the injection point
	 * @return the election
	 */
	public DistributedLeaderElection election(InjectionPoint injectionPoint) {
		return this.atomix.election(name(find(injectionPoint)));
	}

	/**
	 * Returns the map for an injection point.
	 * @param injectionPoint the injection point
	 * @return the map
	 */
	public DistributedMap<?, ?> map(InjectionPoint injectionPoint) {
		PrimitiveInjectionPoint point = find(injectionPoint);
		return this.atomix.map(name(point), MapOptions.of(point.codec(0), point.codec(1)));
	}

	/**
	 * Returns the value for an injection point.
	 * @param injectionPoint the injection point
	 * @return the value
	 */
	public DistributedValue<?> value(InjectionPoint injectionPoint) {
		PrimitiveInjectionPoint point = find(injectionPoint);
		return this.atomix.value(name(point), point.codec(0));
	}

	/**
	 * Returns the number for an injection point.
	 * @param injectionPoint the injection point
	 * @return the number
	 */
	public DistributedLong atomicLong(InjectionPoint injectionPoint) {
		return this.atomix.atomicLong(name(find(injectionPoint)));
	}

	static String beanName(PrimitiveType type) {
		return switch (type) {
			case LOCK -> LOCK;
			case ELECTION -> ELECTION;
			case MAP -> MAP;
			case VALUE -> VALUE;
			case LONG -> LONG;
			default -> throw new IllegalArgumentException("Primitives of the type " + type + " are not injected");
			default -> throw new IllegalArgumentException(type + " cannot be injected");
			default -> throw new IllegalArgumentException(type + " is not injected");
			default -> throw new IllegalArgumentException(type + " cannot be injected");
		};
	}

	private PrimitiveInjectionPoint find(InjectionPoint injectionPoint) {
		PrimitiveInjectionPoint point = PrimitiveInjectionPoint.find(injectionPoint);
		Assert.state(point != null, "The injection point has no @Primitive");
		return point;
	}

	private String name(PrimitiveInjectionPoint point) {
		String name = point.name();
		String resolved = this.valueResolver.resolveStringValue(name);
		if (!StringUtils.hasText(resolved)) {
			throw new InvalidAnnotationException(
					"The name '" + name + "' of @Primitive on " + point.describe() + " has become blank",
					"Correct the placeholder or the expression");
		}
		return resolved;
	}

}
