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

package io.github.atomixspring.server;

import java.util.ArrayList;
import java.util.List;

import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.NumberedEvent;
import io.github.atomixspring.protocol.NumberedResult;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.ServerFrame;

/**
 * Divides what an entry did to a session into frames that a link can carry: small
 * commands may have large answers, and a frame that is refused would be refused again on
 * each new link.
 */
final class AppliedFrames {

	/**
	 * The weight of a frame that surely is below what a link takes.
	 */
	static final long MAX_BYTES = 3 << 20;

	/**
	 * Up to this weight things share a frame. What weighs more has one of its own, which
	 * an event with an old and a new value does not fill.
	 */
	private static final long MAX_TOGETHER = 1 << 20;

	private static final long OVERHEAD = 64;

	private static final int BYTES_PER_CHARACTER = 3;

	private final long index;

	private final List<ServerFrame.Applied> frames = new ArrayList<>();

	private List<NumberedEvent> events = new ArrayList<>();

	private List<NumberedResult> results = new ArrayList<>();

	private long bytes;

	private AppliedFrames(long index) {
		this.index = index;
	}

	/**
	 * Returns the frames: the events before the answers, each in their order.
	 * @param index the log index
	 * @param events the events
	 * @param results the answers
	 * @return the frames, at least one
	 */
	static List<ServerFrame.Applied> of(long index, List<NumberedEvent> events, List<NumberedResult> results) {
		AppliedFrames frames = new AppliedFrames(index);
		for (NumberedEvent event : events) {
			frames.makeRoom(weight(event.event()));
			frames.events.add(event);
		}
		for (NumberedResult result : results) {
			frames.makeRoom(result.result().weight() + OVERHEAD);
			frames.results.add(result);
		}
		frames.finish();
		return frames.frames;
	}

	private static long weight(Event event) {
		PrimitiveId source = event.source();
		return event.weight() + OVERHEAD + ((source != null) ? (long) source.name().length() * BYTES_PER_CHARACTER : 0);
	}

	private void makeRoom(long more) {
		if (this.bytes > 0 && this.bytes + more > MAX_TOGETHER) {
			finish();
		}
		this.bytes += more;
	}

	private void finish() {
		this.frames.add(new ServerFrame.Applied(this.index, this.events, this.results));
		this.events = new ArrayList<>();
		this.results = new ArrayList<>();
		this.bytes = 0;
	}

}
