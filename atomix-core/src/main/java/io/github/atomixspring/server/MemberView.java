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
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.cluster.ClusterReport;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.MemberReport;
import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.cluster.NodeStatus;
import io.github.atomixspring.cluster.NotLeadingException;
import io.github.atomixspring.cluster.PartitionStatus;
import io.github.atomixspring.cluster.Role;
import io.github.atomixspring.link.PeerProblemException;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a member while it runs. May be used by any thread.
 */
final class MemberView {

	private static final long NO_INDEX = -1;

	private final ServerConfig config;

	private final List<ReplicaEngine> engines;

	private final StorageDirectory storage;

	private final Roster roster;

	private final NodeClient client;

	private final Headroom headroom;

	private volatile Condition condition = new Condition(NodeState.STOPPED, null);

	private volatile @Nullable RaftNode node;

	MemberView(ServerConfig config, List<ReplicaEngine> engines, StorageDirectory storage, Roster roster,
			NodeClient client, Headroom headroom) {
		this.config = config;
		this.engines = List.copyOf(engines);
		this.storage = storage;
		this.roster = roster;
		this.client = client;
		this.headroom = headroom;
	}

	/**
	 * Sets the state.
	 * @param state the state
	 * @param problem what is wrong, or null
	 */
	void set(NodeState state, @Nullable String problem) {
		this.condition = new Condition(state, problem);
	}

	/**
	 * Sets the server.
	 * @param current the server, or null if there is none
	 */
	void serves(@Nullable RaftNode current) {
		this.node = current;
		this.roster.serves(current);
	}

	/**
	 * Returns the server.
	 * @return the server, or null if there is none
	 */
	@Nullable RaftNode node() {
		return this.node;
	}

	/**
	 * Returns the division of the first partition.
	 * @return the division, or null if there is none
	 */
	RaftServer.@Nullable Division division() {
		return division(0);
	}

	/**
	 * Returns the division of a partition.
	 * @param partition the number of the partition
	 * @return the division, or null if there is none
	 */
	RaftServer.@Nullable Division division(int partition) {
		RaftNode current = this.node;
		return (current != null) ? current.division(partition) : null;
	}

	/**
	 * Returns the division of a group.
	 * @param group the id of the group
	 * @return the division, or null if there is none
	 */
	RaftServer.@Nullable Division division(UUID group) {
		String clusterId = this.storage.metadata().clusterId();
		int partition = (clusterId != null) ? GroupIds.partitionOf(clusterId, this.engines.size(), group) : -1;
		return (partition >= 0) ? division(partition) : null;
	}

	/**
	 * Returns another member that leads a partition.
	 * @param partition the number of the partition
	 * @return the leader, or empty if this member knows of none
	 */
	Optional<Member> leader(int partition) {
		RaftServer.Division division = division(partition);
		String leader = (division != null) ? KnownLeader.nodeOf(division) : null;
		return (leader != null) ? this.roster.find(leader) : Optional.empty();
	}

	/**
	 * Returns who asks when this member asks others.
	 * @return the request
	 */
	DescribeRequest request() {
		return new DescribeRequest(NodeDescription.VERSION, this.config.cluster(), this.storage.metadata().clusterId(),
				this.config.self().id(), NodeDescription.describe(this.config.members()));
	}

	/**
	 * Returns a request of this member that does not compare configurations.
	 * @return the request
	 */
	DescribeRequest anonymousRequest() {
		return new DescribeRequest(NodeDescription.VERSION, this.config.cluster(), this.storage.metadata().clusterId(),
				this.config.self().id(), List.of());
	}

	/**
	 * Returns the status of the member.
	 * @return the status
	 */
	NodeStatus status() {
		Condition current = this.condition;
		NodeMetadata metadata = this.storage.metadata();
		String problem = (current.problem() != null) ? current.problem() : this.headroom.problem();
		List<PartitionStatus> partitions = new ArrayList<>();
		for (int partition = 0; partition < this.engines.size(); partition++) {
			EngineStatus engineStatus = this.engines.get(partition).status();
			if (problem == null && engineStatus.problem() != null) {
				problem = (this.engines.size() > 1) ? "Partition " + partition + ": " + engineStatus.problem()
						: engineStatus.problem();
			}
			partitions.add(status(partition, engineStatus,
					(current.state() != NodeState.FAILED) ? division(partition) : null));
		}
		return new NodeStatus(this.config.cluster(), metadata.clusterId(), this.config.self().id(), current.state(),
				problem, this.roster.members(), partitions, this.headroom.storage(), this.headroom.memory());
	}

	private static PartitionStatus status(int partition, EngineStatus engineStatus,
			RaftServer.@Nullable Division division) {
		if (division == null || !division.getInfo().isAlive()) {
			return new PartitionStatus(partition, Role.NONE, null, 0, NO_INDEX, NO_INDEX, NO_INDEX,
					engineStatus.snapshotIndex(), engineStatus.digest());
		}
		DivisionInfo info = division.getInfo();
		TermIndex last = division.getRaftLog().getLastEntryTermIndex();
		return new PartitionStatus(partition, role(info), KnownLeader.nodeOf(division), info.getCurrentTerm(),
				(last != null) ? last.getIndex() : NO_INDEX, division.getRaftLog().getLastCommittedIndex(),
				info.getLastAppliedIndex(), engineStatus.snapshotIndex(), engineStatus.digest());
	}

	/**
	 * Hands the leaderships of all partitions that this member leads to another member.
	 * @param target the id of its node
	 * @param timeout how long that may take
	 * @return completes when it leads them; fails if this member leads none, if there is
	 * no such member, or if it does not lead in time
	 */
	CompletableFuture<Void> transferLeadership(String target, Duration timeout) {
		List<CompletableFuture<Void>> transfers = new ArrayList<>();
		for (int partition = 0; partition < this.engines.size(); partition++) {
			if (leads(partition)) {
				transfers.add(transferLeadership(target, partition, timeout));
			}
		}
		return (!transfers.isEmpty()) ? CompletableFuture.allOf(transfers.toArray(new CompletableFuture<?>[0]))
				: CompletableFuture.failedFuture(new NotLeadingException(this.config.self().id(), status().leader()));
	}

	private boolean leads(int partition) {
		RaftServer.Division division = division(partition);
		return division != null && division.getInfo().isLeader();
	}

	/**
	 * Hands the leadership of a partition to another member.
	 * @param target the id of its node
	 * @param partition the number of the partition
	 * @param timeout how long that may take
	 * @return completes when it leads; fails if this member does not lead, if there is no
	 * such member or partition, or if it does not lead in time
	 */
	CompletableFuture<Void> transferLeadership(String target, int partition, Duration timeout) {
		int count = this.engines.size();
		if (partition < 0 || partition >= count) {
			return CompletableFuture.failedFuture(new IllegalArgumentException(
					"There is no partition " + partition + ": the cluster has " + count + ", the first one is 0"));
		}
		RaftNode current = this.node;
		RaftServer.Division division = division(partition);
		String self = this.config.self().id();
		if (current == null || division == null || !division.getInfo().isLeader()) {
			return CompletableFuture
				.failedFuture(new NotLeadingException(self, status().partitions().get(partition).leader()));
		}
		Collection<RaftPeer> peers = division.getRaftConf().getCurrentPeers();
		RaftPeerId peer = peers.stream()
			.map(RaftPeer::getId)
			.filter((id) -> PeerInfo.nodeOf(id.toString()).equals(target))
			.findFirst()
			.orElse(null);
		if (peer == null) {
			boolean listener = this.roster.members()
				.stream()
				.anyMatch((member) -> member.listener() && member.id().equals(target));
			return CompletableFuture.failedFuture(new IllegalArgumentException(
					(listener) ? "Member '" + target + "' is a listener, which never leads: promote it first"
							: "There is no member '" + target + "': the members are "
									+ peers.stream()
										.map((other) -> PeerInfo.nodeOf(other.getId().toString()))
										.sorted()
										.toList()));
		}
		return (target.equals(self)) ? CompletableFuture.completedFuture(null)
				: current.handOverTo(partition, peer, timeout.toMillis());
	}

	private static Role role(DivisionInfo info) {
		return switch (info.getCurrentRole()) {
			case LEADER -> Role.LEADER;
			case FOLLOWER -> Role.FOLLOWER;
			case CANDIDATE -> Role.CANDIDATE;
			case LISTENER -> Role.LISTENER;
			default -> Role.NONE;
		};
	}

	/**
	 * Asks all members for their status.
	 * @param timeout how long to wait
	 * @return completes in time, whatever members do
	 */
	CompletableFuture<ClusterReport> report(Duration timeout) {
		DescribeRequest request = request();
		List<CompletableFuture<MemberReport>> reports = new ArrayList<>();
		for (Member member : this.roster.members()) {
			if (member.id().equals(this.config.self().id())) {
				reports.add(CompletableFuture.completedFuture(new MemberReport(member, status(), null)));
			}
			else {
				reports.add(this.client.describe(member, request, timeout)
					.thenApply((answer) -> report(member, answer))
					.exceptionally((ex) -> new MemberReport(member, null, describe(ex))));
			}
		}
		return CompletableFuture.allOf(reports.toArray(new CompletableFuture<?>[0]))
			.thenApply((done) -> new ClusterReport(reports.stream().map(CompletableFuture::join).toList()));
	}

	private static String describe(Throwable failure) {
		Throwable cause = failure.getCause();
		return String.valueOf((cause instanceof PeerProblemException) ? cause.getMessage() : failure.getMessage());
	}

	private MemberReport report(Member member, NodeDescription answer) {
		return new MemberReport(member, answer.toStatus(this.roster.members()),
				Formation.check(this.config, member, answer));
	}

	/**
	 * The state of the member.
	 *
	 * @param state the state
	 * @param problem what is wrong, or null
	 */
	private record Condition(NodeState state, @Nullable String problem) {

	}

}
