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
 * A grant of the lock to this node. Its state changes in the mailbox only and is read
 * from anywhere.
 */
final class Grant {

	private final long number;

	private final long token;

	private final long session;

	private final long lease;

	private final long leaseEnd;

	private volatile State state = State.HELD;

	private volatile String reason = "";

	private @Nullable Registration timer;

	/**
	 * Creates a grant.
	 * @param number the number of the acquisition
	 * @param token the fencing token
	 * @param session the session that holds it
	 * @param lease the lease in milliseconds, or zero
	 * @param leaseEnd the moment of the monotonic clock at which the lease ends here
	 */
	Grant(long number, long token, long session, long lease, long leaseEnd) {
		this.number = number;
		this.token = token;
		this.session = session;
		this.lease = lease;
		this.leaseEnd = leaseEnd;
	}

	long number() {
		return this.number;
	}

	long token() {
		return this.token;
	}

	long session() {
		return this.session;
	}

	State state() {
		return this.state;
	}

	String reason() {
		return this.reason;
	}

	boolean isWithinLease(long now) {
		return this.lease == 0 || now - this.leaseEnd < 0;
	}

	void timer(Registration newTimer) {
		this.timer = newTimer;
	}

	void end(State newState, String why) {
		this.reason = why;
		this.state = newState;
		Registration old = this.timer;
		if (old != null) {
			old.close();
		}
	}

	/**
	 * What became of a grant.
	 */
	enum State {

		/**
		 * Held, as far as this node was told.
		 */
		HELD,

		/**
		 * Lost before it was released.
		 */
		LOST,

		/**
		 * Given back.
		 */
		RELEASED

	}

}
