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

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.spring.annotation.InvalidAnnotationException;
import io.github.atomixspring.spring.annotation.TaskListener;
import io.github.atomixspring.spring.annotation.TopicListener;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.support.MergedBeanDefinitionPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

/**
 * Finds methods with {@link TopicListener @TopicListener} and
 * {@link TaskListener @TaskListener} and adds them to the {@link MessageListeners}.
 * <p>
 * It handles merged bean definitions, although it does nothing with them, because such
 * post-processors come last: beans have their proxies by then.
 *
 * @since 0.1.0
 */
public class MessageListenerBeanPostProcessor
		implements MergedBeanDefinitionPostProcessor, SmartInitializingSingleton, BeanFactoryAware, Ordered {

	private final Supplier<MessageListeners> listeners;

	private final Supplier<Atomix> atomix;

	private final ListenerPrimitives primitives;

	private final Set<Class<?>> typesWithout = ConcurrentHashMap.newKeySet();

	private final ReentrantLock lock = new ReentrantLock();

	/** What was found before all singletons were there, null since then. */
	private @Nullable List<AnnotatedListener> waiting = new ArrayList<>();

	private @Nullable ConfigurableBeanFactory beanFactory;

	/**
	 * Creates a post-processor.
	 * @param listeners the listeners, asked for when all singletons are there
	 * @param atomix the node, likewise
	 * @param primitives makes topics and task queues
	 */
	public MessageListenerBeanPostProcessor(Supplier<MessageListeners> listeners, Supplier<Atomix> atomix,
			ListenerPrimitives primitives) {
		this.listeners = listeners;
		this.atomix = atomix;
		this.primitives = primitives;
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		Assert.isInstanceOf(ConfigurableBeanFactory.class, beanFactory);
		this.beanFactory = (ConfigurableBeanFactory) beanFactory;
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void postProcessMergedBeanDefinition(RootBeanDefinition definition, Class<?> type, String beanName) {
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		Class<?> type = AopProxyUtils.ultimateTargetClass(bean);
		if (bean instanceof AopInfrastructureBean || this.typesWithout.contains(type)
				|| beanName.endsWith(AutowireCapableBeanFactory.ORIGINAL_INSTANCE_SUFFIX)) {
			return bean;
		}
		List<AnnotatedListener> found = find(bean, beanName, type);
		if (found.isEmpty()) {
			this.typesWithout.add(type);
		}
		else {
			requireSingleton(beanName, type);
			found.stream().filter((listener) -> !isDeferred(listener)).forEach(this::register);
		}
		return bean;
	}

	private boolean isDeferred(AnnotatedListener listener) {
		this.lock.lock();
		try {
			return this.waiting != null && this.waiting.add(listener);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Adds the listeners that were found so far.
	 */
	@Override
	public void afterSingletonsInstantiated() {
		List<AnnotatedListener> found;
		this.lock.lock();
		try {
			found = (this.waiting != null) ? this.waiting : List.of();
			this.waiting = null;
		}
		finally {
			this.lock.unlock();
		}
		found.forEach(this::register);
		this.typesWithout.clear();
	}

	private void register(AnnotatedListener listener) {
		Assert.state(this.beanFactory != null, "No BeanFactory set");
		listener
			.register(new ListenerFactory(this.atomix.get(), this.primitives, this.beanFactory, this.listeners.get()));
	}

	private static List<AnnotatedListener> find(Object bean, String beanName, Class<?> type) {
		List<AnnotatedListener> found = new ArrayList<>();
		if (AnnotationUtils.isCandidateClass(type, List.of(TopicListener.class, TaskListener.class))) {
			Class<?> userType = ClassUtils.getUserClass(type);
			select(userType, TopicListener.class)
				.forEach((method, annotation) -> found.add(new TopicListenerMethod(annotation,
						new ListenerMethod("@TopicListener", bean, beanName, userType, method))));
			select(userType, TaskListener.class)
				.forEach((method, annotation) -> found.add(new TaskListenerMethod(annotation,
						new ListenerMethod("@TaskListener", bean, beanName, userType, method))));
		}
		return found;
	}

	private static <A extends Annotation> Map<Method, A> select(Class<?> type, Class<A> annotation) {
		return MethodIntrospector.selectMethods(type,
				(MethodIntrospector.MetadataLookup<A>) (method) -> AnnotatedElementUtils.findMergedAnnotation(method,
						annotation));
	}

	private void requireSingleton(String beanName, Class<?> type) {
		ConfigurableBeanFactory factory = this.beanFactory;
		if (factory != null && factory.containsBean(beanName) && !factory.isSingleton(beanName)) {
			throw new InvalidAnnotationException(
					"The bean '" + beanName + "' of the type " + type.getName()
							+ " has listener methods and is no singleton: each of its instances would listen for ever",
					"Make it a singleton, or move the methods to one");
		}
	}

}
