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
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodIntrospector;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Finds and checks the methods that have an annotation, or whose type has it.
 *
 * @param <A> the type of the annotation
 */
final class GuardedMethods<A extends Annotation> {

	private final Class<A> annotationType;

	private final Function<A, Otherwise> otherwise;

	private final Class<?> claimType;

	private final Map<Class<?>, Set<GuardedMethod<A>>> types = new ConcurrentHashMap<>();

	GuardedMethods(Class<A> annotationType, Function<A, Otherwise> otherwise, Class<?> claimType) {
		this.annotationType = annotationType;
		this.otherwise = otherwise;
		this.claimType = claimType;
	}

	/**
	 * Finds the methods of a type.
	 * @param type the type, or a proxy class
	 * @return the methods
	 * @throws InvalidAnnotationException if one of them cannot work
	 */
	Set<GuardedMethod<A>> findAll(Class<?> type) {
		if (!AnnotationUtils.isCandidateClass(type, this.annotationType)) {
			return Set.of();
		}
		return this.types.computeIfAbsent(ClassUtils.getUserClass(type), this::select);
	}

	/**
	 * Returns all methods that were found so far.
	 * @return the methods
	 */
	Collection<GuardedMethod<A>> found() {
		return this.types.values().stream().flatMap(Set::stream).toList();
	}

	@Nullable GuardedMethod<A> find(Method method, Class<?> type) {
		if (ReflectionUtils.isObjectMethod(method) || method.isSynthetic()) {
			return null;
		}
		A annotation = AnnotatedElementUtils.findMergedAnnotation(method, this.annotationType);
		if (annotation == null && !isHidden(method)) {
			annotation = AnnotatedElementUtils.findMergedAnnotation(type, this.annotationType);
		}
		return (annotation != null)
				? new GuardedMethod<>(method, annotation, this.otherwise.apply(annotation), this.claimType) : null;
	}

	private Set<GuardedMethod<A>> select(Class<?> type) {
		Set<GuardedMethod<A>> selected = MethodIntrospector
			.selectMethods(type, (MethodIntrospector.MetadataLookup<GuardedMethod<A>>) (method) -> find(method, type))
			.values()
			.stream()
			.collect(Collectors.toSet());
		selected.forEach(this::check);
		return selected;
	}

	private void check(GuardedMethod<A> guarded) {
		Method method = guarded.method();
		if (isHidden(method) || Modifier.isFinal(method.getModifiers())) {
			throw new InvalidAnnotationException(
					guarded.describe()
							+ " would have no effect: a private, static or final method cannot be intercepted",
					"Make the method an overridable instance method that is not private, or move the annotation");
		}
		if (guarded.otherwise() == Otherwise.SKIP && !hasEmptyValue(method.getReturnType())) {
			throw new InvalidAnnotationException(
					guarded.describe() + " cannot skip it: there is no empty value of the type '"
							+ method.getReturnType().getTypeName() + "' that it returns",
					"Return void, an Optional or another object, or use @"
							+ ClassUtils.getShortName(this.annotationType) + "(otherwise = THROW)");
		}
	}

	private static boolean hasEmptyValue(Class<?> type) {
		if (type.isPrimitive()) {
			return type == void.class;
		}
		if (ResultKind.of(type) != ResultKind.REACTIVE) {
			return true;
		}
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(type);
		return adapter != null && adapter.supportsEmpty();
	}

	private static boolean isHidden(Method method) {
		return Modifier.isPrivate(method.getModifiers()) || Modifier.isStatic(method.getModifiers());
	}

}
