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

import java.util.function.BooleanSupplier;

import io.github.atomixspring.session.PrimitiveSession;

/**
 * Makes locks and looks after them. Internal: public only for the root package and the
 * Spring abstractions.
 *
 * @since 0.1.0
 */
public final class Locks {

	private Locks() {
	}

	/**
	 * Creates the instance of a lock.
	 * @param session the session of the node
	 * @param name the name
	 * @param onClose called once, when the instance is closed
	 * @return the lock
	 */
	public static DistributedLock create(PrimitiveSession session, String name, Runnable onClose) {
		LockProxy lock = new LockProxy(session, name, onClose, System::nanoTime);
		lock.start();
		return lock;
	}

	/**
	 * Returns the hold of the calling thread as a question that any thread may ask.
	 * @param lock the lock, held by the calling thread
	 * @return returns whether this node can vouch for the hold; of a lock that is not one
	 * of this library, only in the calling thread
	 */
	public static BooleanSupplier hold(DistributedLock lock) {
		return (lock instanceof LockProxy proxy) ? proxy.hold() : lock::isHeldByCurrentThread;
	}

	/**
	 * Closes the instance of a lock unless somebody on this node holds the lock, waits
	 * for it or listens to it.
	 * @param lock the lock
	 * @return whether this call has closed it
	 */
	public static boolean closeIfUnused(DistributedLock lock) {
		return lock instanceof LockProxy proxy && proxy.closeIfUnused();
	}

}
