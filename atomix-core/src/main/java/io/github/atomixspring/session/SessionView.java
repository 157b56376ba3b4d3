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
 * What is announced of a session.
 *
 * @param session the id of the session, or zero if none is open
 * @param state the state
 * @param deadline the monotonic time until which the session surely is CONNECTED
 */
record SessionView(long session, SessionState state, long deadline) {

	/**
	 * Returns whether the session surely lives.
	 * @param now the monotonic time
	 * @return whether it does
	 */
	boolean isLive(long now) {
		return this.state == SessionState.CONNECTED && now - this.deadline < 0;
	}

	/**
	 * Returns the state by the clock.
	 * @param now the monotonic time
	 * @return the state
	 */
	SessionState stateAt(long now) {
		return (this.state == SessionState.CONNECTED && !isLive(now)) ? SessionState.SUSPENDED : this.state;
	}

}
