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

import java.util.concurrent.TimeUnit;

import io.github.atomixspring.metrics.OperationKind;
import io.github.atomixspring.metrics.OperationOutcome;
import io.github.atomixspring.primitive.PrimitiveType;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OperationMeters}.
 */
class OperationMetersTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final OperationMeters meters = new OperationMeters(this.registry);

	@Test
	void eachTypeAndOutcomeHasATimerOfItsOwn() {
		int nanos = 0;
		for (OperationKind kind : OperationKind.values()) {
			for (PrimitiveType type : PrimitiveType.values()) {
				for (OperationOutcome outcome : OperationOutcome.values()) {
					this.meters.onStart(kind, type, "n", false);
					this.meters.onEnd(kind, type, outcome, ++nanos, null, null);
				}
			}
		}
		int combinations = PrimitiveType.values().length * OperationOutcome.values().length;
		assertThat(this.registry.get("atomix.operations").timers()).hasSize(2 * combinations)
			.allMatch((timer) -> timer.count() == 1);
		assertThat(this.registry.get("atomix.waits").timers()).hasSize(combinations)
			.allMatch((timer) -> timer.count() == 1);
		assertThat(this.registry.get("atomix.operations.active").gauge().value()).isZero();
	}

	@Test
	void whatConcernsTheClusterHasItsOwnType() {
		this.meters.onStart(OperationKind.QUERY, null, null, false);
		assertThat(this.registry.get("atomix.operations.active").gauge().value()).isEqualTo(1);
		this.meters.onEnd(OperationKind.QUERY, null, OperationOutcome.UNAVAILABLE, 5_000_000, null, null);
		Timer timer = this.registry.get("atomix.operations")
			.tags("kind", "query", "type", "cluster", "outcome", "unavailable")
			.timer();
		assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(5);
	}

	@Test
	void tagsAreInKebabCase() {
		this.meters.onStart(OperationKind.WAIT, PrimitiveType.COUNT_DOWN_LATCH, "n", false);
		assertThat(this.registry.get("atomix.waits.active").tag("type", "count-down-latch").gauge().value())
			.isEqualTo(1);
	}

}
