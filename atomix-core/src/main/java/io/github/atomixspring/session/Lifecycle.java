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

package io.github.atomixspring.session;

import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.UnavailableException;

/**
 * What the node wants of its session. Guarded by the lock of the session.
 */
final class Lifecycle {

	private final String node;

	private Phase phase = Phase.STOPPED;

	private boolean closed;

	Lifecycle(String node) {
		this.node = node;
	}

	/**
	 * The node wants a session.
	 * @return whether it did not want one before
	 * @throws PrimitiveClosedException if it never wants one again
	 */
	boolean start() {
		requireNotClosed();
		if (this.phase != Phase.STOPPED) {
			return false;
		}
		this.phase = Phase.RUNNING;
		return true;
	}

	/**
	 * The node wants its session to be closed.
	 * @return whether it did not want that before
	 */
	boolean beginStop() {
		if (this.phase != Phase.RUNNING) {
			return false;
		}
		this.phase = Phase.CLOSING;
		return true;
	}

	/**
	 * The session was closed or given up.
	 */
	void stopped() {
		this.phase = Phase.STOPPED;
	}

	/**
	 * The node never wants a session again.
	 */
	void close() {
		this.closed = true;
	}

	/**
	 * Returns whether the session is being closed.
	 * @return whether it is
	 */
	boolean isClosing() {
		return this.phase == Phase.CLOSING;
	}

	/**
	 * Refuses new operations unless the session is wanted.
	 * @throws AtomixException if it is not
	 */
	void requireRunning() {
		requireNotClosed();
		if (this.phase != Phase.RUNNING) {
			throw new UnavailableException("Node '" + this.node + "' is not running: start it first", null);
		}
	}

	private void requireNotClosed() {
		if (this.closed) {
			throw new PrimitiveClosedException("Node '" + this.node + "' was closed");
		}
	}

	/**
	 * What the node wants of its session.
	 */
	private enum Phase {

		STOPPED, RUNNING, CLOSING

	}

}
