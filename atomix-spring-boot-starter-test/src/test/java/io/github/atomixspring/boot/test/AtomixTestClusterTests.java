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

package io.github.atomixspring.boot.test;

import java.nio.file.Path;
import java.time.Duration;

import io.github.atomixspring.AtomixClient;
import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.cluster.NodeState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link AtomixTestCluster} without JUnit's extensions, with one member.
 */
class AtomixTestClusterTests {

	@Test
	void clusterThatIsNotStartedSaysHowToStartIt() {
		AtomixTestCluster cluster = AtomixTestCluster.of(3);
		assertThatIllegalStateException().isThrownBy(cluster::client)
			.withMessageContaining("not started")
			.withMessageContaining("@RegisterExtension")
			.withMessageContaining("start()");
		cluster.close();
	}

	@Test
	void impossibleSettingsAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> AtomixTestCluster.of(0))
			.withMessage("A cluster has at least one member, not 0");
		assertThatIllegalArgumentException().isThrownBy(() -> AtomixTestCluster.builder().clusterName(" "))
			.withMessage("'clusterName' must not be blank");
	}

	@Test
	void misuseNamesTheMembers() {
		try (AtomixTestCluster cluster = AtomixTestCluster.of(1)) {
			cluster.start();
			assertThatIllegalArgumentException().isThrownBy(() -> cluster.kill("n2"))
				.withMessage("There is no member 'n2' in the test cluster, only [n1]");
			assertThatIllegalArgumentException().isThrownBy(() -> cluster.disconnect("n1", "n1"))
				.withMessageContaining("'n1' cannot be cut off from itself");
		}
	}

	@Test
	void clusterStartedAgainIsANewOne() {
		AtomixTestCluster cluster = AtomixTestCluster.builder().members(1).clusterName("again").build();
		cluster.start();
		cluster.start();
		AtomixReplica first = cluster.member("n1");
		cluster.client().atomicLong("count").set(5);
		assertThat(first.status().cluster()).isEqualTo("again");
		cluster.close();
		assertThat(first.status().state()).isEqualTo(NodeState.STOPPED);
		cluster.start();
		assertThat(cluster.client().atomicLong("count").get()).isZero();
		cluster.close();
		cluster.close();
	}

	@Test
	void customizersAreUsed(@TempDir Path directory) {
		try (AtomixTestCluster cluster = AtomixTestCluster.builder()
			.members(1)
			.replica((builder) -> builder.storageDirectory(directory))
			.client((builder) -> builder.nodeId("renamed"))
			.build()) {
			cluster.start();
			assertThat(directory).isNotEmptyDirectory();
			AtomixClient client = cluster.newClient("other");
			client.atomicLong("count").set(1);
			assertThat(client.session().node()).isEqualTo("renamed");
		}
	}

	@Test
	void killedMemberAloneKeepsItsLockUntilItsSessionTimesOut() {
		try (AtomixTestCluster cluster = AtomixTestCluster.builder()
			.members(1)
			.sessionTimeout(Duration.ofMinutes(1))
			.build()) {
			cluster.start();
			cluster.member("n1").lock("work").lock();
			long session = cluster.member("n1").session().id();
			cluster.kill("n1");
			cluster.start("n1");
			assertThat(cluster.client().lock("work").isLocked()).isTrue();
			assertThat(cluster.member("n1").sessions()).extracting("id").contains(session);
		}
	}

}
