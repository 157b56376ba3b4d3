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

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * Finds the types of events that the beans of an application listen to, without making
 * any bean.
 *
 * @param beanFactory knows the beans
 */
record EventListeners(ConfigurableListableBeanFactory beanFactory) {

	/**
	 * Returns the types of events.
	 * @return the types as declared, without what Spring wraps around them
	 */
	List<Class<?>> types() {
		return Stream.of(this.beanFactory.getBeanNamesForType(Object.class)).flatMap(this::typesOf).distinct().toList();
	}

	private Stream<Class<?>> typesOf(String beanName) {
		Class<?> type = AutoProxyUtils.determineTargetClass(this.beanFactory, beanName);
		if (type == null) {
			return Stream.empty();
		}
		Stream<ResolvableType> declared = Stream.empty();
		if (AnnotationUtils.isCandidateClass(type, EventListener.class)) {
			declared = methods(type).stream().flatMap((method) -> declaredBy(method, type));
		}
		if (ApplicationListener.class.isAssignableFrom(type)) {
			declared = Stream.concat(declared, Stream.of(declaredBy(beanName, type)));
		}
		return declared.map(EventListeners::withoutWrapper);
	}

	private static Set<Method> methods(Class<?> type) {
		return MethodIntrospector.selectMethods(type,
				(Method method) -> AnnotatedElementUtils.hasAnnotation(method, EventListener.class));
	}

	private static Stream<ResolvableType> declaredBy(Method method, Class<?> type) {
		EventListener annotation = AnnotatedElementUtils.findMergedAnnotation(method, EventListener.class);
		if (annotation != null && annotation.classes().length > 0) {
			return Stream.of(annotation.classes()).map(ResolvableType::forClass);
		}
		return (method.getParameterCount() == 1) ? Stream.of(ResolvableType.forMethodParameter(method, 0, type))
				: Stream.empty();
	}

	private ResolvableType declaredBy(String beanName, Class<?> type) {
		ResolvableType listener = ResolvableType.forClass(type).as(ApplicationListener.class);
		if (listener.hasUnresolvableGenerics() && this.beanFactory.containsBeanDefinition(beanName)) {
			// A lambda: what it listens to is in the signature of the method that makes
			// it.
			listener = this.beanFactory.getMergedBeanDefinition(beanName)
				.getResolvableType()
				.as(ApplicationListener.class);
		}
		return (listener.hasUnresolvableGenerics()) ? ResolvableType.forClass(Object.class) : listener.getGeneric();
	}

	/**
	 * Returns the type of the payload where a listener declares the event around it.
	 */
	private static Class<?> withoutWrapper(ResolvableType declared) {
		Class<?> type = declared.toClass();
		return (PayloadApplicationEvent.class.isAssignableFrom(type))
				? declared.as(PayloadApplicationEvent.class).getGeneric().toClass() : type;
	}

}
