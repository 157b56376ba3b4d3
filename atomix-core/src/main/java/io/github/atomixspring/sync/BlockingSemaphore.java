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

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.protocol.SemaphoreMessages;
import io.github.atomixspring.proxy.Wait;

/**
 * The blocking face of a semaphore.
 */
final class BlockingSemaphore implements DistributedSemaphore {

	private final SemaphoreProxy semaphore;

	private final AsyncDistributedSemaphore async;

	/**
	 * Creates the face.
	 * @param semaphore the semaphore
	 */
	BlockingSemaphore(SemaphoreProxy semaphore) {
		this.semaphore = semaphore;
		this.async = new AsyncSemaphoreProxy(semaphore);
	}

	@Override
	public String name() {
		return this.semaphore.name();
	}

	@Override
	public PrimitiveType type() {
		return this.semaphore.type();
	}

	@Override
	public void acquire() throws InterruptedException {
		acquire(1);
	}

	@Override
	public void acquire(int permits) throws InterruptedException {
		check(permits);
		checkInterrupt();
		if (permits != 0) {
			awaitInterruptibly(this.semaphore.permits().begin(permits, true));
		}
	}

	@Override
	public void acquireUninterruptibly() {
		acquireUninterruptibly(1);
	}

	@Override
	public void acquireUninterruptibly(int permits) {
		if (check(permits) != 0) {
			await(this.semaphore.permits().begin(permits, true));
		}
	}

	@Override
	public boolean tryAcquire() {
		return tryAcquire(1);
	}

	@Override
	public boolean tryAcquire(int permits) {
		return check(permits) == 0 || await(this.semaphore.permits().begin(permits, false)).isPresent();
	}

	@Override
	public boolean tryAcquire(Duration timeout) throws InterruptedException {
		return tryAcquire(1, timeout);
	}

	@Override
	public boolean tryAcquire(int permits, Duration timeout) throws InterruptedException {
		Objects.requireNonNull(timeout, "'timeout' must not be null");
		check(permits);
		checkInterrupt();
		return permits == 0 || awaitInterruptibly(this.semaphore.begin(permits, timeout)).isPresent();
	}

	private int check(int permits) {
		SemaphoreProxy.check(permits, 0, "permits");
		this.semaphore.requireOpen();
		return permits;
	}

	private static void checkInterrupt() throws InterruptedException {
		if (Thread.interrupted()) {
			throw new InterruptedException();
		}
	}

	private Optional<Holding> await(Wait<Holding> acquisition) {
		try {
			return assign(this.semaphore.node().await(acquisition.outcome()));
		}
		catch (RuntimeException ex) {
			this.semaphore.permits().waits().withdraw(acquisition);
			throw ex;
		}
	}

	private Optional<Holding> awaitInterruptibly(Wait<Holding> acquisition) throws InterruptedException {
		try {
			return assign(this.semaphore.node().awaitInterruptibly(acquisition.outcome()));
		}
		catch (InterruptedException | RuntimeException ex) {
			this.semaphore.permits().waits().withdraw(acquisition);
			throw ex;
		}
	}

	private Optional<Holding> assign(Optional<Holding> holding) {
		holding.ifPresent((acquired) -> this.semaphore.permits().assign(acquired, Thread.currentThread()));
		return holding;
	}

	@Override
	public void release() {
		release(1);
	}

	@Override
	public void release(int permits) {
		check(permits);
		this.semaphore.node().await(this.semaphore.permits().release(permits, Thread.currentThread()));
	}

	@Override
	public int drainPermits() {
		this.semaphore.requireOpen();
		return await(this.semaphore.permits().begin(0, false)).map(Holding::permits).orElse(0);
	}

	@Override
	public int increasePermits(int increase) {
		return this.semaphore.node().await(this.semaphore.resize(SemaphoreProxy.check(increase, 0, "increase")));
	}

	@Override
	public int reducePermits(int reduction) {
		return this.semaphore.node().await(this.semaphore.resize(-SemaphoreProxy.check(reduction, 0, "reduction")));
	}

	@Override
	public int totalPermits() {
		return this.semaphore.node().await(this.semaphore.info(SemaphoreMessages.State::total));
	}

	@Override
	public int availablePermits() {
		return this.semaphore.node().await(this.semaphore.info(SemaphoreMessages.State::available));
	}

	@Override
	public int heldPermits() {
		this.semaphore.requireOpen();
		return this.semaphore.permits().heldPermits();
	}

	@Override
	public int queueLength() {
		return this.semaphore.node().await(this.semaphore.info(SemaphoreMessages.State::queueLength));
	}

	@Override
	public Registration addLostListener(PermitsLostListener listener) {
		return this.semaphore.addLostListener(listener);
	}

	@Override
	public AsyncDistributedSemaphore async() {
		return this.async;
	}

	@Override
	public void destroy() {
		this.semaphore.destroy();
	}

	@Override
	public void close() {
		this.semaphore.close();
	}

	@Override
	public String toString() {
		return this.semaphore.toString();
	}

}
