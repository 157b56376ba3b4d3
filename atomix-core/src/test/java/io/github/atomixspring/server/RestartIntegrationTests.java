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

import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.testing.TestCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of members that are stopped, killed or cut off and come back.
 */
class RestartIntegrationTests {

	@ParameterizedTest
	@ValueSource(strings = { "n3,n1,n2", "n2,n3,n1" })
	void allMembersComeBackInAnyOrder(String order) throws Exception {
		try (TestCluster cluster = TestMembers.counting(3).build().start()) {
			FormationIntegrationTests.submit(cluster, cluster.awaitLeader(), "a");
			for (String id : cluster.ids()) {
				FormationIntegrationTests.awaitTexts(cluster, id, List.of("a"));
			}
			String clusterId = cluster.status("n1").clusterId();
			for (String id : order.split(",")) {
				cluster.kill(id);
			}
			for (String id : order.split(",")) {
				cluster.start(id);
			}
			FormationIntegrationTests.submit(cluster, cluster.awaitLeader(), "b");
			for (String id : cluster.ids()) {
				FormationIntegrationTests.awaitTexts(cluster, id, List.of("a", "b"));
				assertThat(cluster.status(id).clusterId()).isEqualTo(clusterId);
			}
		}
	}

	@Test
	void aLeaderThatStopsHandsOver() {
		// Without a hand-over it takes as long until there is another leader.
		Duration election = Duration.ofSeconds(10);
		try (TestCluster cluster = TestMembers.counting(3)
			.config((config) -> config.withTimeouts(election.multipliedBy(2), election))
			.build()
			.start()) {
			Duration taken = handOver(cluster);
			for (int attempt = 1; attempt < 4 && taken.compareTo(election) >= 0; attempt++) {
				// A busy machine may have stood still for longer than it may take.
				cluster.ids()
					.stream()
					.filter((id) -> cluster.status(id).state() == NodeState.STOPPED)
					.forEach(cluster::start);
				taken = handOver(cluster);
			}
			assertThat(taken).isLessThan(election);
		}
	}

	/**
	 * Stops the leader in the moment in which it is one.
	 * @return how long it took until there was another one
	 */
	private static Duration handOver(TestCluster cluster) {
		String leader = cluster.awaitLeader();
		long term = cluster.status(leader).term();
		long start = System.nanoTime();
		cluster.stop(leader);
		assertThat(cluster.status(leader).state()).isEqualTo(NodeState.STOPPED);
		List<String> rest = new ArrayList<>(cluster.ids());
		rest.remove(leader);
		assertThat(cluster.awaitLeader(rest)).isNotEqualTo(leader);
		assertThat(cluster.status(rest.get(0)).term()).isGreaterThan(term);
		return Duration.ofNanos(System.nanoTime() - start);
	}

	@Test
	void aLeaderThatIsCutOffIsReplacedAndFollowsLater() throws Exception {
		try (TestCluster cluster = TestMembers.counting(3).build().start()) {
			String old = cluster.awaitLeader();
			FormationIntegrationTests.submit(cluster, old, "a");
			cluster.isolate(old);
			List<String> rest = new ArrayList<>(cluster.ids());
			rest.remove(old);
			String leader = cluster.awaitLeader(rest);
			FormationIntegrationTests.submit(cluster, leader, "b");
			assertThat(TestMembers.engine(cluster.member(old)).texts()).doesNotContain("b");
			cluster.heal(old);
			cluster.awaitLeader();
			FormationIntegrationTests.awaitTexts(cluster, old, List.of("a", "b"));
		}
	}

	@Test
	void aStoppedMemberLeavesNothingBehind() {
		try (TestCluster cluster = TestMembers.counting(1).build()) {
			for (int i = 0; i < 3; i++) {
				cluster.start();
				cluster.awaitLeader();
				cluster.stop();
				Leftovers.assertNone(cluster, "n1");
			}
		}
	}

}
