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

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

import io.github.atomixspring.spring.annotation.InvalidAnnotationException;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * A method of a bean that listens, as it is called through the proxy of the bean.
 */
final class ListenerMethod {

	private final Object bean;

	private final String beanName;

	private final Class<?> type;

	private final Method method;

	private final Method invocable;

	private final String place;

	/**
	 * Creates a listener method.
	 * @param annotation the annotation, for messages
	 * @param bean the bean
	 * @param beanName the name of the bean
	 * @param type the type of the bean behind its proxy
	 * @param method the method of that type
	 */
	ListenerMethod(String annotation, Object bean, String beanName, Class<?> type, Method method) {
		this.bean = bean;
		this.beanName = beanName;
		this.type = type;
		this.method = method;
		this.place = annotation + " on method " + ClassUtils.getQualifiedMethodName(method, type);
		this.invocable = invocable(method);
	}

	private Method invocable(Method declared) {
		if (Modifier.isStatic(declared.getModifiers())) {
			throw invalid("cannot work: the method is static", "Make it an instance method");
		}
		try {
			Method selected = AopUtils.selectInvocableMethod(declared, this.bean.getClass());
			ReflectionUtils.makeAccessible(selected);
			return selected;
		}
		catch (IllegalStateException ex) {
			throw invalid("cannot work, because the proxy of the bean '" + this.beanName + "' does not have it",
					"Make the method one of the interfaces of the bean, or not private and the bean proxied by its "
							+ "class (spring.aop.proxy-target-class=true)");
		}
	}

	String defaultId() {
		return this.beanName + "." + this.method.getName();
	}

	String place() {
		return this.place;
	}

	Class<?> returnType() {
		return this.method.getReturnType();
	}

	int parameterCount() {
		return this.method.getParameterCount();
	}

	/**
	 * Returns the type of a parameter, with what the type of the bean says of it.
	 * @param index the position of the parameter
	 * @return the type
	 */
	ResolvableType parameterType(int index) {
		return ResolvableType
			.forMethodParameter(new MethodParameter(this.method, index).withContainingClass(this.type));
	}

	/**
	 * Returns a method of the same type without parameters.
	 * @param attribute the attribute of the annotation that names it
	 * @param name the name
	 * @return the method
	 */
	ListenerMethod sibling(String attribute, String name) {
		Method found = ReflectionUtils.findMethod(this.type, name);
		if (found == null) {
			throw invalid("names the method '" + name + "' by '" + attribute + "', and " + this.type.getName()
					+ " has no such method without parameters", "Correct the name, or add the method");
		}
		return new ListenerMethod(this.place + ", by '" + attribute + "',", this.bean, this.beanName, this.type, found);
	}

	InvalidAnnotationException invalid(String problem, String action) {
		return new InvalidAnnotationException(this.place + " " + problem, action);
	}

	/**
	 * Calls the method.
	 * @param arguments the arguments
	 * @return what it returns
	 * @throws Throwable what it throws
	 */
	@Nullable Object invoke(Object... arguments) throws Throwable {
		try {
			return this.invocable.invoke(this.bean, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

}
