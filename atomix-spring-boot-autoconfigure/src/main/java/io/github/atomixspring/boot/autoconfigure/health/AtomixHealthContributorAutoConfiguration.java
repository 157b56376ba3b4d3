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

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.boot.autoconfigure.AtomixAutoConfiguration;
import io.github.atomixspring.spring.health.AtomixClusterHealthIndicator;
import io.github.atomixspring.spring.health.AtomixSessionHealthIndicator;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for
 * {@link AtomixClusterHealthIndicator} and {@link AtomixSessionHealthIndicator}, the
 * components {@code cluster} and {@code session} of {@code atomix}. A client has no
 * {@code cluster}.
 * <p>
 * An application that must not get requests while it has no quorum adds the component to
 * its readiness: {@code management.endpoint.health.group.readiness.include} is set to
 * {@code readinessState,atomix}. It does not belong to the liveness, as a restart does
 * not bring back a quorum.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = AtomixAutoConfiguration.class)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(Atomix.class)
@ConditionalOnEnabledHealthIndicator("atomix")
public final class AtomixHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "atomixHealthIndicator", "atomixHealthContributor" })
	CompositeHealthContributor atomixHealthContributor(Atomix atomix) {
		Map<String, HealthContributor> contributors = new LinkedHashMap<>();
		if (atomix instanceof AtomixReplica replica) {
			contributors.put("cluster", new AtomixClusterHealthIndicator(replica::status));
		}
		contributors.put("session", new AtomixSessionHealthIndicator(atomix));
		return CompositeHealthContributor.fromMap(contributors);
	}

}
