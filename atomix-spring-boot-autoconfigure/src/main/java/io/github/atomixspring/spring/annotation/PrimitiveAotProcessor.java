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

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;

import io.github.atomixspring.primitive.DistributedPrimitive;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.beans.factory.InjectionPoint;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Registers what is needed to read and write the elements of the primitives that are
 * injected into a bean, or into the {@code @Bean} methods that it has.
 */
class PrimitiveAotProcessor implements BeanRegistrationAotProcessor {

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean registeredBean) {
		InjectedTypes injected = new InjectedTypes(ClassUtils.getUserClass(registeredBean.getBeanClass()));
		return (injected.find())
				? (generationContext, code) -> injected.registerHints(generationContext.getRuntimeHints().reflection())
				: null;
	}

	/**
	 * The types of elements at the injection points of a class.
	 */
	private static final class InjectedTypes {

		private final Class<?> beanClass;

		private final Set<Type> elements = new LinkedHashSet<>();

		private boolean found;

		InjectedTypes(Class<?> beanClass) {
			this.beanClass = beanClass;
		}

		boolean find() {
			for (Constructor<?> constructor : this.beanClass.getDeclaredConstructors()) {
				addParameters(constructor,
						(index) -> ResolvableType.forConstructorParameter(constructor, index, this.beanClass));
			}
			ReflectionUtils.doWithMethods(this.beanClass, (method) -> addParameters(method,
					(index) -> ResolvableType.forMethodParameter(method, index, this.beanClass)));
			ReflectionUtils.doWithFields(this.beanClass,
					(field) -> addIfPrimitive(field, () -> ResolvableType.forField(field, this.beanClass)));
			return this.found;
		}

		private void addParameters(Executable executable, IntFunction<ResolvableType> types) {
			Parameter[] parameters = executable.getParameters();
			for (int i = 0; i < parameters.length; i++) {
				int index = i;
				addIfPrimitive(parameters[i], () -> types.apply(index));
			}
		}

		private void addIfPrimitive(AnnotatedElement element, Supplier<ResolvableType> type) {
			if (AnnotatedElementUtils.isAnnotated(element, Primitive.class)) {
				this.found = true;
				addElements(type.get());
			}
		}

		private void addElements(ResolvableType type) {
			boolean primitive = DistributedPrimitive.class.isAssignableFrom(type.toClass());
			for (ResolvableType generic : type.getGenerics()) {
				if (!primitive) {
					// A provider, for instance.
					addElements(generic);
				}
				else if (generic.resolve() != null && !generic.hasUnresolvableGenerics()) {
					this.elements.add(ElementTypes.resolve(componentOf(generic)));
				}
			}
		}

		private static ResolvableType componentOf(ResolvableType type) {
			return (type.isArray()) ? componentOf(type.getComponentType()) : type;
		}

		void registerHints(ReflectionHints hints) {
			new BindingReflectionHintsRegistrar().registerReflectionHints(hints, this.elements.toArray(Type[]::new));
			Method factoryMethod = ReflectionUtils.findMethod(PrimitiveInjection.class,
					PrimitiveInjection.FACTORY_METHOD, InjectionPoint.class);
			Assert.state(factoryMethod != null, "No factory method found");
			hints.registerMethod(factoryMethod, ExecutableMode.INVOKE);
		}

	}

}
