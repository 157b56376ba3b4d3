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

package io.github.atomixspring.metrics;

/**
 * What a member has counted since its process started it, and what it has at hand.
 *
 * @param gateway the gateway of the sessions
 * @param snapshots the snapshots
 * @param sessions the open sessions of the cluster, as of the last applied entry: one for
 * each node and partition
 * @since 0.1.0
 */
public record ReplicaStatistics(GatewayStatistics gateway, SnapshotStatistics snapshots, int sessions) {

	/**
	 * Adds what was counted of another partition.
	 * @param other the other figures
	 * @return the figures of both
	 */
	public ReplicaStatistics plus(ReplicaStatistics other) {
		return new ReplicaStatistics(this.gateway.plus(other.gateway), this.snapshots.plus(other.snapshots),
				this.sessions + other.sessions);
	}

	/**
	 * What the gateways of the sessions have counted. Only that of the leader of a
	 * partition serves.
	 *
	 * @param serving how many of them serve: with one partition 1 or 0
	 * @param reigns how often it began to serve
	 * @param queued how many submissions wait for the next entry
	 * @param queuedBytes how many bytes they have
	 * @param entriesInFlight how many log entries are not committed yet
	 * @param entries how many log entries were appended
	 * @param submissions how many submissions were in them: batches of commands,
	 * keep-alives and the like
	 * @param bytes how many bytes the entries had
	 * @param refusals how many submissions were not taken because too much was queued
	 * @param expiredSessions how many sessions ended for want of a sign of life
	 * @param refusedCommands how many commands were not taken for want of room on the
	 * disks of the members
	 */
	public record GatewayStatistics(int serving, long reigns, int queued, long queuedBytes, int entriesInFlight,
			long entries, long submissions, long bytes, long refusals, long expiredSessions, long refusedCommands) {

		/**
		 * A gateway that has done nothing.
		 */
		public static final GatewayStatistics NONE = new GatewayStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

		/**
		 * Adds what another gateway has counted.
		 * @param other the other figures
		 * @return the figures of both
		 */
		public GatewayStatistics plus(GatewayStatistics other) {
			return new GatewayStatistics(this.serving + other.serving, this.reigns + other.reigns,
					this.queued + other.queued, this.queuedBytes + other.queuedBytes,
					this.entriesInFlight + other.entriesInFlight, this.entries + other.entries,
					this.submissions + other.submissions, this.bytes + other.bytes, this.refusals + other.refusals,
					this.expiredSessions + other.expiredSessions, this.refusedCommands + other.refusedCommands);
		}

	}

	/**
	 * What was counted of the snapshots.
	 *
	 * @param written how many were written
	 * @param writeNanos how long that took altogether, in nanoseconds
	 * @param failed how many could not be written
	 * @param bytes the size of the last one of each partition that was written or loaded,
	 * 0 if there is none
	 */
	public record SnapshotStatistics(long written, long writeNanos, long failed, long bytes) {

		/**
		 * No snapshot.
		 */
		public static final SnapshotStatistics NONE = new SnapshotStatistics(0, 0, 0, 0);

		/**
		 * Adds what was counted of other snapshots.
		 * @param other the other figures
		 * @return the figures of both
		 */
		public SnapshotStatistics plus(SnapshotStatistics other) {
			return new SnapshotStatistics(this.written + other.written, this.writeNanos + other.writeNanos,
					this.failed + other.failed, this.bytes + other.bytes);
		}

	}

}
