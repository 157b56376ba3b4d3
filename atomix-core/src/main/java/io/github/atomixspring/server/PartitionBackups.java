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

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.cluster.NotLeadingException;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.protocol.LogEntry;
import io.github.atomixspring.statemachine.ReplicatedState;

/**
 * What backups need of one partition, on this member.
 */
final class PartitionBackups {

	private final GatewayInfo info;

	private final Gateway gateway;

	PartitionBackups(GatewayInfo info, Gateway gateway) {
		this.info = info;
		this.gateway = gateway;
	}

	/**
	 * Returns an index that is not before that of the last command which was answered
	 * before the call. This member must lead.
	 * @return the index; fails with {@link NotLeadingException}
	 */
	CompletableFuture<Long> confirm() {
		RaftLogAccess log = this.info.log();
		return (log != null && this.gateway.isServing())
				? log.confirmLeadership().exceptionallyCompose((ex) -> notLeading()) : notLeading();
	}

	/**
	 * Captures the state as soon as this member, which need not lead, has applied an
	 * index.
	 * @param index the index
	 * @return the state
	 */
	CompletableFuture<CapturedState> capture(long index) {
		CompletableFuture<CapturedState> captured = new CompletableFuture<>();
		RatisStateMachine.StateTask task = new RatisStateMachine.StateTask() {

			@Override
			public void run(ReplicatedState state, long applied) {
				captured.complete(new CapturedState(state.capture(), state.level(), applied));
			}

			@Override
			public void abandoned() {
				captured.completeExceptionally(new UnavailableException("This member was stopped", null));
			}

		};
		RaftLogAccess log = this.info.log();
		if (log != null) {
			log.whenApplied(index, task);
		}
		else {
			task.abandoned();
		}
		return captured;
	}

	/**
	 * Brings a piece of a backup to the log, so that all members have it at the same
	 * index. This member must lead.
	 * @param piece the piece
	 * @return how far the backup was brought back after it
	 */
	CompletableFuture<RestoreProgress> restore(LogEntry.Restore piece) {
		if (!this.gateway.isServing()) {
			return notLeading();
		}
		Admission admission = this.info.admission();
		// What takes the pieces away again gives room.
		if (admission.isRestricted() && piece.number() != Backups.NO_PIECE) {
			return CompletableFuture.failedFuture(admission.toException());
		}
		return this.gateway.append(piece, bytes(piece.content()),
				(state) -> new RestoreProgress(state.restored(piece.backup()), state.primitiveCount()));
	}

	private static int bytes(List<byte[]> content) {
		return content.stream().mapToInt((part) -> part.length).sum();
	}

	private <T> CompletableFuture<T> notLeading() {
		return CompletableFuture.failedFuture(new NotLeadingException(this.info.node(), null));
	}

}
