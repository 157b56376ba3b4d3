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

import io.github.atomixspring.primitive.Registration;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.util.Assert;

/**
 * A call of a method with a reactive result: the method is called by each subscription,
 * when that has been let through.
 */
final class ReactiveCall {

	private final MethodInvocation invocation;

	private final GuardedMethod<?> method;

	private final ReactiveAdapter adapter;

	ReactiveCall(MethodInvocation invocation, GuardedMethod<?> method) {
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance()
			.getAdapter(method.method().getReturnType());
		Assert.state(adapter != null, "No reactive type");
		this.invocation = invocation;
		this.method = method;
		this.adapter = adapter;
	}

	boolean isMultiValue() {
		return this.adapter.isMultiValue();
	}

	/**
	 * Returns a publisher as the type that the method returns.
	 * @param publisher the publisher
	 * @return the result of the call
	 */
	Object adapt(Publisher<?> publisher) {
		return this.adapter.fromPublisher(publisher);
	}

	/**
	 * Returns what a subscriber gets that is not let through.
	 * @param exception says why
	 * @return a publisher that ends at once
	 */
	Mono<Object> reject(RuntimeException exception) {
		return (this.method.otherwise() == Otherwise.SKIP) ? Mono.empty() : Mono.error(exception);
	}

	/**
	 * Calls the method.
	 * @param claim what lets it through
	 * @param binding what the method finds as current while it is called
	 * @return what it has returned
	 */
	Publisher<Object> proceed(Object claim, Registration binding) {
		Publisher<Object> result;
		try (binding) {
			MethodInvocation call = repeatable();
			this.method.fill(call, claim);
			result = toPublisher(call.proceed());
		}
		catch (Throwable ex) {
			return Mono.error(ex);
		}
		Class<?> key = claim.getClass();
		return (isMultiValue()) ? Flux.from(result).contextWrite((context) -> context.put(key, claim))
				: Mono.from(result).contextWrite((context) -> context.put(key, claim));
	}

	private Publisher<Object> toPublisher(@Nullable Object result) {
		return (result != null) ? this.adapter.toPublisher(result) : Mono.empty();
	}

	private MethodInvocation repeatable() {
		return (this.invocation instanceof ProxyMethodInvocation proxied) ? proxied.invocableClone() : this.invocation;
	}

}
