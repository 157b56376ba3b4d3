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

package io.github.atomixspring.lock;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.proxy.Durations;
import io.github.atomixspring.proxy.Wait;

/**
 * The asynchronous face of a lock.
 */
final class AsyncLockProxy implements AsyncDistributedLock {

	private final LockProxy lock;

	/**
	 * Creates the face.
	 * @param lock the lock
	 */
	AsyncLockProxy(LockProxy lock) {
		this.lock = lock;
	}

	@Override
	public CompletableFuture<LockHandle> lock() {
		return require(this.lock.begin(true, 0));
	}

	@Override
	public CompletableFuture<LockHandle> lock(Duration lease) {
		return require(this.lock.begin(true, Durations.positiveMillis(lease, "lease")));
	}

	@Override
	public CompletableFuture<Optional<LockHandle>> tryLock() {
		return expose(this.lock.begin(false, 0));
	}

	@Override
	public CompletableFuture<Optional<LockHandle>> tryLock(Duration timeout) {
		Objects.requireNonNull(timeout, "'timeout' must not be null");
		return expose(this.lock.begin(timeout, 0));
	}

	@Override
	public CompletableFuture<Optional<LockHandle>> tryLock(Duration timeout, Duration lease) {
		Objects.requireNonNull(timeout, "'timeout' must not be null");
		return expose(this.lock.begin(timeout, Durations.positiveMillis(lease, "lease")));
	}

	private CompletableFuture<LockHandle> require(Wait<Grant> acquisition) {
		return this.lock.acquisitions().waits().expose(acquisition, (grant) -> handle(grant.orElseThrow()));
	}

	private CompletableFuture<Optional<LockHandle>> expose(Wait<Grant> acquisition) {
		return this.lock.acquisitions().waits().expose(acquisition, (grant) -> grant.map(this::handle));
	}

	private LockHandle handle(Grant grant) {
		return new GrantHandle(this.lock, grant);
	}

	@Override
	public CompletableFuture<Boolean> isLocked() {
		return this.lock.node().expose(this.lock.info().thenApply((state) -> state.held()));
	}

	@Override
	public CompletableFuture<Optional<LockHolder>> holder() {
		return this.lock.node().expose(this.lock.holderAsync());
	}

	@Override
	public CompletableFuture<Integer> queueLength() {
		return this.lock.node().expose(this.lock.info().thenApply((state) -> state.queueLength()));
	}

	@Override
	public CompletableFuture<Boolean> forceUnlock(long fencingToken) {
		return this.lock.node().expose(this.lock.forceUnlockAsync(fencingToken));
	}

}
