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
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.MethodClassKey;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

/**
 * Applies an annotation that lets calls of methods through, or not.
 * <p>
 * The advice is put before existing ones. With an order before the lowest it is then
 * inside of {@code @Async} and outside of {@code @Transactional}.
 *
 * @param <A> the type of the annotation
 * @param <P> what is prepared for each method
 */
@SuppressWarnings("serial")
abstract class AbstractGuardBeanPostProcessor<A extends Annotation, P>
		extends AbstractBeanFactoryAwareAdvisingPostProcessor implements SmartInitializingSingleton {

	private final GuardedMethods<A> methods;

	private final Map<MethodClassKey, P> prepared = new ConcurrentHashMap<>();

	private volatile boolean initialized;

	/**
	 * Creates a post-processor.
	 * @param methods finds the methods
	 * @param order the order among the post-processors
	 */
	AbstractGuardBeanPostProcessor(GuardedMethods<A> methods, int order) {
		this.methods = methods;
		this.advisor = new DefaultPointcutAdvisor(new GuardPointcut(), (MethodInterceptor) this::intercept);
		setBeforeExistingAdvisors(true);
		setOrder(order);
	}

	/**
	 * Prepares a method, when all singletons are there or it is called before.
	 * @param method the method
	 * @return what is known of it
	 * @throws InvalidAnnotationException if it cannot work
	 */
	abstract P prepare(GuardedMethod<A> method);

	/**
	 * Lets a call through, or not.
	 * @param invocation the call
	 * @param method what was prepared
	 * @return what the caller gets
	 * @throws Throwable what the caller gets
	 */
	abstract @Nullable Object invoke(MethodInvocation invocation, P method) throws Throwable;

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		Class<?> type = AopUtils.getTargetClass(bean);
		if (!(bean instanceof AopInfrastructureBean) && !this.methods.findAll(type).isEmpty()) {
			checkProxy(bean, ClassUtils.getUserClass(type));
			if (this.initialized) {
				prepareAll(type);
			}
		}
		return super.postProcessAfterInitialization(bean, beanName);
	}

	private void checkProxy(Object bean, Class<?> type) {
		if (!(bean instanceof Advised) && !Proxy.isProxyClass(type) && Modifier.isFinal(type.getModifiers())
				&& (isProxyTargetClass() || ClassUtils.getAllInterfacesForClass(type).length == 0)) {
			throw new InvalidAnnotationException(
					this.methods.findAll(type).iterator().next().describe()
							+ " would have no effect: the class is final, and a proxy cannot extend it",
					"Make it a class that is not final, and no record");
		}
	}

	/**
	 * Prepares what was found so far. Names are resolved only now because their
	 * expressions may refer to beans.
	 */
	@Override
	public void afterSingletonsInstantiated() {
		this.initialized = true;
		this.methods.found().forEach(this::prepare);
	}

	private void prepareAll(Class<?> type) {
		this.methods.findAll(type).forEach(this::prepare);
	}

	private @Nullable Object intercept(MethodInvocation invocation) throws Throwable {
		Object target = invocation.getThis();
		Class<?> type = (target != null) ? AopUtils.getTargetClass(target) : invocation.getMethod().getDeclaringClass();
		return invoke(invocation, find(invocation.getMethod(), type));
	}

	private P find(Method method, Class<?> type) {
		// One method can have another meaning in each subclass.
		MethodClassKey key = new MethodClassKey(method, type);
		P known = this.prepared.get(key);
		if (known == null) {
			GuardedMethod<A> guarded = this.methods.find(AopUtils.getMostSpecificMethod(method, type), type);
			Assert.state(guarded != null, "No annotation found");
			known = prepare(guarded);
			this.prepared.put(key, known);
		}
		return known;
	}

	/**
	 * Matches the methods that have the annotation.
	 */
	private final class GuardPointcut extends StaticMethodMatcherPointcut {

		GuardPointcut() {
			setClassFilter((type) -> !AbstractGuardBeanPostProcessor.this.methods.findAll(type).isEmpty());
		}

		@Override
		public boolean matches(Method method, Class<?> targetClass) {
			Method specific = AopUtils.getMostSpecificMethod(method, targetClass);
			return AbstractGuardBeanPostProcessor.this.methods.find(specific, targetClass) != null;
		}

	}

}
