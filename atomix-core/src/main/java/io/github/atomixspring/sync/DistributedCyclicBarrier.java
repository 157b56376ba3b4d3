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
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeoutException;

import io.github.atomixspring.primitive.DistributedPrimitive;

/**
 * A barrier across the cluster, at which a number of parties wait for each other. It can
 * be used again after they have passed. The number of parties is configuration: the first
 * creator fixes it for the cluster. A party is a thread of any node.
 * <p>
 * As with {@link java.util.concurrent.CyclicBarrier} all pass or none: a party that is
 * interrupted, runs out of time, is closed, or whose session ends before the barrier
 * trips, breaks it for the others, and it stays broken until {@link #reset()}. So a node
 * that dies breaks the barrier at the session timeout.
 * <p>
 * Whether a party passed or broke the barrier is decided by the cluster: a wait that ends
 * early asks it, and passes if the barrier had tripped before. If the cluster cannot be
 * reached for that within the operation timeout, or if the session of the waiting node
 * expired, the wait ends with an
 * {@link io.github.atomixspring.primitive.UnknownOutcomeException}: the others passed, or
 * the barrier is broken.
 *
 * @since 0.1.0
 */
public interface DistributedCyclicBarrier extends DistributedPrimitive {

	/**
	 * Waits until all parties have arrived.
	 * @return how many were still to come at the arrival: one less than the number of
	 * parties for the first, zero for the last
	 * @throws InterruptedException if the thread was interrupted, before it came or while
	 * it waited, and has broken the barrier
	 * @throws BrokenBarrierException if the barrier is broken, or was broken, reset or
	 * destroyed while waiting
	 */
	int await() throws InterruptedException, BrokenBarrierException;

	/**
	 * Waits until all parties have arrived, at most the given time.
	 * @param timeout the longest wait; zero or less does not wait, and breaks the barrier
	 * if others are to come
	 * @return how many were still to come at the arrival: one less than the number of
	 * parties for the first, zero for the last
	 * @throws InterruptedException if the thread was interrupted, before it came or while
	 * it waited, and has broken the barrier
	 * @throws BrokenBarrierException if the barrier is broken, or was broken, reset or
	 * destroyed while waiting
	 * @throws TimeoutException if the time ran out and has broken the barrier
	 */
	int await(Duration timeout) throws InterruptedException, BrokenBarrierException, TimeoutException;

	/**
	 * Breaks the barrier for those who wait and makes it whole again.
	 */
	void reset();

	/**
	 * Returns how many parties must arrive. Does not ask the cluster.
	 * @return the number of parties
	 */
	int getParties();

	/**
	 * Returns how many parties wait, linearizably.
	 * @return the number of those who wait
	 */
	int getNumberWaiting();

	/**
	 * Returns whether the barrier is broken, linearizably.
	 * @return whether it is broken
	 */
	boolean isBroken();

	/**
	 * Returns the asynchronous face of this barrier.
	 * @return the asynchronous face
	 */
	AsyncDistributedCyclicBarrier async();

}
