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
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.function.Supplier;

import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.spring.election.Leadership;
import io.github.atomixspring.spring.election.LeadershipListener;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.Order;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * A method that is called when this application begins or ceases to lead.
 */
abstract class LeadershipListenerMethod implements LeadershipListener, Ordered {

	private final Supplier<Object> bean;

	private final Method method;

	private final String place;

	private LeadershipListenerMethod(Supplier<Object> bean, Method method, Class<? extends Annotation> annotation) {
		this.bean = bean;
		this.method = method;
		this.place = "@" + annotation.getSimpleName() + " on method " + ClassUtils.getQualifiedMethodName(method);
		check();
	}

	static LeadershipListenerMethod granted(Supplier<Object> bean, Method method) {
		return new LeadershipListenerMethod(bean, method, OnLeadershipGranted.class) {

			@Override
			public void onGranted(Leadership leadership) {
				try (Registration binding = leadership.bind()) {
					invoke(leadership);
				}
			}

		};
	}

	static LeadershipListenerMethod revoked(Supplier<Object> bean, Method method) {
		return new LeadershipListenerMethod(bean, method, OnLeadershipRevoked.class) {

			@Override
			public void onRevoked(Leadership leadership) {
				invoke(leadership);
			}

		};
	}

	private void check() {
		if (Modifier.isPrivate(this.method.getModifiers()) || Modifier.isStatic(this.method.getModifiers())) {
			throw new InvalidAnnotationException(this.place + " cannot be called: it is private or static",
					"Make it an instance method that is not private");
		}
		Class<?>[] parameters = this.method.getParameterTypes();
		if (parameters.length > 1 || (parameters.length == 1 && parameters[0] != Leadership.class)) {
			throw new InvalidAnnotationException(this.place + " has parameters that cannot be filled in",
					"Declare none, or one of the type '" + Leadership.class.getName() + "'");
		}
		if (this.method.getReturnType() != void.class) {
			throw new InvalidAnnotationException(this.place + " returns the type '"
					+ this.method.getReturnType().getTypeName() + "', with which nothing would be done", "Return void");
		}
	}

	void invoke(Leadership leadership) {
		Object target = this.bean.get();
		Method invocable = AopUtils.selectInvocableMethod(this.method, target.getClass());
		ReflectionUtils.makeAccessible(invocable);
		try {
			if (invocable.getParameterCount() == 0) {
				invocable.invoke(target);
			}
			else {
				invocable.invoke(target, leadership);
			}
		}
		catch (InvocationTargetException ex) {
			Throwable cause = ex.getTargetException();
			if (cause instanceof RuntimeException failure) {
				throw failure;
			}
			if (cause instanceof Error failure) {
				throw failure;
			}
			throw new UndeclaredThrowableException(cause);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException("Could not call " + invocable, ex);
		}
	}

	@Override
	public int getOrder() {
		Order order = AnnotatedElementUtils.findMergedAnnotation(this.method, Order.class);
		return (order != null) ? order.value() : LOWEST_PRECEDENCE;
	}

	@Override
	public String toString() {
		return this.place;
	}

}
