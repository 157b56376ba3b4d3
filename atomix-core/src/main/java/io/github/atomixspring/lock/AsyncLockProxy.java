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
import java.util.function.Function;

import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.proxy.Durations;
import org.jspecify.annotations.Nullable;

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
		return expose(this.lock.begin(true, 0), this::require);
	}

	@Override
	public CompletableFuture<LockHandle> lock(Duration lease) {
		return expose(this.lock.begin(true, Durations.positiveMillis(lease, "lease")), this::require);
	}

	@Override
	public CompletableFuture<Optional<LockHandle>> tryLock() {
		return expose(this.lock.begin(false, 0), Optional::ofNullable);
	}

	@Override
	public CompletableFuture<Optional<LockHandle>> tryLock(Duration timeout) {
		Objects.requireNonNull(timeout, "'timeout' must not be null");
		return expose(this.lock.begin(timeout, 0), Optional::ofNullable);
	}

	@Override
	public CompletableFuture<Optional<LockHandle>> tryLock(Duration timeout, Duration lease) {
		Objects.requireNonNull(timeout, "'timeout' must not be null");
		return expose(this.lock.begin(timeout, Durations.positiveMillis(lease, "lease")), Optional::ofNullable);
	}

	private LockHandle require(@Nullable LockHandle handle) {
		if (handle == null) {
			throw new AtomixException("Lock '" + this.lock.name() + "' was refused to an acquisition that waits");
		}
		return handle;
	}

	/**
	 * Returns a future for users. Whatever ends it but the grant itself withdraws the
	 * acquisition, and a grant that finds it ended is given back.
	 * @param <T> the type of the future
	 * @param acquisition the acquisition
	 * @param mapping maps the handle, or null
	 * @return the future
	 */
	private <T> CompletableFuture<T> expose(Acquisition acquisition, Function<@Nullable LockHandle, T> mapping) {
		CompletableFuture<T> exposed = new CompletableFuture<>();
		acquisition.outcome().whenComplete((grant, ex) -> this.lock.node().callbackExecutor().execute(() -> {
			boolean taken;
			try {
				taken = (ex != null) ? exposed.completeExceptionally(ex)
						: exposed.complete(mapping.apply((grant != null) ? new GrantHandle(this.lock, grant) : null));
			}
			catch (AtomixException refused) {
				taken = exposed.completeExceptionally(refused);
			}
			if (!taken && grant != null) {
				this.lock.acquisitions().withdraw(acquisition);
			}
		}));
		exposed.whenComplete((handle, ex) -> {
			if (!acquisition.outcome().isDone()) {
				this.lock.acquisitions().withdraw(acquisition);
			}
		});
		return exposed;
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
