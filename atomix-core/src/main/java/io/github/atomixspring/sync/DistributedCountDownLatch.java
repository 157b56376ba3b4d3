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

/**
 * A latch across the cluster, on which nodes wait until it was counted down to zero. It
 * opens once and stays open; the count from which it starts is configuration: the first
 * creator fixes it for the cluster.
 * <p>
 * A count belongs to nobody: it stays when the node that counted down is gone. Waits go
 * on when the session of the node is suspended, and in the next session when it expires.
 * <p>
 * {@link #destroy()} begins anew: the latch is created with its full count by whoever
 * uses it next, and those who wait wait for that one.
 *
 * @since 0.1.0
 */
public interface DistributedCountDownLatch extends DistributedPrimitive {

	/**
	 * Waits until the count is zero.
	 * @throws InterruptedException if the thread is interrupted while waiting
	 */
	void await() throws InterruptedException;

	/**
	 * Waits until the count is zero, at most the given time.
	 * @param timeout the longest wait, all round trips included; zero or less does not
	 * wait
	 * @return whether the count is zero; false if the time ran out
	 * @throws InterruptedException if the thread is interrupted while waiting
	 */
	boolean await(Duration timeout) throws InterruptedException;

	/**
	 * Counts down by one. At zero it does nothing.
	 * @throws io.github.atomixspring.primitive.UnknownOutcomeException if the answer was
	 * lost: it may have counted, once
	 */
	void countDown();

	/**
	 * Returns the count, linearizably.
	 * @return what is left to count down
	 */
	long getCount();

	/**
	 * Returns the asynchronous face of this latch.
	 * @return the asynchronous face
	 */
	AsyncDistributedCountDownLatch async();

}
