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

package io.github.atomixspring.boot.autoconfigure.metrics;

import java.nio.file.Path;
import java.time.Duration;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.boot.autoconfigure.AtomixAutoConfiguration;
import io.github.atomixspring.boot.autoconfigure.FreePort;
import io.github.atomixspring.boot.autoconfigure.TestAtomix;
import io.github.atomixspring.spring.metrics.AtomixMetrics;
import io.github.atomixspring.spring.metrics.ElectionMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.BDDMockito.mock;

/**
 * Tests for {@link AtomixMetricsAutoConfiguration}.
 */
class AtomixMetricsAutoConfigurationTests {

	private static final AutoConfigurations METRICS = AutoConfigurations.of(AtomixMetricsAutoConfiguration.class,
			MetricsAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class,
			CompositeMeterRegistryAutoConfiguration.class);

	@TempDir
	Path directory;

	private final ApplicationContextRunner contextRunner = TestAtomix.create()
		.contextRunner()
		.withConfiguration(METRICS);

	@Test
	void memberHasMetersFromItsStartOn() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AtomixAutoConfiguration.class))
			.withConfiguration(METRICS)
			.withPropertyValues("atomix.node.address=127.0.0.1:" + FreePort.find(),
					"atomix.storage.directory=" + this.directory)
			.run((context) -> {
				context.getBean(Atomix.class).atomicLong("n").incrementAndGet();
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				assertThat(registry.get("atomix.operations").tag("type", "long").timer().count()).isEqualTo(1);
				assertThat(registry.get("atomix.raft.leader").gauge().value()).isEqualTo(1);
				assertThat(registry.get("atomix.elections.candidacies").gauge().value()).isZero();
				await().atMost(Duration.ofSeconds(60))
					.untilAsserted(
							() -> assertThat(registry.get("atomix.ratis.log.worker.flush.time").functionTimer().count())
								.isPositive());
			});
	}

	@Test
	void nodeWithoutServerHasMetersOfItsSession() {
		this.contextRunner.run((context) -> {
			assertThat(context).hasSingleBean(AtomixMetrics.class).hasSingleBean(ElectionMetrics.class);
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.get("atomix.session.connected").gauge().value()).isEqualTo(1);
			assertThat(registry.find("atomix.raft.leader").gauge()).isNull();
		});
	}

	@Test
	void runWhenDisabledShouldNotCreateMetrics() {
		this.contextRunner.withPropertyValues("atomix.metrics.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(AtomixMetrics.class)
				.doesNotHaveBean(ElectionMetrics.class));
	}

	@Test
	void runWithoutRegistryShouldNotCreateMetrics() {
		TestAtomix.create()
			.contextRunner()
			.withConfiguration(AutoConfigurations.of(AtomixMetricsAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(AtomixMetrics.class));
	}

	@Test
	void metricsOfTheApplicationWin() {
		AtomixMetrics own = new AtomixMetrics(mock(Atomix.class), false) {

			@Override
			public void bindTo(MeterRegistry registry) {
				registry.counter("own");
			}

		};
		this.contextRunner.withBean(AtomixMetrics.class, () -> own).run((context) -> {
			assertThat(context).hasSingleBean(AtomixMetrics.class);
			assertThat(context.getBean(MeterRegistry.class).find("own").counter()).isNotNull();
			assertThat(context.getBean(MeterRegistry.class).find("atomix.session.connected").gauge()).isNull();
		});
	}

	@Test
	void runWithoutMicrometerOnClassPathShouldStart() {
		TestAtomix.create()
			.contextRunner()
			.withConfiguration(AutoConfigurations.of(AtomixMetricsAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("atomixMetrics"));
	}

	@Test
	void registryMayComeWithoutTheActuator() {
		TestAtomix.create()
			.contextRunner()
			.withBean(SimpleMeterRegistry.class)
			.withConfiguration(AutoConfigurations.of(AtomixMetricsAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.micrometer"))
			.run((context) -> assertThat(context).hasSingleBean(AtomixMetrics.class));
	}

}
