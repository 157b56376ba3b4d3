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

import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.cluster.NodeStatus;
import io.github.atomixspring.cluster.Role;
import io.github.atomixspring.testing.TestCluster;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of how members become a cluster, and stay one.
 */
class FormationIntegrationTests {

	@Test
	void oneMemberFormsAtOnceAndKeepsItsData() throws Exception {
		try (TestCluster cluster = TestMembers.counting(1).build().start()) {
			assertThat(cluster.awaitLeader()).isEqualTo("n1");
			submit(cluster, "n1", "a");
			String clusterId = cluster.status("n1").clusterId();
			cluster.stop("n1");
			assertThat(cluster.status("n1").state()).isEqualTo(NodeState.STOPPED);
			cluster.start("n1");
			cluster.awaitLeader();
			awaitTexts(cluster, "n1", List.of("a"));
			assertThat(cluster.status("n1").clusterId()).isEqualTo(clusterId);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "n1,n2,n3", "n3,n2,n1", "n2,n3,n1" })
	void threeMembersElectOneLeaderInAnyOrder(String order) throws Exception {
		try (TestCluster cluster = TestMembers.counting(3).build()) {
			List<String> ids = List.of(order.split(","));
			cluster.start(ids.get(0));
			cluster.start(ids.get(1));
			assertThat(cluster.status(ids.get(0)).state()).isEqualTo(NodeState.FORMING);
			Awaitility.await()
				.atMost(TestCluster.PATIENCE)
				.until(() -> cluster.status(ids.get(0)).problem(),
						(problem) -> problem != null && problem.contains("missing [" + ids.get(2) + "]"));
			cluster.start(ids.get(2));
			String leader = cluster.awaitLeader();
			submit(cluster, leader, "a");
			for (String id : ids) {
				awaitTexts(cluster, id, List.of("a"));
			}
			assertThat(ids.stream().map(cluster::status).map(NodeStatus::clusterId).distinct()).hasSize(1);
			assertThat(ids.stream().map(cluster::status).filter((status) -> status.role() == Role.LEADER)).hasSize(1);
		}
	}

	static void submit(TestCluster cluster, String id, String text) throws Exception {
		Awaitility.await()
			.atMost(TestCluster.PATIENCE)
			.ignoreExceptions()
			.pollInterval(Duration.ofMillis(50))
			.until(() -> {
				TestMembers.engine(cluster.member(id)).submit(text);
				return true;
			});
	}

	static void awaitTexts(TestCluster cluster, String id, List<String> texts) {
		Awaitility.await()
			.atMost(TestCluster.PATIENCE)
			.pollInterval(Duration.ofMillis(20))
			.untilAsserted(() -> assertThat(TestMembers.engine(cluster.member(id)).texts()).isEqualTo(texts));
	}

}
