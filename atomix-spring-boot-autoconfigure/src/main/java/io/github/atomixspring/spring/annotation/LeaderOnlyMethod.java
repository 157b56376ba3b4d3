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

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

import io.github.atomixspring.spring.annotation.LeaderOnly.Otherwise;
import io.github.atomixspring.spring.election.Leadership;
import io.github.atomixspring.spring.election.NotLeaderException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * A method that only the leader runs.
 *
 * @param method the method
 * @param name the name of the election as written in the annotation
 * @param otherwise what happens where this application does not lead
 */
record LeaderOnlyMethod(Method method, String name, Otherwise otherwise) {

	/**
	 * Finds the methods of a type that only the leader runs, and checks them.
	 * @param type the type
	 * @return the methods
	 * @throws InvalidAnnotationException if one of them cannot work
	 */
	static Set<LeaderOnlyMethod> findAll(Class<?> type) {
		Set<LeaderOnlyMethod> found = MethodIntrospector
			.selectMethods(type, (MethodIntrospector.MetadataLookup<LeaderOnlyMethod>) (method) -> find(method, type))
			.values()
			.stream()
			.collect(Collectors.toSet());
		found.forEach(LeaderOnlyMethod::check);
		return found;
	}

	static @Nullable LeaderOnlyMethod find(Method method, Class<?> type) {
		if (ReflectionUtils.isObjectMethod(method) || method.isSynthetic()) {
			return null;
		}
		LeaderOnly annotation = AnnotatedElementUtils.findMergedAnnotation(method, LeaderOnly.class);
		if (annotation == null && !isHidden(method)) {
			annotation = AnnotatedElementUtils.findMergedAnnotation(type, LeaderOnly.class);
		}
		return (annotation != null) ? new LeaderOnlyMethod(method, annotation.election(), annotation.otherwise())
				: null;
	}

	/**
	 * Returns what the caller gets where this application does not lead.
	 * @param election the name of the election
	 * @return what the method returns
	 * @throws NotLeaderException if the call is to be rejected
	 */
	@Nullable Object notLeader(String election) {
		Class<?> type = this.method.getReturnType();
		if (this.otherwise == Otherwise.SKIP) {
			return SkippedResult.of(type);
		}
		NotLeaderException exception = new NotLeaderException(
				"Method " + describe() + " runs only on the leader of '" + election + "', and this node does not lead");
		if (type == CompletableFuture.class || type == CompletionStage.class || type == Future.class) {
			return CompletableFuture.failedFuture(exception);
		}
		throw exception;
	}

	/**
	 * Fills in the parameters that take the leadership.
	 * @param arguments the arguments of a call
	 * @param leadership the leadership
	 */
	void fill(@Nullable Object[] arguments, Leadership leadership) {
		Class<?>[] types = this.method.getParameterTypes();
		for (int i = 0; i < types.length; i++) {
			if (types[i] == Leadership.class) {
				arguments[i] = leadership;
			}
		}
	}

	private void check() {
		if (isHidden(this.method) || Modifier.isFinal(this.method.getModifiers())) {
			throw new InvalidAnnotationException(
					"@LeaderOnly on method " + describe()
							+ " would have no effect: a private, static or final method cannot be intercepted",
					"Make the method an overridable instance method that is not private, or move the annotation");
		}
		Class<?> returnType = this.method.getReturnType();
		if (this.otherwise == Otherwise.SKIP && returnType.isPrimitive() && returnType != void.class) {
			throw new InvalidAnnotationException(
					"@LeaderOnly on method " + describe() + " cannot skip it: there is no empty value of the type '"
							+ returnType + "' that it returns",
					"Return void, an Optional or another object, or use @LeaderOnly(otherwise = THROW)");
		}
	}

	private String describe() {
		return ClassUtils.getQualifiedMethodName(this.method);
	}

	private static boolean isHidden(Method method) {
		return Modifier.isPrivate(method.getModifiers()) || Modifier.isStatic(method.getModifiers());
	}

}
