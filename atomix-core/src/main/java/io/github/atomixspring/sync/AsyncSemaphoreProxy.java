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

package io.github.atomixspring.sync;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToIntFunction;

import io.github.atomixspring.protocol.SemaphoreMessages;
import io.github.atomixspring.proxy.Wait;

/**
 * The asynchronous face of a semaphore.
 */
final class AsyncSemaphoreProxy implements AsyncDistributedSemaphore {

	private static final String PERMITS = "permits";

	private final SemaphoreProxy semaphore;

	/**
	 * Creates the face.
	 * @param semaphore the semaphore
	 */
	AsyncSemaphoreProxy(SemaphoreProxy semaphore) {
		this.semaphore = semaphore;
	}

	@Override
	public CompletableFuture<PermitHandle> acquire() {
		return acquire(1);
	}

	@Override
	public CompletableFuture<PermitHandle> acquire(int permits) {
		return this.semaphore.permits()
			.waits()
			.expose(this.semaphore.permits().begin(SemaphoreProxy.check(permits, 1, PERMITS), true),
					(holding) -> handle(holding.orElseThrow()));
	}

	@Override
	public CompletableFuture<Optional<PermitHandle>> tryAcquire() {
		return tryAcquire(1);
	}

	@Override
	public CompletableFuture<Optional<PermitHandle>> tryAcquire(int permits) {
		return expose(this.semaphore.permits().begin(SemaphoreProxy.check(permits, 1, PERMITS), false));
	}

	@Override
	public CompletableFuture<Optional<PermitHandle>> tryAcquire(Duration timeout) {
		return tryAcquire(1, timeout);
	}

	@Override
	public CompletableFuture<Optional<PermitHandle>> tryAcquire(int permits, Duration timeout) {
		Objects.requireNonNull(timeout, "'timeout' must not be null");
		return expose(this.semaphore.begin(SemaphoreProxy.check(permits, 1, PERMITS), timeout));
	}

	@Override
	public CompletableFuture<Optional<PermitHandle>> drainPermits() {
		return expose(this.semaphore.permits().begin(0, false));
	}

	private CompletableFuture<Optional<PermitHandle>> expose(Wait<Holding> acquisition) {
		return this.semaphore.permits().waits().expose(acquisition, (holding) -> holding.map(this::handle));
	}

	private PermitHandle handle(Holding holding) {
		return new HoldingHandle(this.semaphore, holding);
	}

	@Override
	public CompletableFuture<Integer> increasePermits(int increase) {
		return this.semaphore.node().expose(this.semaphore.resize(SemaphoreProxy.check(increase, 0, "increase")));
	}

	@Override
	public CompletableFuture<Integer> reducePermits(int reduction) {
		return this.semaphore.node().expose(this.semaphore.resize(-SemaphoreProxy.check(reduction, 0, "reduction")));
	}

	@Override
	public CompletableFuture<Integer> totalPermits() {
		return info(SemaphoreMessages.State::total);
	}

	@Override
	public CompletableFuture<Integer> availablePermits() {
		return info(SemaphoreMessages.State::available);
	}

	@Override
	public CompletableFuture<Integer> queueLength() {
		return info(SemaphoreMessages.State::queueLength);
	}

	private CompletableFuture<Integer> info(ToIntFunction<SemaphoreMessages.State> number) {
		return this.semaphore.node().expose(this.semaphore.info(number));
	}

}
