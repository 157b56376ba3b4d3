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
import java.util.concurrent.locks.Lock;

import io.github.atomixspring.primitive.DistributedPrimitive;
import io.github.atomixspring.primitive.Registration;

/**
 * A fair mutual exclusion lock across the cluster, with fencing tokens.
 * <p>
 * The lock is a <em>claim</em>: the replicated log grants it to one holder at a time, in
 * the order of the requests, and numbers each grant with a token that grows for ever,
 * also over restarts of the whole cluster and re-creation of the name. A holder that is
 * cut off from the cluster counts the claim as lost before anyone else can get it, by its
 * own monotonic clock. A process can still be stopped between looking at the lock and
 * acting on it, so a resource that must never see two holders compares
 * {@linkplain #fencingToken() tokens} and rejects a smaller one.
 * <p>
 * The blocking face is reentrant for the owning thread, and {@link #newCondition()}
 * throws {@link UnsupportedOperationException}. Each thread has its own place in the
 * line. Waits that are interrupted, cancelled or time out never acquire later. An
 * acquisition whose answer was lost is withdrawn before its exception is thrown, so it
 * cannot hold the lock unnoticed.
 * <p>
 * When the session of the node is suspended or expires, all held locks are lost for good:
 * should the session come back, the cluster is told to free them. Waits go on: in a new
 * session they queue again, at the end of the line. The time for which
 * {@link #tryLock(Duration)} waits includes all round trips. A thread that ends without
 * releasing the lock leaves it held until this instance is closed or the session ends.
 *
 * @since 0.1.0
 */
public interface DistributedLock extends Lock, DistributedPrimitive {

	/**
	 * Acquires the lock, waiting at most the given time.
	 * @param timeout the longest wait; zero or less does not wait
	 * @return whether the calling thread holds the lock now
	 * @throws InterruptedException if the thread is interrupted while waiting
	 */
	boolean tryLock(Duration timeout) throws InterruptedException;

	/**
	 * Acquires the lock with a lease, waiting at most the given time. The lock is lost
	 * when the lease has run out, in replicated time, unless it was released before. On
	 * this node it counts as lost a little earlier: by a twentieth of the lease, and
	 * after a wait by up to another quarter of it. A reentrant acquisition keeps the
	 * lease of the first one.
	 * @param timeout the longest wait; zero or less does not wait
	 * @param lease the longest time the lock is held, positive
	 * @return whether the calling thread holds the lock now
	 * @throws InterruptedException if the thread is interrupted while waiting
	 */
	boolean tryLock(Duration timeout, Duration lease) throws InterruptedException;

	/**
	 * Releases the lock once; the last release of a reentrant holder frees it. If that
	 * cannot be confirmed, the exception says so, the thread counts as not holding the
	 * lock all the same, and the release is repeated in the background.
	 * @throws NotLockOwnerException if the calling thread does not hold the lock
	 * @throws LockLostException if it held the lock but lost it, for instance with the
	 * session; the thread counts as not holding it afterwards
	 */
	@Override
	void unlock();

	/**
	 * Returns the fencing token under which the calling thread holds the lock. Does not
	 * ask the cluster.
	 * @return the token, greater than that of every earlier grant of this name
	 * @throws NotLockOwnerException if the calling thread does not hold the lock
	 * @throws LockLostException if it held the lock but lost it
	 */
	long fencingToken();

	/**
	 * Returns whether the calling thread holds the lock, as far as this node can vouch
	 * for it: false as soon as the session is suspended, expired or the lease has run
	 * out. Does not ask the cluster.
	 * @return whether the calling thread holds the lock
	 */
	boolean isHeldByCurrentThread();

	/**
	 * Returns whether anyone holds the lock, linearizably.
	 * @return whether the lock is held
	 */
	boolean isLocked();

	/**
	 * Returns who holds the lock, linearizably.
	 * @return the holder, or empty if the lock is free
	 */
	Optional<LockHolder> holder();

	/**
	 * Returns how many acquisitions wait for the lock, linearizably.
	 * @return the number of waiters
	 */
	int queueLength();

	/**
	 * Takes the lock from its holder, whoever that is: for an operator who knows that the
	 * holder is stuck. The holder is told as of any other loss, the next in line gets the
	 * lock, and what the holder still does can only be kept off by its older token.
	 * @param fencingToken the token of the holder, as {@link #holder()} shows it; a later
	 * holder is left alone
	 * @return whether the lock was held under this token
	 */
	boolean forceUnlock(long fencingToken);

	/**
	 * Adds a listener for the loss of a held lock: by suspension or expiry of the
	 * session, an ended lease, destruction or release by force.
	 * @param listener the listener
	 * @return the registration
	 */
	Registration addLostListener(LockLostListener listener);

	/**
	 * Returns the asynchronous face of this lock. The two share the lock but not the
	 * owner: a lock acquired there is not reentrant and belongs to its handle.
	 * @return the asynchronous face
	 */
	AsyncDistributedLock async();

}
