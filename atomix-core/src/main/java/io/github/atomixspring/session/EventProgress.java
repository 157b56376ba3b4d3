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

import java.util.concurrent.atomic.AtomicLong;

/**
 * How far the events of a session were handed out, and how far reads in this process have
 * looked ahead of them. Over a link all events come before an answer that they belong to;
 * the state of a member in this process may be ahead of them.
 */
final class EventProgress {

	private final long session;

	private final AtomicLong revealed = new AtomicLong();

	private volatile long delivered;

	/**
	 * Creates the progress of a session that has no events yet.
	 * @param session the id, or 0
	 */
	EventProgress(long session) {
		this.session = session;
	}

	long session() {
		return this.session;
	}

	/**
	 * Takes note that an event was handed out.
	 * @param number its number
	 */
	void delivered(long number) {
		this.delivered = number;
	}

	/**
	 * Takes note that a read could show what an event tells.
	 * @param number the number of the last such event
	 */
	void revealed(long number) {
		if (number > this.revealed.get()) {
			this.revealed.accumulateAndGet(number, Math::max);
		}
	}

	/**
	 * Returns whether no read was ahead of the events handed out.
	 * @return whether all were handed out that reads could show
	 */
	boolean isCaughtUp() {
		return this.revealed.get() <= this.delivered;
	}

}
