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

package io.github.atomixspring.boot.autoconfigure.integration;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.boot.autoconfigure.AtomixAutoConfiguration;
import io.github.atomixspring.boot.autoconfigure.AtomixProperties;
import io.github.atomixspring.boot.autoconfigure.IntegrationProperties;
import io.github.atomixspring.spring.election.LeaderElections;
import io.github.atomixspring.spring.integration.AtomixLockRegistry;
import io.github.atomixspring.spring.integration.AtomixMetadataStore;
import io.github.atomixspring.spring.integration.LeaderEventBridge;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.integration.context.IntegrationContextUtils;
import org.springframework.integration.leader.event.DefaultLeaderEventPublisher;
import org.springframework.integration.leader.event.LeaderEventPublisher;
import org.springframework.integration.metadata.MetadataStore;
import org.springframework.integration.support.locks.LockRegistry;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for Spring Integration: a lock
 * registry, a metadata store and the events of leadership.
 * <p>
 * The metadata store has the name by which Spring Integration finds it. The registry and
 * the store stand back behind beans of the application of these types.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = AtomixAutoConfiguration.class,
		beforeName = "org.springframework.boot.integration.autoconfigure.IntegrationAutoConfiguration")
@ConditionalOnClass(LockRegistry.class)
@ConditionalOnBean(LeaderElections.class)
@ConditionalOnBooleanProperty(name = "atomix.integration.enabled", matchIfMissing = true)
public final class AtomixIntegrationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(LockRegistry.class)
	@ConditionalOnBooleanProperty(name = "atomix.integration.locks.enabled", matchIfMissing = true)
	AtomixLockRegistry atomixLockRegistry(Atomix atomix, AtomixProperties properties) {
		IntegrationProperties.Locks locks = properties.getIntegration()
			.getLocks()
			.validated(AtomixLockRegistry.MAX_PREFIX_LENGTH);
		return new AtomixLockRegistry(atomix, locks.getPrefix(), locks.getTimeToLive());
	}

	@Bean(IntegrationContextUtils.METADATA_STORE_BEAN_NAME)
	@ConditionalOnMissingBean(MetadataStore.class)
	@ConditionalOnBooleanProperty(name = "atomix.integration.metadata-store.enabled", matchIfMissing = true)
	AtomixMetadataStore atomixMetadataStore(Atomix atomix, AtomixProperties properties) {
		IntegrationProperties.MetadataStore store = properties.getIntegration().getMetadataStore().validated();
		return new AtomixMetadataStore(atomix, store.getMap(), store.getTimeToLive());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBooleanProperty(name = "atomix.integration.leader-events.enabled", matchIfMissing = true)
	LeaderEventBridge atomixLeaderEventBridge(LeaderElections elections, ApplicationEventPublisher publisher,
			ObjectProvider<LeaderEventPublisher> leaderEventPublisher) {
		return new LeaderEventBridge(elections,
				leaderEventPublisher.getIfUnique(() -> new DefaultLeaderEventPublisher(publisher)));
	}

}
