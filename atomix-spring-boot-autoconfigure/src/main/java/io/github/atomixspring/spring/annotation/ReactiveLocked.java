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

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.atomixspring.lock.LockHandle;
import io.github.atomixspring.spring.lock.HeldLock;
import org.aopalliance.intercept.MethodInvocation;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A call of a method with a reactive result: each subscription acquires the lock, calls
 * the method and releases the lock when what it has returned ends. No thread waits.
 */
final class ReactiveLocked {

	private final ReactiveCall call;

	private final LockedMethod method;

	private final String name;

	private final LockInstances instances;

	private ReactiveLocked(ReactiveCall call, LockedMethod method, String name, LockInstances instances) {
		this.call = call;
		this.method = method;
		this.name = name;
		this.instances = instances;
	}

	static Object invoke(MethodInvocation invocation, LockedMethod method, String name, LockInstances instances) {
		ReactiveCall call = new ReactiveCall(invocation, method.guarded());
		ReactiveLocked guard = new ReactiveLocked(call, method, name, instances);
		return call.adapt((call.isMultiValue()) ? guard.flux() : guard.mono());
	}

	private Flux<Object> flux() {
		return Flux.usingWhen(Mono.fromSupplier(Claim::new),
				(claim) -> claim.acquired().flatMapMany(this::proceed).concatWith(claim.release().cast(Object.class)),
				Claim::release, (claim, ex) -> claim.end(), Claim::end);
	}

	private Mono<Object> mono() {
		return Mono.usingWhen(Mono.fromSupplier(Claim::new),
				(claim) -> claim.acquired()
					.flatMap((handle) -> Mono.from(proceed(handle)))
					.flatMap((value) -> claim.release().thenReturn(value))
					.switchIfEmpty(claim.release().cast(Object.class)),
				Claim::release, (claim, ex) -> claim.end(), Claim::end);
	}

	private Publisher<Object> proceed(Optional<LockHandle> handle) {
		if (handle.isEmpty()) {
			return this.call.reject(this.method.notAcquired(this.name));
		}
		HeldLock held = HeldLock.of(this.name, handle.get());
		return this.call.proceed(held, held.bind());
	}

	/**
	 * The lock as one subscription asks for it. It is there before the lock is, so that
	 * whatever ends the subscription finds it.
	 */
	private final class Claim {

		private final CompletableFuture<Optional<LockHandle>> handle = ReactiveLocked.this.method
			.acquire(ReactiveLocked.this.instances.open(ReactiveLocked.this.name, ReactiveLocked.this.method).async());

		private final AtomicBoolean released = new AtomicBoolean();

		Mono<Optional<LockHandle>> acquired() {
			return Mono.fromFuture(this.handle, true);
		}

		/**
		 * Withdraws the wait, or releases the lock.
		 * @return ends when it is released; fails if it was lost before
		 */
		Mono<Void> release() {
			return Mono.defer(() -> {
				if (!this.released.compareAndSet(false, true)) {
					return Mono.empty();
				}
				this.handle.cancel(true);
				return Mono.fromFuture(released(), true);
			});
		}

		/**
		 * Releases the lock where the subscriber cannot be told of a loss.
		 * @return ends when it is released
		 */
		Mono<Void> end() {
			return release().onErrorComplete();
		}

		private CompletableFuture<Void> released() {
			ReactiveLocked locked = ReactiveLocked.this;
			CompletableFuture<Void> released = (this.handle.isCompletedExceptionally())
					? CompletableFuture.completedFuture(null)
					: this.handle.join()
						.map((held) -> locked.method.release(locked.name, held))
						.orElseGet(() -> CompletableFuture.completedFuture(null));
			return released.whenComplete((done, ex) -> locked.instances.close(locked.name, locked.method));
		}

	}

}
