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
import java.util.stream.Stream;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.Condition;
import io.github.atomixspring.protocol.LockMessages;
import io.github.atomixspring.protocol.LogEntry;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.protocol.MapMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of backups that are brought back into a {@link ReplicatedState}.
 */
class RestorationTests {

	private static final PrimitiveId MAP = PrimitiveId.of(PrimitiveType.MAP, "m");

	private static final PrimitiveId NUMBER = PrimitiveId.of(PrimitiveType.LONG, "n");

	private static final PrimitiveId LOCK = PrimitiveId.of(PrimitiveType.LOCK, "l");

	private static final byte[] KEY = { 1 };

	@ParameterizedTest
	@ValueSource(longs = { 0, 1_000_000_000 })
	void everythingButTheSessionsComesBack(long age) {
		ReplicatedState source = ReplicatedStateTests.randomLog(61, 5_000).state();
		StateLog log = StateLog.atLatestLevel(true);
		log.elapse(age);
		log.open("new", 10_000);
		bringBack(log, source, "b", false);
		source.endSessions();
		assertThat(primitives(log.state())).isEqualTo(primitives(source));
		assertThat(log.state().sessionCount()).isZero();
		assertThat(log.state().time()).isEqualTo(source.time());
		assertThat(log.state().stamp()).isEqualTo(age);
		assertThat(log.state().restored("b")).isEqualTo(Integer.MAX_VALUE);
		ReplicatedState replayed = new ReplicatedState();
		log.entries().forEach(replayed::apply);
		assertThat(StateLog.digest(replayed)).isEqualTo(log.digest());
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 30, 1_000_000_000 })
	void timesToLiveGoOnFromWhatWasLeft(long age) {
		StateLog source = new StateLog();
		source.elapse(500);
		long session = source.open("old", 60_000);
		source.submit(session, new MapMessages.Update(MAP, KEY, KEY, 100, Condition.always(), false));
		source.tick(40);
		StateLog log = StateLog.atLatestLevel(false);
		log.elapse(age);
		bringBack(log, source.state(), "b", false);
		assertThat(log.state().nextDeadline()).isEqualTo(age + 60);
		log.tick(59);
		assertThat(size(log.state())).isOne();
		log.tick(1);
		assertThat(size(log.state())).isZero();
	}

	@Test
	void whatSessionsHeldIsFreeAndTokensGoOn() {
		StateLog source = new StateLog();
		long session = source.open("old", 60_000);
		for (int i = 0; i < 20; i++) {
			source.submit(session, new LockMessages.Acquire(LOCK, 1, false, 0));
			source.submit(session, new LockMessages.Release(LOCK, 1));
		}
		long token = ((LockMessages.Reply) source.submit(session, new LockMessages.Acquire(LOCK, 1, false, 0))).token();
		source.submit(session, new LongMessages.Add(NUMBER, 5));
		StateLog log = StateLog.atLatestLevel(false);
		long before = log.open("new", 60_000);
		Applied applied = bringBack(log, source.state(), "b", false);
		assertThat(applied.ended()).contains(before);
		long after = log.open("new", 60_000);
		assertThat(after).isGreaterThan(before).isGreaterThan(session);
		assertThat(((LockMessages.Reply) log.submit(after, new LockMessages.Acquire(LOCK, 1, false, 0))).token())
			.isGreaterThan(token);
		assertThat(log.submit(after, new LongMessages.Add(NUMBER, 1))).isEqualTo(new LongMessages.Updated(true, 5, 6));
	}

	@Test
	void aStateWithPrimitivesIsReplacedOnlyByForce() {
		StateLog source = new StateLog();
		source.submit(source.open("old", 60_000), new LongMessages.Add(NUMBER, 5));
		StateLog log = StateLog.atLatestLevel(false);
		long session = log.open("new", 60_000);
		log.submit(session, new MapMessages.Update(MAP, KEY, KEY, 0, Condition.always(), false));
		String digest = log.digest();
		bringBack(log, source.state(), "b", false);
		assertThat(log.digest()).isEqualTo(digest);
		assertThat(log.state().restored("b")).isZero();
		long token = 0;
		for (int i = 0; i < 20; i++) {
			token = ((LockMessages.Reply) log.submit(session, new LockMessages.Acquire(LOCK, 1, false, 0))).token();
			log.submit(session, new LockMessages.Release(LOCK, 1));
		}
		bringBack(log, source.state(), "c", true);
		assertThat(log.state().restored("c")).isEqualTo(Integer.MAX_VALUE);
		assertThat(log.state().read(new Query.ListPrimitives(0))).isEqualTo(new Result.Primitives(List.of(NUMBER)));
		long after = log.open("new", 60_000);
		assertThat(((LockMessages.Reply) log.submit(after, new LockMessages.Acquire(LOCK, 1, false, 0))).token())
			.isGreaterThan(token);
	}

	@Test
	void aRestorationGoesOnAfterASnapshotInItsMiddle() {
		Random random = new Random(67);
		ReplicatedState source = ReplicatedStateTests.randomLog(71, 2_000).state();
		List<LogEntry.Restore> pieces = pieces(source, "b", false);
		assertThat(pieces).hasSizeGreaterThan(10);
		for (int round = 0; round < 10; round++) {
			StateLog whole = StateLog.atLatestLevel(false);
			StateLog restarted = StateLog.atLatestLevel(false);
			int restart = random.nextInt(pieces.size());
			for (int i = 0; i < pieces.size(); i++) {
				if (i == restart) {
					restarted.restart();
				}
				whole.append(pieces.get(i));
				restarted.append(pieces.get(i));
				assertThat(restarted.digest()).isEqualTo(whole.digest());
			}
			restarted.restart();
			whole.tick(5);
			restarted.tick(5);
			assertThat(restarted.digest()).isEqualTo(whole.digest());
			assertThat(restarted.state().restored("b")).isEqualTo(Integer.MAX_VALUE);
			assertThat(restarted.state().stamp()).isEqualTo(whole.state().stamp());
		}
	}

	@Test
	void whatIsNoBackupChangesNothing() {
		StateLog log = StateLog.atLatestLevel(false);
		log.open("n", 60_000);
		String digest = log.digest();
		log.append(new LogEntry.Restore("b", true, 0, true, List.of(new byte[] { 1, 2, 3 })));
		log.append(new LogEntry.Restore("b", true, -1, true, List.of()));
		log.append(new LogEntry.Restore("b", true, 7, true, List.of()));
		assertThat(log.digest()).isEqualTo(digest);
		List<LogEntry.Restore> pieces = pieces(ReplicatedStateTests.randomLog(73, 200).state(), "b", true);
		List<LogEntry.Restore> others = pieces(ReplicatedStateTests.randomLog(79, 200).state(), "c", true);
		log.append(pieces.get(0), pieces.get(1));
		// Another one begins, and the first cannot go on.
		log.append(others.get(0));
		log.append(pieces.get(2));
		others.subList(1, others.size()).forEach(log::append);
		assertThat(log.state().restored("b")).isZero();
		assertThat(log.state().restored("c")).isZero();
		assertThat(log.digest()).isEqualTo(digest);
	}

	private static Applied bringBack(StateLog log, ReplicatedState source, String backup, boolean forced) {
		List<LogEntry.Restore> pieces = pieces(source, backup, forced);
		Applied last = log.append(pieces.get(0));
		for (LogEntry.Restore piece : pieces.subList(1, pieces.size())) {
			last = log.append(piece);
		}
		return last;
	}

	private static List<LogEntry.Restore> pieces(ReplicatedState source, String backup, boolean forced) {
		List<byte[]> parts = StateLog.encode(source);
		List<LogEntry.Restore> pieces = new ArrayList<>();
		for (int i = 0; i < parts.size(); i += 2) {
			List<byte[]> content = parts.subList(i, Math.min(i + 2, parts.size()));
			pieces.add(new LogEntry.Restore(backup, forced, pieces.size(), i + 2 >= parts.size(), content));
		}
		return pieces;
	}

	private static List<String> primitives(ReplicatedState state) {
		Wire<SnapshotPart> wire = Wire.of(SnapshotPart.class);
		return StateLog.encode(state)
			.stream()
			.map(wire::decode)
			.flatMap((part) -> (part instanceof SnapshotPart.State || part instanceof SnapshotPart.Level
					|| part instanceof SnapshotPart.Restored) ? Stream.empty()
							: Stream.of(java.util.HexFormat.of().formatHex(wire.encode(part))))
			.toList();
	}

	private static long size(ReplicatedState state) {
		return ((Result.Number) state.read(new MapMessages.Size(MAP))).value();
	}

}
