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

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.atomixspring.cluster.BackupException;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.NotLeadingException;
import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.InsufficientMemoryException;
import io.github.atomixspring.primitive.InsufficientStorageException;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.protocol.FeatureLevel;
import io.github.atomixspring.protocol.LogEntry;
import org.jspecify.annotations.Nullable;

/**
 * Asks the leaders of partitions what backups need of them, and answers when this member
 * is asked. The leader of the first partition must be this member; those of the others
 * may move meanwhile, and are looked for again for a while.
 */
final class BackupCalls implements PartitionLeaders {

	private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);

	private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

	private static final long PAUSE_MILLIS = 100;

	private final ServerConfig config;

	private final List<ReplicaEngine> engines;

	private final StorageDirectory storage;

	private final NodeClient client;

	private final MemberView view;

	private final Levels levels;

	BackupCalls(ServerConfig config, List<ReplicaEngine> engines, StorageDirectory storage, NodeClient client,
			MemberView view, Levels levels) {
		this.config = config;
		this.engines = List.copyOf(engines);
		this.storage = storage;
		this.client = client;
		this.view = view;
		this.levels = levels;
	}

	@Override
	public CompletableFuture<Long> confirm(int partition) {
		return (partition == 0) ? confirmHere(0) : patiently(partition, () -> (isHere(partition))
				? confirmHere(partition) : call(partition, null).thenApply(BackupReply::index));
	}

	@Override
	public CompletableFuture<RestoreProgress> restore(int partition, LogEntry.Restore piece) {
		return (partition == 0) ? restoreHere(0, piece) : patiently(partition, () -> (isHere(partition))
				? restoreHere(partition, piece) : call(partition, piece).thenApply(BackupReply::progress));
	}

	/**
	 * Does what another member asks for.
	 * @param request the request
	 * @return what was done
	 */
	CompletableFuture<BackupReply> answer(BackupRequest request) {
		NodeMetadata metadata = this.storage.metadata();
		int partition = request.partition();
		if (!request.cluster().equals(metadata.cluster()) || !request.clusterId().equals(metadata.clusterId())
				|| partition < 0 || partition >= this.engines.size()) {
			return CompletableFuture.completedFuture(BackupReply.failed(new BackupException(
					"Node '" + metadata.node() + "' belongs to cluster '" + metadata.cluster() + "' with the id "
							+ metadata.clusterId() + " and " + this.engines.size() + " partition(s)",
					null)));
		}
		LogEntry.Restore piece = request.piece();
		CompletableFuture<BackupReply> reply = (piece != null)
				? restoreHere(partition, piece).thenApply(BackupReply::of)
				: confirmHere(partition).thenApply(BackupReply::at);
		return reply.exceptionally(BackupReply::failed);
	}

	private boolean isHere(int partition) {
		return this.engines.get(partition).isLeading();
	}

	private CompletableFuture<Long> confirmHere(int partition) {
		return this.engines.get(partition).confirm();
	}

	private CompletableFuture<RestoreProgress> restoreHere(int partition, LogEntry.Restore piece) {
		ReplicaEngine engine = this.engines.get(partition);
		if (engine.level() >= FeatureLevel.RESTORE || !engine.isLeading()) {
			return engine.restore(piece);
		}
		// Where there is no such level yet there is nothing to forget.
		return (piece.number() == Backups.NO_PIECE) ? CompletableFuture.completedFuture(new RestoreProgress(0, 0))
				: this.levels.require(partition, FeatureLevel.RESTORE).exceptionally((failure) -> {
					throw new BackupException("The backup cannot be brought back yet: " + Levels.message(failure),
							failure);
				}).thenCompose((raised) -> engine.restore(piece));
	}

	private CompletableFuture<BackupReply> call(int partition, LogEntry.@Nullable Restore piece) {
		Member leader = this.view.leader(partition).orElse(null);
		if (leader == null) {
			return CompletableFuture.failedFuture(new UnavailableException("There is no leader at the moment", null));
		}
		BackupRequest request = new BackupRequest(NodeDescription.VERSION, this.config.cluster(),
				Objects.requireNonNull(this.storage.metadata().clusterId()), partition, piece);
		return this.client.backup(leader, request, CALL_TIMEOUT)
			.exceptionally((failure) -> new BackupReply((piece != null) ? BackupReply.UNKNOWN : BackupReply.AGAIN,
					ChangeReply.printable("Node '" + leader.id() + "' has not answered: " + Levels.message(failure)), 0,
					0, 0))
			.thenApply(BackupReply::orThrow);
	}

	private static <T> CompletableFuture<T> patiently(int partition, Supplier<CompletableFuture<T>> attempt) {
		return patiently(partition, attempt, System.nanoTime() + PATIENCE);
	}

	private static <T> CompletableFuture<T> patiently(int partition, Supplier<CompletableFuture<T>> attempt,
			long deadline) {
		Executor later = CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
		return attempt.get().exceptionallyComposeAsync((failure) -> {
			Throwable cause = AtomixException.unwrap(failure);
			if (!isTemporary(cause)) {
				return CompletableFuture.failedFuture(cause);
			}
			return (deadline - System.nanoTime() > 0) ? patiently(partition, attempt, deadline)
					: CompletableFuture.failedFuture(new UnavailableException("The leader of partition " + partition
							+ " cannot be asked, nothing was done there: " + cause.getMessage(), cause));
		}, later);
	}

	private static boolean isTemporary(Throwable failure) {
		return failure instanceof NotLeadingException
				|| (failure instanceof UnavailableException && !(failure instanceof InsufficientStorageException
						|| failure instanceof InsufficientMemoryException));
	}

}
