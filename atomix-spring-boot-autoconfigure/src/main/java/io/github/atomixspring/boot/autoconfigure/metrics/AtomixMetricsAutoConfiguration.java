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

import io.github.atomixspring.Atomix;
import io.github.atomixspring.boot.autoconfigure.AtomixAutoConfiguration;
import io.github.atomixspring.boot.autoconfigure.AtomixProperties;
import io.github.atomixspring.spring.election.LeaderElections;
import io.github.atomixspring.spring.metrics.AtomixMetrics;
import io.github.atomixspring.spring.metrics.ElectionMetrics;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the meters of a node.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = AtomixAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ Atomix.class, MeterRegistry.class })
@ConditionalOnBooleanProperty(name = "atomix.metrics.enabled", matchIfMissing = true)
public final class AtomixMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	AtomixMetrics atomixMetrics(Atomix atomix, AtomixProperties properties) {
		return new AtomixMetrics(atomix, properties.getMetrics().isRatis());
	}

	@Bean
	@ConditionalOnMissingBean
	ElectionMetrics atomixElectionMetrics(LeaderElections elections) {
		return new ElectionMetrics(elections);
	}

}
