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

import io.github.atomixspring.metrics.RaftMetric;
import io.github.atomixspring.metrics.RaftMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RaftMeters}.
 */
class RaftMetersTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final RaftMetrics metrics = new RaftMetrics();

	@Test
	void metersFollowTheMetrics() {
		RaftMetric.Counter before = this.metrics.addCounter("log_worker", "flushCount", null, null);
		this.metrics.addListener(new RaftMeters(this.registry));
		this.metrics.count(before, 3);
		RaftMetric.Timer timer = this.metrics.addTimer("log_worker", "flushTime", null, null);
		this.metrics.record(timer, 7);
		assertThat(this.registry.get("atomix.ratis.log.worker.flush.count").functionCounter().count()).isEqualTo(3);
		assertThat(this.registry.get("atomix.ratis.log.worker.flush.time").functionTimer().count()).isEqualTo(1);
		this.metrics.remove(before);
		this.metrics.remove(timer);
		assertThat(this.registry.getMeters()).isEmpty();
	}

	@Test
	void anotherMemberIsATag() {
		this.metrics.addListener(new RaftMeters(this.registry));
		this.metrics.addGauge("log_appender", "follower_match_index", "n2", null, () -> 5L);
		this.metrics.addGauge("log_appender", "follower_match_index", "n3", null, () -> 6L);
		assertThat(
				this.registry.get("atomix.ratis.log.appender.follower.match.index").tag("member", "n3").gauge().value())
			.isEqualTo(6);
	}

	@Test
	void newIncarnationTakesTheMeterOver() {
		this.metrics.addListener(new RaftMeters(this.registry));
		RaftMetric.Gauge former = this.metrics.addGauge("log_appender", "follower_match_index", "n2", null, () -> 5L);
		this.metrics.addGauge("log_appender", "follower_match_index", "n2", null, () -> 1L);
		assertThat(this.registry.get("atomix.ratis.log.appender.follower.match.index").gauge().value()).isEqualTo(1);
		this.metrics.remove(former);
		assertThat(this.registry.get("atomix.ratis.log.appender.follower.match.index").gauge().value()).isEqualTo(1);
	}

	@Test
	void namesAreWords() {
		assertThat(RaftMeters.name(this.metrics.addCounter("server_message_metrics",
				"ratis.grpc.RaftServerProtocolService/appendEntries_started_total", null, null)))
			.isEqualTo("atomix.ratis.server.message.metrics.ratis.grpc.raft.server.protocol.service.append.entries"
					+ ".started.total");
	}

}
