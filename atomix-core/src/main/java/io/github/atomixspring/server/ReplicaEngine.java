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

import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.link.LinkAcceptor;
import io.github.atomixspring.link.LocalReader;
import io.github.atomixspring.metrics.ReplicaStatistics;
import io.github.atomixspring.protocol.LogEntry;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.statemachine.StateMachine;
import org.jspecify.annotations.Nullable;

/**
 * Makes the state machine of a division and the gateway that serves it.
 */
interface ReplicaEngine {

	/**
	 * Makes the state machine of a division that is about to be built. The one before is
	 * closed by then.
	 * @param failures told when the division cannot go on
	 * @param headroom knows the room on the disks and in the heaps
	 * @return the state machine
	 */
	StateMachine newStateMachine(FailureListener failures, Headroom headroom);

	/**
	 * Serves a division that has started. Its leadership is observed through the state
	 * machine.
	 * @param division the division
	 * @param clusterId the id of the cluster
	 * @param check confirms for reads that the division leads
	 */
	void serve(RaftServer.Division division, String clusterId, LeadershipCheck check);

	/**
	 * Stops serving: links are redirected and closed. Another division may be served
	 * later. Does nothing if none is served.
	 */
	void stop();

	/**
	 * Returns the gateway, which redirects links while it does not lead.
	 * @return the gateway
	 */
	LinkAcceptor acceptor();

	/**
	 * Returns whether this member leads.
	 * @return whether it leads
	 */
	boolean isLeading();

	/**
	 * Returns the address of the leader if that is another member.
	 * @return {@code host:port}, or null if this member leads or knows no leader
	 */
	@Nullable String remoteLeader();

	/**
	 * Returns the reader of the local state.
	 * @return the reader
	 */
	LocalReader localReader();

	/**
	 * Returns what is known of the state machine.
	 * @return the status
	 */
	EngineStatus status();

	/**
	 * Returns what was counted.
	 * @return the figures
	 */
	ReplicaStatistics statistics();

	/**
	 * Makes every member compute the digest of its state at one index.
	 * @return the index; fails if this member does not lead
	 */
	CompletableFuture<Long> verify();

	/**
	 * Returns the greatest feature level that is known here.
	 * @return the level
	 */
	int knownLevel();

	/**
	 * Returns the feature level of the state.
	 * @return the level as far as the log is applied, the first one if there is no state
	 */
	int level();

	/**
	 * Raises the feature level. This member must lead, and all members must know the
	 * level.
	 * @param next the level after the present one
	 * @return the level afterwards; fails if that is not known
	 */
	CompletableFuture<Integer> raise(int next);

	/**
	 * Takes a snapshot of the present state of this member.
	 * @return its index, once it is durable; fails if it cannot be written
	 */
	CompletableFuture<Long> takeSnapshot();

	/**
	 * Returns an index that is not before that of the last command which was answered
	 * before the call.
	 * @return the index; fails if this member does not lead
	 */
	CompletableFuture<Long> confirm();

	/**
	 * Captures the state as soon as this member has applied an index. It need not lead.
	 * @param index the index
	 * @return the state
	 */
	CompletableFuture<CapturedState> capture(long index);

	/**
	 * Appends a piece of a backup.
	 * @param piece the piece
	 * @return how far the backup was brought back after it; fails if this member does not
	 * lead
	 */
	CompletableFuture<RestoreProgress> restore(LogEntry.Restore piece);

	/**
	 * Stops serving for ever and ends the threads of the gateway.
	 */
	void close();

}
