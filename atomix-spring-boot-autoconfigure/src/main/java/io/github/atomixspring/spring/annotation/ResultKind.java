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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.util.ClassUtils;

/**
 * When the work of a method has ended, by the type that it returns.
 */
enum ResultKind {

	/**
	 * When it has returned.
	 */
	VALUE,

	/**
	 * When the future that it has returned is completed.
	 */
	FUTURE,

	/**
	 * When the publisher that it has returned ends, for each subscriber.
	 */
	REACTIVE;

	private static final boolean REACTOR = ClassUtils.isPresent("reactor.core.publisher.Mono",
			ResultKind.class.getClassLoader());

	static ResultKind of(Class<?> type) {
		if (type == CompletableFuture.class || type == CompletionStage.class || type == Future.class) {
			return FUTURE;
		}
		return (REACTOR && isReactive(type)) ? REACTIVE : VALUE;
	}

	/**
	 * Returns whether it can be known when the work has ended.
	 * @param type the type that a method returns
	 * @return whether it is known
	 */
	static boolean isKnown(Class<?> type) {
		return switch (of(type)) {
			case VALUE -> !CompletionStage.class.isAssignableFrom(type) && !Future.class.isAssignableFrom(type)
					&& !isReactive(type);
			case FUTURE -> type != Future.class;
			case REACTIVE -> true;
		};
	}

	private static boolean isReactive(Class<?> type) {
		return !CompletionStage.class.isAssignableFrom(type)
				&& ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
	}

}
