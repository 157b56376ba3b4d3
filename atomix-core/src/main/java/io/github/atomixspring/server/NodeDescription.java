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

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.MemoryStatus;
import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.cluster.NodeStatus;
import io.github.atomixspring.cluster.Role;
import io.github.atomixspring.cluster.StateDigest;
import io.github.atomixspring.cluster.StorageStatus;
import io.github.atomixspring.protocol.FeatureLevel;
import org.jspecify.annotations.Nullable;

/**
 * What a member says about itself to another.
 *
 * @param version the version of the protocol
 * @param cluster the name of its cluster
 * @param clusterId the id of its cluster, or null if it has none yet
 * @param node its id
 * @param peer the id of its incarnation
 * @param phase the name of its {@link NodeMetadata.Phase}
 * @param peers the peers of its cluster, as far as it knows
 * @param members its configured members in {@linkplain #describe(List) text form}
 * @param state the name of its {@link NodeState}
 * @param problem what is wrong, or null
 * @param role the name of its {@link Role}
 * @param leader the id of the leading node, or null
 * @param term the term
 * @param lastIndex the index of the last log entry
 * @param commitIndex the index of the last committed entry
 * @param appliedIndex the index of the last applied entry
 * @param snapshotIndex the index of the last snapshot, or -1
 * @param digestIndex the index of the last digest
 * @param digest the last digest, or null
 * @param partitions the number of partitions; 0 from an earlier release stands for 1
 * @param more the state of each partition but the first, which is described above
 * @param level the greatest feature level that it knows; 0 in the description of a member
 * who knows nothing of levels stands for the first one
 * @param freeSpace how many bytes are free on its disk, or -1
 * @param requiredSpace how many it needs to take writes, or 0
 * @param shortage why it takes no writes for want of room, or null
 * @param usedMemory how many bytes of its heap are used for what lives long
 * @param memoryLimit how many it may use to take writes, or 0
 * @param memoryShortage why it takes no writes for want of memory, or null
 */
@JsonFormat(shape = Shape.ARRAY)
record NodeDescription(int version, String cluster, @Nullable String clusterId, String node, String peer, String phase,
		List<PeerInfo> peers, List<String> members, String state, @Nullable String problem, String role,
		@Nullable String leader, long term, long lastIndex, long commitIndex, long appliedIndex, long snapshotIndex,
		long digestIndex, @Nullable String digest, int partitions, @Nullable List<PartitionDescription> more, int level,
		long freeSpace, long requiredSpace, @Nullable String shortage, long usedMemory, long memoryLimit,
		@Nullable String memoryShortage) {

	/**
	 * The version of the protocol between members.
	 */
	static final int VERSION = 1;

	/**
	 * Checks what must be there: the answer may come from anyone.
	 */
	NodeDescription {
		DescribeRequest.checkText(cluster);
		DescribeRequest.checkText(node);
		DescribeRequest.checkText(peer);
		Objects.requireNonNull(phase, "phase");
		Objects.requireNonNull(state, "state");
		Objects.requireNonNull(role, "role");
		peers = List.copyOf(peers);
		members = List.copyOf(members);
		partitions = Math.max(1, partitions);
		level = Math.max(FeatureLevel.BASE, level);
		more = (more != null) ? List.copyOf(more) : List.of();
		members.forEach(DescribeRequest::checkText);
	}

	/**
	 * Returns the description of a member.
	 * @param metadata its metadata
	 * @param peers the peers
	 * @param members the configured members
	 * @param status its status
	 * @param level the greatest feature level that it knows
	 * @return the description
	 */
	static NodeDescription of(NodeMetadata metadata, List<PeerInfo> peers, List<Member> members, NodeStatus status,
			int level) {
		StateDigest digest = status.digest();
		StorageStatus storage = status.storage();
		MemoryStatus memory = status.memory();
		return new NodeDescription(VERSION, metadata.cluster(), metadata.clusterId(), metadata.node(), metadata.peer(),
				metadata.phase().name(), peers, describe(members), status.state().name(), status.problem(),
				status.role().name(), status.leader(), status.term(), status.lastIndex(), status.commitIndex(),
				status.appliedIndex(), status.snapshotIndex(), (digest != null) ? digest.index() : -1,
				(digest != null) ? digest.value() : null, metadata.partitions(),
				status.partitions().stream().skip(1).map(PartitionDescription::of).toList(), level,
				(storage != null) ? storage.free() : -1, (storage != null) ? storage.required() : 0,
				(storage != null) ? storage.shortage() : null, (memory != null) ? memory.used() : 0,
				(memory != null) ? memory.limit() : 0, (memory != null) ? memory.shortage() : null);
	}

	/**
	 * Returns members in the form in which they are compared.
	 * @param members the members
	 * @return {@code id=host:port} of each, of those without a vote followed by
	 * {@code (listener)}, sorted
	 */
	static List<String> describe(List<Member> members) {
		return members.stream()
			.map((member) -> member.id() + "=" + member.address() + (member.listener() ? " (listener)" : ""))
			.sorted()
			.toList();
	}

	/**
	 * Returns whether the member is in a phase.
	 * @param expected the phase
	 * @return whether it is
	 */
	boolean isIn(NodeMetadata.Phase expected) {
		return expected.name().equals(this.phase);
	}

	/**
	 * Returns whether the member can be taken in now: its Raft server runs. The leader
	 * sends a snapshot at once, and one that comes before the division is made as a whole
	 * stops that division for good.
	 * @return whether it can be
	 */
	boolean waitsToJoin() {
		return isIn(NodeMetadata.Phase.JOINING) && NodeState.JOINING.name().equals(this.state);
	}

	/**
	 * Returns whether the member believes to lead.
	 * @return whether it does
	 */
	boolean leads() {
		return Role.LEADER.name().equals(this.role);
	}

	/**
	 * Returns the index of the last log entry of a partition.
	 * @param partition the number of the partition
	 * @return the index, or -1 if it is not known
	 */
	long lastIndex(int partition) {
		List<PartitionDescription> others = this.more;
		if (partition == 0) {
			return this.lastIndex;
		}
		return (others != null && partition <= others.size()) ? others.get(partition - 1).lastIndex() : -1;
	}

	/**
	 * Returns what the member has too little of.
	 * @return why it takes no writes, or null
	 */
	@Nullable String shortages() {
		return Headroom.join(this.shortage, this.memoryShortage);
	}

	/**
	 * Returns the status of the member.
	 * @param configured the configured members
	 * @return the status
	 */
	NodeStatus toStatus(List<Member> configured) {
		NodeState nodeState = find(NodeState.values(), this.state, NodeState.FAILED);
		Stream<PartitionDescription> all = Stream.concat(
				Stream.of(new PartitionDescription(0, this.role, this.leader, this.term, this.lastIndex,
						this.commitIndex, this.appliedIndex, this.snapshotIndex, this.digestIndex, this.digest)),
				Stream.ofNullable(this.more).flatMap(List::stream));
		return new NodeStatus(this.cluster, this.clusterId, this.node, nodeState, this.problem, configured,
				all.map(PartitionDescription::toStatus).toList(), storage(), memory());
	}

	private @Nullable StorageStatus storage() {
		// A release that does not tell leaves zeros.
		return (this.freeSpace != 0 || this.requiredSpace != 0)
				? new StorageStatus(this.freeSpace, this.requiredSpace, this.shortage) : null;
	}

	private @Nullable MemoryStatus memory() {
		return (this.memoryLimit != 0) ? new MemoryStatus(this.usedMemory, this.memoryLimit, this.memoryShortage)
				: null;
	}

	/**
	 * Returns the value of a name, which may come from another release.
	 * @param <E> the type of the values
	 * @param values all values
	 * @param name the name
	 * @param otherwise the value of a name that is not known
	 * @return the value
	 */
	static <E extends Enum<E>> E find(E[] values, String name, E otherwise) {
		return Arrays.stream(values).filter((value) -> value.name().equals(name)).findFirst().orElse(otherwise);
	}

}
