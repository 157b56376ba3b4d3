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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.Condition;
import io.github.atomixspring.protocol.FeatureLevel;
import io.github.atomixspring.protocol.LogEntry;
import io.github.atomixspring.protocol.MapMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Sequenced;
import io.github.atomixspring.protocol.Wire;
import io.github.atomixspring.statemachine.ReplicatedState;
import io.github.atomixspring.statemachine.SnapshotPart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SnapshotFile}.
 */
class SnapshotFileTests {

	private static final PrimitiveId MAP = PrimitiveId.of(PrimitiveType.MAP, "prices");

	@TempDir
	private Path directory;

	static ReplicatedState state(int entries) {
		ReplicatedState state = new ReplicatedState();
		state.apply(Wire.LOG_ENTRY.encode(new LogEntry(1, 0, List.of(new LogEntry.Open("t", "n1", 10_000)))));
		for (int i = 1; i <= entries; i++) {
			byte[] key = Integer.toString(i).getBytes(StandardCharsets.US_ASCII);
			byte[] command = Wire.COMMAND
				.encode(new MapMessages.Update(MAP, key, new byte[20], i % 3, Condition.always(), false));
			state.apply(Wire.LOG_ENTRY.encode(
					new LogEntry(1, 0, List.of(new LogEntry.Batch(1, i - 1, 0, List.of(new Sequenced(i, command)))))));
		}
		return state;
	}

	private Path write(ReplicatedState state) throws IOException {
		Path file = this.directory.resolve("snapshot.1_2");
		SnapshotFile.write(file, FeatureLevel.BASE, state.capture());
		return file;
	}

	private static void assertRefused(Path file, String... texts) {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> SnapshotFile.read(file, FeatureLevel.LATEST))
			.withMessageContaining(file.toString())
			.satisfies((ex) -> {
				for (String text : texts) {
					assertThat(ex).hasMessageContaining(text);
				}
			});
	}

	@Test
	void stateSurvivesTheRoundTrip() throws IOException {
		ReplicatedState state = state(2_500);
		ReplicatedState read = SnapshotFile.read(write(state), FeatureLevel.LATEST);
		assertThat(SnapshotFile.digest(read.capture())).isEqualTo(SnapshotFile.digest(state.capture()));
		assertThat(read.nextDeadline()).isEqualTo(state.nextDeadline());
		assertThat(Files.list(this.directory)).hasSize(1);
	}

	@Test
	void emptyStateSurvivesTheRoundTrip() throws IOException {
		assertThat(SnapshotFile.digest(SnapshotFile.read(write(new ReplicatedState()), FeatureLevel.LATEST).capture()))
			.isEqualTo(SnapshotFile.digest(new ReplicatedState().capture()));
	}

	@Test
	void damagedByteAnywhereIsRefused() throws IOException {
		Path file = write(state(30));
		byte[] bytes = Files.readAllBytes(file);
		Random random = new Random(59);
		for (int i = 0; i < bytes.length; i++) {
			byte[] damaged = bytes.clone();
			damaged[i] ^= (byte) (1 << random.nextInt(8));
			Files.write(file, damaged);
			assertRefused(file);
		}
	}

	@Test
	void truncatedFileIsRefused() throws IOException {
		Path file = write(state(30));
		byte[] bytes = Files.readAllBytes(file);
		for (int length = 0; length < bytes.length; length++) {
			Files.write(file, Arrays.copyOf(bytes, length));
			assertRefused(file);
		}
	}

	@Test
	void newerVersionIsRefusedWithBothVersions() throws IOException {
		Path file = write(state(1));
		byte[] bytes = Files.readAllBytes(file);
		bytes[7] = 9;
		Files.write(file, bytes);
		assertRefused(file, "version 9", "versions up to " + SnapshotFile.VERSION);
	}

	@Test
	void failedWriteLeavesTheOldFile() throws IOException {
		Path file = write(state(5));
		byte[] before = Files.readAllBytes(file);
		Iterator<SnapshotPart> failing = new Iterator<>() {

			@Override
			public boolean hasNext() {
				return true;
			}

			@Override
			public SnapshotPart next() {
				throw new IllegalStateException("failing");
			}

		};
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> SnapshotFile.write(file, FeatureLevel.BASE, failing));
		assertThat(Files.readAllBytes(file)).isEqualTo(before);
	}

	@Test
	void captureOfLargeStateIsCheap() throws IOException {
		ReplicatedState state = state(200_000);
		long captured = Long.MAX_VALUE;
		for (int i = 0; i < 5; i++) {
			long start = System.nanoTime();
			state.capture();
			captured = Math.min(captured, System.nanoTime() - start);
		}
		long start = System.nanoTime();
		write(state);
		assertThat(System.nanoTime() - start).isGreaterThan(5 * captured);
	}

}
