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

import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/**
 * The keep-alives of a session that wait for an answer. Guarded by the lock of the
 * session.
 */
final class KeepAlives {

	private static final int MAX_STALLED = 2;

	private final Deque<Sent> sent = new ArrayDeque<>();

	private long lastNumber;

	private long stalledAt;

	private int stalled;

	/**
	 * Takes note of a keep-alive that leaves now.
	 * @param now the monotonic time
	 * @param acknowledged the number up to which all commands are answered
	 * @param busy whether commands wait for answers
	 * @return the number of the keep-alive
	 */
	long send(long now, long acknowledged, boolean busy) {
		this.sent.add(new Sent(++this.lastNumber, now, (busy) ? acknowledged : -1));
		return this.lastNumber;
	}

	/**
	 * Takes an answer.
	 * @param number the number of the keep-alive
	 * @return the keep-alive, or null if it was not sent for this session
	 */
	@Nullable Sent answered(long number) {
		while (!this.sent.isEmpty() && this.sent.element().number <= number) {
			Sent head = this.sent.remove();
			if (head.number == number) {
				return head;
			}
		}
		return null;
	}

	/**
	 * Returns whether commands stay without answers although keep-alives sent after them
	 * are answered, so that they must have been lost on the way.
	 * @param answered a keep-alive that was answered now
	 * @param acknowledged the number up to which all commands are answered
	 * @return whether the commands should be sent again
	 */
	boolean isStalled(Sent answered, long acknowledged) {
		if (answered.acknowledged < 0 || answered.acknowledged != acknowledged) {
			this.stalled = 0;
		}
		else if (this.stalled > 0 && this.stalledAt == acknowledged) {
			this.stalled++;
		}
		else {
			this.stalledAt = acknowledged;
			this.stalled = 1;
		}
		return this.stalled >= MAX_STALLED;
	}

	/**
	 * Returns how long the oldest unanswered keep-alive has been waiting.
	 * @param now the monotonic time
	 * @return the nanoseconds; zero if none waits
	 */
	long waiting(long now) {
		return (this.sent.isEmpty()) ? 0 : now - this.sent.element().at;
	}

	/**
	 * Forgets everything but the numbers.
	 */
	void clear() {
		this.sent.clear();
		this.stalled = 0;
	}

	/**
	 * A keep-alive that left.
	 *
	 * @param number its number
	 * @param at the monotonic time before it left
	 * @param acknowledged the number up to which all commands were answered then, or -1
	 * if none waited for an answer
	 */
	record Sent(long number, long at, long acknowledged) {

	}

}
