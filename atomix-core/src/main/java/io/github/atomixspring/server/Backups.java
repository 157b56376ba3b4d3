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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.github.atomixspring.cluster.BackupException;
import io.github.atomixspring.cluster.NotLeadingException;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.protocol.FeatureLevel;
import io.github.atomixspring.protocol.LogEntry;
import io.github.atomixspring.statemachine.ReplicatedState;
import io.github.atomixspring.statemachine.SnapshotPart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the state of the cluster to a file and brings it back, while the cluster runs. A
 * backup has the format of a snapshot. What is brought back goes through the log, so that
 * all members have it at the same index.
 */
final class Backups {

	private static final Logger logger = LoggerFactory.getLogger(Backups.class);

	/**
	 * How much goes with one entry of the log. One part of a snapshot may be as large as
	 * a value, and goes in one piece.
	 */
	private static final int MAX_PIECE_BYTES = 512 << 10;

	private final GatewayInfo info;

	private final Gateway gateway;

	private final Executor executor;

	Backups(GatewayInfo info, Gateway gateway) {
		this.info = info;
		this.gateway = gateway;
		this.executor = (task) -> {
			Thread thread = new Thread(task, "atomix-backup-" + info.node());
			thread.setDaemon(true);
			thread.start();
		};
	}

	/**
	 * Writes a backup. This member must lead.
	 * @param target the file, which must not be there
	 * @return the log index of the state in it, at least that of the last command which
	 * was answered before the call
	 */
	CompletableFuture<Long> write(Path target) {
		RaftLogAccess log = this.info.log();
		if (log == null || !this.gateway.isServing()) {
			return notLeading();
		}
		if (Files.exists(target)) {
			return CompletableFuture.failedFuture(
					new BackupException("There is a file " + target + " already: a backup replaces none", null));
		}
		return log.confirmLeadership()
			.exceptionallyCompose((ex) -> notLeading())
			.thenCompose((index) -> capture(log, index))
			.thenApplyAsync((captured) -> write(target, captured), this.executor);
	}

	private static CompletableFuture<Captured> capture(RaftLogAccess log, long index) {
		CompletableFuture<Captured> captured = new CompletableFuture<>();
		log.whenApplied(index, new RatisStateMachine.StateTask() {

			@Override
			public void run(ReplicatedState state, long applied) {
				captured.complete(new Captured(state.capture(), state.level(), applied));
			}

			@Override
			public void abandoned() {
				captured.completeExceptionally(new UnavailableException("This member was stopped", null));
			}

		});
		return captured;
	}

	private long write(Path target, Captured captured) {
		try {
			DurableFiles.createDirectories(Objects.requireNonNull(target.toAbsolutePath().getParent()));
			SnapshotFile.write(target, captured.level(), captured.parts());
		}
		catch (IOException ex) {
			throw new BackupException("The backup " + target + " cannot be written: " + ex, ex);
		}
		logger.info("The state of cluster '{}' at {} was written to {}", this.info.cluster(), captured.index(), target);
		return captured.index();
	}

	/**
	 * Brings a backup back. This member must lead.
	 * @param source the file
	 * @param forced whether to do it although there are primitives
	 * @return completes when the state of the cluster is that of the backup
	 */
	CompletableFuture<Void> restore(Path source, boolean forced) {
		return (this.gateway.isServing()) ? CompletableFuture.runAsync(() -> bringBack(source, forced), this.executor)
				: notLeading();
	}

	private void bringBack(Path source, boolean forced) {
		Iterator<SnapshotPart> parts = read(source).capture();
		String backup = UUID.randomUUID().toString();
		int number = 0;
		while (parts.hasNext()) {
			Admission admission = this.info.admission();
			if (admission.isRestricted()) {
				throw admission.toException();
			}
			List<byte[]> piece = new ArrayList<>();
			int bytes = 0;
			while (parts.hasNext() && bytes < MAX_PIECE_BYTES) {
				byte[] part = SnapshotFile.encode(parts.next());
				piece.add(part);
				bytes += part.length;
			}
			boolean last = !parts.hasNext();
			int expected = last ? Integer.MAX_VALUE : number + 1;
			Progress progress = this.gateway
				.append(new LogEntry.Restore(backup, forced, number, last, piece), bytes,
						(state) -> new Progress(state.restored(backup), state.primitiveCount()))
				.join();
			if (progress.restored() != expected) {
				throw new BackupException((progress.primitives() > 0 && !forced)
						? "The cluster has " + progress.primitives()
								+ " primitives, which the backup would replace: force it if that is meant"
						: "The backup " + source + " was not brought back: another one came in between, or its content "
								+ "is none of this version",
						null);
			}
			number++;
		}
		logger.info("The state of cluster '{}' is now that of the backup {}", this.info.cluster(), source);
	}

	private static ReplicatedState read(Path source) {
		try {
			ReplicatedState state = SnapshotFile.load(source, FeatureLevel.LATEST);
			state.endSessions();
			return state;
		}
		catch (IOException ex) {
			throw new BackupException("The backup " + source + " is not usable: " + ex.getMessage(), ex);
		}
	}

	private <T> CompletableFuture<T> notLeading() {
		return CompletableFuture.failedFuture(new NotLeadingException(this.info.node(), null));
	}

	/**
	 * A state to be written.
	 *
	 * @param parts its parts
	 * @param level its feature level
	 * @param index its log index
	 */
	private record Captured(Iterator<SnapshotPart> parts, int level, long index) {

	}

	/**
	 * How far a backup was brought back.
	 *
	 * @param restored how many pieces are there
	 * @param primitives how many primitives the cluster has
	 */
	private record Progress(int restored, int primitives) {

	}

}
