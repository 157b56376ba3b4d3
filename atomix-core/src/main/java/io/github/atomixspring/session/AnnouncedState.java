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

/**
 * The state of a session as it is announced. A worse one is seen at once, a better one
 * after all that happened before it was delivered, so that nobody who was not told of a
 * loss yet finds the session live again. Guarded by the lock of the session.
 */
final class AnnouncedState {

	private final CriticalSection section;

	private final EventDispatcher dispatcher;

	private volatile SessionView view = new SessionView(0, SessionState.SUSPENDED, 0);

	private SessionState state = SessionState.SUSPENDED;

	/**
	 * The monotonic time until which the session surely is CONNECTED.
	 */
	private long deadline;

	/**
	 * Counts the changes of the state.
	 */
	private long changes;

	AnnouncedState(CriticalSection section, EventDispatcher dispatcher) {
		this.section = section;
		this.dispatcher = dispatcher;
	}

	/**
	 * Returns what everybody may know. Needs no lock.
	 * @return what is announced
	 */
	SessionView view() {
		return this.view;
	}

	/**
	 * Returns whether the session is in a state, which perhaps is not announced yet.
	 * @param other the state
	 * @return whether it is
	 */
	boolean is(SessionState other) {
		return this.state == other;
	}

	/**
	 * The session surely is CONNECTED for a while.
	 * @param session the id of the session
	 * @param until the monotonic time until which it is
	 */
	void connected(long session, long until) {
		this.deadline = until;
		if (this.state == SessionState.CONNECTED) {
			if (this.view.state() == SessionState.CONNECTED) {
				this.view = new SessionView(session, SessionState.CONNECTED, until);
			}
			return;
		}
		this.state = SessionState.CONNECTED;
		long change = ++this.changes;
		this.section.deliver(() -> {
			this.section.update(() -> {
				if (this.changes == change) {
					this.view = new SessionView(session, SessionState.CONNECTED, this.deadline);
				}
			});
			this.dispatcher.state(session, SessionState.CONNECTED);
		});
	}

	/**
	 * The session is not CONNECTED any more.
	 * @param session the id of the session
	 * @param entered its state
	 */
	void enter(long session, SessionState entered) {
		this.state = entered;
		this.changes++;
		this.view = new SessionView((entered == SessionState.SUSPENDED) ? session : 0, entered, 0);
		this.section.deliver(() -> this.dispatcher.state(session, entered));
	}

}
