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
import java.util.stream.Stream;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.FeatureLevel;
import io.github.atomixspring.protocol.LogEntry;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Sequenced;
import io.github.atomixspring.protocol.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.dataformat.cbor.CBORMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of what the feature level of a cluster decides.
 */
class FeatureLevelTests {

	private static final PrimitiveId NUMBER = PrimitiveId.of(PrimitiveType.LONG, "n");

	private static byte[] entry(long stamp, LogEntry.Item... items) {
		return Wire.LOG_ENTRY.encode(new LogEntry(LogEntry.VERSION, stamp, List.of(items)));
	}

	private static LogEntry.Restore restoration() {
		StateLog source = new StateLog();
		source.submit(source.open("old", 60_000), new LongMessages.Add(NUMBER, 5));
		return new LogEntry.Restore("b", true, 0, true, StateLog.encode(source.state()));
	}

	@Test
	void whatALaterLevelBroughtIsRefusedWithAllThatComesWithItAsIfItWereUnknown() {
		ReplicatedState state = new ReplicatedState();
		String digest = StateLog.digest(state);
		Applied applied = state.apply(entry(100, new LogEntry.Open("t", "n", 1000), restoration()));
		assertThat(applied.failure()).isEqualTo("Unknown kind of LogEntry: 6");
		assertThat(StateLog.digest(state)).isEqualTo(digest);
		assertThat(state.time()).isZero();
		state.apply(entry(100, new LogEntry.Raise(2)));
		assertThat(state.level()).isEqualTo(2);
		assertThat(state.apply(entry(100, restoration())).failure()).isNull();
		assertThat(state.restored("b")).isEqualTo(Integer.MAX_VALUE);
	}

	@Test
	void softwareThatDoesNotKnowTheNextLevelStopsThereAndBeforeAgreesWithTheNewer() {
		ReplicatedState old = new ReplicatedState(FeatureLevel.BASE);
		ReplicatedState young = new ReplicatedState();
		for (byte[] entry : List.of(entry(5, new LogEntry.Open("t", "n", 1000)), entry(7, restoration()),
				entry(9, new LogEntry.Verify()))) {
			old.apply(entry);
			young.apply(entry);
			assertThat(StateLog.digest(old)).isEqualTo(StateLog.digest(young));
		}
		byte[] raise = entry(50, new LogEntry.Open("u", "n", 1000), new LogEntry.Raise(2));
		String before = StateLog.digest(old);
		assertThatExceptionOfType(UnknownLevelException.class).isThrownBy(() -> old.apply(raise))
			.withMessage("The cluster uses the feature level 2, but this software knows levels up to 1: "
					+ "run the newer software on this node");
		assertThat(StateLog.digest(old)).as("nothing of the entry was applied").isEqualTo(before);
		assertThat(young.apply(raise).failure()).isNull();
	}

	@ParameterizedTest
	@ValueSource(ints = { Integer.MIN_VALUE, -1, 0, 1, 3, 9, Integer.MAX_VALUE })
	void onlyTheNextLevelIsReached(int wrong) {
		ReplicatedState state = new ReplicatedState();
		assertThat(state.apply(entry(1, new LogEntry.Raise(wrong))).failure()).isNull();
		assertThat(state.level()).isEqualTo(FeatureLevel.BASE);
		state.apply(entry(1, new LogEntry.Raise(2)));
		state.apply(entry(1, new LogEntry.Raise(2)));
		assertThat(state.level()).isEqualTo(2);
	}

	@Test
	void theLevelIsPartOfTheSnapshotAndTheFirstOneLeavesNoTrace() {
		StateLog log = StateLog.atLatestLevel(false);
		String digest = log.digest();
		log.restart();
		assertThat(log.state().level()).isEqualTo(FeatureLevel.LATEST);
		assertThat(log.digest()).isEqualTo(digest);
		Wire<SnapshotPart> wire = Wire.of(SnapshotPart.class);
		assertThat(StateLog.encode(new StateLog().state()).stream().map(wire::decode))
			.noneMatch((part) -> part instanceof SnapshotPart.Level);
		assertThat(digest).isNotEqualTo(new StateLog().digest());
	}

	@Test
	void commandsOfALaterLevelAreAnsweredAsIfTheyWereUnknown() {
		ReplicatedState state = new ReplicatedState(FeatureLevel.LATEST, (command) -> FeatureLevel.LATEST);
		byte[] command = Wire.COMMAND.encode(new LongMessages.Add(NUMBER, 1));
		state.apply(entry(0, new LogEntry.Open("t", "n", 1000)));
		Result answer = answer(state, 1, command);
		// What software says that does not have the command.
		byte[] unknown = new CBORMapper().writeValueAsBytes(List.of("987654", List.of()));
		Result expected = answer(state, 2, unknown);
		assertThat(answer.toString().replaceAll("Command: [0-9]+", "Command: 987654")).isEqualTo(expected.toString())
			.contains("Unknown kind of Command: 987654");
		assertThat(state.primitiveCount()).isZero();
		state.apply(entry(0, new LogEntry.Raise(2)));
		assertThat(answer(state, 3, command)).isEqualTo(new LongMessages.Updated(true, 0, 1));
	}

	private static Result answer(ReplicatedState state, long sequence, byte[] command) {
		return state.apply(entry(0, new LogEntry.Batch(1, 0, 0, List.of(new Sequenced(sequence, command)))))
			.deliveries()
			.get(1L)
			.results()
			.get(0)
			.result();
	}

	@Test
	void aBackupOfALaterLevelIsNotBroughtBack() {
		StateLog source = StateLog.atLatestLevel(false);
		source.submit(source.open("old", 60_000), new LongMessages.Add(NUMBER, 5));
		List<byte[]> parts = StateLog.encode(ReplicatedState
			.restore(Stream.<SnapshotPart>of(new SnapshotPart.State(0, 0, 0), new SnapshotPart.Level(9)).iterator()));
		StateLog log = StateLog.atLatestLevel(false);
		String digest = log.digest();
		log.append(new LogEntry.Restore("b", true, 0, true, parts));
		assertThat(log.digest()).isEqualTo(digest);
		assertThat(log.state().restored("b")).isZero();
	}

}
