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

package io.github.atomixspring.cluster;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a node knows of itself and its cluster, without asking anyone.
 *
 * @param cluster the name of the cluster
 * @param clusterId the id of the cluster, or null before its formation
 * @param node the id of the node
 * @param state the state of its Raft server
 * @param problem what is wrong and what to do, or null
 * @param role the role in the consensus
 * @param leader the node id of the leader, or null if none is known
 * @param term the term
 * @param lastIndex the index of the last log entry
 * @param commitIndex the index of the last committed entry
 * @param appliedIndex the index of the last applied entry
 * @param snapshotIndex the index of the last snapshot, or -1
 * @param digest the last computed digest of the state, or null
 * @param members the members of the cluster as far as this node knows, or the configured
 * ones before its formation
 * @param partitions the status of each partition, by its number. Role, leader, term,
 * indexes and digest above are those of the first one
 * @param storage the room on its disk, or null if that is not known
 * @param memory the use of its heap, or null if that is not known
 * @since 0.1.0
 */
public record NodeStatus(String cluster, @Nullable String clusterId, String node, NodeState state,
		@Nullable String problem, Role role, @Nullable String leader, long term, long lastIndex, long commitIndex,
		long appliedIndex, long snapshotIndex, @Nullable StateDigest digest, List<Member> members,
		List<PartitionStatus> partitions, @Nullable StorageStatus storage, @Nullable MemoryStatus memory) {

	public NodeStatus {
		members = List.copyOf(members);
		partitions = List.copyOf(partitions);
	}

	/**
	 * Creates the status of a node of a cluster with one partition.
	 * @param cluster the name of the cluster
	 * @param clusterId the id of the cluster, or null
	 * @param node the id of the node
	 * @param state the state of its Raft server
	 * @param problem what is wrong and what to do, or null
	 * @param role the role in the consensus
	 * @param leader the node id of the leader, or null
	 * @param term the term
	 * @param lastIndex the index of the last log entry
	 * @param commitIndex the index of the last committed entry
	 * @param appliedIndex the index of the last applied entry
	 * @param snapshotIndex the index of the last snapshot, or -1
	 * @param digest the last computed digest of the state, or null
	 * @param members the members
	 */
	public NodeStatus(String cluster, @Nullable String clusterId, String node, NodeState state,
			@Nullable String problem, Role role, @Nullable String leader, long term, long lastIndex, long commitIndex,
			long appliedIndex, long snapshotIndex, @Nullable StateDigest digest, List<Member> members) {
		this(cluster, clusterId, node, state, problem, members, List.of(new PartitionStatus(0, role, leader, term,
				lastIndex, commitIndex, appliedIndex, snapshotIndex, digest)), null, null);
	}

	/**
	 * Creates the status of a node.
	 * @param cluster the name of the cluster
	 * @param clusterId the id of the cluster, or null
	 * @param node the id of the node
	 * @param state the state of its Raft server
	 * @param problem what is wrong and what to do, or null
	 * @param members the members
	 * @param partitions the status of each partition, at least one
	 * @param storage the room on its disk, or null
	 * @param memory the use of its heap, or null
	 */
	public NodeStatus(String cluster, @Nullable String clusterId, String node, NodeState state,
			@Nullable String problem, List<Member> members, List<PartitionStatus> partitions,
			@Nullable StorageStatus storage, @Nullable MemoryStatus memory) {
		this(cluster, clusterId, node, state, problem, partitions.get(0).role(), partitions.get(0).leader(),
				partitions.get(0).term(), partitions.get(0).lastIndex(), partitions.get(0).commitIndex(),
				partitions.get(0).appliedIndex(), partitions.get(0).snapshotIndex(), partitions.get(0).digest(),
				members, partitions, storage, memory);
	}

}
