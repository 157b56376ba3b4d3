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

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Condition;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.LogEntry;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.protocol.MapMessages;
import io.github.atomixspring.protocol.NumberedEvent;
import io.github.atomixspring.protocol.NumberedResult;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Sequenced;
import io.github.atomixspring.protocol.Wire;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SessionState} as {@link ReplicatedState} uses it.
 */
class SessionStateTests {

	private static final PrimitiveId LONG = PrimitiveId.of(PrimitiveType.LONG, "n");

	private static final PrimitiveId MAP = PrimitiveId.of(PrimitiveType.MAP, "m");

	private static final byte[] INCREMENT = Wire.COMMAND.encode(new LongMessages.Add(LONG, 1));

	private final StateLog log = new StateLog();

	private final long session = this.log.open("a", 10_000);

	private List<NumberedResult> increment(long acknowledged, long first, long last) {
		List<Sequenced> commands = new ArrayList<>();
		for (long sequence = first; sequence <= last; sequence++) {
			commands.add(new Sequenced(sequence, INCREMENT));
		}
		Applied.Delivery delivery = this.log.append(new LogEntry.Batch(this.session, acknowledged, 0, commands))
			.deliveries()
			.get(this.session);
		return (delivery != null) ? delivery.results() : List.of();
	}

	private static NumberedResult incremented(long sequence) {
		return new NumberedResult(sequence, new LongMessages.Updated(true, sequence - 1, sequence));
	}

	private long value() {
		return ((Result.Number) this.log.state().read(new LongMessages.Get(LONG))).value();
	}

	@Test
	void commandAfterGapIsLeftAlone() {
		assertThat(increment(0, 2, 3)).isEmpty();
		assertThat(value()).isZero();
		assertThat(increment(0, 1, 2)).containsExactly(incremented(1), incremented(2));
		assertThat(increment(0, 4, 4)).isEmpty();
		assertThat(value()).isEqualTo(2);
	}

	@Test
	void repeatedCommandIsAnsweredWithTheKeptResult() {
		increment(0, 1, 3);
		this.log.restart();
		assertThat(increment(1, 1, 4)).containsExactly(incremented(2), incremented(3), incremented(4));
		assertThat(value()).isEqualTo(4);
	}

	@Test
	void acknowledgedResultsAreDropped() {
		increment(0, 1, 5);
		increment(4, 6, 6);
		SnapshotPart.Session part = part();
		assertThat(part.results()).containsExactly(incremented(5), incremented(6));
		assertThat(part.sequence()).isEqualTo(6);
		assertThat(increment(4, 1, 4)).isEmpty();
	}

	@Test
	void sessionThatAcknowledgesNothingIsStoppedAndGoesOnWhereItWas() {
		Command write = new MapMessages.Update(MAP, new byte[0], new byte[1 << 20], 0, Condition.always(), true);
		byte[] encoded = Wire.COMMAND.encode(write);
		long applied = 0;
		long stopped = 0;
		for (long sequence = 1; sequence <= 40; sequence++) {
			Applied entry = this.log
				.append(new LogEntry.Batch(this.session, 0, 0, List.of(new Sequenced(sequence, encoded))));
			if (entry.deliveries().containsKey(this.session)) {
				applied = sequence;
				assertThat(entry.stopped()).isEmpty();
			}
			else {
				stopped++;
				assertThat(entry.stopped()).containsExactly(this.session);
			}
			if (sequence % 7 == 0) {
				this.log.restart();
			}
		}
		// The first answer holds no old value.
		assertThat(applied).isEqualTo(17);
		assertThat(stopped).isEqualTo(23);
		assertThat(part().results()).hasSize(17);
		Applied repeated = this.log.append(new LogEntry.Batch(this.session, 0, 0, List.of(new Sequenced(5, encoded))));
		assertThat(repeated.deliveries().get(this.session).results()).hasSize(1);
		assertThat(repeated.stopped()).isEmpty();
		Applied resent = this.log.append(new LogEntry.Batch(this.session, 3, 0, List.of(new Sequenced(18, encoded),
				new Sequenced(19, encoded), new Sequenced(20, encoded), new Sequenced(21, encoded))));
		assertThat(resent.deliveries().get(this.session).results()).extracting(NumberedResult::sequence)
			.containsExactly(18L, 19L);
		assertThat(resent.stopped()).containsExactly(this.session);
		this.log.restart();
		assertThat(this.log.append(new LogEntry.KeepAlive(this.session, 19, 0)).stopped()).isEmpty();
		assertThat(this.log.append(new LogEntry.Batch(this.session, 19, 0, List.of(new Sequenced(20, encoded))))
			.deliveries()
			.get(this.session)
			.results()).hasSize(1);
	}

	@Test
	void smallAnswersOfManyBatchesAreKept() {
		long count = 0;
		Applied last;
		do {
			List<Sequenced> commands = new ArrayList<>();
			for (int i = 0; i < 1_000; i++) {
				commands.add(new Sequenced(++count, INCREMENT));
			}
			last = this.log.append(new LogEntry.Batch(this.session, 0, 0, commands));
		}
		while (last.stopped().isEmpty());
		// Far more than the batches of a session hold together.
		assertThat(value()).isGreaterThan(200_000).isLessThan(count);
	}

	private SnapshotPart.Session part() {
		return (SnapshotPart.Session) Wire.of(SnapshotPart.class).decode(StateLog.encode(this.log.state()).get(1));
	}

	@Test
	void commandsTakeEffectExactlyOnceWhateverIsRepeated() {
		Random random = new Random(29);
		long acknowledged = 0;
		for (int i = 0; i < 100_000; i++) {
			long last = value();
			long first = Math.max(acknowledged + 1, last - random.nextInt(4) + random.nextInt(4));
			long end = first + random.nextInt(4);
			if (first > 0) {
				List<NumberedResult> results = increment(acknowledged, first, end);
				long expectedLast = (first <= last + 1) ? Math.max(last, end) : last;
				assertThat(value()).isEqualTo(expectedLast);
				List<NumberedResult> expected = new ArrayList<>();
				for (long sequence = first; sequence <= Math.min(end, expectedLast); sequence++) {
					expected.add(incremented(sequence));
				}
				assertThat(results).isEqualTo(expected);
			}
			if (random.nextInt(3) == 0) {
				acknowledged += random.nextInt((int) (value() - acknowledged) + 1);
			}
			if (random.nextInt(200) == 0) {
				this.log.restart();
			}
		}
		assertThat(value()).isGreaterThan(50_000);
	}

	@Test
	void manyRepeatedCommandsAreAnsweredFast() {
		for (int i = 0; i < 100; i++) {
			increment(0, i * 1_000 + 1, (i + 1) * 1_000);
		}
		List<NumberedResult> results = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			results.addAll(increment(0, i * 1_000 + 1, (i + 1) * 1_000));
		}
		assertThat(results).hasSize(100_000).endsWith(incremented(100_000));
	}

	@Test
	void sessionExpiresNeverEarlyAndIsExtendedByWhatItSends() {
		this.log.elapse(9_999);
		this.log.append(new LogEntry.KeepAlive(this.session, 0, 0));
		this.log.elapse(9_999);
		increment(0, 1, 1);
		this.log.restart();
		assertThat(this.log.tick(9_999).ended()).isEmpty();
		assertThat(this.log.state().hasSession(this.session)).isTrue();
		assertThat(this.log.tick(1).ended()).containsExactly(this.session);
		assertThat(this.log.append(new LogEntry.KeepAlive(this.session, 0, 0)).ended()).containsExactly(this.session);
		assertThat(increment(0, 2, 2)).isEmpty();
		assertThat(value()).isEqualTo(1);
	}

	@Test
	void timeNeverGoesBack() {
		this.log.tick(500);
		this.log.elapse(-400);
		this.log.append();
		assertThat(this.log.state().time()).isEqualTo(500);
	}

	@Test
	void repeatedOpeningAnswersTheSameSession() {
		Applied first = this.log.append(new LogEntry.Open("t", "b", 5_000));
		this.log.restart();
		Applied second = this.log.append(new LogEntry.Open("t", "b", 5_000));
		assertThat(second.opened()).isEqualTo(first.opened());
		assertThat(this.log.state().hasToken("t")).isTrue();
		this.log.close(first.opened().get("t"));
		assertThat(this.log.state().hasToken("t")).isFalse();
		assertThat(this.log.append(new LogEntry.Open("t", "b", 5_000)).opened().get("t"))
			.isGreaterThan(first.opened().get("t"));
	}

	@Test
	void sessionsHaveALimit() {
		ReplicatedState state = new ReplicatedState();
		for (int i = 0; i < 100; i++) {
			state.apply(openings(i * 1000, 1000));
		}
		assertThat(state.hasToken("t99999")).isTrue();
		Applied applied = state.apply(openings(100_000, 1));
		assertThat(applied.failure()).isNull();
		assertThat(applied.opened()).isEmpty();
		assertThat(state.hasToken("t100000")).isFalse();
		// Those that are known are answered.
		assertThat(state.apply(openings(7, 1)).opened()).containsEntry("t7", 8L);
		state.apply(Wire.LOG_ENTRY.encode(new LogEntry(LogEntry.VERSION, 0, List.of(new LogEntry.Close(8)))));
		assertThat(state.apply(openings(100_000, 1)).opened()).containsKey("t100000");
	}

	private static byte[] openings(int first, int count) {
		List<LogEntry.Item> openings = new ArrayList<>();
		for (int i = first; i < first + count; i++) {
			openings.add(new LogEntry.Open("t" + i, "n", 10_000));
		}
		return Wire.LOG_ENTRY.encode(new LogEntry(LogEntry.VERSION, 0, openings));
	}

	@Test
	void eventsAreKeptUntilSeen() {
		long other = this.log.open("b", 60_000);
		this.log.submit(other, new Command.Listen(LONG));
		increment(0, 1, 5);
		this.log.restart();
		assertThat(this.log.state().eventsAfter(other, 2)).extracting(NumberedEvent::number)
			.containsExactly(3L, 4L, 5L);
		this.log.append(new LogEntry.KeepAlive(other, 0, 4));
		assertThat(this.log.state().eventsAfter(other, 0)).extracting(NumberedEvent::number).containsExactly(5L);
	}

	@Test
	void fullOutboxIsReplacedByResync() {
		long other = this.log.open("b", 60_000);
		this.log.submit(other, new Command.Listen(LONG));
		increment(0, 1, 10_000);
		this.log.restart();
		assertThat(this.log.state().eventsAfter(other, 0)).hasSize(10_000);
		increment(0, 10_001, 10_002);
		assertThat(this.log.state().eventsAfter(other, 0)).hasSize(2)
			.first()
			.isEqualTo(new NumberedEvent(10_001, new Event.Resync()));
	}

	@Test
	void largeOutboxIsReplacedByResync() {
		long other = this.log.open("b", 60_000);
		this.log.submit(other, new Command.Listen(MAP));
		long writer = this.log.open("c", 60_000);
		Command write = new MapMessages.Update(MAP, new byte[0], new byte[1 << 20], 0, Condition.always(), false);
		int most = 0;
		for (int i = 0; i < 20; i++) {
			this.log.submit(writer, write);
			most = Math.max(most, this.log.state().eventsAfter(other, 0).size());
		}
		assertThat(most).isBetween(4, 9);
		assertThat(this.log.state().eventsAfter(other, 0)).extracting(NumberedEvent::event)
			.first()
			.isEqualTo(new Event.Resync());
	}

	@Test
	void listenersOfEndedSessionsAreForgotten() {
		PrimitiveId[] ids = { LONG, MAP, PrimitiveId.of(PrimitiveType.VALUE, "v"),
				PrimitiveId.of(PrimitiveType.ELECTION, "e"), PrimitiveId.of(PrimitiveType.LOCK, "l") };
		for (PrimitiveId id : ids) {
			this.log.submit(this.session, new Command.Listen(id));
		}
		assertThat(this.log.state().read(new Query.ListPrimitives(0)))
			.satisfies((result) -> assertThat(((Result.Primitives) result).ids()).hasSize(5));
		this.log.close(this.session);
		assertThat(this.log.state().read(new Query.ListPrimitives(0))).isEqualTo(new Result.Primitives(List.of()));
		assertThat(this.log.state().nextDeadline()).isEqualTo(ReplicatedState.NEVER);
		assertThat(StateLog.encode(this.log.state())).hasSize(1);
	}

	@Test
	void destroyedPrimitivesAreForgottenByTheirListeners() {
		long other = this.log.open("b", 60_000);
		this.log.submit(other, new Command.Listen(MAP));
		this.log.submit(this.session, new Command.Destroy(MAP));
		assertThat(this.log.events(other)).containsExactly(new Event.Destroyed(MAP));
		assertThat(this.log.state().interests(other)).isZero();
	}

}
