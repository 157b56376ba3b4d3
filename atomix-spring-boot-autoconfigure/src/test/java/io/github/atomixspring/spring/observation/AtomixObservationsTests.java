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

package io.github.atomixspring.spring.observation;

import java.io.IOException;
import java.time.Duration;

import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.metrics.OperationKind;
import io.github.atomixspring.metrics.OperationOutcome;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.session.SessionState;
import io.github.atomixspring.spring.TestMember;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link AtomixObservations}.
 */
class AtomixObservationsTests {

	private static final TestMember member = TestMember.create();

	private final AtomixReplica replica = member.replica();

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	@BeforeAll
	static void start() {
		member.replica().start();
		await().atMost(Duration.ofSeconds(60))
			.until(() -> member.replica().session().state() == SessionState.CONNECTED);
	}

	@AfterAll
	static void stop() throws IOException {
		member.close();
	}

	@Test
	void callIsObservedBelowWhatIsCurrent() {
		Observation parent = Observation.start("parent", this.registry);
		observed(new AtomixObservations(this.registry, null), () -> {
			try (Observation.Scope scope = parent.openScope()) {
				this.replica.map("prices", String.class, Integer.class).put("tea", 3);
			}
		});
		parent.stop();
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasObservationWithNameEqualTo("atomix.call")
			.that()
			.hasContextualNameEqualTo("atomix map command")
			.hasLowCardinalityKeyValue("kind", "command")
			.hasLowCardinalityKeyValue("type", "map")
			.hasLowCardinalityKeyValue("outcome", "success")
			.hasHighCardinalityKeyValue("atomix.primitive", "prices")
			.hasParentObservationEqualTo(parent)
			.hasBeenStopped()
			.doesNotHaveError();
	}

	@Test
	void waitIsObserved() {
		observed(new AtomixObservations(this.registry, null), () -> {
			this.replica.lock("invoices").lock();
			this.replica.lock("invoices").unlock();
		});
		TestObservationRegistryAssert.assertThat(this.registry).hasAnObservationWithAKeyValue("kind", "wait");
	}

	@Test
	void failureIsAnError() {
		AtomixObservations observations = new AtomixObservations(this.registry, null);
		Object started = observations.onStart(OperationKind.QUERY, PrimitiveType.VALUE, "v", false);
		UnavailableException failure = new UnavailableException("gone", null);
		observations.onEnd(OperationKind.QUERY, PrimitiveType.VALUE, OperationOutcome.UNAVAILABLE, 1, started, failure);
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasSingleObservationThat()
			.hasLowCardinalityKeyValue("outcome", "unavailable")
			.hasError(failure);
	}

	@Test
	void whatTheLibraryDoesByItselfIsNotObserved() {
		AtomixObservations observations = new AtomixObservations(this.registry, null);
		assertThat(observations.onStart(OperationKind.COMMAND, PrimitiveType.LOCK, "l", true)).isNull();
		assertThat(new AtomixObservations(ObservationRegistry.NOOP, null).onStart(OperationKind.COMMAND,
				PrimitiveType.LOCK, "l", false))
			.isNull();
		TestObservationRegistryAssert.assertThat(this.registry).doesNotHaveAnyObservation();
	}

	@Test
	void disabledObservationCostsNothing() {
		this.registry.observationConfig().observationPredicate((name, context) -> !name.startsWith("atomix."));
		AtomixObservations observations = new AtomixObservations(this.registry, null);
		assertThat(observations.onStart(OperationKind.COMMAND, PrimitiveType.LOCK, "l", false)).isNull();
	}

	@Test
	void conventionsAreUsed() {
		AtomixCallConvention custom = new DefaultAtomixCallConvention() {

			@Override
			public String getName() {
				return "custom";
			}

		};
		AtomixObservations observations = new AtomixObservations(this.registry, custom);
		Object started = observations.onStart(OperationKind.QUERY, null, null, false);
		observations.onEnd(OperationKind.QUERY, null, OperationOutcome.SUCCESS, 1, started, null);
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasSingleObservationThat()
			.hasNameEqualTo("custom")
			.hasLowCardinalityKeyValue("type", "cluster");
	}

	@Test
	void globalConventionIsUsed() {
		this.registry.observationConfig().observationConvention(new GlobalConvention());
		AtomixObservations observations = new AtomixObservations(this.registry, null);
		Object started = observations.onStart(OperationKind.QUERY, PrimitiveType.MAP, "m", false);
		observations.onEnd(OperationKind.QUERY, PrimitiveType.MAP, OperationOutcome.SUCCESS, 1, started, null);
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasSingleObservationThat()
			.hasLowCardinalityKeyValue("team", "shop")
			.hasLowCardinalityKeyValue("outcome", "success");
	}

	private void observed(AtomixObservations observations, Runnable work) {
		Registration registration = this.replica.session().addObserver(observations);
		try {
			work.run();
		}
		finally {
			registration.close();
		}
	}

	static class GlobalConvention extends DefaultAtomixCallConvention
			implements GlobalObservationConvention<AtomixCallContext> {

		@Override
		public KeyValues getLowCardinalityKeyValues(AtomixCallContext context) {
			return super.getLowCardinalityKeyValues(context).and("team", "shop");
		}

	}

}
