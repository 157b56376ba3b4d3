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
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.cluster.BackupException;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.protocol.FeatureLevel;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a member answers to others that ask it outside the consensus. May be used by any
 * thread.
 */
final class MemberAnswers implements NodeService.Handler {

	private static final Logger logger = LoggerFactory.getLogger(MemberAnswers.class);

	private static final Duration VERIFY_TIMEOUT = Duration.ofSeconds(1);

	private static final long JOIN_SECONDS = 8;

	private static final long WARN_INTERVAL = TimeUnit.MINUTES.toNanos(1);

	private final ServerConfig config;

	private final StorageDirectory storage;

	private final NodeClient client;

	private final MemberView view;

	private final MemberChanges changes;

	private final Levels levels;

	private final BackupCalls backups;

	private final Warnings warnings = new Warnings(WARN_INTERVAL);

	MemberAnswers(ServerConfig config, StorageDirectory storage, NodeClient client, MemberView view,
			MemberChanges changes, Levels levels, BackupCalls backups) {
		this.config = config;
		this.storage = storage;
		this.client = client;
		this.view = view;
		this.changes = changes;
		this.levels = levels;
		this.backups = backups;
	}

	@Override
	public NodeDescription describe(DescribeRequest request) {
		warnOfMismatch(request);
		NodeMetadata metadata = this.storage.metadata();
		RaftServer.Division division = this.view.division();
		List<PeerInfo> peers = (division != null) ? PeerInfo.listOf(division.getRaftConf()) : List.of();
		return NodeDescription.of(metadata, (peers.isEmpty()) ? metadata.peers() : peers, this.config.members(),
				this.view.status(), this.levels.knownLevel());
	}

	@Override
	public LevelReply level(LevelRequest request) {
		return this.levels.mark(request);
	}

	@Override
	public CompletableFuture<BackupReply> backup(BackupRequest request) {
		return (request.version() > NodeDescription.VERSION)
				? CompletableFuture.completedFuture(BackupReply.failed(new BackupException(
						newer("the member that asks for a part of a backup", request.version()), null)))
				: this.backups.answer(request);
	}

	@Override
	public TermReply term(TermRequest request) {
		RaftServer.Division division = this.view.division(UUID.fromString(request.group()));
		boolean meant = division != null && division.getId().toString().equals(request.peer());
		return new TermReply((division != null && meant) ? division.getInfo().getCurrentTerm() : -1);
	}

	private void warnOfMismatch(DescribeRequest request) {
		String problem = null;
		if (!request.cluster().equals(this.config.cluster())) {
			problem = "a member of cluster '" + request.cluster() + "', node '" + request.node()
					+ "', has the address of this member of cluster '" + this.config.cluster() + "'";
		}
		else if (!request.members().isEmpty()
				&& !request.members().equals(NodeDescription.describe(this.config.members()))) {
			problem = "node '" + request.node() + "' has the members " + request.members() + ", this node has "
					+ NodeDescription.describe(this.config.members());
		}
		if (problem != null && this.warnings.isDue(request.node())) {
			logger.warn("Node '{}': {}", this.config.self().id(), problem);
		}
	}

	@Override
	public CompletableFuture<JoinReply> join(JoinRequest request) {
		if (request.version() > NodeDescription.VERSION) {
			return done(JoinReply.no(newer("node '" + request.node() + "'", request.version())));
		}
		RaftNode current = this.view.node();
		RaftServer.Division division = this.view.division(request.partition());
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
		if (current == null || division == null) {
			return done(JoinReply.no("node '" + metadata.node() + "' does not take part at the moment"));
		}
		if (!division.getInfo().isLeaderReady()) {
			String leaderNode = KnownLeader.nodeOf(division);
			return done(new JoinReply(false,
					(leaderNode != null) ? "the leader '" + leaderNode + "' has yet to answer"
							: "there is no leader: a majority of the members with data must run",
					Objects.equals(leaderNode, metadata.node()) ? null : leaderNode));
		}
		RaftConfiguration configuration = division.getRaftConf();
		if (PeerInfo.isChanging(configuration)) {
			return done(JoinReply.no("another change of members is under way"));
		}
		if (PeerInfo.contains(configuration, request.peer())) {
			return done(JoinReply.yes());
		}
		if (request.partition() > 0) {
			return follow(current, request);
		}
		if (member == null) {
			return done(JoinReply.no("node '" + request.node()
					+ "' is not a member: add it there with the operation add-member, or start the leader '"
					+ metadata.node() + "' again with a configuration that lists it"));
		}
		boolean listener = PeerInfo.listOf(configuration)
			.stream()
			.filter((peer) -> peer.node().equals(request.node()))
			.findFirst()
			.map(PeerInfo::listener)
			.orElse(member.listener());
		return takeIn(current, member, request, listener);
	}

	/**
	 * Takes an incarnation into another partition that is a member of the first one.
	 * @param current the server
	 * @param request the request
	 * @return the answer
	 */
	private CompletableFuture<JoinReply> follow(RaftNode current, JoinRequest request) {
		RaftServer.Division first = this.view.division();
		PeerInfo peer = (first != null) ? PeerInfo.listOf(first.getRaftConf())
			.stream()
			.filter((other) -> other.id().equals(request.peer()))
			.findFirst()
			.orElse(null) : null;
		return (peer != null)
				? takeIn(current, Member.parse(peer.node() + "=" + peer.address()), request, peer.listener())
				: done(JoinReply.no("the leader of partition " + request.partition() + " has yet to hear that node '"
						+ request.node() + "' is a member"));
	}

	@Override
	public CompletableFuture<ChangeReply> change(ChangeRequest request) {
		if (request.version() > NodeDescription.VERSION) {
			return CompletableFuture.completedFuture(ChangeReply
				.refused(newer("the member that asks for the change of '" + request.node() + "'", request.version())));
		}
		return this.changes.perform(request);
	}

	private CompletableFuture<JoinReply> takeIn(RaftNode current, Member member, JoinRequest request,
			boolean listener) {
		// Only the incarnation that really runs at the configured address gets the vote.
		return this.client.describe(member, this.view.request(), VERIFY_TIMEOUT).thenCompose((answer) -> {
			if (!answer.peer().equals(request.peer()) || !answer.isIn(NodeMetadata.Phase.JOINING)) {
				return done(JoinReply.no("at " + member.address() + " answers another incarnation"));
			}
			String objection = this.levels.objection(answer);
			if (objection != null) {
				return done(JoinReply.no(objection));
			}
			logger.info("Node '{}' takes {} of node '{}' into partition {}{}", this.config.self().id(), request.peer(),
					request.node(), request.partition(), listener ? " as a listener" : "");
			CompletableFuture<Void> ready = (listener)
					? this.levels.require(request.partition(), FeatureLevel.LISTENERS)
					: CompletableFuture.completedFuture(null);
			return ready
				.thenCompose(
						(known) -> this.levels.alone(() -> this.levels.mark(member, request.peer(), this.levels.level())
							.thenCompose((marked) -> current.replace(request.partition(),
									new PeerInfo(request.peer(), member.address(), listener)))))
				.thenApply((changed) -> JoinReply.yes())
				.completeOnTimeout(JoinReply.no("the change of members takes its time"), JOIN_SECONDS,
						TimeUnit.SECONDS);
		}).exceptionally((ex) -> JoinReply.no(Levels.message(ex)));
	}

	private String newer(String other, int version) {
		return "node '" + this.config.self().id() + "' speaks version " + NodeDescription.VERSION
				+ " of the protocol between members, " + other + " version " + version + ": upgrade the former first";
	}

	private static CompletableFuture<JoinReply> done(JoinReply reply) {
		return CompletableFuture.completedFuture(reply);
	}

}
