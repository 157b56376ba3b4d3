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

import io.github.atomixspring.Atomix;
import io.github.atomixspring.session.Session;
import io.github.atomixspring.session.SessionState;
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
 * Tests for {@link AtomixSessionHealthIndicator}.
 */
class AtomixSessionHealthIndicatorTests {

	private final Atomix atomix = mock(Atomix.class);

	private final Session session = mock(Session.class);

	private final AtomixSessionHealthIndicator indicator = new AtomixSessionHealthIndicator(this.atomix);

	@BeforeEach
	void connect() {
		given(this.atomix.session()).willReturn(this.session);
		given(this.atomix.isRunning()).willReturn(true);
		given(this.session.node()).willReturn("n1");
		given(this.session.state()).willReturn(SessionState.CONNECTED);
	}

	@Test
	void upWithinTheLease() {
		Health health = this.indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("node", "n1")
			.containsEntry("state", SessionState.CONNECTED)
			.doesNotContainKey("problem");
	}

	@Test
	void outOfServiceWhileSuspended() {
		given(this.session.state()).willReturn(SessionState.SUSPENDED);
		Health health = this.indicator.health();
		assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
		assertThat(health.getDetails().get("problem")).asString().contains("SUSPENDED");
	}

	@Test
	void downWhenNotRunning() {
		given(this.atomix.isRunning()).willReturn(false);
		assertThat(this.indicator.health().getStatus()).isEqualTo(Status.DOWN);
	}

	@Test
	void neverAsksTheCluster() {
		this.indicator.health();
		then(this.atomix).should(never()).sessions();
		then(this.atomix).should(never()).primitives();
	}

}
