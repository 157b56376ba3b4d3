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

package io.github.atomixspring.boot.autoconfigure.discovery;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.boot.autoconfigure.AtomixAutoConfiguration;
import io.github.atomixspring.boot.autoconfigure.InvalidConfigurationException;
import io.github.atomixspring.spring.discovery.AtomixDiscoveryClient;
import io.github.atomixspring.spring.discovery.AtomixReactiveDiscoveryClient;
import io.github.atomixspring.spring.discovery.AtomixServiceCatalog;
import reactor.core.publisher.Flux;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.client.ConditionalOnBlockingDiscoveryEnabled;
import org.springframework.cloud.client.ConditionalOnDiscoveryEnabled;
import org.springframework.cloud.client.ConditionalOnReactiveDiscoveryEnabled;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.StringUtils;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the discovery clients of Spring
 * Cloud over the members of a group.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = AtomixAutoConfiguration.class,
		beforeName = { "org.springframework.cloud.client.CommonsClientAutoConfiguration",
				"org.springframework.cloud.client.ReactiveCommonsClientAutoConfiguration" })
@ConditionalOnClass(DiscoveryClient.class)
@ConditionalOnDiscoveryEnabled
@ConditionalOnBooleanProperty(name = "atomix.discovery.enabled", matchIfMissing = true)
@ConditionalOnBean(Atomix.class)
@EnableConfigurationProperties(AtomixDiscoveryProperties.class)
public final class AtomixDiscoveryClientAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	AtomixServiceCatalog atomixServiceCatalog(Atomix atomix, AtomixDiscoveryProperties properties,
			ApplicationEventPublisher publisher) {
		if (!StringUtils.hasText(properties.getGroup())) {
			throw new InvalidConfigurationException("atomix.discovery.group", properties.getGroup(),
					"it must not be blank", "Set atomix.discovery.group or leave it out");
		}
		return new AtomixServiceCatalog(atomix, properties.getGroup(), publisher);
	}

	/**
	 * Discovery that blocks, by its interface.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBlockingDiscoveryEnabled
	static class BlockingConfiguration {

		@Bean
		@ConditionalOnMissingBean
		AtomixDiscoveryClient atomixDiscoveryClient(AtomixServiceCatalog catalog,
				AtomixDiscoveryProperties properties) {
			return new AtomixDiscoveryClient(catalog, properties.getOrder());
		}

	}

	/**
	 * Discovery for reactive applications.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Flux.class)
	@ConditionalOnReactiveDiscoveryEnabled
	static class ReactiveConfiguration {

		@Bean
		@ConditionalOnMissingBean
		AtomixReactiveDiscoveryClient atomixReactiveDiscoveryClient(AtomixServiceCatalog catalog,
				AtomixDiscoveryProperties properties) {
			return new AtomixReactiveDiscoveryClient(catalog, properties.getOrder());
		}

	}

}
