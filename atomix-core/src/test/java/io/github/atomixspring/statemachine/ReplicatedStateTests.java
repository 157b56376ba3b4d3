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
import io.github.atomixspring.protocol.ElectionMessages;
import io.github.atomixspring.protocol.LockMessages;
import io.github.atomixspring.protocol.LogEntry;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.protocol.MapMessages;
import io.github.atomixspring.protocol.NumberedResult;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.ValueMessages;
import io.github.atomixspring.protocol.Wire;
import org.junit.jupiter.api.Test;
import tools.jackson.dataformat.cbor.CBORMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReplicatedState}: the same log makes the same state.
 */
class ReplicatedStateTests {

	static StateLog randomLog(long seed, int entries) {
		Random random = new Random(seed);
		StateLog log = new StateLog(true);
		List<Long> sessions = new ArrayList<>();
		for (int i = 0; i < entries; i++) {
			log.elapse(random.nextInt(4));
			sessions.removeIf((session) -> !log.state().hasSession(session));
			if (sessions.size() < 5) {
				sessions.add(log.open("n" + i, 50 + random.nextInt(1_000)));
			}
			long session = sessions.get(random.nextInt(sessions.size()));
			if (random.nextInt(100) == 0) {
				log.close(session);
			}
			else if (random.nextInt(20) == 0) {
				log.append(new LogEntry.KeepAlive(session, 0, 0));
			}
			else if (!submit(log, session, command(random))) {
				sessions.remove(session);
			}
		}
		return log;
	}

	private static boolean submit(StateLog log, long session, Command command) {
		log.append();
		if (!log.state().hasSession(session)) {
			return false;
		}
		log.submit(session, command);
		return true;
	}

	private static Command command(Random random) {
		String name = "p" + random.nextInt(4);
		PrimitiveId lock = PrimitiveId.of(PrimitiveType.LOCK, name);
		PrimitiveId election = PrimitiveId.of(PrimitiveType.ELECTION, name);
		PrimitiveId map = PrimitiveId.of(PrimitiveType.MAP, name);
		PrimitiveId value = PrimitiveId.of(PrimitiveType.VALUE, name);
		PrimitiveId number = PrimitiveId.of(PrimitiveType.LONG, name);
		byte[] bytes = { (byte) random.nextInt(20) };
		long time = random.nextInt(100);
		return switch (random.nextInt(14)) {
			case 0, 1 -> new LockMessages.Acquire(lock, random.nextInt(3), random.nextBoolean(), time);
			case 2 -> new LockMessages.Release(lock, random.nextInt(3));
			case 3 -> new ElectionMessages.Campaign(election, "c" + random.nextInt(5));
			case 4 -> new ElectionMessages.Anoint(election, "c" + random.nextInt(5));
			case 5 -> new ElectionMessages.Resign(election, "c" + random.nextInt(5));
			case 6, 7 -> new MapMessages.Update(map, bytes, bytes, time, Condition.always(), true);
			case 8 -> new MapMessages.Update(map, bytes, null, 0, Condition.present(), true);
			case 9 -> new ValueMessages.Update(value, bytes, time, Condition.always());
			case 10 -> new LongMessages.Set(number, time, time);
			case 11 -> new LongMessages.Add(number, time);
			case 12 -> new Command.Listen(random.nextBoolean() ? map : election);
			default -> (random.nextInt(4) == 0) ? new Command.Destroy(random.nextBoolean() ? lock : map)
					: new Command.Unlisten(map);
		};
	}

	@Test
	void sameLogMakesTheSameState() {
		StateLog log = randomLog(31, 20_000);
		ReplicatedState replayed = new ReplicatedState();
		log.entries().forEach(replayed::apply);
		assertThat(StateLog.digest(replayed)).isEqualTo(log.digest());
		assertThat(replayed.nextDeadline()).isEqualTo(log.state().nextDeadline());
	}

	@Test
	void restoredStateGoesOnTheSame() {
		Random random = new Random(37);
		StateLog log = randomLog(41, 5_000);
		List<byte[]> entries = log.entries();
		for (int round = 0; round < 10; round++) {
			int snapshot = random.nextInt(entries.size());
			ReplicatedState whole = new ReplicatedState();
			entries.subList(0, snapshot).forEach(whole::apply);
			ReplicatedState restored = StateLog.copy(whole);
			assertThat(StateLog.digest(restored)).isEqualTo(StateLog.digest(whole));
			for (byte[] entry : entries.subList(snapshot, entries.size())) {
				assertThat(text(restored.apply(entry))).isEqualTo(text(whole.apply(entry)));
			}
			assertThat(StateLog.digest(restored)).isEqualTo(log.digest());
		}
	}

	private static String text(Applied applied) {
		StringBuilder text = new StringBuilder();
		text.append(applied.opened()).append(applied.ended()).append(applied.failure()).append(applied.verify());
		applied.deliveries().forEach((session, delivery) -> {
			text.append('\n').append(session);
			delivery.events().forEach((event) -> text.append(event.number()).append(StateLog.text(event.event())));
			for (NumberedResult result : delivery.results()) {
				text.append(result.sequence()).append(StateLog.text(result.result()));
			}
		});
		return text.toString();
	}

	@Test
	void captureDoesNotSeeWhatComesLater() {
		StateLog log = randomLog(43, 3_000);
		String digest = log.digest();
		ReplicatedState state = log.state();
		var parts = state.capture();
		long session = log.open("late", 10_000);
		Random random = new Random(47);
		for (int i = 0; i < 1_000; i++) {
			log.submit(session, command(random));
		}
		List<SnapshotPart> captured = new ArrayList<>();
		parts.forEachRemaining(captured::add);
		assertThat(StateLog.digest(ReplicatedState.restore(captured.iterator()))).isEqualTo(digest);
		assertThat(log.digest()).isNotEqualTo(digest);
	}

	@Test
	void unknownItemRefusesTheWholeEntry() {
		ReplicatedState state = new ReplicatedState();
		byte[] entry = new CBORMapper().writeValueAsBytes(new Object[] { 1, 5, new Object[] {
				new Object[] { "1", new Object[] { "t", "n", 50 } }, new Object[] { "99", new Object[0] } } });
		assertThat(state.apply(entry).failure()).contains("99");
		assertThat(state.time()).isZero();
		assertThat(state.hasToken("t")).isFalse();
	}

	@Test
	void verificationIsAskedFor() {
		ReplicatedState state = new ReplicatedState();
		assertThat(state.apply(Wire.LOG_ENTRY.encode(new LogEntry(1, 5, List.of(new LogEntry.Verify())))).verify())
			.isTrue();
		assertThat(state.apply(Wire.LOG_ENTRY.encode(new LogEntry(1, 5, List.of()))).verify()).isFalse();
	}

	@Test
	void whatFallsDueHappensBeforeTheItems() {
		StateLog log = new StateLog();
		PrimitiveId lock = PrimitiveId.of(PrimitiveType.LOCK, "l");
		long first = log.open("a", 10);
		long second = log.open("b", 1_000);
		log.submit(first, new LockMessages.Acquire(lock, 1, true, 0));
		log.submit(second, new LockMessages.Acquire(lock, 1, true, 0));
		log.elapse(10);
		Applied applied = log.append(new LogEntry.KeepAlive(first, 0, 0));
		assertThat(applied.ended()).contains(first);
		assertThat(log.events(second)).containsExactly(new LockMessages.Granted(lock, 1, 2));
	}

}
