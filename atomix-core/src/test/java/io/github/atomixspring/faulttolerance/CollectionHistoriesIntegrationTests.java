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

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.cluster.StateDigest;
import io.github.atomixspring.linearizability.Verdict;
import io.github.atomixspring.server.TestMembers;
import io.github.atomixspring.testing.TestCluster;
import org.apache.ratis.server.RaftServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that queues and sets are linearizable while leaders fail: nothing is lost,
 * nothing comes twice, and all in order.
 */
@Tag("fault")
@Tag("linearizability")
class CollectionHistoriesIntegrationTests {

	/**
	 * Longer than the sessions live without contact.
	 */
	private static final long LONG = Nodes.SESSION_TIMEOUT.toMillis() + 1500;

	@Test
	void areLinearizableWhileTheLeaderFails() throws Exception {
		try (Run run = new Run("kill-isolate-pause", Nodes.start(), 1)) {
			run.strike(Fault.KILL, 500);
			run.strike(Fault.ISOLATE, LONG);
			run.strike(Fault.PAUSE, 500);
			run.judge();
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 21, 22, 23 })
	@Tag("long")
	void areLinearizableWhileLeadersFailInManyWays(long seed) throws Exception {
		Random random = new Random(seed);
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
		try (Run run = new Run("collections-mixed-" + seed, Nodes.start(), seed)) {
			while (System.nanoTime() < end) {
				run.strike(Fault.values()[random.nextInt(Fault.values().length)], 500 + random.nextInt((int) LONG));
			}
			run.judge();
		}
	}

	@Test
	void areLinearizableAcrossAnInstalledSnapshot() throws Exception {
		try (Run run = new Run("installed", Nodes.start(TestMembers::withEngine, SmallLogs::configure), 2)) {
			Nodes nodes = run.nodes;
			TestCluster cluster = nodes.cluster();
			String leader = cluster.awaitLeader();
			String follower = nodes.others(leader).get(0);
			RaftServer.Division leading = TestMembers.division(cluster.member(leader));
			nodes.isolate(follower);
			long last = cluster.status(follower).lastIndex();
			run.goOn(50);
			Awaitility.await()
				.alias("the log is purged beyond the follower")
				.atMost(TestCluster.PATIENCE)
				.until(() -> leading.getRaftLog().getStartIndex() > last + 1);
			long purged = leading.getRaftLog().getStartIndex();
			nodes.heal(follower);
			Awaitility.await()
				.alias("the follower has caught up")
				.atMost(TestCluster.PATIENCE)
				.until(() -> cluster.status(follower).appliedIndex() >= purged);
			assertThat(cluster.status(follower).snapshotIndex()).isGreaterThan(last);
			SmallLogs.lead(nodes, follower);
			nodes.awaitSessions();
			run.goOn(50);
			System.out.printf("%s: follower %s stood at %d, the log began at %d, it leads from a snapshot%n", run.name,
					follower, last, purged);
			run.judge();
		}
	}

	/**
	 * The loads on a cluster.
	 */
	private static final class Run implements AutoCloseable {

		private final String name;

		private final Nodes nodes;

		private final List<Load> loads;

		Run(String name, Nodes nodes, long seed) {
			this.name = name;
			this.nodes = nodes;
			this.loads = List.of(new QueueLoad(nodes, "queue-" + name), new SetLoad(nodes, "set-" + name));
			this.loads.forEach((load) -> load.start(seed));
			goOn(30);
		}

		void goOn(int successes) {
			this.loads.forEach((load) -> load.awaitSuccesses(successes));
		}

		void strike(Fault fault, long millis) throws Exception {
			TestCluster cluster = this.nodes.cluster();
			String victim = cluster.awaitLeader();
			long term = cluster.status(victim).term();
			long began = System.nanoTime();
			fault.begin(this.nodes, victim);
			String successor = cluster.awaitLeader(this.nodes.others(victim));
			goOn(10);
			TimeUnit.NANOSECONDS.sleep(began + TimeUnit.MILLISECONDS.toNanos(millis) - System.nanoTime());
			fault.end(this.nodes, victim);
			cluster.awaitLeader();
			this.nodes.awaitSessions();
			goOn(30);
			assertThat(cluster.status(successor).term()).isGreaterThan(term);
			System.out.printf("%s: %s %s, %s leads in term %d instead of %d%n", this.name, fault, victim, successor,
					cluster.status(successor).term(), term);
		}

		void judge() throws Exception {
			for (Load load : this.loads) {
				load.stop();
			}
			StateDigest digest = this.nodes.awaitEqualDigests();
			System.out.printf("%s: all members have the digest %s at %d%n", this.name, digest.value(), digest.index());
			for (Load load : this.loads) {
				Verdict verdict = load.judge();
				System.out.println(load + "; " + verdict.status());
				assertThat(verdict.status()).as(load + "\n" + verdict).isEqualTo(Verdict.Status.VALID);
				assertThat(load.progress().successes()).isGreaterThan(200);
				assertThat(load.progress().unknownShare()).isLessThanOrEqualTo(0.1);
			}
		}

		@Override
		public void close() throws Exception {
			try {
				for (Load load : this.loads) {
					load.stop();
				}
			}
			finally {
				this.nodes.close();
			}
		}

	}

}
