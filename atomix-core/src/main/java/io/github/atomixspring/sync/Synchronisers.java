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

import io.github.atomixspring.session.PrimitiveSession;

/**
 * Makes semaphores, latches and barriers. Internal: public only for the root package.
 *
 * @since 0.1.0
 */
public final class Synchronisers {

	private Synchronisers() {
	}

	/**
	 * Creates the instance of a semaphore.
	 * @param session the session of the node
	 * @param name the name
	 * @param permits how many permits there are at first
	 * @param onClose called once, when the instance is closed
	 * @return the semaphore
	 */
	public static DistributedSemaphore createSemaphore(PrimitiveSession session, String name, int permits,
			Runnable onClose) {
		SemaphoreProxy proxy = new SemaphoreProxy(session, name, permits, onClose);
		proxy.start();
		return new BlockingSemaphore(proxy);
	}

	/**
	 * Creates the instance of a count-down latch.
	 * @param session the session of the node
	 * @param name the name
	 * @param count from where it is counted down
	 * @param onClose called once, when the instance is closed
	 * @return the latch
	 */
	public static DistributedCountDownLatch createCountDownLatch(PrimitiveSession session, String name, long count,
			Runnable onClose) {
		LatchProxy proxy = new LatchProxy(session, name, count, onClose);
		proxy.start();
		return proxy;
	}

	/**
	 * Creates the instance of a cyclic barrier.
	 * @param session the session of the node
	 * @param name the name
	 * @param parties how many parties must arrive
	 * @param onClose called once, when the instance is closed
	 * @return the barrier
	 */
	public static DistributedCyclicBarrier createCyclicBarrier(PrimitiveSession session, String name, int parties,
			Runnable onClose) {
		BarrierProxy proxy = new BarrierProxy(session, name, parties, onClose);
		proxy.start();
		return proxy;
	}

}
