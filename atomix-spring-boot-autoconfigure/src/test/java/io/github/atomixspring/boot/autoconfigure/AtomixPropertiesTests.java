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

package io.github.atomixspring.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import io.github.atomixspring.server.ServerConfig;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AtomixProperties}.
 */
class AtomixPropertiesTests {

	private final TestAtomix node = TestAtomix.create();

	@Test
	void bindsAllGroups() {
		this.node.contextRunner()
			.withPropertyValues("atomix.mode=client", "atomix.cluster.name=shop",
					"atomix.cluster.members=a=localhost:1,b=localhost:2", "atomix.node.id=a",
					"atomix.client.preferred-members=b, a", "atomix.node.address=localhost:1",
					"atomix.node.bind-host=0.0.0.0", "atomix.storage.directory=target/data",
					"atomix.storage.min-free-space=1GB", "atomix.memory.max-heap-use=70", "atomix.session.timeout=3s",
					"atomix.session.operation-timeout=5s", "atomix.raft.election-timeout=500ms",
					"atomix.raft.snapshot-threshold=1000", "atomix.raft.properties.raft.server.rpc.timeout.min=1s",
					"atomix.security.insecure=true", "atomix.leader.election=main", "atomix.leader.campaign=false")
			.run((context) -> {
				AtomixProperties properties = context.getBean(AtomixProperties.class);
				assertThat(properties.getMode()).isEqualTo(AtomixProperties.Mode.CLIENT);
				assertThat(properties.getCluster().getName()).isEqualTo("shop");
				assertThat(properties.getCluster().getMembers()).containsExactly("a=localhost:1", "b=localhost:2");
				assertThat(properties.getNode().getId()).isEqualTo("a");
				assertThat(properties.getClient().getPreferredMembers()).containsExactly("b", "a");
				assertThat(properties.getNode().getAddress()).isEqualTo("localhost:1");
				assertThat(properties.getNode().getBindHost()).isEqualTo("0.0.0.0");
				assertThat(properties.getStorage().getDirectory()).isEqualTo(Path.of("target", "data"));
				assertThat(properties.getStorage().getMinFreeSpace()).isEqualTo(DataSize.ofGigabytes(1));
				assertThat(properties.getMemory().getMaxHeapUse()).isEqualTo(70);
				assertThat(properties.getSession().getTimeout()).isEqualTo(Duration.ofSeconds(3));
				assertThat(properties.getSession().getOperationTimeout()).isEqualTo(Duration.ofSeconds(5));
				assertThat(properties.getRaft().getElectionTimeout()).isEqualTo(Duration.ofMillis(500));
				assertThat(properties.getRaft().getSnapshotThreshold()).isEqualTo(1000);
				assertThat(properties.getRaft().getProperties()).isEqualTo(Map.of("raft.server.rpc.timeout.min", "1s"));
				assertThat(properties.getSecurity().isInsecure()).isTrue();
				assertThat(properties.getLeader().getElection()).isEqualTo("main");
				assertThat(properties.getLeader().isCampaign()).isFalse();
			});
	}

	@Test
	void defaultsAreThoseOfTheDocumentation() {
		AtomixProperties properties = new AtomixProperties();
		assertThat(properties.isEnabled()).isTrue();
		assertThat(properties.getMode()).isEqualTo(AtomixProperties.Mode.REPLICA);
		assertThat(properties.getCluster().getName()).isEqualTo("atomix");
		assertThat(properties.getStorage().getDirectory()).isEqualTo(Path.of("data/atomix"));
		assertThat(properties.getStorage().getMinFreeSpace().toBytes()).isEqualTo(ServerConfig.DEFAULT_MIN_FREE_SPACE);
		assertThat(properties.getMemory().getMaxHeapUse()).isEqualTo(ServerConfig.DEFAULT_MAX_HEAP_USE);
		assertThat(properties.getSession().getTimeout()).isEqualTo(Duration.ofSeconds(10));
		assertThat(properties.getSession().getOperationTimeout()).isEqualTo(Duration.ofSeconds(15));
		assertThat(properties.getSecurity().isInsecure()).isFalse();
		assertThat(properties.getSsl().isEnabled()).isFalse();
		properties.getSsl().setBundle("cluster");
		assertThat(properties.getSsl().isEnabled()).isTrue();
		properties.getSsl().setEnabled(false);
		assertThat(properties.getSsl().isEnabled()).isFalse();
	}

	@Test
	void groupsWithClassesOfTheirOwnAreKnown() {
		this.node.contextRunner()
			.withPropertyValues("atomix.cache.enabled=true", "atomix.cache.time-to-live=1m",
					"atomix.cache.caches.prices.value-type=java.util.List<com.example.Price>",
					"atomix.cache.caches[a.b].time-to-live=1m", "atomix.shedlock.map=locks",
					"atomix.discovery.metadata[a.b]=c", "atomix.config.refresh.delay=1s")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void unknownPropertyFails() {
		this.node.contextRunner()
			.withPropertyValues("atomix.sesion.timeout=3s")
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseInstanceOf(UnboundConfigurationPropertiesException.class)
				.rootCause()
				.hasMessageContaining("atomix.sesion.timeout"));
	}

}
