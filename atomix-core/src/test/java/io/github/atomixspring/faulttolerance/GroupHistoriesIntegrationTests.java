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

package io.github.atomixspring.faulttolerance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.cluster.Role;
import io.github.atomixspring.group.DistributedGroup;
import io.github.atomixspring.group.GroupEvent;
import io.github.atomixspring.group.GroupMember;
import io.github.atomixspring.group.GroupOptions;
import io.github.atomixspring.group.GroupView;
import io.github.atomixspring.group.Groups;
import io.github.atomixspring.group.LocalGroupMember;
import io.github.atomixspring.server.ServerConfig;
import io.github.atomixspring.server.TestMembers;
import io.github.atomixspring.testing.TestCluster;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the listeners of a group see on all nodes while leaders fail.
 */
@Tag("fault")
class GroupHistoriesIntegrationTests {

	private static final Duration TOLERANCE = Duration.ofSeconds(2);

	@Test
	void allNodesSeeTheSameOrderAndFailedMembersLeaveInTime() throws Exception {
		try (Run run = new Run("short", Nodes::withCalmLeader)) {
			run.idle(Nodes.SESSION_TIMEOUT.plusMillis(500));
			for (Fault fault : Fault.values()) {
				run.strike(fault);
			}
			run.judge();
		}
	}

	@Test
	void allNodesSeeTheSameOrderAcrossAnInstalledSnapshot() throws Exception {
		try (Run run = new Run("installed", SmallLogs::configure)) {
			run.installSnapshot();
			run.strike(Fault.KILL);
			run.judge();
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 21, 22, 23 })
	@Tag("long")
	void allNodesSeeTheSameOrderWhileLeadersFailInManyWays(long seed) throws Exception {
		Random random = new Random(seed);
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
		try (Run run = new Run("mixed-" + seed, Nodes::withCalmLeader)) {
			while (System.nanoTime() < end) {
				run.strike(Fault.values()[random.nextInt(Fault.values().length)]);
				run.idle(Duration.ofMillis(random.nextInt(1500)));
			}
			run.judge();
		}
	}

	/**
	 * A group with members on all nodes.
	 */
	private static final class Run implements AutoCloseable {

		private final Nodes nodes;

		private final String name;

		private final Map<String, DistributedGroup> groups = new HashMap<>();

		private final Map<String, LocalGroupMember> ephemeral = new HashMap<>();

		private final List<List<GroupEvent>> histories = new CopyOnWriteArrayList<>();

		private final Map<String, List<GroupEvent>> current = new ConcurrentHashMap<>();

		private int faults;

		Run(String name, UnaryOperator<ServerConfig> config) {
			this.name = name;
			this.nodes = Nodes.start(TestMembers::withEngine, config);
			this.nodes.all().forEach(this::enter);
			awaitAllAlive();
		}

		private void enter(String node) {
			DistributedGroup group = Groups.create(this.nodes.session(node), "g", GroupOptions.defaults(), () -> {
			});
			List<GroupEvent> history = new CopyOnWriteArrayList<>();
			this.histories.add(history);
			this.current.put(node, history);
			this.groups.put(node, group);
			group.addListener(history::add);
			this.ephemeral.put(node, group.join());
			Awaitility.await()
				.atMost(TestCluster.PATIENCE)
				.ignoreExceptions()
				.until(() -> group.join("p-" + node).isMember());
		}

		private DistributedGroup group(String node) {
			return Objects.requireNonNull(this.groups.get(node));
		}

		private void awaitAllAlive() {
			for (String node : this.nodes.all()) {
				Awaitility.await()
					.alias("all members alive at " + node)
					.atMost(TestCluster.PATIENCE)
					.until(() -> group(node).view().liveMembers().size() == 2 * this.nodes.all().size());
			}
		}

		/**
		 * Lets nothing happen for a while, and checks that nothing did.
		 */
		void idle(Duration duration) {
			List<Long> sessions;
			do {
				awaitAllAlive();
				sessions = sessions();
				stay(duration, sessions);
			}
			while (!sessions().equals(sessions));
		}

		private List<Long> sessions() {
			return this.nodes.all().stream().map((node) -> this.nodes.session(node).id()).toList();
		}

		/**
		 * Waits until there was no change for a while, or until a session has ended: on a
		 * machine that stood still that is as it should be.
		 */
		private void stay(Duration duration, List<Long> sessions) {
			long version = group(Nodes.CLIENT).view().version();
			Awaitility.await()
				.during(duration)
				.atMost(duration.plus(TestCluster.PATIENCE))
				.until(() -> !sessions().equals(sessions)
						|| this.nodes.all().stream().allMatch((node) -> group(node).view().version() == version));
		}

		/**
		 * Lets members join and leave while a follower is cut off that then has to take
		 * over a snapshot of the group and to lead.
		 */
		void installSnapshot() throws Exception {
			Load load = new CounterLoad(this.nodes, "group-" + this.name).start(1);
			try {
				SmallLogs.installSnapshot(this.nodes, () -> {
					for (int i = 0; i < 5; i++) {
						group(Nodes.CLIENT).join().leave();
					}
					load.awaitSuccesses(50);
				});
			}
			finally {
				load.stop();
			}
			awaitAllAlive();
		}

		/**
		 * Lets the leader fail until its members have left, and come back.
		 */
		void strike(Fault fault) {
			String victim = this.nodes.cluster().awaitLeader();
			String member = Objects.requireNonNull(this.ephemeral.get(victim)).id();
			fault.begin(this.nodes, victim);
			long led = awaitDeparture(victim, member);
			fault.end(this.nodes, victim);
			this.nodes.cluster().awaitLeader();
			this.nodes.awaitSessions();
			if (fault == Fault.KILL) {
				enter(victim);
			}
			awaitAllAlive();
			this.faults++;
			System.out.printf("%s %d: %s %s, its member left after %d ms with a leader%n", this.name, this.faults,
					fault, victim, led);
			assertThat(led).as("ms with a leader until %s had left", member)
				.isLessThanOrEqualTo(Nodes.SESSION_TIMEOUT.plus(TOLERANCE).toMillis());
		}

		/**
		 * Waits until a member has left and its persistent one is dead, and measures the
		 * time in which there was a leader. A look that comes late, because the machine
		 * is busy, counts as one that did not.
		 */
		private long awaitDeparture(String victim, String member) {
			long[] led = new long[2];
			led[1] = System.nanoTime();
			Awaitility.await()
				.alias(member + " of " + victim + " leaves")
				.atMost(TestCluster.PATIENCE)
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(10))
				.until(() -> {
					long now = System.nanoTime();
					if (hasLeader(victim)) {
						led[0] += Math.min(now - led[1], TimeUnit.MILLISECONDS.toNanos(50));
					}
					led[1] = now;
					GroupView view = group(Nodes.CLIENT).view();
					return view.member(member).isEmpty()
							&& view.member("p-" + victim).filter(GroupMember::isAlive).isEmpty();
				});
			return led[0] / 1_000_000;
		}

		private boolean hasLeader(String victim) {
			return this.nodes.others(victim)
				.stream()
				.map(this.nodes.cluster()::status)
				.anyMatch((status) -> status.state() == NodeState.RUNNING && status.role() == Role.LEADER);
		}

		/**
		 * Checks that all saw the same, each without a gap that was not announced.
		 */
		void judge() throws Exception {
			awaitAllAlive();
			this.nodes.awaitEqualDigests();
			Map<Long, GroupEvent> all = new TreeMap<>();
			for (List<GroupEvent> history : this.histories) {
				for (GroupEvent event : history) {
					if (event.type() != GroupEvent.Type.RESYNC) {
						GroupEvent other = all.putIfAbsent(event.view().version(), event);
						assertThat(event).isEqualTo((other != null) ? other : event);
					}
				}
			}
			List<Long> versions = new ArrayList<>(all.keySet());
			int resyncs = 0;
			for (List<GroupEvent> history : this.histories) {
				GroupEvent last = null;
				for (GroupEvent event : history) {
					long version = event.view().version();
					if (event.type() == GroupEvent.Type.RESYNC) {
						resyncs++;
						GroupEvent same = all.get(version);
						assertThat(event.view()).isEqualTo((same != null) ? same.view() : event.view());
					}
					else {
						assertThat(last).as("the first event is a resync").isNotNull();
						int position = versions.indexOf(version);
						long before = (position > 0) ? versions.get(position - 1) : 0;
						assertThat(last.view().version()).isEqualTo(before);
					}
					last = event;
				}
			}
			System.out.printf("%s: %d faults, %d events in the same order in %d histories with %d resyncs%n", this.name,
					this.faults, versions.size(), this.histories.size(), resyncs);
			assertThat(versions).hasSizeGreaterThanOrEqualTo(8 + 4 * this.faults);
		}

		@Override
		public void close() {
			this.nodes.close();
		}

	}

}
