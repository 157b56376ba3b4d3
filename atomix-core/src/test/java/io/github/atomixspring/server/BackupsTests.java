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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

import io.github.atomixspring.cluster.BackupException;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.FeatureLevel;
import io.github.atomixspring.protocol.LogEntry;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Sequenced;
import io.github.atomixspring.protocol.Wire;
import io.github.atomixspring.statemachine.Applied;
import io.github.atomixspring.statemachine.ReplicatedState;
import io.github.atomixspring.statemachine.SnapshotPart;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Backups} that are brought back into several partitions, one of which
 * does not do its part.
 */
class BackupsTests {

	private static final int PARTITIONS = 3;

	@TempDir
	private Path directory;

	private final Leaders leaders = new Leaders();

	private Path file;

	private Backups backups;

	@BeforeEach
	void write() throws IOException {
		this.file = this.directory.resolve("backup");
		List<CapturedState> states = IntStream.range(0, PARTITIONS)
			.mapToObj((partition) -> state("backup"))
			.map((state) -> new CapturedState(state.capture(), state.level(), 1))
			.toList();
		BackupFile.write(this.file, states);
		ServerConfig config = ServerConfig.of("test", "n1", List.of(new Member("n1", "127.0.0.1", 1)), this.directory)
			.withPartitions(PARTITIONS);
		List<ReplicaEngine> engines = IntStream.range(0, PARTITIONS)
			.<ReplicaEngine>mapToObj((partition) -> new CountingEngine())
			.toList();
		this.backups = new Backups(config, engines, this.leaders);
	}

	@Test
	void allPartitionsGetTheirPart() {
		this.backups.restore(this.file, false).join();
		assertThat(this.leaders.states).allMatch((state) -> state.primitiveCount() == 1);
	}

	@Test
	void aFailureBeforeAllHaveItChangesNothingAndLeavesNothingOfIt() {
		this.leaders.failing = 2;
		this.leaders.failure = new UnavailableException("no leader", null);
		assertThat(failure(false)).isInstanceOf(UnavailableException.class).hasMessage("no leader");
		assertThat(this.leaders.states).allMatch((state) -> state.primitiveCount() == 0)
			.noneMatch(BackupsTests::hasPiecesOfABackup);
		// It was not for nothing that there was something to forget.
		assertThat(this.leaders.pieces.get(0)).hasSizeGreaterThan(1);
	}

	@Test
	void anUnknownOutcomeBeforeAllHaveItIsNone() {
		this.leaders.failing = 1;
		this.leaders.failure = new UnknownOutcomeException("x", "lost on the way", null);
		assertThat(failure(true)).isInstanceOf(UnavailableException.class)
			.hasMessageContaining("was not brought back in partition 1: lost on the way");
		assertThat(this.leaders.states).allMatch((state) -> state.primitiveCount() == 0);
	}

	@Test
	void primitivesInOnePartitionKeepAllAsTheyAre() {
		this.leaders.states.set(2, state("there"));
		assertThat(failure(false)).isInstanceOf(BackupException.class)
			.hasMessage("The cluster has 1 primitives in partition 2, which the backup would replace: "
					+ "force it if that is meant");
		assertThat(this.leaders.states.subList(0, 2)).allMatch((state) -> state.primitiveCount() == 0)
			.noneMatch(BackupsTests::hasPiecesOfABackup);
	}

	@Test
	void aFailureAtTheEndSaysHowFarItCame() {
		this.leaders.failing = 1;
		this.leaders.lastOnly = true;
		this.leaders.failure = new UnavailableException("no leader", null);
		assertThat(failure(false)).isInstanceOf(UnknownOutcomeException.class)
			.hasMessageContaining("into the first 1 of 3 partitions")
			.hasMessageContaining("do it again by force")
			.hasMessageContaining("no leader");
		assertThat(this.leaders.states.stream().map(ReplicatedState::primitiveCount)).containsExactly(1, 0, 0);
		assertThat(this.leaders.states).noneMatch(BackupsTests::hasPiecesOfABackup);
		this.leaders.failure = null;
		this.backups.restore(this.file, true).join();
		assertThat(this.leaders.states).allMatch((state) -> state.primitiveCount() == 1);
	}

	private @Nullable Throwable failure(boolean forced) {
		Throwable failure = this.backups.restore(this.file, forced).handle((done, ex) -> ex).join();
		return (failure instanceof CompletionException) ? failure.getCause() : failure;
	}

	private static boolean hasPiecesOfABackup(ReplicatedState state) {
		Iterator<SnapshotPart> parts = state.capture();
		while (parts.hasNext()) {
			if (parts.next() instanceof SnapshotPart.Restoring) {
				return true;
			}
		}
		return false;
	}

	private static ReplicatedState state(String name) {
		ReplicatedState state = empty();
		long session = apply(state, new LogEntry.Open("token", "node", 10_000)).opened().get("token");
		Command command = new LongMessages.Add(PrimitiveId.of(PrimitiveType.LONG, name), 1);
		apply(state, new LogEntry.Batch(session, 0, 0, List.of(new Sequenced(1, Wire.COMMAND.encode(command)))));
		assertThat(state.primitiveCount()).isEqualTo(1);
		return state;
	}

	private static ReplicatedState empty() {
		ReplicatedState state = new ReplicatedState();
		apply(state, new LogEntry.Raise(FeatureLevel.RESTORE));
		return state;
	}

	private static Applied apply(ReplicatedState state, LogEntry.Item item) {
		return state.apply(Wire.LOG_ENTRY.encode(new LogEntry(LogEntry.VERSION, 1, List.of(item))));
	}

	/**
	 * Leaders whose logs are applied at once.
	 */
	private static final class Leaders implements PartitionLeaders {

		private final List<ReplicatedState> states = new ArrayList<>();

		private final List<List<LogEntry.Restore>> pieces = new ArrayList<>();

		private int failing;

		private boolean lastOnly;

		private @Nullable RuntimeException failure;

		Leaders() {
			for (int partition = 0; partition < PARTITIONS; partition++) {
				this.states.add(empty());
				this.pieces.add(new ArrayList<>());
			}
		}

		@Override
		public CompletableFuture<Long> confirm(int partition) {
			return CompletableFuture.completedFuture(1L);
		}

		@Override
		public CompletableFuture<RestoreProgress> restore(int partition, LogEntry.Restore piece) {
			if (this.failure != null && partition == this.failing && piece.number() >= 0
					&& (piece.last() || !this.lastOnly)) {
				return CompletableFuture.failedFuture(this.failure);
			}
			this.pieces.get(partition).add(piece);
			ReplicatedState state = this.states.get(partition);
			apply(state, piece);
			return CompletableFuture
				.completedFuture(new RestoreProgress(state.restored(piece.backup()), state.primitiveCount()));
		}

	}

}
