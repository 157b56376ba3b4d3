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

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.codec.Codec;
import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.election.DistributedLeaderElection;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.map.MapOptions;
import io.github.atomixspring.primitive.DistributedPrimitive;
import io.github.atomixspring.value.DistributedLong;
import io.github.atomixspring.value.DistributedValue;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

/**
 * Registers the primitives that are declared by properties as beans of their full generic
 * types.
 */
class DeclaredPrimitivesRegistrar implements BeanDefinitionRegistryPostProcessor {

	private final Binder binder;

	DeclaredPrimitivesRegistrar(Environment environment) {
		this.binder = Binder.get(environment);
	}

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		Assert.isInstanceOf(ConfigurableListableBeanFactory.class, registry);
		Registration registration = new Registration(registry, (ConfigurableListableBeanFactory) registry);
		bind("locks", AtomixProperties.Lock.class)
			.forEach((bean, lock) -> registration.register("locks", bean, lock.getName(),
					ResolvableType.forClass(DistributedLock.class), (name) -> (atomix) -> atomix.lock(name)));
		bind("elections", AtomixProperties.Election.class)
			.forEach((bean, election) -> registration.register("elections", bean, election.getName(),
					ResolvableType.forClass(DistributedLeaderElection.class),
					(name) -> (atomix) -> atomix.election(name)));
		bind("longs", AtomixProperties.DeclaredLong.class)
			.forEach((bean, number) -> registration.register("longs", bean, number.getName(),
					ResolvableType.forClass(DistributedLong.class), (name) -> (atomix) -> atomix.atomicLong(name)));
		bind("maps", AtomixProperties.DeclaredMap.class).forEach(registration::registerMap);
		bind("values", AtomixProperties.DeclaredValue.class).forEach(registration::registerValue);
	}

	private <T> Map<String, T> bind(String group, Class<T> type) {
		return this.binder.bind("atomix." + group, Bindable.mapOf(String.class, type)).orElseGet(Map::of);
	}

	/**
	 * One pass over the declared primitives.
	 *
	 * @param registry takes the definitions
	 * @param beanFactory finds the node when a primitive is used first
	 */
	private record Registration(BeanDefinitionRegistry registry, ConfigurableListableBeanFactory beanFactory) {

		void registerMap(String bean, AtomixProperties.DeclaredMap map) {
			Class<?> keyType = load("atomix.maps." + bean + ".key-type", map.getKeyType());
			Class<?> valueType = load("atomix.maps." + bean + ".value-type", map.getValueType());
			MapOptions<?, ?> options = MapOptions.of(Codecs.forType(keyType), Codecs.forType(valueType));
			Duration timeToLive = map.getTimeToLive();
			MapOptions<?, ?> all = (timeToLive != null)
					? options.withTimeToLive(positive("atomix.maps." + bean + ".time-to-live", timeToLive)) : options;
			ResolvableType type = ResolvableType.forClassWithGenerics(DistributedMap.class, keyType, valueType);
			register("maps", bean, map.getName(), type, (name) -> (atomix) -> atomix.map(name, all));
		}

		void registerValue(String bean, AtomixProperties.DeclaredValue value) {
			Class<?> valueType = load("atomix.values." + bean + ".type", value.getType());
			Codec<?> codec = Codecs.forType(valueType);
			ResolvableType type = ResolvableType.forClassWithGenerics(DistributedValue.class, valueType);
			register("values", bean, value.getName(), type, (name) -> (atomix) -> atomix.value(name, codec));
		}

		void register(String group, String bean, @Nullable String configuredName, ResolvableType type,
				Function<String, Function<Atomix, DistributedPrimitive>> source) {
			String property = "atomix." + group + "." + bean;
			if (this.registry.containsBeanDefinition(bean)) {
				throw new InvalidConfigurationException(property, null,
						"there is a bean with the name '" + bean + "' already",
						"Declare the primitive under another bean name and set " + property + ".name to its name");
			}
			String name = (configuredName != null) ? configuredName : bean;
			Function<Atomix, DistributedPrimitive> primitive = source.apply(name);
			RootBeanDefinition definition = new RootBeanDefinition();
			definition.setTargetType(type);
			definition.setInstanceSupplier(() -> primitive.apply(this.beanFactory.getBean(Atomix.class)));
			definition.setDestroyMethodName("");
			definition.setResourceDescription("property '" + property + "'");
			this.registry.registerBeanDefinition(bean, definition);
		}

		private Duration positive(String property, Duration value) {
			if (value.isZero() || value.isNegative()) {
				throw new InvalidConfigurationException(property, value, "it must be longer than zero",
						"Use a positive duration with a unit, such as 10m");
			}
			return value;
		}

		private Class<?> load(String property, @Nullable String className) {
			if (className == null) {
				throw new InvalidConfigurationException(property, null, "the type of what it keeps must be known",
						"Set " + property + " to the name of a class");
			}
			try {
				return ClassUtils.resolvePrimitiveIfNecessary(
						ClassUtils.forName(className.trim(), this.beanFactory.getBeanClassLoader()));
			}
			catch (ClassNotFoundException | LinkageError ex) {
				throw new InvalidConfigurationException(property, className,
						"there is no such class: " + ex.getMessage(),
						"Use the full name of a class on the class path, such as java.lang.String");
			}
		}

	}

}
