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
import java.lang.reflect.Method;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.atomixspring.spring.election.LeaderElections;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.EmbeddedValueResolverAware;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.Assert;
import org.springframework.util.StringValueResolver;

/**
 * Finds the methods with {@link OnLeadershipGranted @OnLeadershipGranted} and
 * {@link OnLeadershipRevoked @OnLeadershipRevoked} of all beans when all singletons are
 * there. The bean of a method is asked for at each call, so one that is lazy is made by
 * the first.
 *
 * @since 0.1.0
 */
public class LeadershipListenerRegistrar
		implements SmartInitializingSingleton, BeanFactoryAware, EmbeddedValueResolverAware {

	private static final Log logger = LogFactory.getLog(LeadershipListenerRegistrar.class);

	private final Supplier<LeaderElections> elections;

	private final ElectionNames names;

	private @Nullable ConfigurableListableBeanFactory beanFactory;

	/**
	 * Creates a registrar.
	 * @param elections the elections, asked for when there is a method
	 * @param defaultElection the name of the election of annotations without one
	 */
	public LeadershipListenerRegistrar(Supplier<LeaderElections> elections, Supplier<String> defaultElection) {
		this.elections = elections;
		this.names = new ElectionNames(defaultElection);
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		Assert.isInstanceOf(ConfigurableListableBeanFactory.class, beanFactory);
		this.beanFactory = (ConfigurableListableBeanFactory) beanFactory;
	}

	@Override
	public void setEmbeddedValueResolver(StringValueResolver resolver) {
		this.names.setResolver(resolver);
	}

	@Override
	public void afterSingletonsInstantiated() {
		ConfigurableListableBeanFactory beanFactory = this.beanFactory;
		Assert.state(beanFactory != null, "'beanFactory' must not be null");
		for (String bean : beanFactory.getBeanNamesForType(Object.class)) {
			Class<?> type = (ScopedProxyUtils.isScopedTarget(bean)) ? null : findType(beanFactory, bean);
			if (type != null) {
				Supplier<Object> source = () -> beanFactory.getBean(bean);
				register(type, OnLeadershipGranted.class, OnLeadershipGranted::election,
						(method) -> LeadershipListenerMethod.granted(source, method));
				register(type, OnLeadershipRevoked.class, OnLeadershipRevoked::election,
						(method) -> LeadershipListenerMethod.revoked(source, method));
			}
		}
	}

	private static @Nullable Class<?> findType(ConfigurableListableBeanFactory beanFactory, String bean) {
		try {
			Class<?> type = AutoProxyUtils.determineTargetClass(beanFactory, bean);
			if (type != null && ScopedObject.class.isAssignableFrom(type)) {
				return AutoProxyUtils.determineTargetClass(beanFactory, ScopedProxyUtils.getTargetBeanName(bean));
			}
			return type;
		}
		catch (BeansException | LinkageError ex) {
			// As for event listeners: the bean is lazy, and its class may never be
			// needed.
			logger.debug("Type of bean '" + bean + "' cannot be determined", ex);
			return null;
		}
	}

	private <A extends Annotation> void register(Class<?> type, Class<A> annotationType, Function<A, String> name,
			Function<Method, LeadershipListenerMethod> factory) {
		if (!AnnotationUtils.isCandidateClass(type, annotationType)) {
			return;
		}
		Map<Method, A> methods = MethodIntrospector.selectMethods(type,
				(MethodIntrospector.MetadataLookup<A>) (method) -> AnnotatedElementUtils.findMergedAnnotation(method,
						annotationType));
		methods.forEach((method, annotation) -> {
			LeadershipListenerMethod listener = factory.apply(method);
			String election = this.names.resolve(name.apply(annotation), listener.toString());
			this.elections.get().addListener(election, listener);
		});
	}

}
