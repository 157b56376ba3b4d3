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

package io.github.atomixspring.spring.annotation;

import java.util.concurrent.locks.ReentrantLock;

import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.spring.election.Leadership;
import org.jspecify.annotations.Nullable;

/**
 * Interrupts a thread when a leadership ends, but not once it has done its work.
 */
final class RevocationInterrupt {

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable Thread thread = Thread.currentThread();

	private boolean interrupted;

	private @Nullable Registration registration;

	private RevocationInterrupt() {
	}

	/**
	 * Begins to interrupt the calling thread.
	 * @param leadership the leadership
	 * @return to be ended by the same thread
	 */
	static RevocationInterrupt of(Leadership leadership) {
		RevocationInterrupt interrupt = new RevocationInterrupt();
		interrupt.registration = leadership.addRevocationListener(interrupt::interrupt);
		return interrupt;
	}

	private void interrupt() {
		this.lock.lock();
		try {
			if (this.thread != null) {
				this.interrupted = true;
				this.thread.interrupt();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Ends it. The thread does not take the interrupt along to what it does next.
	 * @return whether the thread was interrupted
	 */
	boolean end() {
		boolean first;
		this.lock.lock();
		try {
			first = this.thread != null;
			this.thread = null;
		}
		finally {
			this.lock.unlock();
		}
		if (first && this.registration != null) {
			this.registration.close();
		}
		if (first && this.interrupted) {
			Thread.interrupted();
		}
		return this.interrupted;
	}

}
