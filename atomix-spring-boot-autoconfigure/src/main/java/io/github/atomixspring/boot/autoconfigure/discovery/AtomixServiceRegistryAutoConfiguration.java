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
import io.github.atomixspring.spring.discovery.AtomixAutoServiceRegistration;
import io.github.atomixspring.spring.discovery.AtomixRegistration;
import io.github.atomixspring.spring.discovery.AtomixServiceCatalog;
import io.github.atomixspring.spring.discovery.AtomixServiceRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistration;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistrationProperties;
import org.springframework.cloud.client.serviceregistry.RegistrationLifecycle;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;
import org.springframework.cloud.commons.util.InetUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the service registry of Spring
 * Cloud over the members of a group, and for the registration of the application. Spring
 * Cloud allows one registry only, so it stands back behind any other.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = AtomixDiscoveryClientAutoConfiguration.class,
		afterName = { "org.springframework.cloud.netflix.eureka.EurekaClientAutoConfiguration",
				"org.springframework.cloud.consul.serviceregistry.ConsulServiceRegistryAutoConfiguration",
				"org.springframework.cloud.zookeeper.serviceregistry.ZookeeperServiceRegistryAutoConfiguration" },
		beforeName = "org.springframework.cloud.client.serviceregistry.ServiceRegistryAutoConfiguration")
@ConditionalOnClass(ServiceRegistry.class)
@ConditionalOnBooleanProperty(name = "spring.cloud.service-registry.enabled", matchIfMissing = true)
@ConditionalOnBean(AtomixServiceCatalog.class)
@ConditionalOnMissingBean({ ServiceRegistry.class, AutoServiceRegistration.class })
public final class AtomixServiceRegistryAutoConfiguration {

	// When this is destroyed the node has stopped, and everything has left with it.
	@Bean(destroyMethod = "")
	AtomixServiceRegistry atomixServiceRegistry(Atomix atomix, AtomixDiscoveryProperties properties,
			AtomixServiceCatalog catalog) {
		return new AtomixServiceRegistry(atomix, properties.getGroup(), catalog);
	}

	/**
	 * Registers the application.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebServerInitializedEvent.class)
	@ConditionalOnBooleanProperty(
			name = { "spring.cloud.service-registry.auto-registration.enabled", "atomix.discovery.register" },
			matchIfMissing = true)
	@EnableConfigurationProperties(AutoServiceRegistrationProperties.class)
	static class AutoRegistrationConfiguration {

		@Bean
		@ConditionalOnMissingBean
		AtomixRegistration atomixRegistration(AtomixDiscoveryProperties properties, Environment environment,
				ObjectProvider<InetUtils> network) {
			return new RegistrationSettings(properties, environment, network::getObject).registration();
		}

		@Bean
		AtomixAutoServiceRegistration atomixAutoServiceRegistration(ApplicationContext context,
				AtomixServiceRegistry registry, AutoServiceRegistrationProperties properties,
				ObjectProvider<RegistrationLifecycle<AtomixRegistration>> lifecycles, AtomixRegistration registration) {
			return new AtomixAutoServiceRegistration(context, registry, properties, lifecycles.orderedStream().toList(),
					registration);
		}

	}

}
