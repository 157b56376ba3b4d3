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

package io.github.atomixspring.boot.autoconfigure.observation;

import io.github.atomixspring.boot.autoconfigure.TestAtomix;
import io.github.atomixspring.metrics.OperationKind;
import io.github.atomixspring.metrics.OperationOutcome;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.spring.observation.AtomixCallConvention;
import io.github.atomixspring.spring.observation.AtomixObservations;
import io.github.atomixspring.spring.observation.DefaultAtomixCallConvention;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.Test;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.mock;
import static org.mockito.BDDMockito.then;

/**
 * Tests for {@link AtomixObservationAutoConfiguration}.
 */
class AtomixObservationAutoConfigurationTests {

	private final TestAtomix atomix = TestAtomix.create();

	private final ApplicationContextRunner contextRunner = this.atomix.contextRunner()
		.withConfiguration(AutoConfigurations.of(AtomixObservationAutoConfiguration.class));

	@Test
	void operationsAreObservedUntilTheContextIsClosed() {
		Registration registration = mock(Registration.class);
		given(this.atomix.session().addObserver(any())).willReturn(registration);
		this.contextRunner.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class))
			.run((context) -> then(this.atomix.session()).should()
				.addObserver(context.getBean(AtomixObservations.class)));
		then(registration).should().close();
	}

	@Test
	void lazyInitializationDoesNotSwitchThemOff() {
		this.contextRunner.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class))
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> then(this.atomix.session()).should().addObserver(any()));
	}

	@Test
	void runWithoutRegistryShouldNotObserve() {
		this.contextRunner.run((context) -> assertThat(context).hasNotFailed()
			.doesNotHaveBean(AtomixObservations.class)
			.doesNotHaveBean(ObservedSession.class));
	}

	@Test
	void conventionOfTheApplicationIsUsed() {
		TestObservationRegistry registry = TestObservationRegistry.create();
		this.contextRunner.withBean(TestObservationRegistry.class, () -> registry)
			.withBean(AtomixCallConvention.class, () -> new DefaultAtomixCallConvention() {

				@Override
				public String getName() {
					return "own";
				}

			})
			.run((context) -> {
				AtomixObservations observations = context.getBean(AtomixObservations.class);
				Object started = observations.onStart(OperationKind.QUERY, PrimitiveType.MAP, "m", false);
				observations.onEnd(OperationKind.QUERY, PrimitiveType.MAP, OperationOutcome.SUCCESS, 1, started, null);
				TestObservationRegistryAssert.assertThat(registry).hasObservationWithNameEqualTo("own");
			});
	}

	@Test
	void propertyOfSpringBootSwitchesThemOff() {
		this.contextRunner.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class))
			.withPropertyValues("management.observations.enable.atomix=false")
			.run((context) -> assertThat(context.getBean(AtomixObservations.class)
				.onStart(OperationKind.QUERY, PrimitiveType.MAP, "m", false)).isNull());
	}

	@Test
	void runWithoutMicrometerOnClassPathShouldStart() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("atomixObservations"));
	}

}
