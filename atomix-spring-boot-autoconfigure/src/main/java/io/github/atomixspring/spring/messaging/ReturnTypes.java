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

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;

import org.springframework.core.ReactiveAdapterRegistry;

/**
 * What listener methods may return.
 */
final class ReturnTypes {

	private ReturnTypes() {
	}

	/**
	 * Checks that the return type of a method is not one that says that its work goes on
	 * later: the listener would not wait for it, or it would never begin.
	 * @param method the method
	 */
	static void requireUnused(ListenerMethod method) {
		if (Future.class.isAssignableFrom(method.returnType()) || isStage(method)) {
			refuse(method, "Return void");
		}
		requireNotReactive(method, "Return void");
	}

	/**
	 * Checks that the return type of a method is one of the results that are waited for,
	 * or none.
	 * @param method the method
	 */
	static void requireStageOrUnused(ListenerMethod method) {
		if (!isStage(method)) {
			String action = "Return void or a CompletionStage, such as CompletableFuture";
			if (Future.class.isAssignableFrom(method.returnType())) {
				refuse(method, action);
			}
			requireNotReactive(method, action);
		}
	}

	private static void requireNotReactive(ListenerMethod method, String action) {
		Class<?> type = method.returnType();
		if (Flow.Publisher.class.isAssignableFrom(type) || (type != void.class && type != Object.class
				&& ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null)) {
			refuse(method, action);
		}
	}

	private static boolean isStage(ListenerMethod method) {
		return CompletionStage.class.isAssignableFrom(method.returnType());
	}

	private static void refuse(ListenerMethod method, String action) {
		throw method.invalid("returns a '" + method.returnType().getName() + "', which nobody would wait for", action);
	}

}
