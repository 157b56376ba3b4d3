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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.NumberedEvent;
import io.github.atomixspring.protocol.NumberedResult;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import org.jspecify.annotations.Nullable;

/**
 * The replicated state of a session: what makes its commands take effect exactly once,
 * and its outbox of events.
 */
final class SessionState {

	private static final int MAX_EVENTS = 10_000;

	private static final int MAX_EVENT_BYTES = 8 << 20;

	/**
	 * As long as answers of more weight than this are kept, no further command is
	 * applied. A session that acknowledges what it gets has a few batches on the way,
	 * whose answers weigh as much only if each of them holds a large old value.
	 */
	private static final long MAX_RESULT_BYTES = 16 << 20;

	private static final int RESULT_OVERHEAD = 64;

	private final long id;

	private final String token;

	private final String node;

	private final long timeout;

	/**
	 * Answers to commands from the one after the last acknowledged on, without a gap.
	 */
	private final TreeMap<Long, NumberedResult> results = new TreeMap<>();

	private final ArrayDeque<NumberedEvent> outbox = new ArrayDeque<>();

	private final TreeSet<PrimitiveId> interests = new TreeSet<>();

	private long deadline;

	private long sequence;

	private long eventNumber;

	private long outboxBytes;

	private long resultBytes;

	SessionState(long id, String token, String node, long timeout, long deadline) {
		this.id = id;
		this.token = token;
		this.node = node;
		this.timeout = timeout;
		this.deadline = deadline;
	}

	SessionState(SnapshotPart.Session part) {
		this(part.id(), part.token(), part.node(), part.timeout(), part.deadline());
		this.sequence = part.sequence();
		part.results().forEach(this::keep);
		this.eventNumber = part.eventNumber();
		this.outbox.addAll(part.events());
		this.outbox.forEach((event) -> this.outboxBytes += event.event().weight());
	}

	long id() {
		return this.id;
	}

	String token() {
		return this.token;
	}

	String node() {
		return this.node;
	}

	long timeout() {
		return this.timeout;
	}

	long deadline() {
		return this.deadline;
	}

	void extend(long newDeadline) {
		this.deadline = newDeadline;
	}

	TreeSet<PrimitiveId> interests() {
		return this.interests;
	}

	long sequence() {
		return this.sequence;
	}

	long eventNumber() {
		return this.eventNumber;
	}

	NumberedResult record(Result result) {
		this.sequence++;
		NumberedResult numbered = new NumberedResult(this.sequence, result);
		keep(numbered);
		return numbered;
	}

	private void keep(NumberedResult result) {
		this.results.put(result.sequence(), result);
		this.resultBytes += weight(result);
	}

	private static long weight(NumberedResult result) {
		return result.result().weight() + RESULT_OVERHEAD;
	}

	/**
	 * Returns whether so many answers are kept that no further command may be applied
	 * until some are acknowledged.
	 * @return whether it is full
	 */
	boolean isFull() {
		return this.resultBytes >= MAX_RESULT_BYTES;
	}

	/**
	 * Returns the kept answer to a command that was applied before.
	 * @param number the number of the command, not greater than {@link #sequence()}
	 * @return the answer, or null if it was acknowledged
	 */
	@Nullable NumberedResult result(long number) {
		return this.results.get(number);
	}

	void acknowledge(long acknowledged, long eventsSeen) {
		Map<Long, NumberedResult> known = this.results.headMap(acknowledged, true);
		known.values().forEach((result) -> this.resultBytes -= weight(result));
		known.clear();
		while (!this.outbox.isEmpty() && this.outbox.element().number() <= eventsSeen) {
			this.outboxBytes -= this.outbox.remove().event().weight();
		}
	}

	/**
	 * Appends an event. Where the outbox is full its events are dropped and a
	 * {@link Event.Resync} takes their place.
	 * @param event the event
	 * @return the events to send now, one
	 */
	NumberedEvent append(Event event) {
		Event appended = event;
		if (this.outbox.size() >= MAX_EVENTS || this.outboxBytes >= MAX_EVENT_BYTES) {
			this.outbox.clear();
			this.outboxBytes = 0;
			appended = new Event.Resync();
		}
		this.eventNumber++;
		NumberedEvent numbered = new NumberedEvent(this.eventNumber, appended);
		this.outbox.add(numbered);
		this.outboxBytes += appended.weight();
		return numbered;
	}

	List<NumberedEvent> eventsAfter(long number) {
		return this.outbox.stream().filter((event) -> event.number() > number).toList();
	}

	SnapshotPart.Session capture() {
		return new SnapshotPart.Session(this.id, this.token, this.node, this.timeout, this.deadline, this.sequence,
				List.copyOf(this.results.values()), this.eventNumber, List.copyOf(this.outbox));
	}

}
