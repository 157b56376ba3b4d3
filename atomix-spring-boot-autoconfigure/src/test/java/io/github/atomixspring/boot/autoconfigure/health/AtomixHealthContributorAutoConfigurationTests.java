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

import io.github.atomixspring.boot.autoconfigure.TestAtomix;
import io.github.atomixspring.spring.health.AtomixHealthIndicator;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AtomixHealthContributorAutoConfiguration}.
 */
class AtomixHealthContributorAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = TestAtomix.create()
		.contextRunner()
		.withConfiguration(AutoConfigurations.of(AtomixHealthContributorAutoConfiguration.class,
				HealthContributorAutoConfiguration.class));

	@Test
	void runShouldCreateIndicator() {
		this.contextRunner.run((context) -> assertThat(context).hasSingleBean(AtomixHealthIndicator.class)
			.hasBean("atomixHealthContributor"));
	}

	@Test
	void runWhenDisabledShouldNotCreateIndicator() {
		this.contextRunner.withPropertyValues("management.health.atomix.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(AtomixHealthIndicator.class));
	}

	@Test
	void runWithoutNodeShouldNotCreateIndicator() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AtomixHealthContributorAutoConfiguration.class,
					HealthContributorAutoConfiguration.class))
			.run((context) -> assertThat(context).doesNotHaveBean(AtomixHealthIndicator.class));
	}

	@Test
	void runWithoutHealthOnClassPathShouldStart() {
		this.contextRunner
			.withClassLoader(new FilteredClassLoader(HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("atomixHealthContributor"));
	}

}
