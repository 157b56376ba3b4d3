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
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * A method whose calls are let through, skipped or rejected.
 *
 * @param <A> the type of the annotation that says so
 * @param method the method
 * @param annotation the annotation
 * @param otherwise what happens to a call that is not let through
 * @param claimType the type of the parameters that take what lets a call through
 * @param resultKind when the work of the method has ended
 */
record GuardedMethod<A extends Annotation>(Method method, A annotation, Otherwise otherwise, Class<?> claimType,
		ResultKind resultKind) {

	GuardedMethod(Method method, A annotation, Otherwise otherwise, Class<?> claimType) {
		this(method, annotation, otherwise, claimType, ResultKind.of(method.getReturnType()));
	}

	/**
	 * Returns what the caller gets if the call is not let through.
	 * @param exception says why
	 * @return what the method returns
	 */
	@Nullable Object reject(RuntimeException exception) {
		if (this.otherwise == Otherwise.SKIP) {
			return SkippedResult.of(this.method.getReturnType());
		}
		return fail(exception);
	}

	/**
	 * Returns what the caller gets if something failed before the method was called.
	 * @param exception the failure
	 * @return a future with the failure if the method returns one
	 */
	Object fail(RuntimeException exception) {
		if (this.resultKind == ResultKind.FUTURE) {
			return CompletableFuture.failedFuture(exception);
		}
		throw exception;
	}

	/**
	 * Fills in the parameters that take what lets a call through.
	 * @param invocation the call
	 * @param claim what lets it through
	 */
	void fill(MethodInvocation invocation, Object claim) {
		@Nullable Object[] arguments = invocation.getArguments();
		Class<?>[] types = this.method.getParameterTypes();
		for (int i = 0; i < types.length; i++) {
			if (types[i] == this.claimType) {
				arguments[i] = claim;
			}
		}
	}

	boolean hasParameter(Class<?> type) {
		return Arrays.asList(this.method.getParameterTypes()).contains(type);
	}

	/**
	 * Says where the annotation is, for messages.
	 * @return annotation and method
	 */
	String describe() {
		return "@" + ClassUtils.getShortName(this.annotation.annotationType()) + " on method " + name();
	}

	/**
	 * Returns the qualified name of the method.
	 * @return the name
	 */
	String name() {
		return ClassUtils.getQualifiedMethodName(this.method);
	}

}
