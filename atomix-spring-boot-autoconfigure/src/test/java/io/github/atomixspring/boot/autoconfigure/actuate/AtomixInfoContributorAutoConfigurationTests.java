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

package io.github.atomixspring.boot.autoconfigure.actuate;

import java.util.Map;

import io.github.atomixspring.boot.autoconfigure.TestAtomix;
import io.github.atomixspring.spring.actuate.AtomixInfoContributor;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AtomixInfoContributorAutoConfiguration}.
 */
class AtomixInfoContributorAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = TestAtomix.create()
		.contextRunner()
		.withConfiguration(AutoConfigurations.of(AtomixInfoContributorAutoConfiguration.class));

	@Test
	void runShouldContribute() {
		this.contextRunner.run((context) -> {
			Info.Builder builder = new Info.Builder();
			context.getBean(AtomixInfoContributor.class).contribute(builder);
			assertThat(builder.build().getDetails()).containsEntry("atomix", Map.of("node", "n1", "mode", "client"));
		});
	}

	@Test
	void runWhenDisabledShouldNotCreateContributor() {
		this.contextRunner.withPropertyValues("management.info.atomix.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(AtomixInfoContributor.class));
	}

	@Test
	void runWithoutActuatorOnClassPathShouldStart() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(InfoContributor.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("atomixInfoContributor"));
	}

}
