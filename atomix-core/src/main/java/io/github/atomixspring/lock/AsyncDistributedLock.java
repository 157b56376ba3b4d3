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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The asynchronous face of a {@link DistributedLock}. What it acquires belongs to a
 * handle and not to a thread. Whatever ends the future of an acquisition early, such as
 * {@code cancel} and {@code orTimeout}, withdraws the wait; a grant that crosses it is
 * given back.
 *
 * @since 0.1.0
 */
public interface AsyncDistributedLock {

	/**
	 * Acquires the lock.
	 * @return the handle, once the lock is held
	 */
	CompletableFuture<LockHandle> lock();

	/**
	 * Acquires the lock with a lease, see
	 * {@link DistributedLock#tryLock(Duration, Duration)}.
	 * @param lease the longest time the lock is held, positive
	 * @return the handle, once the lock is held
	 */
	CompletableFuture<LockHandle> lock(Duration lease);

	/**
	 * Acquires the lock if it is free now.
	 * @return the handle, or empty if another holds the lock
	 */
	CompletableFuture<Optional<LockHandle>> tryLock();

	/**
	 * Acquires the lock, waiting at most the given time.
	 * @param timeout the longest wait; zero or less does not wait
	 * @return the handle, or empty if the time ran out
	 */
	CompletableFuture<Optional<LockHandle>> tryLock(Duration timeout);

	/**
	 * Acquires the lock with a lease, waiting at most the given time, see
	 * {@link DistributedLock#tryLock(Duration, Duration)}.
	 * @param timeout the longest wait; zero or less does not wait
	 * @param lease the longest time the lock is held, positive
	 * @return the handle, or empty if the time ran out
	 */
	CompletableFuture<Optional<LockHandle>> tryLock(Duration timeout, Duration lease);

	/**
	 * Returns whether anyone holds the lock, linearizably.
	 * @return whether the lock is held
	 */
	CompletableFuture<Boolean> isLocked();

	/**
	 * Returns who holds the lock, linearizably.
	 * @return the holder, or empty if the lock is free
	 */
	CompletableFuture<Optional<LockHolder>> holder();

	/**
	 * Returns how many acquisitions wait for the lock, linearizably.
	 * @return the number of waiters
	 */
	CompletableFuture<Integer> queueLength();

	/**
	 * Takes the lock from its holder, whoever that is, see
	 * {@link DistributedLock#forceUnlock(long)}.
	 * @param fencingToken the token of the holder; a later holder is left alone
	 * @return whether the lock was held under this token
	 */
	CompletableFuture<Boolean> forceUnlock(long fencingToken);

}
