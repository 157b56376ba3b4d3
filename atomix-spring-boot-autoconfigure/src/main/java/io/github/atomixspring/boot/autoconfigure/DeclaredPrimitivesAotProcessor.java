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

import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.stream.Stream;

import io.github.atomixspring.primitive.DistributedPrimitive;
import io.github.atomixspring.spring.annotation.ElementTypes;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;

/**
 * Registers what is needed to read and write the elements of the primitives that are
 * declared when an application is processed ahead of time.
 */
class DeclaredPrimitivesAotProcessor implements BeanFactoryInitializationAotProcessor {

	@Override
	public @Nullable BeanFactoryInitializationAotContribution processAheadOfTime(
			ConfigurableListableBeanFactory beanFactory) {
		Type[] elements = Arrays.stream(beanFactory.getBeanNamesForType(DistributedPrimitive.class, true, false))
			.filter(beanFactory::containsBeanDefinition)
			.map(beanFactory::getMergedBeanDefinition)
			.map(BeanDefinition::getResolvableType)
			.flatMap(DeclaredPrimitivesAotProcessor::elements)
			.toArray(Type[]::new);
		return (elements.length > 0) ? (generationContext, code) -> new BindingReflectionHintsRegistrar()
			.registerReflectionHints(generationContext.getRuntimeHints().reflection(), elements) : null;
	}

	private static Stream<Type> elements(ResolvableType primitive) {
		return (primitive.hasUnresolvableGenerics()) ? Stream.empty()
				: Stream.of(primitive.getGenerics()).map(ElementTypes::resolve);
	}

}
