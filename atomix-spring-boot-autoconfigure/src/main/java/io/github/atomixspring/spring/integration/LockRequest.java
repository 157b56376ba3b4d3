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

package io.github.atomixspring.spring.integration;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.github.atomixspring.lock.AsyncDistributedLock;
import io.github.atomixspring.lock.LockHandle;

/**
 * A request for a lock.
 *
 * @param <T> the type of the answer
 * @param send sends it
 * @param handle returns what the answer holds
 */
record LockRequest<T>(Function<AsyncDistributedLock, CompletableFuture<T>> send,
		Function<T, Optional<LockHandle>> handle) {

	/**
	 * Waits until it is granted.
	 */
	static final LockRequest<LockHandle> UNLIMITED = new LockRequest<>(AsyncDistributedLock::lock, Optional::of);

	/**
	 * Does not wait.
	 */
	static final LockRequest<Optional<LockHandle>> IMMEDIATE = new LockRequest<>(AsyncDistributedLock::tryLock,
			Function.identity());

	/**
	 * Returns a request that waits for a limited time.
	 * @param waitTime the time
	 * @return the request
	 */
	static LockRequest<Optional<LockHandle>> within(Duration waitTime) {
		return new LockRequest<>((lock) -> lock.tryLock(waitTime), Function.identity());
	}

	/**
	 * Sends the request and waits for the answer. If the wait is ended early the lock is
	 * not acquired, nor later.
	 * @param <E> what ends the wait early
	 * @param lock the lock
	 * @param wait how to wait
	 * @return what is held now, or empty
	 * @throws E if the wait ended early
	 */
	<E extends Exception> Optional<LockHandle> perform(AsyncDistributedLock lock, Wait<E> wait) throws E {
		CompletableFuture<T> answer = this.send.apply(lock);
		boolean answered = false;
		try {
			Optional<LockHandle> held = this.handle.apply(wait.on(answer));
			answered = true;
			return held;
		}
		finally {
			if (!answered && !answer.cancel(false) && !answer.isCompletedExceptionally()) {
				// The grant has crossed the interruption.
				this.handle.apply(answer.join()).ifPresent(LockHandle::unlock);
			}
		}
	}

}
