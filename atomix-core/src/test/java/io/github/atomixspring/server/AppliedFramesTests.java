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
import java.util.Random;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.protocol.NumberedEvent;
import io.github.atomixspring.protocol.NumberedResult;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.ServerFrame;
import io.github.atomixspring.protocol.Wire;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AppliedFrames}.
 */
class AppliedFramesTests {

	private static final PrimitiveId MAP = PrimitiveId.of(PrimitiveType.MAP, "\u20ac".repeat(256));

	private static final int LARGEST_FRAME = 4 << 20;

	@Test
	void framesStayBelowWhatALinkTakesAndKeepTheOrder() {
		Random random = new Random(41);
		for (int round = 0; round < 20; round++) {
			List<NumberedEvent> events = new ArrayList<>();
			List<NumberedResult> results = new ArrayList<>();
			for (int i = random.nextInt(30); i > 0; i--) {
				byte[] value = new byte[random.nextInt(1 << 20)];
				events.add(new NumberedEvent(events.size() + 1,
						new Event.EntryChanged(MAP, Event.EntryChanged.WRITTEN, new byte[0], value, value, 1)));
				results.add(new NumberedResult(results.size() + 1,
						new Result.Updated(true, (i % 3 == 0) ? null : value, 1, 2)));
			}
			assertComplete(events, results);
		}
	}

	@Test
	void manySmallThingsAreDividedToo() {
		List<NumberedEvent> events = new ArrayList<>();
		List<NumberedResult> results = new ArrayList<>();
		for (int i = 1; i <= 50_000; i++) {
			events.add(new NumberedEvent(i,
					new LongMessages.Changed(MAP, false, Long.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE)));
			results.add(new NumberedResult(i, new LongMessages.Updated(true, Long.MIN_VALUE, Long.MAX_VALUE)));
		}
		assertThat(assertComplete(events, results)).isGreaterThan(20);
	}

	@Test
	void usuallyThereIsOneFrame() {
		assertThat(assertComplete(List.of(), List.of())).isEqualTo(1);
		assertThat(assertComplete(List.of(new NumberedEvent(1, new LongMessages.Changed(MAP, false, 0, 1, 1))),
				List.of(new NumberedResult(1, new Result.Done()))))
			.isEqualTo(1);
	}

	private static int assertComplete(List<NumberedEvent> events, List<NumberedResult> results) {
		List<NumberedEvent> foundEvents = new ArrayList<>();
		List<NumberedResult> foundResults = new ArrayList<>();
		List<ServerFrame.Applied> frames = AppliedFrames.of(7, events, results);
		for (ServerFrame.Applied frame : frames) {
			assertThat(frame.index()).isEqualTo(7);
			assertThat(Wire.SERVER_FRAME.encode(frame)).hasSizeLessThan(LARGEST_FRAME);
			// An answer never comes before an event.
			assertThat(foundResults.isEmpty() || frame.events().isEmpty()).isTrue();
			foundEvents.addAll(frame.events());
			foundResults.addAll(frame.results());
		}
		assertThat(foundEvents).isEqualTo(events);
		assertThat(foundResults).isEqualTo(results);
		return frames.size();
	}

}
