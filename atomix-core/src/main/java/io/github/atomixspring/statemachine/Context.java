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

package io.github.atomixspring.statemachine;

import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.PrimitiveId;

/**
 * What a service may do to the rest of the replicated state while it applies a command.
 */
interface Context {

	/**
	 * Returns the replicated time.
	 * @return the time in milliseconds
	 */
	long time();

	/**
	 * Returns the next number of the one counter from which fencing tokens, terms and
	 * versions are taken. It grows for ever, also over destruction and re-creation.
	 * @return the number, positive
	 */
	long nextNumber();

	/**
	 * Takes several numbers of that counter at once.
	 * @param count how many, positive
	 * @return the first of them; the others follow it without a gap
	 */
	long nextNumbers(int count);

	/**
	 * Appends an event to the outbox of a session.
	 * @param session the session; one that has ended is ignored
	 * @param event the event
	 */
	void send(long session, Event event);

	/**
	 * Sets a timer.
	 * @param primitive the primitive to call
	 * @param key what falls due
	 * @param deadline the replicated time
	 */
	void startTimer(PrimitiveId primitive, Bytes key, long deadline);

	/**
	 * Removes a timer.
	 * @param primitive the primitive
	 * @param key what would have fallen due
	 * @param deadline the replicated time
	 */
	void stopTimer(PrimitiveId primitive, Bytes key, long deadline);

	/**
	 * Takes note that a session may have nothing left at a primitive although no command
	 * of its own ended it.
	 * @param primitive the primitive
	 * @param session the session
	 */
	void left(PrimitiveId primitive, long session);

	/**
	 * Returns the name of the node of a session.
	 * @param session the session
	 * @return the name, or an empty string if the session has ended
	 */
	String node(long session);

}
