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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.atomixspring.cluster.StateDigest;
import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.statemachine.ReplicatedState;
import io.github.atomixspring.statemachine.SnapshotPart;
import org.apache.ratis.io.MD5Hash;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotRetentionPolicy;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.util.MD5FileUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes snapshots in the background and loads them.
 * <p>
 * The apply thread only copies references. Ratis is told of the index of a snapshot, and
 * purges the log behind it, once it is durable: the file and its digest are written under
 * temporary names, forced to disk and renamed, and the directory is forced too.
 */
class SnapshotStore {

	private static final Logger logger = LoggerFactory.getLogger(SnapshotStore.class);

	private static final SnapshotRetentionPolicy RETENTION = new SnapshotRetentionPolicy() {

		@Override
		public int getNumSnapshotsRetained() {
			return 2;
		}

	};

	private static final long PAUSE = TimeUnit.SECONDS.toNanos(5);

	private final ReloadableStorage storage = new ReloadableStorage();

	private final ExecutorService executor;

	private final Room room;

	private final SnapshotCounts counts;

	private volatile @Nullable StateDigest digest;

	private volatile @Nullable String problem;

	private volatile long durableIndex = RaftLog.INVALID_LOG_INDEX;

	private volatile boolean writing;

	/**
	 * Until when no other is tried after one has failed: what fails would fail again, at
	 * the cost of a whole snapshot each time.
	 */
	private volatile long pauseEnd;

	/**
	 * The index of the last snapshot that was begun, once it is durable.
	 */
	private volatile CompletableFuture<Long> lastWrite = CompletableFuture.completedFuture(durableIndex());

	SnapshotStore(String node, Room room, SnapshotCounts counts) {
		this.room = room;
		this.counts = counts;
		this.executor = Executors.newSingleThreadExecutor((task) -> {
			Thread thread = new Thread(task, "atomix-snapshot-" + node);
			thread.setDaemon(true);
			return thread;
		});
	}

	void open(RaftStorage raftStorage) throws IOException {
		SnapshotLeftovers.clear(raftStorage.getStorageDir().getStateMachineDir().toPath());
		this.storage.init(raftStorage);
	}

	SimpleStateMachineStorage storage() {
		return this.storage;
	}

	/**
	 * Takes note that a snapshot of the leader has replaced the directory.
	 */
	void installed() {
		this.storage.reload();
	}

	/**
	 * Loads the latest snapshot.
	 * @param known the greatest feature level that is known
	 * @return the state and its index, or null if there is none
	 * @throws IOException if it cannot be read; the message names the file
	 */
	@Nullable Loaded load(int known) throws IOException {
		SingleFileSnapshotInfo info = this.storage.loadLatestSnapshot();
		if (info == null) {
			return null;
		}
		ReplicatedState state = SnapshotFile.read(info.getFile().getPath(), known);
		this.durableIndex = Math.max(this.durableIndex, info.getIndex());
		this.counts.loaded(Files.size(info.getFile().getPath()));
		return new Loaded(state, info.getTermIndex());
	}

	/**
	 * Begins to write a snapshot unless one is being written, or one has failed just now.
	 * Called by the apply thread.
	 * @param termIndex the index that the state has applied
	 * @param level the feature level of the state
	 * @param capture copies the references of the state
	 * @return the index of the last durable snapshot, or -1
	 */
	long take(TermIndex termIndex, int level, Supplier<Iterator<SnapshotPart>> capture) {
		return (this.problem != null && System.nanoTime() - this.pauseEnd < 0) ? this.durableIndex
				: takeNow(termIndex, level, capture);
	}

	/**
	 * Begins to write a snapshot unless one is being written.
	 * @param termIndex the index that the state has applied
	 * @param level the feature level of the state
	 * @param capture copies the references of the state
	 * @return the index of the last durable snapshot, or -1
	 */
	long takeNow(TermIndex termIndex, int level, Supplier<Iterator<SnapshotPart>> capture) {
		long durable = this.durableIndex;
		if (!this.writing && termIndex.getIndex() > durable) {
			this.writing = true;
			Iterator<SnapshotPart> parts = capture.get();
			CompletableFuture<Long> written = new CompletableFuture<>();
			this.lastWrite = written;
			this.executor.execute(() -> write(termIndex, level, parts, written));
		}
		return durable;
	}

	private void write(TermIndex termIndex, int level, Iterator<SnapshotPart> parts, CompletableFuture<Long> written) {
		long begin = System.nanoTime();
		File file = this.storage.getSnapshotFile(termIndex.getTerm(), termIndex.getIndex());
		Path target = file.toPath();
		boolean whole = false;
		try {
			this.room.require(this.counts.bytes());
			SnapshotFile.write(target, level, parts, this.room);
			MD5Hash md5 = MD5FileUtil.computeAndSaveMd5ForFile(file);
			whole = true;
			DurableFiles.forceDirectoryOf(target);
			this.storage.updateLatestSnapshot(
					new SingleFileSnapshotInfo(new FileInfo(target, md5), termIndex.getTerm(), termIndex.getIndex()));
			this.durableIndex = termIndex.getIndex();
			this.counts.written(System.nanoTime() - begin, Files.size(target));
			this.problem = null;
		}
		catch (IOException | RuntimeException ex) {
			this.counts.failed();
			this.pauseEnd = System.nanoTime() + PAUSE;
			this.problem = "The snapshot at " + termIndex + " could not be written: " + ex;
			logger.error("Snapshot at {} could not be written; the log is kept", termIndex, ex);
			if (!whole) {
				discard(target);
			}
		}
		finally {
			this.writing = false;
		}
		String failure = this.problem;
		if (failure == null) {
			written.complete(termIndex.getIndex());
		}
		else {
			written.completeExceptionally(new AtomixException(failure, null));
		}
	}

	/**
	 * Deletes a snapshot without a digest, which Ratis would keep for ever.
	 * @param target the file
	 */
	private static void discard(Path target) {
		try {
			Files.deleteIfExists(target);
		}
		catch (IOException ex) {
			logger.warn("Part of a snapshot could not be deleted", ex);
		}
	}

	/**
	 * Returns whether a snapshot is being written.
	 * @return whether one is
	 */
	boolean isWriting() {
		return this.writing;
	}

	/**
	 * Returns the last snapshot that was begun.
	 * @return its index, once it is durable; fails if it cannot be written
	 */
	CompletableFuture<Long> lastWrite() {
		return this.lastWrite;
	}

	/**
	 * Deletes all snapshots but the last two. Ratis does so only for those it asked for.
	 */
	void deleteOld() {
		try {
			this.storage.cleanupOldSnapshots(RETENTION);
		}
		catch (IOException ex) {
			logger.warn("Old snapshots could not be deleted", ex);
		}
	}

	/**
	 * Computes the digest of a captured state in the background.
	 * @param index the index of the state
	 * @param parts the parts
	 */
	void computeDigest(long index, Iterator<SnapshotPart> parts) {
		this.executor.execute(() -> this.digest = new StateDigest(index, SnapshotFile.digest(parts)));
	}

	@Nullable StateDigest digest() {
		return this.digest;
	}

	@Nullable String problem() {
		return this.problem;
	}

	long durableIndex() {
		return this.durableIndex;
	}

	void close() {
		this.executor.shutdown();
	}

	/**
	 * Knows whether there is room for a snapshot.
	 */
	@FunctionalInterface
	interface Room {

		/**
		 * As much as there may be needed.
		 */
		Room ENOUGH = (bytes) -> {
		};

		/**
		 * Checks that there is room.
		 * @param bytes about how many bytes are still to be written
		 * @throws IOException if there is too little room
		 */
		void require(long bytes) throws IOException;

	}

	/**
	 * A loaded snapshot.
	 */
	record Loaded(ReplicatedState state, TermIndex termIndex) {

	}

	/**
	 * Forgets the latest snapshot when another has been installed: the one it remembers
	 * is deleted then, and reading it would close the division.
	 */
	private static final class ReloadableStorage extends SimpleStateMachineStorage {

		private volatile @Nullable SingleFileSnapshotInfo installed;

		void reload() {
			this.installed = null;
			this.installed = loadLatestSnapshot();
		}

		@Override
		public @Nullable SingleFileSnapshotInfo getLatestSnapshot() {
			SingleFileSnapshotInfo latest = super.getLatestSnapshot();
			return (latest != null && Files.exists(latest.getFile().getPath())) ? latest : this.installed;
		}

	}

}
