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

import java.util.Collection;

import io.github.atomixspring.Atomix;

import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.util.Assert;

/**
 * Teaches a bean factory to resolve injection points with {@link Primitive @Primitive}.
 * <p>
 * For each type of primitive it registers a prototype that makes primitives for the
 * injection point at hand, and that is a candidate for no other. What is injected belongs
 * to the node and is not destroyed with the bean into which it was injected.
 *
 * @since 0.1.0
 */
public class PrimitiveInjectionConfigurer implements BeanDefinitionRegistryPostProcessor {

	private final InjectablePrimitives primitives;

	/**
	 * Creates a configurer.
	 * @param primitives the types that can be injected
	 */
	public PrimitiveInjectionConfigurer(Collection<? extends InjectablePrimitive> primitives) {
		this.primitives = new InjectablePrimitives(primitives);
	}

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		Assert.isInstanceOf(ConfigurableListableBeanFactory.class, registry);
		ConfigurableListableBeanFactory beanFactory = (ConfigurableListableBeanFactory) registry;
		RootBeanDefinition injection = new RootBeanDefinition(PrimitiveInjection.class,
				() -> new PrimitiveInjection(beanFactory.getBean(Atomix.class), this.primitives, beanFactory));
		register(registry, PrimitiveInjection.BEAN_NAME, injection);
		this.primitives.typesByBeanName().forEach((beanName, type) -> register(registry, beanName, maker(type)));
	}

	private static void register(BeanDefinitionRegistry registry, String beanName, RootBeanDefinition definition) {
		definition.setRole(BeanDefinition.ROLE_INFRASTRUCTURE);
		// An application that was processed ahead of time runs this again.
		definition.setAttribute(BeanRegistrationAotProcessor.IGNORE_REGISTRATION_ATTRIBUTE, true);
		registry.registerBeanDefinition(beanName, definition);
	}

	private static RootBeanDefinition maker(Class<?> type) {
		RootBeanDefinition definition = new RootBeanDefinition();
		definition.setTargetType(type);
		definition.setFactoryBeanName(PrimitiveInjection.BEAN_NAME);
		definition.setFactoryMethodName(PrimitiveInjection.FACTORY_METHOD);
		// The factory method is given the injection point in this mode only.
		definition.setAutowireMode(RootBeanDefinition.AUTOWIRE_CONSTRUCTOR);
		definition.setScope(BeanDefinition.SCOPE_PROTOTYPE);
		definition.setAutowireCandidate(false);
		return definition;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		if (beanFactory instanceof DefaultListableBeanFactory listableBeanFactory) {
			listableBeanFactory.setAutowireCandidateResolver(new PrimitiveAutowireCandidateResolver(this.primitives));
		}
	}

}
