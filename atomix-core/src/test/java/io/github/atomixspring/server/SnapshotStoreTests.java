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

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import io.github.atomixspring.protocol.FeatureLevel;
import io.github.atomixspring.statemachine.ReplicatedState;
import io.github.atomixspring.statemachine.SnapshotPart;
import io.github.atomixspring.testing.TestCluster;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.server.storage.RaftStorageDirectory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link SnapshotStore}.
 */
class SnapshotStoreTests {

	@TempDir
	private Path directory;

	private volatile SnapshotStore.Room room = SnapshotStore.Room.ENOUGH;

	private SnapshotStore store;

	@BeforeEach
	void open() throws IOException {
		this.store = reopen();
	}

	private SnapshotStore reopen() throws IOException {
		RaftStorage storage = mock(RaftStorage.class);
		RaftStorageDirectory storageDirectory = mock(RaftStorageDirectory.class);
		given(storage.getStorageDir()).willReturn(storageDirectory);
		given(storageDirectory.getStateMachineDir()).willReturn(this.directory.toFile());
		given(storageDirectory.getTmpDir()).willReturn(new File(this.directory.toFile(), "tmp"));
		SnapshotStore opened = new SnapshotStore("n1", (bytes) -> this.room.require(bytes), new SnapshotCounts());
		opened.open(storage);
		return opened;
	}

	@AfterEach
	void close() {
		this.store.close();
	}

	private void awaitDurable(long index) {
		Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> this.store.durableIndex() == index);
	}

	@Test
	void nothingIsLoadedFromAnEmptyDirectory() throws IOException {
		assertThat(this.store.load(FeatureLevel.LATEST)).isNull();
		assertThat(this.store.durableIndex()).isEqualTo(-1);
	}

	@Test
	void writtenSnapshotIsLoaded() throws IOException {
		ReplicatedState state = SnapshotFileTests.state(100);
		assertThat(this.store.take(TermIndex.valueOf(2, 101), FeatureLevel.BASE, state::capture)).isEqualTo(-1);
		awaitDurable(101);
		assertThat(this.store.take(TermIndex.valueOf(2, 101), FeatureLevel.BASE, () -> {
			throw new AssertionError("The index is durable");
		})).isEqualTo(101);
		SnapshotStore other = reopen();
		SnapshotStore.Loaded loaded = other.load(FeatureLevel.LATEST);
		other.close();
		assertThat(loaded).isNotNull();
		assertThat(loaded.termIndex()).isEqualTo(TermIndex.valueOf(2, 101));
		assertThat(SnapshotFile.digest(loaded.state().capture())).isEqualTo(SnapshotFile.digest(state.capture()));
		assertThat(other.durableIndex()).isEqualTo(101);
	}

	@Test
	void takingDoesNotWaitForWritingAndReportsDurableIndicesOnly() throws InterruptedException {
		ReplicatedState state = SnapshotFileTests.state(3);
		CountDownLatch writing = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		AtomicInteger captures = new AtomicInteger();
		assertThat(this.store.take(TermIndex.valueOf(1, 4), FeatureLevel.BASE, () -> {
			captures.incrementAndGet();
			return new BlockedParts(state.capture(), writing, go);
		})).isEqualTo(-1);
		writing.await();
		assertThat(this.store.take(TermIndex.valueOf(1, 5), FeatureLevel.BASE, () -> {
			captures.incrementAndGet();
			return state.capture();
		})).isEqualTo(-1);
		assertThat(captures).hasValue(1);
		go.countDown();
		awaitDurable(4);
		Awaitility.await()
			.atMost(TestCluster.PATIENCE)
			.until(() -> this.store.take(TermIndex.valueOf(1, 6), FeatureLevel.BASE, state::capture) == 6);
	}

	@Test
	void failedWriteIsAProblemUntilOneSucceeds() {
		this.store.take(TermIndex.valueOf(1, 4), FeatureLevel.BASE, () -> new Iterator<>() {

			@Override
			public boolean hasNext() {
				return true;
			}

			@Override
			public SnapshotPart next() {
				throw new IllegalStateException("disk full");
			}

		});
		Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> this.store.problem() != null);
		assertThat(this.store.problem()).contains("disk full");
		assertThat(this.store.durableIndex()).isEqualTo(-1);
		ReplicatedState state = SnapshotFileTests.state(3);
		Awaitility.await()
			.atMost(TestCluster.PATIENCE)
			.until(() -> this.store.take(TermIndex.valueOf(1, 5), FeatureLevel.BASE, state::capture) == 5);
		assertThat(this.store.problem()).isNull();
	}

	@Test
	void snapshotWithoutRoomIsSkippedAndTheOldOneKept() throws Exception {
		ReplicatedState state = SnapshotFileTests.state(3);
		this.store.take(TermIndex.valueOf(1, 4), FeatureLevel.BASE, state::capture);
		awaitDurable(4);
		long size = Files.size(this.directory.resolve("snapshot.1_4"));
		AtomicLong asked = new AtomicLong();
		this.room = (bytes) -> {
			asked.set(bytes);
			throw new IOException("only 3 bytes are free");
		};
		assertThat(this.store.take(TermIndex.valueOf(1, 5), FeatureLevel.BASE, state::capture)).isEqualTo(4);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> this.store.lastWrite().join());
		assertThat(asked).hasValue(size);
		assertThat(this.store.problem()).contains("only 3 bytes are free");
		assertThat(files()).containsExactly("snapshot.1_4", "snapshot.1_4.md5");
		this.room = SnapshotStore.Room.ENOUGH;
		assertThat(this.store.takeNow(TermIndex.valueOf(1, 6), FeatureLevel.BASE, state::capture)).isEqualTo(4);
		awaitDurable(6);
		assertThat(this.store.problem()).isNull();
	}

	@Test
	void snapshotThatRunsOutOfRoomLeavesNothing() throws Exception {
		ReplicatedState state = SnapshotFileTests.state(60_000);
		AtomicInteger calls = new AtomicInteger();
		this.room = (bytes) -> {
			if (calls.incrementAndGet() > 1) {
				throw new IOException("the room is gone");
			}
		};
		this.store.take(TermIndex.valueOf(1, 60_001), FeatureLevel.BASE, state::capture);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> this.store.lastWrite().join());
		assertThat(calls).hasValue(2);
		assertThat(this.store.problem()).contains("the room is gone");
		assertThat(files()).isEmpty();
	}

	@Test
	void failedSnapshotIsNotTriedAgainAtOnce() {
		AtomicInteger captures = new AtomicInteger();
		this.room = (bytes) -> {
			throw new IOException("no room");
		};
		for (int i = 0; i < 1000; i++) {
			this.store.take(TermIndex.valueOf(1, 4 + i), FeatureLevel.BASE, () -> {
				captures.incrementAndGet();
				return SnapshotFileTests.state(1).capture();
			});
			this.store.lastWrite().handle((index, ex) -> index).join();
		}
		assertThat(captures.get()).isLessThan(10);
	}

	private List<String> files() throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.map((file) -> file.getFileName().toString()).sorted().toList();
		}
	}

	@Test
	void leftoversAreRemoved() throws IOException {
		Path leftover = Files.write(this.directory.resolve("snapshot.1_9.part"), new byte[] { 1 });
		SnapshotStore other = reopen();
		other.close();
		assertThat(leftover).doesNotExist();
		assertThat(other.load(FeatureLevel.LATEST)).isNull();
	}

	@Test
	void digestThatWasNotFinishedIsMadeAnew() throws IOException {
		this.store.take(TermIndex.valueOf(1, 4), FeatureLevel.BASE, SnapshotFileTests.state(3)::capture);
		awaitDurable(4);
		Files.move(this.directory.resolve("snapshot.1_4.md5"), this.directory.resolve("snapshot.1_4.md5.tmp"));
		SnapshotLeftovers.clear(this.directory);
		assertThat(files()).containsExactly("snapshot.1_4", "snapshot.1_4.md5");
	}

	@Test
	void damagedSnapshotIsRefused() throws IOException {
		this.store.take(TermIndex.valueOf(1, 4), FeatureLevel.BASE, SnapshotFileTests.state(3)::capture);
		awaitDurable(4);
		Path file = this.directory.resolve("snapshot.1_4");
		byte[] bytes = Files.readAllBytes(file);
		bytes[bytes.length / 2] ^= 1;
		Files.write(file, bytes);
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.store.load(FeatureLevel.LATEST))
			.withMessageContaining(file.toString());
	}

	@Test
	void digestIsComputedInTheBackground() {
		ReplicatedState state = SnapshotFileTests.state(3);
		this.store.computeDigest(7, state.capture());
		Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> this.store.digest() != null);
		assertThat(this.store.digest().index()).isEqualTo(7);
		assertThat(this.store.digest().toString()).contains(SnapshotFile.digest(state.capture()));
	}

	/**
	 * Parts that wait.
	 */
	private record BlockedParts(Iterator<SnapshotPart> parts, CountDownLatch writing,
			CountDownLatch go) implements Iterator<SnapshotPart> {

		@Override
		public boolean hasNext() {
			this.writing.countDown();
			try {
				this.go.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			return this.parts.hasNext();
		}

		@Override
		public SnapshotPart next() {
			return this.parts.next();
		}

	}

}
