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

import java.util.Arrays;
import java.util.List;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.protocol.NumberedEvent;
import io.github.atomixspring.protocol.PrimitiveId;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EventNumbers}.
 */
class EventNumbersTests {

	private final EventNumbers numbers = new EventNumbers();

	@Test
	void eventsInOrderAreTaken() {
		assertThat(this.numbers.gap(events(1, 2))).isNull();
		assertThat(this.numbers.take(events(1, 2))).isEqualTo(events(1, 2));
		assertThat(this.numbers.seen()).isEqualTo(2);
	}

	@Test
	void repeatedEventsAreLeftOut() {
		this.numbers.take(events(1, 2));
		assertThat(this.numbers.gap(events(1, 2, 3))).isNull();
		assertThat(this.numbers.take(events(1, 2, 3))).isEqualTo(events(3));
		assertThat(this.numbers.take(events(2))).isEmpty();
		assertThat(this.numbers.seen()).isEqualTo(3);
	}

	@Test
	void gapIsFoundAndTakesNothing() {
		this.numbers.take(events(1));
		assertThat(this.numbers.gap(events(4))).isEqualTo(new EventNumbers.Gap(2, 3));
		assertThat(this.numbers.gap(events(2, 5))).isEqualTo(new EventNumbers.Gap(3, 4));
		assertThat(this.numbers.gap(events(2, 2))).isNotNull();
		assertThat(this.numbers.seen()).isEqualTo(1);
	}

	@Test
	void resyncStandsForAllEventsBeforeIt() {
		List<NumberedEvent> events = List.of(new NumberedEvent(7, new Event.Resync()), event(8));
		assertThat(this.numbers.gap(events)).isNull();
		assertThat(this.numbers.take(events)).isEqualTo(events);
		assertThat(this.numbers.seen()).isEqualTo(8);
	}

	@Test
	void numbersBeginAgainWithAnotherSession() {
		this.numbers.take(events(1, 2));
		this.numbers.clear();
		assertThat(this.numbers.take(events(1))).isEqualTo(events(1));
	}

	private static List<NumberedEvent> events(long... numbers) {
		return Arrays.stream(numbers).mapToObj(EventNumbersTests::event).toList();
	}

	private static NumberedEvent event(long number) {
		return new NumberedEvent(number,
				new LongMessages.Changed(PrimitiveId.of(PrimitiveType.LONG, "x"), false, number - 1, number, number));
	}

}
