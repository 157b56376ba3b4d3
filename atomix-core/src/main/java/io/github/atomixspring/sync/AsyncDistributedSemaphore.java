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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The asynchronous face of a {@link DistributedSemaphore}. What it acquires, at least one
 * permit, belongs to a handle. Whatever ends the future of an acquisition early, such as
 * {@code cancel} and {@code orTimeout}, withdraws the wait; permits that cross it are
 * given back.
 *
 * @since 0.1.0
 */
public interface AsyncDistributedSemaphore {

	/**
	 * Acquires a permit.
	 * @return the handle, once it is held
	 */
	CompletableFuture<PermitHandle> acquire();

	/**
	 * Acquires permits.
	 * @param permits how many, at least one
	 * @return the handle, once they are held
	 */
	CompletableFuture<PermitHandle> acquire(int permits);

	/**
	 * Acquires a permit if one is available now and nobody waits.
	 * @return the handle, or empty
	 */
	CompletableFuture<Optional<PermitHandle>> tryAcquire();

	/**
	 * Acquires permits if they are available now and nobody waits.
	 * @param permits how many, at least one
	 * @return the handle, or empty
	 */
	CompletableFuture<Optional<PermitHandle>> tryAcquire(int permits);

	/**
	 * Acquires a permit, waiting at most the given time.
	 * @param timeout the longest wait; zero or less does not wait
	 * @return the handle, or empty if the time ran out
	 */
	CompletableFuture<Optional<PermitHandle>> tryAcquire(Duration timeout);

	/**
	 * Acquires permits, waiting at most the given time.
	 * @param permits how many, at least one
	 * @param timeout the longest wait; zero or less does not wait
	 * @return the handle, or empty if the time ran out
	 */
	CompletableFuture<Optional<PermitHandle>> tryAcquire(int permits, Duration timeout);

	/**
	 * Acquires all permits that are available now, unless somebody waits.
	 * @return the handle, or empty if there are none
	 */
	CompletableFuture<Optional<PermitHandle>> drainPermits();

	/**
	 * See {@link DistributedSemaphore#increasePermits(int)}.
	 * @param increase how many more, zero or more
	 * @return how many there are now
	 */
	CompletableFuture<Integer> increasePermits(int increase);

	/**
	 * See {@link DistributedSemaphore#reducePermits(int)}.
	 * @param reduction how many fewer, zero or more
	 * @return how many there are now
	 */
	CompletableFuture<Integer> reducePermits(int reduction);

	/**
	 * Returns how many permits there are, held or not, linearizably.
	 * @return the number of permits
	 */
	CompletableFuture<Integer> totalPermits();

	/**
	 * Returns how many permits are not held, linearizably.
	 * @return the number of permits, negative if more are held than there are
	 */
	CompletableFuture<Integer> availablePermits();

	/**
	 * Returns how many acquisitions wait, linearizably.
	 * @return the number of waiters
	 */
	CompletableFuture<Integer> queueLength();

}
