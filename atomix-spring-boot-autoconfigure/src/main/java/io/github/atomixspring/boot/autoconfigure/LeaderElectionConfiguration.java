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

package io.github.atomixspring.boot.autoconfigure;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.spring.annotation.LeaderOnlyBeanPostProcessor;
import io.github.atomixspring.spring.annotation.LeadershipListenerRegistrar;
import io.github.atomixspring.spring.election.LeaderElections;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Configures the candidacies of the application, the advice of methods that only the
 * leader runs and the methods that are told of leadership.
 */
@Configuration(proxyBeanMethods = false)
class LeaderElectionConfiguration {

	private static final String DEFAULT_ELECTION = "application";

	@Bean
	@ConditionalOnMissingBean
	LeaderElections atomixLeaderElections(Atomix atomix, AtomixProperties properties,
			ApplicationEventPublisher publisher, AtomixThreads threads) {
		AtomixProperties.Leader leader = properties.getLeader();
		LeaderElections elections = new LeaderElections(atomix, publisher, threads.factory(), leader.isCampaign());
		leader.getElections().forEach(elections::enter);
		return elections;
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static LeaderOnlyBeanPostProcessor atomixLeaderOnlyBeanPostProcessor(Environment environment,
			ObjectProvider<LeaderElections> elections, ObjectProvider<AtomixProperties> properties) {
		LeaderOnlyBeanPostProcessor postProcessor = new LeaderOnlyBeanPostProcessor(elections::getObject,
				() -> defaultElection(environment, properties.getObject()));
		postProcessor.setProxyTargetClass(ProxyKind.isTargetClass(environment));
		return postProcessor;
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static LeadershipListenerRegistrar atomixLeadershipListenerRegistrar(Environment environment,
			ObjectProvider<LeaderElections> elections, ObjectProvider<AtomixProperties> properties) {
		return new LeadershipListenerRegistrar(elections::getObject,
				() -> defaultElection(environment, properties.getObject()));
	}

	private static String defaultElection(Environment environment, AtomixProperties properties) {
		String election = properties.getLeader().getElection();
		if (StringUtils.hasText(election)) {
			return election;
		}
		String application = environment.getProperty("spring.application.name");
		return (StringUtils.hasText(application)) ? application : DEFAULT_ELECTION;
	}

}
