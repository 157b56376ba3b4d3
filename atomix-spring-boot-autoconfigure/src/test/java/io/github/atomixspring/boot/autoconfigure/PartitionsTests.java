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
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.SessionInfo;
import io.github.atomixspring.primitive.PrimitiveInfo;
import io.github.atomixspring.spring.actuate.AtomixDescriptor.MemberStatus;
import io.github.atomixspring.spring.actuate.AtomixEndpoint;
import io.github.atomixspring.spring.health.AtomixClusterHealthIndicator;
import io.github.atomixspring.spring.integration.AtomixMetadataStore;
import io.micrometer.core.instrument.MeterRegistry;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that all integrations work with several partitions, and show them.
 */
class PartitionsTests {

	@TempDir
	private Path directory;

	@Test
	void allIntegrationsWorkWithSeveralPartitions() {
		new ApplicationContextRunner().withPropertyValues(Everything.PROPERTIES)
			.withPropertyValues("atomix.partitions=4", "atomix.node.address=127.0.0.1:" + FreePort.find(),
					"atomix.storage.directory=" + this.directory)
			.withUserConfiguration(Everything.class)
			.run((context) -> {
				Everything.use(context);
				Atomix atomix = context.getBean(Atomix.class);
				assertThat(atomix.sessions()).extracting(SessionInfo::partition).contains(0, 1, 2, 3);
				assertThat(atomix.primitives()).extracting(PrimitiveInfo::name).contains("news", "work");
				AtomixMetadataStore store = context.getBean(AtomixMetadataStore.class);
				store.put("file", "seen");
				assertThat(store.get("file")).isEqualTo("seen");
				assertThat(context.getBean(LockProvider.class)
					.lock(new LockConfiguration(Instant.now(), "job", Duration.ofMinutes(1), Duration.ZERO)))
					.isPresent();
				MeterRegistry meters = context.getBean(MeterRegistry.class);
				for (String partition : List.of("0", "1", "2", "3")) {
					assertThat(meters.get("atomix.raft.leader").tag("partition", partition).gauge().value())
						.isEqualTo(1);
					assertThat(meters.get("atomix.ratis.log.worker.flush.time")
						.tag("partition", partition)
						.functionTimer()
						.count()).isPositive();
				}
				assertThat(meters.get("atomix.gateway.serving").gauge().value()).isEqualTo(4);
				AtomixEndpoint endpoint = context.getBean(AtomixEndpoint.class);
				await().atMost(Everything.PATIENCE).untilAsserted(() -> {
					assertThat(endpoint.cluster().members()).singleElement().satisfies((member) -> {
						MemberStatus status = member.status();
						assertThat(status).isNotNull();
						assertThat(status.partitions()).hasSize(4)
							.allMatch((partition) -> "n1".equals(partition.leader()));
					});
				});
				AtomixClusterHealthIndicator indicator = (AtomixClusterHealthIndicator) context
					.getBean(CompositeHealthContributor.class)
					.getContributor("cluster");
				await().atMost(Everything.PATIENCE).until(() -> indicator.health(true).getStatus() == Status.UP);
				Health health = indicator.health(true);
				assertThat(health.getDetails()).containsEntry("partitionLeaders",
						Map.of(0, "n1", 1, "n1", 2, "n1", 3, "n1"));
			});
	}

}
