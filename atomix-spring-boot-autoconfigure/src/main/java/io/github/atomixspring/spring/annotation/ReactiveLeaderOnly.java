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
import io.github.atomixspring.spring.election.Leadership;
import org.aopalliance.intercept.MethodInvocation;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Calls methods with reactive results that only the leader runs.
 */
final class ReactiveLeaderOnly {

	private final ReactiveCall call;

	private final LeaderOnlyMethod method;

	private ReactiveLeaderOnly(ReactiveCall call, LeaderOnlyMethod method) {
		this.call = call;
		this.method = method;
	}

	static Object invoke(MethodInvocation invocation, LeaderOnlyMethod method) {
		ReactiveCall call = new ReactiveCall(invocation, method.guarded());
		ReactiveLeaderOnly guard = new ReactiveLeaderOnly(call, method);
		return call.adapt(
				(call.isMultiValue()) ? Flux.defer(guard::subscribe) : Mono.defer(() -> Mono.from(guard.subscribe())));
	}

	private Publisher<Object> subscribe() {
		Leadership leadership = this.method.leadership();
		if (leadership == null) {
			return this.call.reject(this.method.notLeader());
		}
		Publisher<Object> result = this.call.proceed(leadership, leadership.bind());
		if (!this.method.isInterrupted()) {
			return result;
		}
		Revocation revocation = new Revocation(leadership);
		return (this.call.isMultiValue())
				? Flux.from(result).takeUntilOther(revocation.signal()).concatWith(revocation.failure())
				: Mono.from(result).takeUntilOther(revocation.signal()).switchIfEmpty(revocation.failure());
	}

	/**
	 * The end of a leadership as one subscription sees it. An error of the publisher that
	 * ends another would not cancel that, so this takes a signal and an error after it.
	 */
	private final class Revocation {

		private final Leadership leadership;

		private volatile boolean revoked;

		Revocation(Leadership leadership) {
			this.leadership = leadership;
		}

		Mono<Boolean> signal() {
			return Mono.create((sink) -> {
				Registration registration = this.leadership.addRevocationListener(() -> {
					this.revoked = true;
					sink.success(true);
				});
				sink.onDispose(registration::close);
			});
		}

		Mono<Object> failure() {
			return Mono.defer(() -> (this.revoked)
					? Mono.error(ReactiveLeaderOnly.this.method.lost(this.leadership, null)) : Mono.empty());
		}

	}

}
