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

package io.github.atomixspring.boot.autoconfigure.health;

import java.nio.file.Path;

import io.github.atomixspring.boot.autoconfigure.AtomixAutoConfiguration;
import io.github.atomixspring.boot.autoconfigure.FreePort;
import io.github.atomixspring.boot.autoconfigure.TestAtomix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AtomixHealthContributorAutoConfiguration}.
 */
class AtomixHealthContributorAutoConfigurationTests {

	@TempDir
	Path directory;

	private final ApplicationContextRunner contextRunner = TestAtomix.create()
		.contextRunner()
		.withConfiguration(AutoConfigurations.of(AtomixHealthContributorAutoConfiguration.class,
				HealthContributorAutoConfiguration.class));

	@Test
	void clientHasASessionOnly() {
		this.contextRunner.run((context) -> {
			CompositeHealthContributor contributor = context.getBean("atomixHealthContributor",
					CompositeHealthContributor.class);
			assertThat(contributor.getContributor("session")).isNotNull();
			assertThat(contributor.getContributor("cluster")).isNull();
		});
	}

	@Test
	void memberIsPartOfReadinessWithoutWaiting() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AtomixAutoConfiguration.class,
					AtomixHealthContributorAutoConfiguration.class, HealthContributorAutoConfiguration.class,
					HealthContributorRegistryAutoConfiguration.class, HealthEndpointAutoConfiguration.class))
			.withPropertyValues("management.endpoints.web.exposure.include=health",
					"management.endpoint.health.group.ready.include=atomix",
					"management.endpoint.health.group.claims.include=atomix/session",
					"atomix.storage.directory=" + this.directory, "atomix.node.id=n1",
					"atomix.cluster.members=n1=127.0.0.1:" + FreePort.find() + ",n2=127.0.0.1:" + FreePort.find()
							+ ",n3=127.0.0.1:" + FreePort.find())
			.run((context) -> {
				assertThat(context).hasNotFailed();
				HealthEndpoint endpoint = context.getBean(HealthEndpoint.class);
				for (String path : new String[] { "atomix", "ready", "claims" }) {
					assertThat(endpoint.healthForPath(path)).as(path).isNotNull();
					assertThat(endpoint.healthForPath(path).getStatus()).as(path).isEqualTo(Status.OUT_OF_SERVICE);
				}
				assertThat(endpoint.healthForPath("atomix", "cluster").getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
				assertThat(endpoint.healthForPath("atomix", "session").getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
				assertThat(endpoint.healthForPath("claims", "atomix", "cluster")).isNull();
			});
	}

	@Test
	void runWhenDisabledShouldNotCreateContributor() {
		this.contextRunner.withPropertyValues("management.health.atomix.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean("atomixHealthContributor"));
	}

	@Test
	void contributorOfTheApplicationWins() {
		HealthIndicator own = () -> null;
		this.contextRunner.withBean("atomixHealthIndicator", HealthIndicator.class, () -> own)
			.run((context) -> assertThat(context).doesNotHaveBean("atomixHealthContributor"));
	}

	@Test
	void runWithoutNodeShouldNotCreateContributor() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AtomixHealthContributorAutoConfiguration.class,
					HealthContributorAutoConfiguration.class))
			.run((context) -> assertThat(context).doesNotHaveBean("atomixHealthContributor"));
	}

	@Test
	void runWithoutHealthOnClassPathShouldStart() {
		this.contextRunner
			.withClassLoader(new FilteredClassLoader(HealthIndicator.class, HealthContributor.class,
					ConditionalOnEnabledHealthIndicator.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("atomixHealthContributor"));
	}

}
