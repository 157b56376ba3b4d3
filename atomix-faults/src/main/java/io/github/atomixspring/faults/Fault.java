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

package io.github.atomixspring.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.atomixspring.faults.host.Direction;
import io.github.atomixspring.faults.host.Host;
import io.github.atomixspring.faults.node.NodeView;

/**
 * What can happen to a cluster.
 */
enum Fault {

	/**
	 * The process of the leader ends without a word.
	 */
	KILL_LEADER(3_000) {

		@Override
		void begin(Strike strike) throws IOException {
			strike.leaderLost();
			strike.kill(List.of(strike.leader()));
		}

	},

	/**
	 * The process of a follower ends without a word.
	 */
	KILL_FOLLOWER(3_000) {

		@Override
		void begin(Strike strike) throws IOException {
			strike.kill(List.of(strike.followers().get(0)));
		}

	},

	/**
	 * The leader and the other members do not reach each other; clients reach all.
	 */
	ISOLATE_LEADER(8_000) {

		@Override
		void begin(Strike strike) throws IOException {
			Host leader = strike.leader();
			strike.leaderLost();
			strike.block(List.of(leader), between(List.of(leader), strike.followers()));
		}

	},

	/**
	 * The processes of all members end without a word, and start again in any order.
	 */
	KILL_ALL(1_000) {

		@Override
		void begin(Strike strike) throws IOException {
			strike.noMajority();
			strike.kill(strike.shuffled());
		}

	},

	/**
	 * The process of the leader stands still for less time than its session lives.
	 */
	PAUSE_LEADER(2_500) {

		@Override
		void begin(Strike strike) throws IOException {
			strike.leaderLost();
			strike.pause(List.of(strike.leader()));
		}

	},

	/**
	 * The process of the leader stands still for more time than its session lives.
	 */
	PAUSE_LEADER_LONG(15_000) {

		@Override
		void begin(Strike strike) throws IOException {
			strike.leaderLost();
			strike.pause(List.of(strike.leader()));
		}

	},

	/**
	 * The processes of all followers stand still.
	 */
	PAUSE_FOLLOWERS(4_000) {

		@Override
		void begin(Strike strike) throws IOException {
			strike.noMajority();
			strike.pause(strike.followers());
		}

	},

	/**
	 * The network falls into two halves, one of which has a majority.
	 */
	HALVES(8_000) {

		@Override
		void begin(Strike strike) throws IOException {
			List<Host> all = strike.shuffled();
			int half = (all.size() - 1) / 2;
			List<Host> minority = all.subList(0, half);
			if (minority.contains(strike.leader())) {
				strike.leaderLost();
			}
			strike.block(minority, between(minority, all.subList(half, all.size())));
		}

	},

	/**
	 * The network falls into two halves that only one member reaches.
	 */
	BRIDGE(8_000) {

		@Override
		void begin(Strike strike) throws IOException {
			List<Host> all = strike.shuffled();
			int half = (all.size() - 1) / 2;
			if (all.get(half).equals(strike.leader())) {
				// It would notice nothing: it reaches all.
				Collections.swap(all, 0, half);
			}
			strike.block(all, between(all.subList(0, half), all.subList(half + 1, all.size())));
		}

	},

	/**
	 * Each of five members or more reaches its two neighbours only.
	 */
	RING(8_000, Need.FIVE_MEMBERS) {

		@Override
		void begin(Strike strike) throws IOException {
			List<Host> all = strike.shuffled();
			Set<Direction> directions = new LinkedHashSet<>();
			for (int i = 0; i < all.size(); i++) {
				for (int j = i + 2; j < all.size(); j++) {
					if (i != 0 || j != all.size() - 1) {
						directions.addAll(between(List.of(all.get(i)), List.of(all.get(j))));
					}
				}
			}
			strike.block(all, directions);
		}
	},

	/**
	 * The leader hears none of the other members, which hear it.
	 */
	DEAF_LEADER(8_000) {

		@Override
		void begin(Strike strike) throws IOException {
			Host leader = strike.leader();
			strike.leaderLost();
			strike.block(List.of(leader), ways(strike.followers(), List.of(leader)));
		}

	},

	/**
	 * None of the other members hears the leader, which hears them.
	 */
	MUTE_LEADER(8_000) {

		@Override
		void begin(Strike strike) throws IOException {
			Host leader = strike.leader();
			strike.leaderLost();
			strike.block(List.of(leader), ways(List.of(leader), strike.followers()));
		}

	},

	/**
	 * The leader is stopped as one stops an application, and started again.
	 */
	STOP_LEADER(2_000) {

		@Override
		void begin(Strike strike) throws IOException {
			Host leader = strike.leader();
			strike.leaderLost();
			strike.stop(leader, STOP);
		}

	},

	/**
	 * All members are stopped and started again, one after the other.
	 */
	ROLLING_RESTART(0) {

		@Override
		void begin(Strike strike) throws IOException {
			for (Host host : strike.shuffled()) {
				strike.stop(host, STOP);
				strike.restart(host);
			}
		}

	},

	/**
	 * Members take snapshots often, and a follower is cut off until the log has gone on
	 * beyond what it has.
	 */
	LAGGING_FOLLOWER(0, Need.SMALL_LOGS) {

		@Override
		void begin(Strike strike) throws IOException {
			Host follower = strike.followers().get(0);
			List<Host> others = others(strike, follower);
			strike.block(List.of(follower), between(List.of(follower), others));
			// Not what it said before: it may have got more meanwhile.
			long last = strike.awaitNews(follower).lastIndex();
			// Whichever of them leads afterwards.
			boolean purged = Clock.await(PURGE, () -> logStart(others) > last + 1);
			long start = logStart(others);
			strike.prove(purged, "the logs of %s began at %d, %s had %d".formatted(others, start, follower, last));
			strike.unblock();
			strike.awaitRunning(follower);
			long snapshot = strike.awaitNews(follower).snapshotIndex();
			strike.prove(snapshot >= start - 1, "%s has a snapshot of %d".formatted(follower, snapshot));
		}
	},

	/**
	 * The disk of a follower fills up: first so that too little is left, then all of it.
	 */
	FULL_DISK_FOLLOWER(5_000, Need.DISKS, Need.SMALL_LOGS) {

		@Override
		void begin(Strike strike) throws IOException {
			Host follower = strike.followers().get(0);
			strike.fill(follower, LITTLE);
			strike.awaitProblem(follower, "atomix.storage.min-free-space");
			strike.fill(follower, 0);
			strike.awaitFailed(follower);
		}

	},

	/**
	 * The disk of the leader fills up at once.
	 */
	FULL_DISK_LEADER(5_000, Need.DISKS, Need.SMALL_LOGS) {

		@Override
		void begin(Strike strike) throws IOException {
			Host leader = strike.leader();
			strike.fill(leader, 0);
			strike.awaitFailed(leader);
			strike.leaderLost();
		}

	},

	/**
	 * The disks of all members fill up so that too little is left: writes are refused.
	 */
	FULL_DISKS(5_000, Need.DISKS, Need.SMALL_LOGS) {

		@Override
		void begin(Strike strike) throws IOException {
			strike.noMajority();
			for (Host host : strike.shuffled()) {
				strike.fill(host, LITTLE);
			}
			for (Host host : strike.shuffled()) {
				strike.awaitProblem(host, "atomix.storage.min-free-space");
			}
			strike.awaitRefusals();
		}

	},

	/**
	 * Each access to the disk of a follower fails, and what was not forced to it is lost.
	 */
	BROKEN_DISK_FOLLOWER(5_000, Need.DISKS, Need.SMALL_LOGS) {

		@Override
		void begin(Strike strike) throws IOException {
			Host follower = strike.followers().get(0);
			strike.breakDisks(List.of(follower));
			strike.awaitFailed(follower);
		}

	},

	/**
	 * Each access to the disk of the leader fails, and what was not forced to it is lost.
	 */
	BROKEN_DISK_LEADER(5_000, Need.DISKS, Need.SMALL_LOGS) {

		@Override
		void begin(Strike strike) throws IOException {
			Host leader = strike.leader();
			strike.breakDisks(List.of(leader));
			strike.awaitFailed(leader);
			strike.leaderLost();
		}

	},

	/**
	 * All members lose their power at the same time, and with it what was not forced to
	 * their disks.
	 */
	POWER_CUT(1_000, Need.DISKS, Need.SMALL_LOGS) {

		@Override
		void begin(Strike strike) throws IOException {
			strike.noMajority();
			List<Host> all = strike.shuffled();
			strike.breakDisks(all);
			strike.kill(all);
		}

	},

	/**
	 * A member is removed, and added again with an empty directory.
	 */
	REPLACE_MEMBER(0) {

		@Override
		void begin(Strike strike) throws IOException {
			Host victim = strike.shuffled().get(0);
			Host other = others(strike, victim).get(0);
			strike.change(other, "remove", victim.id());
			strike.kill(List.of(victim));
			victim.disk().wipe();
			strike.startEmpty(victim);
			strike.change(other, "add", strike.cluster().network().member(victim.id()));
			strike.awaitRunning(victim);
		}

	};

	private static final Duration STOP = Duration.ofSeconds(30);

	private static final Duration PURGE = Duration.ofSeconds(40);

	private static final Duration FULL = Duration.ofSeconds(40);

	/**
	 * Half of the free space that members want by default.
	 */
	private static final long LITTLE = 32 << 20;

	private final long holdMillis;

	private final Set<Need> needs;

	Fault(long holdMillis, Need... needs) {
		this.holdMillis = holdMillis;
		this.needs = Set.of(needs);
	}

	private static List<Host> others(Strike strike, Host host) {
		return strike.shuffled().stream().filter((other) -> other != host).toList();
	}

	private static long logStart(List<Host> hosts) {
		return hosts.stream().mapToLong((host) -> host.view().map(NodeView::logStart).orElse(-1L)).min().orElse(-1);
	}

	/**
	 * Returns how many members a cluster must have for it.
	 * @return the number
	 */
	int minMembers() {
		return (this.needs.contains(Need.FIVE_MEMBERS)) ? 5 : 3;
	}

	/**
	 * Returns what the cluster must be for it.
	 * @return the needs
	 */
	Set<Need> needs() {
		return this.needs;
	}

	/**
	 * Lets it begin. What the strike has done it undoes by itself at the end.
	 * @param strike the occurrence
	 * @throws IOException if it cannot be
	 */
	abstract void begin(Strike strike) throws IOException;

	/**
	 * Returns how long it is there.
	 * @return the milliseconds
	 */
	long holdMillis() {
		return this.holdMillis;
	}

	/**
	 * Returns all directions between two groups.
	 * @param some some hosts
	 * @param others the others
	 * @return the directions
	 */
	private static Set<Direction> between(List<Host> some, List<Host> others) {
		Set<Direction> directions = new LinkedHashSet<>(ways(some, others));
		directions.addAll(ways(others, some));
		return directions;
	}

	private static Set<Direction> ways(List<Host> from, List<Host> to) {
		return from.stream()
			.flatMap((one) -> to.stream().map((other) -> new Direction(one.id(), other.id())))
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

	/**
	 * Returns the name by which it is chosen.
	 * @return the name
	 */
	String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Returns the fault of a name.
	 * @param id the name
	 * @return the fault
	 */
	static Fault of(String id) {
		return Arrays.stream(values())
			.filter((fault) -> fault.id().equals(id))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no fault '%s', but %s".formatted(id,
					Arrays.stream(values()).map(Fault::id).collect(Collectors.joining(", ")))));
	}

	@Override
	public String toString() {
		return id();
	}

	/**
	 * What a cluster must be for a fault to happen to it.
	 */
	enum Need {

		/**
		 * Five members or more.
		 */
		FIVE_MEMBERS,

		/**
		 * Members that take snapshots often and keep nothing of the log behind them.
		 */
		SMALL_LOGS,

		/**
		 * A disk of its own for each member.
		 */
		DISKS

	}

}
