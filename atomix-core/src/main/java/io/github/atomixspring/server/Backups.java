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
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.atomixspring.cluster.BackupException;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.LogEntry;
import io.github.atomixspring.statemachine.ReplicatedState;
import io.github.atomixspring.statemachine.SnapshotPart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the state of the cluster to a file and brings it back, while the cluster runs.
 * What is brought back goes through the logs, so that all members have it at the same
 * index.
 * <p>
 * The member that leads the first partition writes the file. It is a replica of all
 * partitions: their leaders only tell it how far it must have come. The states are each
 * of one index of their log, but not of one moment. To bring them back, all leaders first
 * get all of it, and only then make it the state, one after the other: what would keep
 * one from it shows before any state has changed.
 */
final class Backups {

	private static final Logger logger = LoggerFactory.getLogger(Backups.class);

	/**
	 * How much goes with one entry of the log. One part of a snapshot may be as large as
	 * a value, and goes in one piece.
	 */
	private static final int MAX_PIECE_BYTES = 512 << 10;

	/**
	 * The number of no piece: a state that gets it forgets the pieces it has.
	 */
	static final int NO_PIECE = -1;

	private static final long CAPTURE_SECONDS = 10;

	private final ServerConfig config;

	private final List<ReplicaEngine> engines;

	private final PartitionLeaders leaders;

	private final Executor executor;

	Backups(ServerConfig config, List<ReplicaEngine> engines, PartitionLeaders leaders) {
		this.config = config;
		this.engines = List.copyOf(engines);
		this.leaders = leaders;
		this.executor = (task) -> {
			Thread thread = new Thread(task, "atomix-backup-" + config.self().id());
			thread.setDaemon(true);
			thread.start();
		};
	}

	/**
	 * Writes a backup. This member must lead the first partition.
	 * @param target the file, which must not be there
	 * @return the log index of the state of the first partition in it; those of all are
	 * at least those of the last commands which were answered before the call
	 */
	CompletableFuture<Long> write(Path target) {
		return this.leaders.confirm(0).thenCompose((index) -> {
			if (Files.exists(target)) {
				throw new BackupException("There is a file " + target + " already: a backup replaces none", null);
			}
			List<CompletableFuture<CapturedState>> states = new ArrayList<>();
			states.add(capture(0, index));
			for (int i = 1; i < this.engines.size(); i++) {
				int partition = i;
				states.add(this.leaders.confirm(i).thenCompose((other) -> capture(partition, other)));
			}
			return CompletableFuture.allOf(states.toArray(new CompletableFuture<?>[0]))
				.thenApply((done) -> states.stream().map(CompletableFuture::join).toList());
		}).thenApplyAsync((states) -> write(target, states), this.executor);
	}

	private CompletableFuture<CapturedState> capture(int partition, long index) {
		return this.engines.get(partition)
			.capture(index)
			.orTimeout(CAPTURE_SECONDS, TimeUnit.SECONDS)
			.exceptionally((failure) -> {
				if (failure instanceof TimeoutException) {
					throw new UnavailableException("Node '" + this.config.self().id()
							+ "' has not applied the log of partition " + partition + " up to " + index + " in time",
							failure);
				}
				throw (failure instanceof RuntimeException runtime) ? runtime : new CompletionException(failure);
			});
	}

	private long write(Path target, List<CapturedState> states) {
		try {
			DurableFiles.createDirectories(Objects.requireNonNull(target.toAbsolutePath().getParent()));
			BackupFile.write(target, states);
		}
		catch (IOException ex) {
			throw new BackupException("The backup " + target + " cannot be written: " + ex, ex);
		}
		logger.info("The state of cluster '{}' at {} was written to {}", this.config.cluster(),
				states.stream().map(CapturedState::index).toList(), target);
		return states.get(0).index();
	}

	/**
	 * Brings a backup back. This member must lead the first partition.
	 * @param source the file
	 * @param forced whether to do it although there are primitives
	 * @return completes when the state of the cluster is that of the backup
	 */
	CompletableFuture<Void> restore(Path source, boolean forced) {
		return this.leaders.confirm(0).thenAcceptAsync((index) -> bringBack(source, forced), this.executor);
	}

	private void bringBack(Path source, boolean forced) {
		Restoration restoration = new Restoration(source, forced, read(source));
		restoration.send();
		restoration.complete();
		logger.info("The state of cluster '{}' is now that of the backup {}", this.config.cluster(), source);
	}

	private List<ReplicatedState> read(Path source) {
		try {
			List<ReplicatedState> states = BackupFile.read(source, this.engines.size());
			states.forEach(ReplicatedState::endSessions);
			return states;
		}
		catch (IOException ex) {
			throw new BackupException("The backup " + source + " is not usable: " + ex.getMessage(), ex);
		}
	}

	/**
	 * A backup on its way back. Used by one thread.
	 */
	private final class Restoration {

		private final String id = UUID.randomUUID().toString();

		private final Path source;

		private final boolean forced;

		private final List<ReplicatedState> states;

		/**
		 * How many pieces the partitions have.
		 */
		private final int[] sent;

		Restoration(Path source, boolean forced, List<ReplicatedState> states) {
			this.source = source;
			this.forced = forced;
			this.states = states;
			this.sent = new int[states.size()];
		}

		/**
		 * Sends all of it to all partitions, which changes no state.
		 */
		void send() {
			for (int partition = 0; partition < this.states.size(); partition++) {
				try {
					Iterator<SnapshotPart> parts = this.states.get(partition).capture();
					while (parts.hasNext()) {
						send(partition, piece(parts));
					}
				}
				catch (RuntimeException ex) {
					forget(0);
					throw ex;
				}
			}
		}

		private static List<byte[]> piece(Iterator<SnapshotPart> parts) {
			List<byte[]> piece = new ArrayList<>();
			int bytes = 0;
			while (parts.hasNext() && bytes < MAX_PIECE_BYTES) {
				byte[] part = SnapshotFile.encode(parts.next());
				piece.add(part);
				bytes += part.length;
			}
			return piece;
		}

		private void send(int partition, List<byte[]> content) {
			int number = this.sent[partition]++;
			try {
				await(partition, new LogEntry.Restore(this.id, this.forced, number, false, content), number + 1);
			}
			catch (UnknownOutcomeException ex) {
				throw new UnavailableException(
						"The backup " + this.source + " was not brought back" + in(partition) + ": " + ex.getMessage(),
						ex);
			}
		}

		/**
		 * Makes it the state of all partitions.
		 */
		void complete() {
			for (int partition = 0; partition < this.states.size(); partition++) {
				try {
					await(partition, new LogEntry.Restore(this.id, this.forced, this.sent[partition], true, List.of()),
							Integer.MAX_VALUE);
				}
				catch (RuntimeException ex) {
					forget(partition);
					throw (partition == 0) ? ex
							: new UnknownOutcomeException("operation of the cluster", "The backup " + this.source
									+ " was brought back into the first " + partition + " of " + this.states.size()
									+ " partitions, and the others are not known to have it: do it again by force. "
									+ ex.getMessage(), ex);
				}
			}
		}

		private void await(int partition, LogEntry.Restore piece, int expected) {
			RestoreProgress progress;
			try {
				progress = Backups.this.leaders.restore(partition, piece).join();
			}
			catch (CompletionException ex) {
				throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
			}
			if (progress.restored() != expected) {
				throw new BackupException(
						(progress.primitives() > 0 && !this.forced)
								? "The cluster has " + progress.primitives() + " primitives" + in(partition)
										+ ", which the backup would replace: force it if that is meant"
								: "The backup " + this.source + " was not brought back" + in(partition)
										+ ": another one came in between, or its content is none of this version",
						null);
			}
		}

		private String in(int partition) {
			return (this.states.size() > 1) ? " in partition " + partition : "";
		}

		/**
		 * Has partitions forget what they have of it: it would stay in their states.
		 * @param first the first of these partitions
		 */
		private void forget(int first) {
			for (int partition = first; partition < this.states.size(); partition++) {
				if (this.sent[partition] > 0) {
					int number = partition;
					Backups.this.leaders
						.restore(partition, new LogEntry.Restore(this.id, this.forced, NO_PIECE, false, List.of()))
						.whenComplete((done, failure) -> {
							if (failure != null) {
								logger.warn("Partition {} still has what was sent of the backup {}: {}", number,
										this.source, failure.toString());
							}
						});
				}
			}
		}

	}

}
