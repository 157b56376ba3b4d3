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

import java.util.function.Function;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.primitive.DistributedPrimitive;

import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.ResolvableType;
import org.springframework.util.Assert;

/**
 * Registers the primitives that are declared by properties as beans of their full generic
 * types.
 */
class DeclaredPrimitivesRegistrar implements BeanDefinitionRegistryPostProcessor {

	private final PrimitivesProperties properties;

	DeclaredPrimitivesRegistrar(PrimitivesProperties properties) {
		this.properties = properties;
	}

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		Assert.isInstanceOf(ConfigurableListableBeanFactory.class, registry);
		Registration registration = new Registration(registry, (ConfigurableListableBeanFactory) registry);
		PrimitiveKinds.ALL.forEach((kind) -> registerAll(registration, kind));
	}

	private <P extends DeclaredPrimitive> void registerAll(Registration registration, PrimitiveKind<P, ?> kind) {
		kind.declared(this.properties).forEach((bean, primitive) -> registration.register(kind, bean, primitive));
	}

	/**
	 * One pass over the declared primitives.
	 *
	 * @param registry takes the definitions
	 * @param beanFactory finds the node when a primitive is used first
	 */
	private record Registration(BeanDefinitionRegistry registry, ConfigurableListableBeanFactory beanFactory) {

		<P extends DeclaredPrimitive> void register(PrimitiveKind<P, ?> kind, String bean, P properties) {
			String path = kind.path(bean);
			if (this.registry.containsBeanDefinition(bean)) {
				throw new InvalidConfigurationException(path, null,
						"there is a bean with the name '" + bean + "' already",
						"Declare the primitive under another bean name and set " + path + ".name to its name");
			}
			DeclaredElementTypes elementTypes = DeclaredElementTypes.load(kind.elementClassNames(path, properties),
					this.beanFactory.getBeanClassLoader());
			PrimitiveSpec<P> spec = new PrimitiveSpec<>(path, properties.nameOr(bean), properties, elementTypes);
			Function<Atomix, DistributedPrimitive> primitive = kind.prepare(spec);
			RootBeanDefinition definition = new RootBeanDefinition();
			definition.setTargetType(
					ResolvableType.forClassWithGenerics(kind.type(), elementTypes.classes().toArray(Class<?>[]::new)));
			definition.setInstanceSupplier(() -> get(primitive, spec));
			definition.setDestroyMethodName("");
			// An application that was processed ahead of time declares them at its start,
			// as its properties are by then.
			definition.setAttribute(BeanRegistrationAotProcessor.IGNORE_REGISTRATION_ATTRIBUTE, true);
			definition.setResourceDescription("property '" + path + "'");
			this.registry.registerBeanDefinition(bean, definition);
		}

		private DistributedPrimitive get(Function<Atomix, DistributedPrimitive> primitive, PrimitiveSpec<?> spec) {
			try {
				return primitive.apply(this.beanFactory.getBean(Atomix.class));
			}
			catch (IllegalArgumentException ex) {
				throw spec.unusable(ex);
			}
		}

	}

}
