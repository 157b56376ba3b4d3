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

import io.github.atomixspring.primitive.Registration;
import org.jspecify.annotations.Nullable;

/**
 * The lease that a waiter will have. Only in the mailbox.
 */
final class Lease {

	private final long millis;

	private long notGrantedBefore;

	private @Nullable Registration timer;

	/**
	 * Creates a lease.
	 * @param millis how long it is
	 * @param now the monotonic clock, in nanoseconds
	 */
	Lease(long millis, long now) {
		this.millis = millis;
		this.notGrantedBefore = now;
	}

	long millis() {
		return this.millis;
	}

	/**
	 * Returns a moment of the monotonic clock before which the cluster had surely not
	 * granted the lock.
	 * @return the moment in nanoseconds
	 */
	long notGrantedBefore() {
		return this.notGrantedBefore;
	}

	/**
	 * Takes note that a command sent at the given moment found the acquisition waiting.
	 * @param sent the moment
	 */
	void notGrantedBefore(long sent) {
		if (sent - this.notGrantedBefore > 0) {
			this.notGrantedBefore = sent;
		}
	}

	/**
	 * Sets the timer of the next question in the place of the last.
	 * @param next the timer, or null for none
	 */
	void timer(@Nullable Registration next) {
		Registration last = this.timer;
		if (last != null) {
			last.close();
		}
		this.timer = next;
	}

}
