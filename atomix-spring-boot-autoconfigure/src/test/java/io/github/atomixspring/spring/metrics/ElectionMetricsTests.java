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

package io.github.atomixspring.spring.metrics;

import java.util.List;

import io.github.atomixspring.spring.election.LeaderElections;
import io.github.atomixspring.spring.event.LeadershipGrantedEvent;
import io.github.atomixspring.spring.event.LeadershipRevokedEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.mock;

/**
 * Tests for {@link ElectionMetrics}.
 */
class ElectionMetricsTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final LeaderElections elections = mock(LeaderElections.class);

	@Test
	void electionsAreCountedWithoutTheirNames() {
		given(this.elections.elections()).willReturn(List.of("a", "b", "c"));
		given(this.elections.isLeader("b")).willReturn(true);
		ElectionMetrics metrics = new ElectionMetrics(this.elections);
		metrics.bindTo(this.registry);
		metrics.onApplicationEvent(new LeadershipGrantedEvent(this, "b", "n1", 5));
		metrics.onApplicationEvent(new LeadershipRevokedEvent(this, "a", "n1", 4));
		metrics.onApplicationEvent(new LeadershipGrantedEvent(this, "a", "n1", 6));
		assertThat(this.registry.get("atomix.elections.candidacies").gauge().value()).isEqualTo(3);
		assertThat(this.registry.get("atomix.elections.led").gauge().value()).isEqualTo(1);
		assertThat(this.registry.get("atomix.elections.changes").tag("event", "granted").functionCounter().count())
			.isEqualTo(2);
		assertThat(this.registry.get("atomix.elections.changes").tag("event", "revoked").functionCounter().count())
			.isEqualTo(1);
	}

}
