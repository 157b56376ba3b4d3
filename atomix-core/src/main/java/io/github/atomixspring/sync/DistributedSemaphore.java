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

import io.github.atomixspring.primitive.DistributedPrimitive;
import io.github.atomixspring.primitive.Registration;

/**
 * A fair counting semaphore across the cluster.
 * <p>
 * Permits are <em>claims</em>: the replicated log never has more of them out than there
 * are, and gives them in the order of the requests. Nobody overtakes: while an
 * acquisition waits, later ones wait behind it or are refused, also if there would be
 * enough permits for them. How many permits there are at first is configuration: the
 * first creator fixes it for the cluster.
 * <p>
 * Unlike those of {@link java.util.concurrent.Semaphore}, permits belong to the session
 * of the node that acquired them. Any thread of that node may release them, no other node
 * can, and nobody can release more than it holds. When the session ends they come back by
 * themselves.
 * <p>
 * A node that is cut off from the cluster counts its permits as lost before anyone else
 * can get them, by its own monotonic clock. Should the session come back they stay lost,
 * and the cluster is told to free them. Waits go on: in a new session they queue again,
 * at the end of the line. Waits that are interrupted, cancelled or time out never acquire
 * later. An acquisition whose answer was lost is withdrawn before its exception is
 * thrown, so it cannot hold permits unnoticed. The time for which
 * {@link #tryAcquire(int, Duration)} waits includes all round trips.
 * <p>
 * Acquiring more permits than there are waits until {@link #increasePermits(int)} has
 * made enough, and holds up all behind it, as in {@code java.util.concurrent}. Acquiring
 * none succeeds at once. A negative number is an {@link IllegalArgumentException}.
 *
 * @since 0.1.0
 */
public interface DistributedSemaphore extends DistributedPrimitive {

	/**
	 * Acquires a permit, waiting until there is one.
	 * @throws InterruptedException if the thread is interrupted while waiting
	 */
	void acquire() throws InterruptedException;

	/**
	 * Acquires permits, waiting until there are enough.
	 * @param permits how many, zero or more
	 * @throws InterruptedException if the thread is interrupted while waiting
	 */
	void acquire(int permits) throws InterruptedException;

	/**
	 * Acquires a permit, waiting until there is one. Interruption does not end the wait
	 * and is kept as the flag of the thread.
	 */
	void acquireUninterruptibly();

	/**
	 * Acquires permits, waiting until there are enough. Interruption does not end the
	 * wait and is kept as the flag of the thread.
	 * @param permits how many, zero or more
	 */
	void acquireUninterruptibly(int permits);

	/**
	 * Acquires a permit if one is available now and nobody waits.
	 * @return whether it was acquired
	 */
	boolean tryAcquire();

	/**
	 * Acquires permits if they are available now and nobody waits.
	 * @param permits how many, zero or more
	 * @return whether they were acquired
	 */
	boolean tryAcquire(int permits);

	/**
	 * Acquires a permit, waiting at most the given time.
	 * @param timeout the longest wait; zero or less does not wait
	 * @return whether it was acquired
	 * @throws InterruptedException if the thread is interrupted while waiting
	 */
	boolean tryAcquire(Duration timeout) throws InterruptedException;

	/**
	 * Acquires permits, waiting at most the given time.
	 * @param permits how many, zero or more
	 * @param timeout the longest wait; zero or less does not wait
	 * @return whether they were acquired
	 * @throws InterruptedException if the thread is interrupted while waiting
	 */
	boolean tryAcquire(int permits, Duration timeout) throws InterruptedException;

	/**
	 * Releases a permit that this node acquired through this face, as
	 * {@link #release(int)} does.
	 * @throws NotPermitHolderException if this node holds none
	 * @throws PermitsLostException if it was lost; it counts as released afterwards
	 */
	void release();

	/**
	 * Releases permits that this node acquired through this face: those that the calling
	 * thread acquired last, then those of other threads. If that cannot be confirmed the
	 * exception says so, the permits count as released all the same, and the release is
	 * repeated in the background.
	 * @param permits how many, zero or more
	 * @throws NotPermitHolderException if this node holds fewer; none is released then
	 * @throws PermitsLostException if some of them were lost, for instance with the
	 * session; all of them count as released afterwards
	 */
	void release(int permits);

	/**
	 * Acquires all permits that are available now, unless somebody waits.
	 * @return how many were acquired
	 */
	int drainPermits();

	/**
	 * Makes more permits, for all nodes.
	 * @param increase how many more, zero or more
	 * @return how many there are now
	 * @throws io.github.atomixspring.primitive.CommandRejectedException if there would be
	 * more than {@link Integer#MAX_VALUE}
	 */
	int increasePermits(int increase);

	/**
	 * Makes fewer permits, for all nodes, without waiting until they are released: as
	 * long as more are held than there are, {@link #availablePermits()} is negative.
	 * @param reduction how many fewer, zero or more
	 * @return how many there are now
	 * @throws io.github.atomixspring.primitive.CommandRejectedException if there are not
	 * so many
	 */
	int reducePermits(int reduction);

	/**
	 * Returns how many permits there are, held or not, linearizably.
	 * @return the number of permits
	 */
	int totalPermits();

	/**
	 * Returns how many permits are not held, linearizably. As long as somebody waits they
	 * cannot be acquired by others.
	 * @return the number of permits, negative if more are held than there are
	 */
	int availablePermits();

	/**
	 * Returns how many permits this node holds, through both faces, as far as it can
	 * vouch for it: none as soon as the session is suspended or expired. Does not ask the
	 * cluster.
	 * @return the number of permits
	 */
	int heldPermits();

	/**
	 * Returns how many acquisitions wait, linearizably.
	 * @return the number of waiters
	 */
	int queueLength();

	/**
	 * Adds a listener for the loss of held permits: by suspension or expiry of the
	 * session or destruction of the semaphore.
	 * @param listener the listener
	 * @return the registration
	 */
	Registration addLostListener(PermitsLostListener listener);

	/**
	 * Returns the asynchronous face of this semaphore. The two share the semaphore, but
	 * what is acquired there belongs to its handle.
	 * @return the asynchronous face
	 */
	AsyncDistributedSemaphore async();

}
