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

import org.springframework.integration.support.locks.DistributedLock;

/**
 * A lock of an {@link AtomixLockRegistry}: reentrant, owned by the thread that acquired
 * it, granted in the order of the requests of the whole cluster.
 * <p>
 * A hold can be lost: when the session of the node is suspended or ends, when its time to
 * live has run out, and when the lock is destroyed. Nobody else gets it before this node
 * counts it as lost. What is told then is
 * {@link java.util.ConcurrentModificationException}, by {@link #unlock()},
 * {@link #fencingToken()} and acquiring again: what was done under the lock may have
 * overlapped with the work of another holder unless the token was checked. The thread
 * holds the lock no more once it has called {@code unlock()} as often as it acquired it.
 * <p>
 * Acquiring throws {@link io.github.atomixspring.primitive.UnavailableException} if the
 * cluster cannot be reached within the operation timeout, and
 * {@link io.github.atomixspring.primitive.UnknownOutcomeException} if the answer was
 * lost. The lock is not held then; a grant that comes late is given back. If
 * {@code unlock()} throws one of them the thread counts as not holding the lock all the
 * same, and the release is repeated in the background.
 * <p>
 * {@link #newCondition()} is not supported.
 *
 * @since 0.1.0
 */
public interface AtomixLock extends DistributedLock {

	/**
	 * Returns the token under which the calling thread holds the lock. A resource that
	 * must never see two holders rejects a smaller one than it has seen.
	 * @return the token, greater than that of every earlier grant of this lock
	 * @throws IllegalMonitorStateException if the calling thread does not hold the lock
	 * @throws java.util.ConcurrentModificationException if it held the lock and lost it
	 */
	long fencingToken();

	/**
	 * Returns whether the calling thread holds the lock and this node can vouch for it
	 * now, by its own clock. Does not ask the cluster.
	 * @return whether the calling thread holds the lock
	 */
	boolean isHeldByCurrentThread();

	/**
	 * Releases the lock once; the last release of a reentrant holder frees it.
	 * @throws IllegalMonitorStateException if the calling thread does not hold the lock
	 * @throws java.util.ConcurrentModificationException if it held the lock and lost it
	 */
	@Override
	void unlock();

}
