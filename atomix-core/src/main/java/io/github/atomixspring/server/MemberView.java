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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.cluster.ClusterReport;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.MemberReport;
import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.cluster.NodeStatus;
import io.github.atomixspring.cluster.Role;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of a member while it runs, and what it tells others. May be used by any
 * thread.
 */
final class MemberView implements NodeService.Handler {

	private static final Logger logger = LoggerFactory.getLogger(MemberView.class);

	private static final Duration VERIFY_TIMEOUT = Duration.ofSeconds(1);

	private static final long JOIN_SECONDS = 8;

	private static final long WARN_INTERVAL = TimeUnit.MINUTES.toNanos(1);

	private static final long NO_INDEX = -1;

	private final ServerConfig config;

	private final ReplicaEngine engine;

	private final StorageDirectory storage;

	private final NodeClient client;

	private final Map<String, Every> warnings = new HashMap<>();

	private volatile Condition condition = new Condition(NodeState.STOPPED, null);

	private volatile @Nullable RaftNode node;

	MemberView(ServerConfig config, ReplicaEngine engine, StorageDirectory storage, NodeClient client) {
		this.config = config;
		this.engine = engine;
		this.storage = storage;
		this.client = client;
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
	}

	/**
	 * Returns the server.
	 * @return the server, or null if there is none
	 */
	@Nullable RaftNode node() {
		return this.node;
	}

	/**
	 * Returns the division.
	 * @return the division, or null if there is none
	 */
	RaftServer.@Nullable Division division() {
		RaftNode current = this.node;
		return (current != null) ? current.division() : null;
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
	 * Returns the status of the member.
	 * @return the status
	 */
	NodeStatus status() {
		Condition current = this.condition;
		NodeMetadata metadata = this.storage.metadata();
		EngineStatus engineStatus = this.engine.status();
		String problem = (current.problem() != null) ? current.problem() : engineStatus.problem();
		RaftServer.Division division = (current.state() != NodeState.FAILED) ? division() : null;
		if (division == null || !division.getInfo().isAlive()) {
			return new NodeStatus(this.config.cluster(), metadata.clusterId(), this.config.self().id(), current.state(),
					problem, Role.NONE, null, 0, NO_INDEX, NO_INDEX, NO_INDEX, engineStatus.snapshotIndex(),
					engineStatus.digest(), this.config.members());
		}
		DivisionInfo info = division.getInfo();
		RaftPeerId leader = info.getLeaderId();
		TermIndex last = division.getRaftLog().getLastEntryTermIndex();
		return new NodeStatus(this.config.cluster(), metadata.clusterId(), this.config.self().id(), current.state(),
				problem, role(info), (leader != null) ? PeerInfo.nodeOf(leader.toString()) : null,
				info.getCurrentTerm(), (last != null) ? last.getIndex() : NO_INDEX,
				division.getRaftLog().getLastCommittedIndex(), info.getLastAppliedIndex(), engineStatus.snapshotIndex(),
				engineStatus.digest(), this.config.members());
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
		for (Member member : this.config.members()) {
			if (member.equals(this.config.self())) {
				reports.add(CompletableFuture.completedFuture(new MemberReport(member, status(), null)));
			}
			else {
				reports.add(this.client.describe(member, request, timeout)
					.thenApply((answer) -> report(member, answer))
					.exceptionally((ex) -> new MemberReport(member, null, String.valueOf(ex.getMessage()))));
			}
		}
		return CompletableFuture.allOf(reports.toArray(new CompletableFuture<?>[0]))
			.thenApply((done) -> new ClusterReport(reports.stream().map(CompletableFuture::join).toList()));
	}

	private MemberReport report(Member member, NodeDescription answer) {
		return new MemberReport(member, answer.toStatus(this.config.members()),
				Formation.check(this.config, member, answer));
	}

	@Override
	public NodeDescription describe(DescribeRequest request) {
		warnOfMismatch(request);
		NodeMetadata metadata = this.storage.metadata();
		RaftServer.Division division = division();
		List<PeerInfo> peers = (division != null) ? peers(division.getRaftConf()) : List.of();
		return NodeDescription.of(metadata, (peers.isEmpty()) ? metadata.peers() : peers, this.config.members(),
				status());
	}

	@Override
	public TermReply term(TermRequest request) {
		RaftServer.Division division = division();
		boolean meant = division != null && division.getId().toString().equals(request.peer())
				&& division.getGroup().getGroupId().getUuid().toString().equals(request.group());
		return new TermReply((division != null && meant) ? division.getInfo().getCurrentTerm() : -1);
	}

	private void warnOfMismatch(DescribeRequest request) {
		String problem = null;
		if (!request.cluster().equals(this.config.cluster())) {
			problem = "a member of cluster '" + request.cluster() + "', node '" + request.node()
					+ "', has the address of this member of cluster '" + this.config.cluster() + "'";
		}
		else if (!request.members().equals(NodeDescription.describe(this.config.members()))) {
			problem = "node '" + request.node() + "' has the members " + request.members() + ", this node has "
					+ NodeDescription.describe(this.config.members());
		}
		if (problem != null && isWarningDue(request.node())) {
			logger.warn("Node '{}': {}", this.config.self().id(), problem);
		}
	}

	private boolean isWarningDue(String source) {
		synchronized (this.warnings) {
			if (this.warnings.size() > 100) {
				this.warnings.clear();
			}
			return this.warnings.computeIfAbsent(source, (id) -> new Every(WARN_INTERVAL)).isDue();
		}
	}

	@Override
	public CompletableFuture<JoinReply> join(JoinRequest request) {
		RaftNode current = this.node;
		RaftServer.Division division = division();
		Member member = this.config.others()
			.stream()
			.filter((other) -> other.id().equals(request.node()))
			.findFirst()
			.orElse(null);
		NodeMetadata metadata = this.storage.metadata();
		if (!request.cluster().equals(metadata.cluster()) || !request.clusterId().equals(metadata.clusterId())) {
			return done(JoinReply.no("node '" + metadata.node() + "' belongs to cluster '" + metadata.cluster()
					+ "' with the id " + metadata.clusterId()));
		}
		if (member == null) {
			return done(JoinReply
				.no("node '" + request.node() + "' is not among the other members of node '" + metadata.node() + "'"));
		}
		if (current == null || division == null) {
			return done(JoinReply.no("node '" + metadata.node() + "' does not take part at the moment"));
		}
		if (!division.getInfo().isLeaderReady()) {
			RaftPeerId leader = division.getInfo().getLeaderId();
			String leaderNode = (leader != null) ? PeerInfo.nodeOf(leader.toString()) : null;
			return done(new JoinReply(false,
					(leaderNode != null) ? "the leader '" + leaderNode + "' has yet to answer"
							: "there is no leader: a majority of the members with data must run",
					Objects.equals(leaderNode, metadata.node()) ? null : leaderNode));
		}
		RaftConfiguration configuration = division.getRaftConf();
		if (!configuration.getPreviousPeers().isEmpty()) {
			return done(JoinReply.no("another change of members is under way"));
		}
		if (contains(configuration, request.peer())) {
			return done(JoinReply.yes());
		}
		return replace(current, member, request);
	}

	private CompletableFuture<JoinReply> replace(RaftNode current, Member member, JoinRequest request) {
		// Only the incarnation that really runs at the configured address gets the vote.
		return this.client.describe(member, request(), VERIFY_TIMEOUT).thenCompose((answer) -> {
			if (!answer.peer().equals(request.peer()) || !answer.isIn(NodeMetadata.Phase.JOINING)) {
				return done(JoinReply.no("at " + member.address() + " answers another incarnation"));
			}
			logger.info("Node '{}' replaces the former incarnation of node '{}' by {}", this.config.self().id(),
					request.node(), request.peer());
			return current.replace(new PeerInfo(request.peer(), member.address()))
				.thenApply((changed) -> JoinReply.yes())
				.completeOnTimeout(JoinReply.no("the change of members takes its time"), JOIN_SECONDS,
						TimeUnit.SECONDS);
		}).exceptionally((ex) -> JoinReply.no(String.valueOf(ex.getMessage())));
	}

	private static CompletableFuture<JoinReply> done(JoinReply reply) {
		return CompletableFuture.completedFuture(reply);
	}

	/**
	 * Returns the peers of a configuration.
	 * @param configuration the configuration
	 * @return the peers, in the order of their ids
	 */
	static List<PeerInfo> peers(RaftConfiguration configuration) {
		Collection<RaftPeer> peers = configuration.getCurrentPeers();
		return peers.stream().map(PeerInfo::of).sorted(Comparator.comparing(PeerInfo::id)).toList();
	}

	/**
	 * Returns whether a peer is part of a configuration.
	 * @param configuration the configuration
	 * @param peer the id of the peer
	 * @return whether it is
	 */
	static boolean contains(RaftConfiguration configuration, String peer) {
		return configuration.getCurrentPeers().stream().anyMatch((other) -> other.getId().toString().equals(peer));
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
