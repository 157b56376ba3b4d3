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

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.metrics.RaftMetric;
import io.github.atomixspring.metrics.RaftMetricListener;
import io.github.atomixspring.metrics.RaftMetrics;
import io.github.atomixspring.testing.FreePorts;
import org.apache.ratis.metrics.MetricRegistries;
import org.apache.ratis.metrics.MetricRegistryInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RaftNode}.
 */
class RaftNodeTests {

	@TempDir
	private Path directory;

	@Test
	void aDivisionThatBecomesAFollowerWhileItIsClosedLeavesNoThread() throws Exception {
		RaftNode node = start("late", new RaftMetrics());
		RaftServer.Division division = node.division();
		assertThat(division).isNotNull();
		Awaitility.await().until(() -> division.getInfo().isLeader());
		division.close();
		// What a leader does that steps down on another thread meanwhile.
		Method method = division.getClass()
			.getDeclaredMethod("changeToFollowerAndPersistMetadata", long.class, boolean.class, Object.class);
		method.setAccessible(true);
		method.invoke(division, 100L, false, "test");
		node.close();
		// A pool has ended a moment before its last thread has.
		Awaitility.await().untilAsserted(() -> assertThat(Leftovers.threads("late")).isEmpty());
	}

	@Test
	void metricsOfAClosedServerAreGoneAndNoneComeLate() throws Exception {
		RaftMetrics metrics = new RaftMetrics();
		Set<RaftMetric> known = ConcurrentHashMap.newKeySet();
		metrics.addListener(new RaftMetricListener() {

			@Override
			public void onAdded(RaftMetric metric) {
				known.add(metric);
			}

			@Override
			public void onRemoved(RaftMetric metric) {
				known.remove(metric);
			}

		});
		RaftNode node = start("measured", metrics);
		Awaitility.await().until(() -> !known.isEmpty());
		node.close();
		assertThat(known).isEmpty();
		MetricRegistries.global()
			.create(new MetricRegistryInfo("measured@1@group-0123456789AB", "ratis", "server", "test"))
			.counter("late")
			.inc();
		assertThat(known).isEmpty();
	}

	private RaftNode start(String id, RaftMetrics metrics) throws IOException {
		int port = FreePorts.find(1).get(0);
		Member self = new Member(id, "127.0.0.1", port);
		ServerConfig config = ServerConfig.of("test", self.id(), List.of(self), this.directory);
		PeerInfo peer = new PeerInfo(id + "@1", "127.0.0.1:" + port);
		return RaftNode.start(config, peer.id(), RaftNode.groups(UUID.randomUUID().toString(), 1, List.of(peer)),
				(group) -> new BaseStateMachine(), List.of(), List.of(), metrics);
	}

}
