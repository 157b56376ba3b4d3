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
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.MembershipException;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.FeatureLevel;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds members to the cluster and removes them, gives them votes and takes them, one at a
 * time. Any member can be asked and goes to the one that leads. May be used by any
 * thread.
 * <p>
 * The change itself is the joint consensus of Raft ("In Search of an Understandable
 * Consensus Algorithm", section 6), which first brings a new member up to date.
 */
final class MemberChanges {

	private static final Logger logger = LoggerFactory.getLogger(MemberChanges.class);

	private static final Duration DESCRIBE_TIMEOUT = Duration.ofSeconds(1);

	private static final long HAND_OVER_MILLIS = 3000;

	private static final long PAUSE_MILLIS = 200;

	private static final long COMMIT_SECONDS = 20;

	private static final long CALL_SECONDS = 30;

	/**
	 * How many entries behind a member is good enough for a vote, as Ratis has it for new
	 * members.
	 */
	private static final long CLOSE = 1000;

	private final ServerConfig config;

	private final StorageDirectory storage;

	private final Roster roster;

	private final NodeClient client;

	private final MemberView view;

	private final Levels levels;

	MemberChanges(ServerConfig config, StorageDirectory storage, Roster roster, NodeClient client, MemberView view,
			Levels levels) {
		this.config = config;
		this.storage = storage;
		this.roster = roster;
		this.client = client;
		this.view = view;
		this.levels = levels;
	}

	/**
	 * Adds a member.
	 * @param member the member, which must run and wait for that
	 * @param timeout how long to try
	 * @return completes when the member takes part
	 */
	CompletableFuture<Void> add(Member member, Duration timeout) {
		return begin(member.id(), member.address(), false,
				(member.listener()) ? ChangeRequest.ADD_LISTENER : ChangeRequest.BY_ADDRESS, timeout, true);
	}

	/**
	 * Removes a member.
	 * @param node the id of the node
	 * @param forced whether to do it although there may be no majority without it
	 * @param timeout how long to try
	 * @return completes when the member takes no part any more
	 */
	CompletableFuture<Void> remove(String node, boolean forced, Duration timeout) {
		return begin(node, null, forced, ChangeRequest.BY_ADDRESS, timeout, false);
	}

	/**
	 * Gives a member its vote or takes it.
	 * @param node the id of the node
	 * @param listener whether it is to have none
	 * @param timeout how long to try
	 * @return completes when the cluster counts its vote, or does not any more
	 */
	CompletableFuture<Void> setListener(String node, boolean listener, Duration timeout) {
		return begin(node, "", false, (listener) ? ChangeRequest.DEMOTE : ChangeRequest.PROMOTE, timeout, !listener);
	}

	/**
	 * Begins to ask the leaders of all partitions.
	 * @param node the id of the node
	 * @param address its address, or null
	 * @param forced whether the change is forced
	 * @param kind the kind of change
	 * @param timeout how long to try
	 * @param upwards whether the first partition, which decides who a member is, comes
	 * first. What takes something from a member comes to it last: one that is none takes
	 * its servers away, and the others must do without it by then
	 * @return completes when all partitions have the change
	 */
	private CompletableFuture<Void> begin(String node, @Nullable String address, boolean forced, int kind,
			Duration timeout, boolean upwards) {
		String clusterId = this.storage.metadata().clusterId();
		if (clusterId == null) {
			return CompletableFuture.failedFuture(
					new UnavailableException("Node '" + this.config.self().id() + "' is in no cluster yet", null));
		}
		int count = this.config.partitions();
		ChangeRequest request = new ChangeRequest(NodeDescription.VERSION, this.config.cluster(), clusterId, node,
				address, forced, false, 0, kind);
		Attempts attempts = new Attempts(
				IntStream.range(0, count).map((i) -> (upwards) ? i : (i + 1) % count).mapToObj(request::of).toList(),
				System.nanoTime() + timeout.toNanos());
		attempts.next();
		return attempts.outcome;
	}

	private CompletableFuture<ChangeReply> ask(ChangeRequest request, long nanos) {
		RaftServer.Division division = this.view.division(request.partition());
		if (division == null) {
			return reply(ChangeReply.again("node '" + this.config.self().id() + "' does not take part at the moment"));
		}
		if (division.getInfo().isLeader()) {
			return perform(request);
		}
		Member leader = this.view.leader(request.partition()).orElse(null);
		if (leader == null) {
			return reply(ChangeReply.again("there is no leader"));
		}
		return this.client
			.change(leader, request, Duration.ofNanos(Math.min(nanos, TimeUnit.SECONDS.toNanos(CALL_SECONDS))))
			.exceptionally((ex) -> ChangeReply.unknown("the leader '" + leader.id() + "' has not answered: " + ex));
	}

	/**
	 * Makes a change on the member that leads.
	 * @param request what to change
	 * @return what came of it
	 */
	CompletableFuture<ChangeReply> perform(ChangeRequest request) {
		RaftNode node = this.view.node();
		RaftServer.Division division = this.view.division(request.partition());
		NodeMetadata metadata = this.storage.metadata();
		if (!request.cluster().equals(metadata.cluster()) || !request.clusterId().equals(metadata.clusterId())) {
			return reply(ChangeReply.refused("node '" + metadata.node() + "' belongs to cluster '" + metadata.cluster()
					+ "' with the id " + metadata.clusterId()));
		}
		if (node == null || division == null || !division.getInfo().isLeaderReady()) {
			return reply(ChangeReply.again("node '" + metadata.node() + "' does not lead"));
		}
		RaftConfiguration configuration = division.getRaftConf();
		if (PeerInfo.isChanging(configuration)) {
			return reply(ChangeReply.again("another change of members is under way"));
		}
		List<PeerInfo> peers = PeerInfo.listOf(configuration);
		return switch (request.kind()) {
			case ChangeRequest.PROMOTE -> promote(node, division, peers, request);
			case ChangeRequest.DEMOTE -> demote(node, peers, request);
			default -> (request.address() == null) ? remove(node, peers, request) : (request.partition() > 0)
					? follow(node, peers, request) : add(node, peers, request, added(request));
		};
	}

	private static Member added(ChangeRequest request) {
		Member member = Member.parse(request.node() + "=" + request.address());
		return (request.kind() == ChangeRequest.ADD_LISTENER) ? member.asListener() : member;
	}

	private CompletableFuture<ChangeReply> add(RaftNode leader, List<PeerInfo> peers, ChangeRequest request,
			Member member) {
		for (PeerInfo peer : peers) {
			boolean same = peer.node().equals(member.id());
			if (same && peer.address().equals(member.address()) && peer.listener() == member.listener()) {
				return reply(ChangeReply.done());
			}
			if (same || peer.address().equals(member.address())) {
				return reply(ChangeReply.refused("node '" + peer.node() + "' is a member already, at " + peer.address()
						+ ((peer.listener()) ? " and without a vote" : "")
						+ ": remove or promote it, or correct the node to add, " + member));
			}
		}
		return this.client.describe(member, this.view.request(), DESCRIBE_TIMEOUT)
			.handle((answer, failure) -> (failure != null)
					? reply(ChangeReply.again("node '" + member.id() + "' does not answer at " + member.address()))
					: add(leader, request, member, answer))
			.thenCompose((reply) -> reply);
	}

	private CompletableFuture<ChangeReply> add(RaftNode leader, ChangeRequest request, Member member,
			NodeDescription answer) {
		String stranger = Formation.checkIdentity(this.config, member, answer);
		if (stranger != null) {
			return reply(ChangeReply.refused(stranger));
		}
		if (answer.isIn(NodeMetadata.Phase.NEW)) {
			return reply(ChangeReply.again("node '" + member.id()
					+ "' has not found the cluster: its configuration must list the members and itself"));
		}
		if (!answer.isIn(NodeMetadata.Phase.JOINING) || !Objects.equals(answer.clusterId(), request.clusterId())) {
			return reply(ChangeReply.refused(
					"node '" + member.id() + "' has data of another cluster or of an incarnation that was removed: "
							+ "delete its whole directory and start it again"));
		}
		if (!answer.waitsToJoin()) {
			return reply(ChangeReply.again("node '" + member.id() + "' still starts"
					+ ((answer.problem() != null) ? ": " + answer.problem() : "")));
		}
		String objection = this.levels.objection(answer);
		if (objection != null) {
			return reply(ChangeReply.refused(objection));
		}
		PeerInfo added = new PeerInfo(answer.peer(), member.address(), member.listener());
		return (member.listener()) ? withListeners(0, () -> admit(leader, member, added))
				: admit(leader, member, added);
	}

	private CompletableFuture<ChangeReply> admit(RaftNode leader, Member member, PeerInfo added) {
		return after(this.levels.mark(member, added.id(), this.levels.level()),
				() -> commit("adds " + member, () -> leader.replace(0, added)));
	}

	/**
	 * Makes a change after which there is a member without a vote. All members must know
	 * such, and none may go back to software that does not: it would not tell others of
	 * them.
	 * @param partition the number of the partition
	 * @param change the change
	 * @return what came of it
	 */
	private CompletableFuture<ChangeReply> withListeners(int partition,
			Supplier<CompletableFuture<ChangeReply>> change) {
		return after(this.levels.require(partition, FeatureLevel.LISTENERS), change);
	}

	private static CompletableFuture<ChangeReply> after(CompletableFuture<Void> condition,
			Supplier<CompletableFuture<ChangeReply>> change) {
		return condition.handle(
				(done, failure) -> (failure != null) ? reply(ChangeReply.again(Levels.message(failure))) : change.get())
			.thenCompose((reply) -> reply);
	}

	/**
	 * Adds a member to another partition that is one of the first.
	 * @param leader the server, which leads the partition
	 * @param peers the peers of the partition
	 * @param request the request
	 * @return what came of it
	 */
	private CompletableFuture<ChangeReply> follow(RaftNode leader, List<PeerInfo> peers, ChangeRequest request) {
		RaftServer.Division first = this.view.division();
		PeerInfo added = (first != null) ? find(PeerInfo.listOf(first.getRaftConf()), request) : null;
		if (added == null) {
			return reply(ChangeReply.again("the leader of partition " + request.partition()
					+ " has yet to hear that node '" + request.node() + "' is a member"));
		}
		return (peers.contains(added)) ? reply(ChangeReply.done())
				: commit("adds " + added + " to partition " + request.partition(),
						() -> leader.replace(request.partition(), added));
	}

	private CompletableFuture<ChangeReply> promote(RaftNode leader, RaftServer.Division division, List<PeerInfo> peers,
			ChangeRequest request) {
		PeerInfo peer = find(peers, request);
		if (peer == null) {
			return noMember(peers, request);
		}
		if (!peer.listener()) {
			return reply(ChangeReply.done());
		}
		// A vote that is far behind would only hold up the others.
		return this.client.describe(this.roster.member(peer), this.view.request(), DESCRIBE_TIMEOUT)
			.handle((answer, failure) -> (failure == null && answer.peer().equals(peer.id())
					&& answer.lastIndex(request.partition()) + CLOSE >= division.getRaftLog().getLastCommittedIndex())
							? commit("gives node '" + request.node() + "' a vote in partition " + request.partition(),
									() -> leader.setListener(request.partition(), request.node(), false))
							: reply(ChangeReply
								.again("node '" + request.node() + "' does not run or is too far behind for a vote")))
			.thenCompose((reply) -> reply);
	}

	private CompletableFuture<ChangeReply> demote(RaftNode leader, List<PeerInfo> peers, ChangeRequest request) {
		PeerInfo peer = find(peers, request);
		if (peer == null) {
			return noMember(peers, request);
		}
		return (peer.listener()) ? reply(ChangeReply.done())
				: takeVote(leader, peers, request, "start the others first", () -> withListeners(request.partition(),
						() -> commit(
								"takes the vote of node '" + request.node() + "' in partition " + request.partition(),
								() -> leader.setListener(request.partition(), request.node(), true))));
	}

	private static @Nullable PeerInfo find(List<PeerInfo> peers, ChangeRequest request) {
		return peers.stream().filter((peer) -> peer.node().equals(request.node())).findFirst().orElse(null);
	}

	private static CompletableFuture<ChangeReply> noMember(List<PeerInfo> peers, ChangeRequest request) {
		return reply(
				ChangeReply.refused("there is no member '" + request.node() + "': the members are " + nodes(peers)));
	}

	private CompletableFuture<ChangeReply> remove(RaftNode leader, List<PeerInfo> peers, ChangeRequest request) {
		PeerInfo peer = find(peers, request);
		if (peer == null) {
			return (request.repeated() || request.partition() > 0) ? reply(ChangeReply.done())
					: noMember(peers, request);
		}
		Supplier<CompletableFuture<ChangeReply>> removal = () -> commit(
				"removes node '" + request.node() + "' from partition " + request.partition(),
				() -> leader.remove(request.partition(), request.node()));
		return (peer.listener()) ? removal.get()
				: takeVote(leader, peers, request, "start the others first, or force the removal", removal);
	}

	/**
	 * Makes a change by which a member loses its vote, if the others can do without.
	 * @param leader the server of this member, which leads
	 * @param peers the peers
	 * @param request the request
	 * @param remedy what to do if they cannot
	 * @param change the change
	 * @return what came of it
	 */
	private CompletableFuture<ChangeReply> takeVote(RaftNode leader, List<PeerInfo> peers, ChangeRequest request,
			String remedy, Supplier<CompletableFuture<ChangeReply>> change) {
		List<PeerInfo> rest = peers.stream()
			.filter((peer) -> !peer.listener() && !peer.node().equals(request.node()))
			.toList();
		if (rest.isEmpty()) {
			return reply(ChangeReply.refused("node '" + request.node() + "' is the only member"
					+ ((peers.size() > 1) ? " with a vote: give another one a vote first" : "")));
		}
		CompletableFuture<@Nullable String> danger = (request.forced()) ? CompletableFuture.completedFuture(null)
				: danger(request, rest);
		return danger.thenCompose((text) -> {
			if (text != null) {
				return reply(ChangeReply.refused(text + remedy));
			}
			return (request.node().equals(this.config.self().id())) ? handOver(leader, request.partition())
					: change.get();
		});
	}

	/**
	 * Asks those who would be left whether they are there.
	 * @param request the request
	 * @param rest who would be left with a vote
	 * @return why the rest would have no majority, or null
	 */
	private CompletableFuture<@Nullable String> danger(ChangeRequest request, List<PeerInfo> rest) {
		List<CompletableFuture<Boolean>> answers = new ArrayList<>();
		for (PeerInfo peer : rest) {
			if (peer.node().equals(this.config.self().id())) {
				answers.add(CompletableFuture.completedFuture(true));
				continue;
			}
			answers.add(this.client.describe(this.roster.member(peer), this.view.request(), DESCRIBE_TIMEOUT)
				.handle((answer, failure) -> failure == null && answer.peer().equals(peer.id())
						&& answer.isIn(NodeMetadata.Phase.FORMED)));
		}
		return CompletableFuture.allOf(answers.toArray(new CompletableFuture<?>[0])).thenApply((done) -> {
			List<PeerInfo> up = new ArrayList<>();
			for (int i = 0; i < rest.size(); i++) {
				if (answers.get(i).join()) {
					up.add(rest.get(i));
				}
			}
			if (up.size() > rest.size() / 2) {
				return null;
			}
			return "without node '" + request.node() + "' the members with a vote would be " + nodes(rest)
					+ ", of which only " + nodes(up) + " run, no majority: ";
		});
	}

	private static CompletableFuture<ChangeReply> handOver(RaftNode leader, int partition) {
		return leader.handOver(partition, HAND_OVER_MILLIS)
			.thenApply((done) -> ChangeReply.again("the leadership is being handed over"))
			.exceptionally((ex) -> ChangeReply.again("the leadership cannot be handed over: " + ex.getMessage()));
	}

	private CompletableFuture<ChangeReply> commit(String what, Supplier<CompletableFuture<Void>> change) {
		logger.info("Node '{}' {}", this.config.self().id(), what);
		return this.levels.alone(change)
			.orTimeout(COMMIT_SECONDS, TimeUnit.SECONDS)
			.thenApply((done) -> ChangeReply.done())
			.exceptionally((ex) -> {
				if (ex.getCause() instanceof UnavailableException) {
					return ChangeReply.again(Levels.message(ex));
				}
				logger.warn("Node '{}' {}: that is not known to be committed", this.config.self().id(), what, ex);
				return ChangeReply.unknown(String.valueOf(ex.getMessage()));
			});
	}

	private static List<String> nodes(List<PeerInfo> peers) {
		return peers.stream().map(PeerInfo::node).toList();
	}

	private static CompletableFuture<ChangeReply> reply(ChangeReply reply) {
		return CompletableFuture.completedFuture(reply);
	}

	/**
	 * Asks the leaders of all partitions, one after the other, each until there is an
	 * outcome or no time is left.
	 */
	private final class Attempts {

		private final CompletableFuture<Void> outcome = new CompletableFuture<>();

		private final long deadline;

		private final Queue<ChangeRequest> rest;

		private volatile ChangeRequest request;

		/**
		 * Whether something is done or may be.
		 */
		private volatile boolean begun;

		Attempts(List<ChangeRequest> requests, long deadline) {
			this.rest = new ConcurrentLinkedQueue<>(requests);
			this.request = this.rest.remove();
			this.deadline = deadline;
		}

		void next() {
			ask(this.request, this.deadline - System.nanoTime())
				.exceptionally((ex) -> ChangeReply.unknown(String.valueOf(ex.getMessage())))
				.thenAccept(this::answered);
		}

		private void answered(ChangeReply reply) {
			switch (reply.outcome()) {
				case ChangeReply.DONE -> done();
				case ChangeReply.REFUSED -> this.outcome.completeExceptionally(new MembershipException(reply.text()));
				case ChangeReply.UNKNOWN -> {
					this.begun = true;
					this.request = this.request.again();
					again(reply.text());
				}
				default -> again(reply.text());
			}
		}

		private void done() {
			ChangeRequest next = this.rest.poll();
			if (next != null) {
				this.begun = true;
				this.request = next;
				next();
			}
			else {
				this.outcome.complete(null);
			}
		}

		private void again(String reason) {
			if (this.deadline - System.nanoTime() > TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS)) {
				CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS).execute(this::next);
			}
			else if (this.begun) {
				this.outcome.completeExceptionally(new UnknownOutcomeException("change of members",
						"The members of cluster '" + MemberChanges.this.config.cluster()
								+ "' may have changed, or may still: look at them before you ask again. Last: "
								+ reason,
						null));
			}
			else {
				this.outcome.completeExceptionally(new UnavailableException("The members of cluster '"
						+ MemberChanges.this.config.cluster() + "' were not changed: " + reason, null));
			}
		}

	}

}
