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
import java.util.concurrent.CompletableFuture;

/**
 * The asynchronous face of a {@link DistributedCyclicBarrier}. Each wait is a party of
 * its own. Whatever ends the future of a wait early, such as {@code cancel} and
 * {@code orTimeout}, breaks the barrier unless it has tripped.
 *
 * @since 0.1.0
 */
public interface AsyncDistributedCyclicBarrier {

	/**
	 * Waits until all parties have arrived.
	 * @return how many were still to come at the arrival; fails with
	 * {@link java.util.concurrent.BrokenBarrierException} if the barrier is or was broken
	 */
	CompletableFuture<Integer> await();

	/**
	 * Waits until all parties have arrived, at most the given time.
	 * @param timeout the longest wait; zero or less does not wait
	 * @return how many were still to come at the arrival; fails with
	 * {@link java.util.concurrent.BrokenBarrierException} if the barrier is or was
	 * broken, and with {@link java.util.concurrent.TimeoutException} if it is broken
	 * because the time ran out
	 */
	CompletableFuture<Integer> await(Duration timeout);

	/**
	 * Breaks the barrier for those who wait and makes it whole again.
	 * @return completes when that is done
	 */
	CompletableFuture<Void> reset();

	/**
	 * Returns how many parties wait, linearizably.
	 * @return the number of those who wait
	 */
	CompletableFuture<Integer> getNumberWaiting();

	/**
	 * Returns whether the barrier is broken, linearizably.
	 * @return whether it is broken
	 */
	CompletableFuture<Boolean> isBroken();

}
