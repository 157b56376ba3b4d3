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

package io.github.atomixspring.docs;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.metrics.OperationKind;
import io.github.atomixspring.metrics.OperationOutcome;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.spring.metrics.AtomixMetrics;
import io.github.atomixspring.spring.observation.AtomixCallContext;
import io.github.atomixspring.spring.observation.AtomixObservations;
import io.github.atomixspring.spring.observation.DefaultAtomixCallConvention;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of {@code docs/metrics.md}.
 */
@ExtendWith(SingleMember.class)
class MetricsSnippetsTests {

	@Test
	void convention() {
		TestObservationRegistry registry = TestObservationRegistry.create();
		AtomixObservations observations = new AtomixObservations(registry, new TeamConvention());
		Object started = observations.onStart(OperationKind.QUERY, PrimitiveType.MAP, "prices", false);
		observations.onEnd(OperationKind.QUERY, PrimitiveType.MAP, OperationOutcome.SUCCESS, 1, started, null);
		TestObservationRegistryAssert.assertThat(registry)
			.hasSingleObservationThat()
			.hasLowCardinalityKeyValue("team", "shop")
			.hasLowCardinalityKeyValue("type", "map");
	}

	@Test
	void binder() {
		Atomix atomix = SingleMember.atomix();
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		// tag::binder[]
		AtomixMetrics metrics = new AtomixMetrics(atomix, true);
		metrics.bindTo(registry);
		// end::binder[]
		atomix.atomicLong("measured").incrementAndGet();
		assertThat(registry.get("atomix.operations").tag("type", "long").timer().count()).isPositive();
		metrics.close();
	}

	// tag::convention[]
	static class TeamConvention extends DefaultAtomixCallConvention {

		@Override
		public KeyValues getLowCardinalityKeyValues(AtomixCallContext context) {
			return super.getLowCardinalityKeyValues(context).and("team", "shop");
		}

	}
	// end::convention[]

}
