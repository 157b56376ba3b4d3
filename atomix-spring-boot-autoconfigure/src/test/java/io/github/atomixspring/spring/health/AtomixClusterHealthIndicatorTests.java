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

package io.github.atomixspring.spring.health;

import java.util.List;

import io.github.atomixspring.cluster.MemoryStatus;
import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.cluster.NodeStatus;
import io.github.atomixspring.cluster.PartitionStatus;
import io.github.atomixspring.cluster.Role;
import io.github.atomixspring.cluster.StorageStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AtomixClusterHealthIndicator}.
 */
class AtomixClusterHealthIndicatorTests {

	@Test
	void upWithLeader() {
		Health health = health(NodeState.RUNNING, "n2", null);
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("node", "n1")
			.containsEntry("cluster", "atomix")
			.containsEntry("state", NodeState.RUNNING)
			.containsEntry("leader", "n2")
			.containsEntry("role", Role.FOLLOWER)
			.containsEntry("term", 7L)
			.containsEntry("appliedIndex", 10L)
			.doesNotContainKey("problem");
	}

	@Test
	void upWithProblemWhileTheMemberTakesPart() {
		Health health = health(NodeState.RUNNING, "n2", "12 bytes are free");
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("problem", "12 bytes are free")
			.containsEntry("freeSpace", 1000L)
			.containsEntry("usedMemory", 70L);
	}

	@Test
	void outOfServiceWithoutLeader() {
		Health health = health(NodeState.RUNNING, null, null);
		assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
		assertThat(health.getDetails().get("problem")).asString().startsWith("No leader");
	}

	@Test
	void outOfServiceWhileForming() {
		Health health = health(NodeState.FORMING, null, "waits for n3");
		assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
		assertThat(health.getDetails()).containsEntry("problem", "waits for n3");
	}

	@Test
	void outOfServiceWhileJoining() {
		Health health = health(NodeState.JOINING, null, null);
		assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
		assertThat(health.getDetails().get("problem")).asString().contains("JOINING");
	}

	@Test
	void downWhenNodeFailed() {
		Health health = health(NodeState.FAILED, null, "the disk is full");
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsEntry("problem", "the disk is full");
	}

	@Test
	void downWhenStopped() {
		Health health = health(NodeState.STOPPED, null, null);
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsEntry("problem", "The node does not run");
	}

	private Health health(NodeState state, @Nullable String leader, @Nullable String problem) {
		NodeStatus status = new NodeStatus("atomix", null, "n1", state, problem, List.of(),
				List.of(new PartitionStatus(0, Role.FOLLOWER, leader, 7, 12, 11, 10, -1, null)),
				new StorageStatus(1000, 100, null), new MemoryStatus(70, 85, null));
		return new AtomixClusterHealthIndicator(() -> status).health();
	}

}
