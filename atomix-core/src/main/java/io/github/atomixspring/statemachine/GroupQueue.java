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

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import org.jspecify.annotations.Nullable;

/**
 * The messages that wait for one consumer of a group, first in, first out. Only the first
 * may be on its way, so that a consumer has one message at a time.
 */
final class GroupQueue {

	/**
	 * Nobody consumes, and nobody did when the member was alive last.
	 */
	static final int VACANT = 0;

	/**
	 * There was a consumer when the member was alive last.
	 */
	static final int REMEMBERED = 1;

	/**
	 * There is a consumer.
	 */
	static final int ATTACHED = 2;

	private final ArrayDeque<Message> messages = new ArrayDeque<>();

	private int presence;

	private boolean delivered;

	int presence() {
		return this.presence;
	}

	boolean isAttached() {
		return this.presence == ATTACHED;
	}

	/**
	 * Changes who consumes. The first message, if it is on its way, has to be sent again.
	 * @param newPresence one of the constants
	 */
	void presence(int newPresence) {
		this.presence = newPresence;
		this.delivered = false;
	}

	void add(Message message) {
		this.messages.add(message);
	}

	int size() {
		return this.messages.size();
	}

	Iterable<Message> messages() {
		return this.messages;
	}

	/**
	 * Takes the message to be sent now.
	 * @return the message, or null if there is none or one is on its way
	 */
	@Nullable Message deliver() {
		if (this.presence != ATTACHED || this.delivered || this.messages.isEmpty()) {
			return null;
		}
		this.delivered = true;
		return this.messages.peek();
	}

	/**
	 * Removes the first message.
	 * @param id the number it must have
	 * @return the message, or null if the first is another
	 */
	@Nullable Message settle(long id) {
		Message first = this.messages.peek();
		if (first == null || first.id() != id) {
			return null;
		}
		this.delivered = false;
		return this.messages.poll();
	}

	/**
	 * Removes messages.
	 * @param which which ones
	 * @return the messages, in order
	 */
	List<Message> take(Predicate<Message> which) {
		List<Message> taken = new ArrayList<>();
		for (Iterator<Message> all = this.messages.iterator(); all.hasNext();) {
			Message message = all.next();
			if (which.test(message)) {
				all.remove();
				taken.add(message);
			}
		}
		return taken;
	}

	boolean isUseless() {
		return this.presence == VACANT && this.messages.isEmpty();
	}

	boolean isDelivered() {
		return this.delivered;
	}

	void restore(int newPresence, boolean newDelivered) {
		this.presence = newPresence;
		this.delivered = newDelivered;
	}

	/**
	 * A message.
	 *
	 * @param id the number of the message
	 * @param session the session that waits for the outcome, or zero
	 * @param number the number of its request
	 * @param delivery how it was addressed
	 * @param execution what the sender waits for
	 * @param chance what the sender drew for the choice of the consumer
	 * @param node the node that sent it
	 * @param content the content
	 */
	@JsonFormat(shape = Shape.ARRAY)
	record Message(long id, long session, long number, int delivery, int execution, long chance, String node,
			byte[] content) {

	}

}
