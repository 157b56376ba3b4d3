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

	private final long token;

	private long number;

	private long session;

	private @Nullable Long leaseEnd;

	private volatile State state = State.HELD;

	private volatile String reason = "";

	private @Nullable Registration timer;

	/**
	 * Creates a grant.
	 * @param token the fencing token
	 */
	Grant(long token) {
		this.token = token;
	}

	/**
	 * Takes note of whom it was granted to, before anybody else sees it.
	 * @param newNumber the number of the acquisition
	 * @param newSession the session that holds it
	 */
	void granted(long newNumber, long newSession) {
		this.number = newNumber;
		this.session = newSession;
	}

	/**
	 * Limits it to a lease, before anybody else sees it.
	 * @param end the moment of the monotonic clock at which the lease ends here
	 * @param newTimer the timer of the end
	 */
	void limit(long end, Registration newTimer) {
		this.leaseEnd = end;
		this.timer = newTimer;
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
		Long end = this.leaseEnd;
		return end == null || now - end < 0;
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
