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

package io.github.atomixspring;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;

import io.github.atomixspring.cluster.ClusterConfigurationException;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.session.SessionState;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the builders of {@link AtomixReplica} and {@link AtomixClient}.
 */
class NodeBuilderTests {

	private static final List<Member> THREE = List.of(new Member("n1", "localhost", 5001),
			new Member("n2", "localhost", 5002), new Member("n3", "localhost", 5003));

	@Test
	void replicaWithoutSettingsIsAClusterOfItsOwnOnLoopback() {
		try (AtomixReplica replica = AtomixReplica.builder().build()) {
			assertThat(replica).hasToString("AtomixReplica n1=127.0.0.1:5679 of cluster 'atomix'");
			assertThat(replica.isRunning()).isFalse();
			assertThat(replica.status().state()).isEqualTo(NodeState.STOPPED);
			assertThat(replica.status().members()).hasSize(1);
			assertThat(replica.session().state()).isNotEqualTo(SessionState.CONNECTED);
			assertThat(replica.session().timeout()).isEqualTo(Duration.ofSeconds(10));
			assertThat(replica.clusterReport().members()).hasSize(1);
		}
	}

	@Test
	void replicaTakesItsSettings() {
		try (AtomixReplica replica = AtomixReplica.builder()
			.clusterName("c")
			.nodeId("n2")
			.members(THREE)
			.bindHost("127.0.0.1")
			.storageDirectory(Path.of("target", "unused"))
			.sessionTimeout(Duration.ofSeconds(3))
			.operationTimeout(Duration.ofSeconds(4))
			.electionTimeout(Duration.ofSeconds(1))
			.snapshotThreshold(10)
			.minFreeSpace(1 << 20)
			.maxHeapUse(70)
			.raftProperties(Map.of("raft.server.log.segment.size.max", "1MB"))
			.insecure(true)
			.callbackExecutor(ForkJoinPool.commonPool())
			.build()) {
			assertThat(replica).hasToString("AtomixReplica n2=localhost:5002 of cluster 'c'");
			assertThat(replica.session().node()).isEqualTo("n2");
			assertThat(replica.session().timeout()).isEqualTo(Duration.ofSeconds(3));
		}
		try (AtomixReplica named = AtomixReplica.builder().nodeId("me").build()) {
			assertThat(named.session().node()).isEqualTo("me");
		}
	}

	@Test
	void replicaOfSeveralMembersMustKnowWhichItIs() {
		AtomixReplica.Builder builder = AtomixReplica.builder().members(THREE);
		assertThatExceptionOfType(ClusterConfigurationException.class).isThrownBy(builder::build)
			.withMessageContaining("n2")
			.withMessageContaining("node id");
		assertThatExceptionOfType(ClusterConfigurationException.class).isThrownBy(() -> builder.nodeId("n4").build())
			.withMessageContaining("'n4'")
			.withMessageContaining("n1");
	}

	@Test
	void settingsOfReplicasAreChecked() {
		assertThatExceptionOfType(ClusterConfigurationException.class)
			.isThrownBy(() -> AtomixReplica.builder().clusterName(" ").build());
		assertThatExceptionOfType(ClusterConfigurationException.class)
			.isThrownBy(() -> AtomixReplica.builder().electionTimeout(Duration.ofSeconds(9)).build())
			.withMessageContaining("session timeout");
		assertThatExceptionOfType(ClusterConfigurationException.class)
			.isThrownBy(() -> AtomixReplica.builder().raftProperties(Map.of("x", "y")).build());
		assertThatIllegalArgumentException()
			.isThrownBy(() -> AtomixReplica.builder().operationTimeout(Duration.ZERO).build())
			.withMessageContaining("operationTimeout");
	}

	@Test
	void clientTakesItsSettings() {
		try (AtomixClient client = AtomixClient.builder()
			.clusterName("c")
			.nodeId("me")
			.members(THREE)
			.sessionTimeout(Duration.ofSeconds(3))
			.operationTimeout(Duration.ofSeconds(4))
			.callbackExecutor(ForkJoinPool.commonPool())
			.build()) {
			assertThat(client).hasToString("AtomixClient me of cluster 'c'");
			assertThat(client.session().node()).isEqualTo("me");
		}
	}

	@Test
	void clientsHaveDistinctIdsByDefault() {
		try (AtomixClient one = AtomixClient.builder().members(THREE).build();
				AtomixClient two = AtomixClient.builder().members(THREE).build()) {
			assertThat(one.session().node()).startsWith("client-").isNotEqualTo(two.session().node());
		}
	}

	@Test
	void clientNeedsAMember() {
		assertThatExceptionOfType(ClusterConfigurationException.class).isThrownBy(() -> AtomixClient.builder().build())
			.withMessageContaining("members")
			.withMessageContaining("'atomix'");
	}

	@Test
	void preferredMembersAreMembers() {
		AtomixClient.Builder builder = AtomixClient.builder().members(THREE);
		builder.preferredMembers(List.of("n3", "n1")).build().close();
		assertThatExceptionOfType(ClusterConfigurationException.class)
			.isThrownBy(() -> builder.preferredMembers(List.of("n3", "n4")).build())
			.withMessage("The preferred member 'n4' is not among the members [n1, n2, n3] of the cluster 'atomix'");
	}

}
