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

import java.util.List;

import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.NumberedEvent;
import org.jspecify.annotations.Nullable;

/**
 * How far a session has come in its events, which have numbers without gaps. Guarded by
 * the lock of the session.
 */
final class EventNumbers {

	private long seen;

	/**
	 * Returns the number up to which all events are here.
	 * @return the number
	 */
	long seen() {
		return this.seen;
	}

	/**
	 * Returns what is missing before events can be taken.
	 * @param events the events that have arrived
	 * @return the gap, or null if nothing is missing
	 */
	@Nullable Gap gap(List<NumberedEvent> events) {
		long last = this.seen;
		for (NumberedEvent event : events) {
			if (event.number() <= this.seen) {
				continue;
			}
			// A resync stands for all events before it.
			if (event.number() != last + 1 && !(event.event() instanceof Event.Resync)) {
				return new Gap(last + 1, event.number() - 1);
			}
			last = event.number();
		}
		return null;
	}

	/**
	 * Takes events before which nothing is missing.
	 * @param events the events that have arrived
	 * @return those that have not arrived before
	 */
	List<NumberedEvent> take(List<NumberedEvent> events) {
		int known = 0;
		long last = this.seen;
		for (NumberedEvent event : events) {
			if (event.number() <= this.seen) {
				known++;
			}
			else {
				last = event.number();
			}
		}
		this.seen = last;
		return (known == 0) ? events : events.subList(known, events.size());
	}

	/**
	 * Another session begins.
	 */
	void clear() {
		this.seen = 0;
	}

	/**
	 * Events that are missing.
	 *
	 * @param first the number of the first one
	 * @param last the number of the last one
	 */
	record Gap(long first, long last) {

	}

}
