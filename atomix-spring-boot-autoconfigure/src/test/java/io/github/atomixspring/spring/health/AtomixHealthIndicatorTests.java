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

import io.github.atomixspring.Atomix;
import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.cluster.NodeStatus;
import io.github.atomixspring.cluster.Role;
import io.github.atomixspring.session.Session;
import io.github.atomixspring.session.SessionState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.mock;
import static org.mockito.BDDMockito.never;
import static org.mockito.BDDMockito.then;

/**
 * Tests for {@link AtomixHealthIndicator}.
 */
class AtomixHealthIndicatorTests {

	private final Atomix atomix = mock(Atomix.class);

	private final Session session = mock(Session.class);

	@BeforeEach
	void connect() {
		given(this.atomix.session()).willReturn(this.session);
		given(this.atomix.isRunning()).willReturn(true);
		given(this.session.node()).willReturn("n1");
		given(this.session.state()).willReturn(SessionState.CONNECTED);
	}

	@Test
	void upWithLeaderAndSession() {
		Health health = health(NodeState.RUNNING, "n2", null);
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("node", "n1")
			.containsEntry("leader", "n2")
			.containsEntry("role", Role.FOLLOWER)
			.containsEntry("term", 7L)
			.containsEntry("session", SessionState.CONNECTED)
			.doesNotContainKey("problem");
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
	void outOfServiceWhileSessionIsSuspended() {
		given(this.session.state()).willReturn(SessionState.SUSPENDED);
		assertThat(health(NodeState.RUNNING, "n2", null).getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
	}

	@Test
	void downWhenNodeFailed() {
		Health health = health(NodeState.FAILED, null, "the disk is full");
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsEntry("problem", "the disk is full");
	}

	@Test
	void downWhenNotRunning() {
		given(this.atomix.isRunning()).willReturn(false);
		assertThat(health(NodeState.STOPPED, null, null).getStatus()).isEqualTo(Status.DOWN);
		assertThat(new AtomixHealthIndicator(this.atomix, null).health().getStatus()).isEqualTo(Status.DOWN);
	}

	@Test
	void clientIsJudgedByItsSession() {
		AtomixHealthIndicator indicator = new AtomixHealthIndicator(this.atomix, null);
		assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
		given(this.session.state()).willReturn(SessionState.SUSPENDED);
		assertThat(indicator.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
	}

	@Test
	void neverAsksTheCluster() {
		health(NodeState.RUNNING, "n2", null);
		then(this.atomix).should(never()).sessions();
		then(this.atomix).should(never()).primitives();
	}

	private Health health(NodeState state, @Nullable String leader, @Nullable String problem) {
		NodeStatus status = new NodeStatus("atomix", null, "n1", state, problem, Role.FOLLOWER, leader, 7, 12, 11, 10,
				-1, null, List.of());
		return new AtomixHealthIndicator(this.atomix, () -> status).health();
	}

}
