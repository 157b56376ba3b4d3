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

import io.github.atomixspring.protocol.Event;

/**
 * The receiver of the events of a primitive. Called by one thread at a time, in order;
 * must not block. Internal.
 */
public interface EventHandler {

	/**
	 * Called for each event, before the result of a command that could reveal it.
	 * @param event an event of the primitive, or {@link Event.Resync}
	 */
	void onEvent(Event event);

	/**
	 * Called when the state of the session changed, in order with the events. With
	 * {@link SessionState#EXPIRED} everything the session held on the cluster is gone;
	 * the next {@link SessionState#CONNECTED} has a new id, and what is to come back must
	 * be submitted again then.
	 * @param session the id of the session
	 * @param state the new state
	 */
	void onState(long session, SessionState state);

}
