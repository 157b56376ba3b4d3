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
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.atomixspring.cluster.ClusterMismatchException;
import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.primitive.AtomixException;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a member into its cluster, step by step: finds the cluster or makes it with
 * the others, asks to be taken in as a replacement, and then watches whether there is a
 * leader. Used by one thread.
 */
final class Membership {

	private static final Logger logger = LoggerFactory.getLogger(Membership.class);

	private static final Duration DESCRIBE_TIMEOUT = Duration.ofSeconds(1);

	private static final long JOIN_INTERVAL = TimeUnit.MILLISECONDS.toNanos(500);

	private static final long WATCH_INTERVAL = TimeUnit.SECONDS.toNanos(1);

	private static final long VERIFY_INTERVAL = TimeUnit.MINUTES.toNanos(1);

	private static final long MARK_INTERVAL = TimeUnit.SECONDS.toNanos(10);

	private static final long NO_LEADER_PATIENCE = TimeUnit.SECONDS.toNanos(5);

	private final ServerConfig config;

	private final List<ReplicaEngine> engines;

	private final StorageDirectory storage;

	private final Roster roster;

	private final NodeClient client;

	private final MemberView view;

	private final Polls polls;

	private final LeaderSpread spread;

	private final StrayPeers strays;

	private final Every waitingLog = new Every(TimeUnit.SECONDS.toNanos(10));

	private final Every joinTimer = new Every(JOIN_INTERVAL);

	private final Every watchTimer = new Every(WATCH_INTERVAL);

	private final Every verifyTimer = new Every(VERIFY_INTERVAL);

	private final Every markTimer = new Every(MARK_INTERVAL);

	private final Map<Integer, CommitMark> commitMarks = new ConcurrentHashMap<>();

	private @Nullable CompletableFuture<JoinReply> joining;

	private @Nullable String joinTarget;

	private int joinPartition;

	private long leaderSeen;

	Membership(ServerConfig config, List<ReplicaEngine> engines, StorageDirectory storage, Roster roster,
			NodeClient client, MemberView view, MemberChanges changes) {
		this.config = config;
		this.engines = List.copyOf(engines);
		this.storage = storage;
		this.roster = roster;
		this.client = client;
		this.view = view;
		this.polls = new Polls(config, roster, client);
		this.spread = new LeaderSpread(config, roster, client, view);
		this.strays = new StrayPeers(config, storage, client, view, changes);
	}

	/**
	 * Prepares the start of a server.
	 * @return the groups it takes part in from the start, by partition; none if it is not
	 * in a cluster yet
	 * @throws AtomixException if its directory must not be used
	 */
	List<RaftGroup> prepare() {
		this.joining = null;
		NodeMetadata metadata = this.storage.metadata();
		this.storage.checkLog();
		if (metadata.phase() == NodeMetadata.Phase.FORMED) {
			refuseIfReplaced(this.polls.askAll(this.view.request(), DESCRIBE_TIMEOUT));
		}
		return (metadata.clusterId() != null) ? groups(metadata) : List.of();
	}

	/**
	 * A server was started.
	 * @param node the server
	 */
	void started(RaftNode node) {
		NodeMetadata metadata = this.storage.metadata();
		this.view.set(switch (metadata.phase()) {
			case NEW -> NodeState.FORMING;
			case JOINING -> NodeState.JOINING;
			case FORMED -> NodeState.RUNNING;
		}, null);
		if (metadata.clusterId() != null) {
			serve(node);
		}
	}

	private void serve(RaftNode node) {
		NodeMetadata metadata = this.storage.metadata();
		if (!metadata.started()) {
			this.storage.forceLogs();
			metadata = metadata.withStarted();
			this.storage.update(metadata);
		}
		this.leaderSeen = System.nanoTime();
		for (int partition = 0; partition < this.engines.size(); partition++) {
			RaftServer.Division division = node.division(partition);
			if (division != null) {
				CommitMark mark = CommitMark.read(this.storage.groupDirectory(metadata, partition));
				mark.check(lastIndex(division));
				this.commitMarks.put(partition, mark);
				this.engines.get(partition)
					.serve(division, Objects.requireNonNull(metadata.clusterId()),
							new QuorumCheck(division, this.client));
			}
		}
	}

	private static long lastIndex(RaftServer.Division division) {
		TermIndex last = division.getRaftLog().getLastEntryTermIndex();
		SnapshotInfo snapshot = division.getStateMachine().getLatestSnapshot();
		return Math.max((last != null) ? last.getIndex() : -1, (snapshot != null) ? snapshot.getIndex() : -1);
	}

	/**
	 * Takes note of how far the logs have come.
	 * @param node the server
	 */
	void mark(RaftNode node) {
		this.commitMarks.forEach((partition, mark) -> {
			RaftServer.Division division = node.division(partition);
			if (division != null) {
				mark(mark, division);
			}
		});
	}

	private void mark(CommitMark mark, RaftServer.Division division) {
		try {
			mark.advance(division.getRaftLog().getLastCommittedIndex());
		}
		catch (IOException ex) {
			// The log itself says so as soon as it matters.
			logger.debug("Node '{}' could not take note of the end of its log", this.config.self().id(), ex);
		}
	}

	private List<RaftGroup> groups(NodeMetadata metadata) {
		List<PeerInfo> peers = metadata.peers().stream().map(this.roster::current).toList();
		if (metadata.phase() == NodeMetadata.Phase.JOINING && this.config.self().listener()) {
			// With no peers at all Ratis takes it for a voter until it starts again.
			peers = List.of(new PeerInfo(metadata.peer(), this.config.self().address(), true));
		}
		return RaftNode.groups(Objects.requireNonNull(metadata.clusterId()), metadata.partitions(), peers);
	}

	/**
	 * Returns whether a member is a listener now, in all partitions, but has a server
	 * that does not know: Ratis takes the vote of a running server only from its
	 * configuration, and would close it as soon as it stands for election.
	 * @param node the server
	 * @return whether it is to be closed and started anew
	 */
	boolean mustStartAgain(RaftNode node) {
		boolean votes = false;
		for (int partition = 0; partition < this.engines.size(); partition++) {
			RaftServer.Division division = node.division(partition);
			if (division == null || !isListener(division)) {
				return false;
			}
			votes |= division.getInfo().getCurrentRole() != RaftPeerRole.LISTENER;
		}
		return votes;
	}

	private static boolean isListener(RaftServer.Division division) {
		RaftConfiguration configuration = division.getRaftConf();
		return !PeerInfo.isChanging(configuration)
				&& configuration.getPeer(division.getId(), RaftPeerRole.LISTENER) != null
				&& division.getRaftLog().getLastCommittedIndex() >= configuration.getLogEntryIndex();
	}

	/**
	 * Takes the next step if it is time for it.
	 * @param node the server
	 * @throws IOException if the server can no longer take part
	 */
	void advance(RaftNode node) throws IOException {
		switch (this.storage.metadata().phase()) {
			case NEW -> form(node);
			case JOINING -> join(node);
			case FORMED -> watch(node);
		}
	}

	private void form(RaftNode node) throws IOException {
		NodeMetadata metadata = this.storage.metadata();
		Map<String, NodeDescription> answers = this.polls.poll(this.view.request(), DESCRIBE_TIMEOUT);
		Formation.Decision decision = Formation.decide(this.config, metadata.peer(), answers);
		if (decision instanceof Formation.Wait wait) {
			String problem = Stream.of(wait.problem(), this.polls.describeRefusals())
				.filter((part) -> !part.isEmpty())
				.collect(Collectors.joining("; "));
			String text = "Waits for members: reachable " + wait.reachable() + ", missing " + wait.missing()
					+ (problem.isEmpty() ? "" : "; " + problem);
			waits(NodeState.FORMING, text, !problem.isEmpty());
		}
		else if (decision instanceof Formation.Form form) {
			String clusterId = UUID.randomUUID().toString();
			logger.info("Cluster '{}' is made with the id {} and the peers {}", this.config.cluster(), clusterId,
					form.peers());
			enter(node, metadata.with(clusterId, NodeMetadata.Phase.FORMED, form.peers()), NodeState.RUNNING);
		}
		else if (decision instanceof Formation.Adopt adopt) {
			logger.info("Node '{}' takes part in cluster '{}' with the id {}", metadata.node(), this.config.cluster(),
					adopt.clusterId());
			enter(node, metadata.with(adopt.clusterId(), NodeMetadata.Phase.FORMED, adopt.peers()), NodeState.RUNNING);
		}
		else if (decision instanceof Formation.Join join) {
			logger.info("Node '{}' has no data and asks to be taken into cluster '{}' with the id {}", metadata.node(),
					this.config.cluster(), join.clusterId());
			enter(node, metadata.with(join.clusterId(), NodeMetadata.Phase.JOINING, List.of()), NodeState.JOINING);
		}
	}

	private void enter(RaftNode node, NodeMetadata metadata, NodeState state) throws IOException {
		// First on disk: what was announced must not be forgotten.
		this.storage.update(metadata);
		node.addGroups(groups(metadata));
		serve(node);
		this.view.set(state, null);
	}

	private void join(RaftNode node) {
		NodeMetadata metadata = this.storage.metadata();
		RaftServer.Division first = node.division();
		int partition = 0;
		while (partition < this.engines.size() && takesPart(node.division(partition), metadata.peer())) {
			partition++;
		}
		if (partition == this.engines.size() && first != null) {
			List<PeerInfo> peers = PeerInfo.listOf(first.getRaftConf());
			this.storage
				.update(metadata.with(Objects.requireNonNull(metadata.clusterId()), NodeMetadata.Phase.FORMED, peers));
			logger.info("Node '{}' has joined cluster '{}'", metadata.node(), this.config.cluster());
			this.view.set(NodeState.RUNNING, null);
		}
		else {
			askToJoin(metadata, partition);
		}
	}

	private static boolean takesPart(RaftServer.@Nullable Division division, String peer) {
		return division != null && division.getInfo().getLifeCycleState() == LifeCycle.State.RUNNING
				&& PeerInfo.contains(division.getRaftConf(), peer);
	}

	private void askToJoin(NodeMetadata metadata, int partition) {
		if (partition != this.joinPartition) {
			// Another leader has to answer.
			this.joinPartition = partition;
			this.joinTarget = null;
			this.joining = null;
		}
		CompletableFuture<JoinReply> pending = this.joining;
		if (pending == null) {
			if (this.joinTimer.isDue()) {
				this.joining = this.client.join(this.polls.target(this.joinTarget),
						new JoinRequest(NodeDescription.VERSION, this.config.cluster(),
								Objects.requireNonNull(metadata.clusterId()), metadata.node(), metadata.peer(),
								partition));
			}
		}
		else if (pending.isDone()) {
			this.joining = null;
			JoinReply reply = pending.exceptionally((ex) -> JoinReply.no(String.valueOf(ex.getMessage()))).join();
			this.joinTarget = reply.leader();
			if (!reply.accepted()) {
				String text = "Waits to be taken into cluster '" + this.config.cluster() + "': " + reply.reason();
				waits(NodeState.JOINING, text, true);
			}
		}
	}

	private void watch(RaftNode node) {
		RaftServer.Division division = node.division();
		if (division == null || !this.watchTimer.isDue()) {
			return;
		}
		if (this.markTimer.isDue()) {
			mark(node);
		}
		NodeMetadata metadata = this.storage.metadata();
		RaftConfiguration configuration = division.getRaftConf();
		if (PeerInfo.contains(configuration, metadata.peer()) && !PeerInfo.isChanging(configuration)) {
			List<PeerInfo> peers = PeerInfo.listOf(configuration);
			if (!peers.equals(metadata.peers())) {
				this.storage
					.update(metadata.with(Objects.requireNonNull(metadata.clusterId()), metadata.phase(), peers));
			}
		}
		if (this.verifyTimer.isDue()) {
			verify(node);
		}
		this.spread.advance(node, this.engines.size());
		this.strays.advance(node);
		if (hasLeaders(node)) {
			this.view.set(NodeState.RUNNING, null);
			this.leaderSeen = System.nanoTime();
		}
		else if (System.nanoTime() - this.leaderSeen > NO_LEADER_PATIENCE) {
			Map<String, NodeDescription> answers = this.polls.poll(this.view.request(), DESCRIBE_TIMEOUT);
			refuseIfReplaced(answers.values());
			String text = this.polls.describeQuorum(answers, metadata.clusterId());
			waits(NodeState.RUNNING, text, true);
		}
	}

	private void verify(RaftNode node) {
		for (int partition = 0; partition < this.engines.size(); partition++) {
			RaftServer.Division division = node.division(partition);
			if (division != null && division.getInfo().isLeaderReady()) {
				this.engines.get(partition).verify().exceptionally((ex) -> notVerified(this.config.self().id(), ex));
			}
		}
	}

	private boolean hasLeaders(RaftNode node) {
		for (int partition = 0; partition < this.engines.size(); partition++) {
			RaftServer.Division division = node.division(partition);
			if (division == null || KnownLeader.of(division) == null) {
				return false;
			}
		}
		return true;
	}

	private static Long notVerified(String node, Throwable failure) {
		logger.debug("Node '{}' could not have the digests computed; it tries again later", node, failure);
		return -1L;
	}

	private void refuseIfReplaced(Collection<NodeDescription> answers) {
		NodeMetadata metadata = this.storage.metadata();
		for (NodeDescription answer : answers) {
			if (answer.leads() && Objects.equals(answer.clusterId(), metadata.clusterId())
					&& answer.peers().stream().noneMatch((peer) -> peer.id().equals(metadata.peer()))) {
				boolean replaced = answer.peers().stream().anyMatch((peer) -> peer.node().equals(metadata.node()));
				throw new ClusterMismatchException(this.storage.path(),
						(replaced
								? "The directory " + this.storage.path() + " belongs to an incarnation of node '"
										+ metadata.node() + "' that was replaced in cluster '" + metadata.cluster()
								: "Node '" + metadata.node() + "' with the directory " + this.storage.path()
										+ " was removed from cluster '" + metadata.cluster())
								+ "': delete the whole directory to come back as a new incarnation");
			}
		}
	}

	private void waits(NodeState state, String text, boolean warn) {
		this.view.set(state, text);
		if (this.waitingLog.isDue()) {
			if (warn) {
				logger.warn("Node '{}': {}", this.config.self().id(), text);
			}
			else {
				logger.info("Node '{}': {}", this.config.self().id(), text);
			}
		}
	}

}
