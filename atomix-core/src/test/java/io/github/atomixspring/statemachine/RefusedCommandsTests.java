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

import java.util.List;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.FeatureLevel;
import io.github.atomixspring.protocol.LogEntry;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.protocol.NumberedResult;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Sequenced;
import io.github.atomixspring.protocol.Wire;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of commands that the leader does not take: they have an answer and no effect.
 */
class RefusedCommandsTests {

	private static final PrimitiveId LONG = PrimitiveId.of(PrimitiveType.LONG, "n");

	private static final Result FULL = ErrorCode.STORAGE.failure("full");

	private final StateLog log = new StateLog();

	private long session;

	@BeforeEach
	void open() {
		this.log.append(new LogEntry.Raise(FeatureLevel.REFUSALS));
		this.session = this.log.open("n1", 1000);
	}

	private Applied refuse(long acknowledged, long first, long last) {
		return this.log
			.append(new LogEntry.Refusal(this.session, acknowledged, 0, first, last, ErrorCode.STORAGE.code(), "full"));
	}

	private Applied add(long sequence) {
		return this.log.append(new LogEntry.Batch(this.session, 0, 0,
				List.of(new Sequenced(sequence, Wire.COMMAND.encode(new LongMessages.Add(LONG, 1))))));
	}

	private List<NumberedResult> results(Applied applied) {
		Applied.Delivery delivery = applied.deliveries().get(this.session);
		return (delivery != null) ? delivery.results() : List.of();
	}

	@Test
	void refusedCommandsAreAnsweredAndTheNextOnesTakeEffect() {
		assertThat(results(refuse(0, 1, 3))).containsExactly(new NumberedResult(1, FULL), new NumberedResult(2, FULL),
				new NumberedResult(3, FULL));
		assertThat(results(add(4))).extracting(NumberedResult::result)
			.containsExactly(new LongMessages.Updated(true, 0, 1));
		assertThat(this.log.state().read(new LongMessages.Get(LONG))).isEqualTo(new Result.Number(1));
	}

	@Test
	void whatWasAppliedBeforeKeepsItsAnswer() {
		Result first = results(add(1)).get(0).result();
		assertThat(results(refuse(0, 1, 2))).containsExactly(new NumberedResult(1, first), new NumberedResult(2, FULL));
	}

	@Test
	void whatWasRefusedStaysRefused() {
		refuse(0, 1, 1);
		assertThat(results(add(1))).containsExactly(new NumberedResult(1, FULL));
	}

	@Test
	void nothingIsRefusedBelowItsLevel() {
		StateLog older = new StateLog();
		long opened = older.open("n1", 1000);
		older.append(new LogEntry.Refusal(opened, 0, 0, 1, 1, ErrorCode.STORAGE.code(), "full"));
		assertThat(older.submit(opened, new LongMessages.Add(LONG, 1))).isEqualTo(new LongMessages.Updated(true, 0, 1));
	}

	@Test
	void aGapIsLeftAlone() {
		assertThat(results(refuse(0, 2, 3))).isEmpty();
		assertThat(results(add(1))).hasSize(1);
	}

	@Test
	void aRefusalKeepsTheSessionAlive() {
		this.log.elapse(900);
		refuse(0, 1, 1);
		this.log.tick(900);
		assertThat(this.log.state().hasSession(this.session)).isTrue();
	}

	@Test
	void anUnknownSessionHasEnded() {
		this.session = 77;
		assertThat(refuse(0, 1, 1).ended()).containsExactly(77L);
	}

	@ParameterizedTest
	@CsvSource({ "0, 1", "2, 1", "-9223372036854775808, 9223372036854775807", "1, 9223372036854775807", "1, 10001",
			"-5, -1" })
	void rangesThatAreNoneAreLeftAlone(long first, long last) {
		assertThat(results(refuse(0, first, last))).isEmpty();
		assertThat(results(add(1))).hasSize(1);
	}

}
