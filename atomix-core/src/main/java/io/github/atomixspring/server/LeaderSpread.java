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
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.NodeState;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spreads the leaders of the partitions over the members. Used by one thread.
 * <p>
 * The member that leads most partitions hands one over to a member that leads at least
 * two less, if that one runs and is not far behind. All members see nearly the same
 * leaders, so that only one hands over at a time, and no partition goes back and forth:
 * each step makes the difference smaller. The first partition stays where it is, so that
 * its leader can be chosen by hand.
 */
final class LeaderSpread {

	private static final Logger logger = LoggerFactory.getLogger(LeaderSpread.class);

	private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1);

	private static final Duration DESCRIBE_TIMEOUT = Duration.ofSeconds(1);

	private static final long HAND_OVER_MILLIS = 3000;

	/**
	 * How many entries a member may lack that is to lead.
	 */
	private static final long MAX_GAP = 1000;

	private final String self;

	private final Roster roster;

	private final NodeClient client;

	private final MemberView view;

	private final Every timer = new Every(INTERVAL);

	private final BackOff backOff = new BackOff();

	private @Nullable CompletableFuture<Boolean> running;

	LeaderSpread(ServerConfig config, Roster roster, NodeClient client, MemberView view) {
		this.self = config.self().id();
		this.roster = roster;
		this.client = client;
		this.view = view;
	}

	/**
	 * Takes the next step if it is time for it.
	 * @param node the server
	 * @param partitions the number of partitions
	 */
	void advance(RaftNode node, int partitions) {
		CompletableFuture<Boolean> last = this.running;
		if (last != null) {
			if (!last.isDone()) {
				return;
			}
			this.running = null;
			if (!last.join()) {
				this.backOff.failed();
			}
		}
		if (partitions < 2 || !this.backOff.isOver() || !this.timer.isDue()) {
			return;
		}
		List<@Nullable String> leaders = leaders(node, partitions);
		List<String> all = this.roster.members()
			.stream()
			.filter((member) -> !member.listener())
			.map(Member::id)
			.toList();
		if (decide(this.self, leaders, all) != null) {
			this.running = balance(node, leaders).exceptionally((failure) -> {
				logger.info("Node '{}' could not hand over a partition and will try again later", this.self, failure);
				return false;
			});
		}
	}

	private static List<@Nullable String> leaders(RaftNode node, int partitions) {
		List<@Nullable String> leaders = new ArrayList<>();
		for (int partition = 0; partition < partitions; partition++) {
			RaftServer.Division division = node.division(partition);
			leaders.add((division != null) ? KnownLeader.nodeOf(division) : null);
		}
		return leaders;
	}

	/**
	 * Asks the others whether they run, and hands over one partition.
	 * @param node the server
	 * @param leaders the leaders
	 * @return whether it was handed over, or need not be
	 */
	private CompletableFuture<Boolean> balance(RaftNode node, List<@Nullable String> leaders) {
		List<CompletableFuture<@Nullable NodeDescription>> answers = new ArrayList<>();
		for (Member member : this.roster.members()) {
			if (!member.id().equals(this.self) && !member.listener()) {
				answers.add(this.client.describe(member, this.view.request(), DESCRIBE_TIMEOUT)
					.<@Nullable NodeDescription>handle((answer, failure) -> (failure != null) ? null : answer));
			}
		}
		return CompletableFuture.allOf(answers.toArray(new CompletableFuture<?>[0])).thenCompose((done) -> {
			Map<String, NodeDescription> live = new HashMap<>();
			for (CompletableFuture<@Nullable NodeDescription> future : answers) {
				NodeDescription answer = future.join();
				if (answer != null && answer.isIn(NodeMetadata.Phase.FORMED)
						&& NodeState.RUNNING.name().equals(answer.state()) && answer.shortage() == null) {
					live.put(answer.node(), answer);
				}
			}
			List<String> candidates = new ArrayList<>(live.keySet());
			candidates.add(this.self);
			Move move = decide(this.self, leaders, candidates);
			NodeDescription receiver = (move != null) ? live.get(move.receiver()) : null;
			return (move != null && receiver != null) ? handOver(node, move, receiver)
					: CompletableFuture.completedFuture(true);
		});
	}

	private CompletableFuture<Boolean> handOver(RaftNode node, Move move, NodeDescription receiver) {
		RaftServer.Division division = node.division(move.partition());
		if (division == null || !division.getInfo().isLeaderReady()
				|| !PeerInfo.contains(division.getRaftConf(), receiver.peer())) {
			return CompletableFuture.completedFuture(true);
		}
		TermIndex last = division.getRaftLog().getLastEntryTermIndex();
		if (last != null && last.getIndex() - receiver.lastIndex(move.partition()) > MAX_GAP) {
			return CompletableFuture.completedFuture(true);
		}
		logger.info("Node '{}' hands the leadership of partition {} over to node '{}', which leads fewer", this.self,
				move.partition(), move.receiver());
		return node.handOverTo(move.partition(), RaftPeerId.valueOf(receiver.peer()), HAND_OVER_MILLIS)
			.thenApply((done) -> true)
			.orTimeout(2 * HAND_OVER_MILLIS, TimeUnit.MILLISECONDS);
	}

	/**
	 * Decides what a member hands over.
	 * @param self the id of the member
	 * @param leaders the leader of each partition, or null where there is none
	 * @param live the members that may lead, with this one
	 * @return what to hand over to whom, or null if nothing
	 */
	static @Nullable Move decide(String self, List<@Nullable String> leaders, Collection<String> live) {
		Map<String, Integer> counts = new TreeMap<>();
		live.forEach((member) -> counts.put(member, 0));
		int last = -1;
		for (int partition = 0; partition < leaders.size(); partition++) {
			String leader = leaders.get(partition);
			if (leader == null) {
				// After the election it may look different.
				return null;
			}
			counts.merge(leader, 1, Integer::sum);
			if (partition > 0 && leader.equals(self)) {
				last = partition;
			}
		}
		// Of members with the same count the one with the smallest id, on all alike.
		Comparator<Map.Entry<String, Integer>> byCount = Map.Entry.comparingByValue();
		Map.Entry<String, Integer> giver = counts.entrySet()
			.stream()
			.min(byCount.reversed().thenComparing(Map.Entry.comparingByKey()))
			.orElseThrow();
		Map.Entry<String, Integer> receiver = counts.entrySet()
			.stream()
			.min(byCount.thenComparing(Map.Entry.comparingByKey()))
			.orElseThrow();
		return (last > 0 && giver.getKey().equals(self) && giver.getValue() - receiver.getValue() > 1)
				? new Move(last, receiver.getKey()) : null;
	}

	/**
	 * What to hand over.
	 *
	 * @param partition the number of the partition
	 * @param receiver the id of the node that is to lead it
	 */
	record Move(int partition, String receiver) {

	}

}
