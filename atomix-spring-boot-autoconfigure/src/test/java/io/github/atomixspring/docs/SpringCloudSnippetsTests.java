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

package io.github.atomixspring.docs;

import java.net.URI;
import java.util.List;
import java.util.Map;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.boot.autoconfigure.discovery.AtomixDiscoveryClientAutoConfiguration;
import io.github.atomixspring.boot.autoconfigure.discovery.AtomixServiceRegistryAutoConfiguration;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.spring.discovery.AtomixRegistration;
import io.github.atomixspring.spring.discovery.AtomixServiceRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.cloud.client.serviceregistry.ServiceRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The examples of {@code docs/spring-cloud.md}.
 */
@ExtendWith(SingleMember.class)
class SpringCloudSnippetsTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AtomixDiscoveryClientAutoConfiguration.class,
				AtomixServiceRegistryAutoConfiguration.class))
		.withBean(Atomix.class, SingleMember::atomix, (definition) -> definition.setDestroyMethodName(""))
		.withPropertyValues("spring.application.name=orders", "atomix.discovery.host=127.0.0.1",
				"atomix.discovery.port=8080");

	@Test
	void discovery() {
		this.contextRunner.withUserConfiguration(Balancing.class).run((context) -> {
			DiscoveryClient discoveryClient = context.getBean(DiscoveryClient.class);
			await().until(() -> discoveryClient.getServices().contains("orders"));
			// tag::discovery[]
			List<URI> addresses = discoveryClient.getInstances("orders").stream().map(ServiceInstance::getUri).toList();
			// end::discovery[]
			assertThat(addresses).containsExactly(URI.create("http://127.0.0.1:8080"));
		});
	}

	@Test
	void registry() {
		this.contextRunner.run((context) -> {
			DiscoveryClient discoveryClient = context.getBean(DiscoveryClient.class);
			ServiceRegistry<AtomixRegistration> serviceRegistry = context.getBean(AtomixServiceRegistry.class);
			AtomixRegistration registration = context.getBean(AtomixRegistration.class);
			await().until(() -> discoveryClient.getServices().contains("orders"));
			// tag::status[]
			serviceRegistry.setStatus(registration, "OUT_OF_SERVICE");
			// end::status[]
			await().until(() -> discoveryClient.getServices().isEmpty());
			// tag::register[]
			AtomixRegistration printer = AtomixRegistration.builder("printer", "10.0.0.9")
				.port(631)
				.metadata(Map.of("floor", "2"))
				.build();
			serviceRegistry.register(printer);
			// end::register[]
			await().until(() -> discoveryClient.getInstances("printer").size() == 1);
		});
	}

	@Test
	void configuration() {
		Atomix atomix = SingleMember.atomix();
		// tag::change[]
		DistributedMap<String, String> config = atomix.map("shop", String.class, String.class);
		config.put("shop.discount", "10");
		// end::change[]
		MapConfigurationPropertySource source = new MapConfigurationPropertySource(config);
		ShopProperties properties = new Binder(source).bind("shop", ShopProperties.class).get();
		assertThat(properties.getDiscount()).isEqualTo(10);
	}

	// tag::properties[]
	@ConfigurationProperties("shop")
	public static class ShopProperties {

		private volatile int discount;

		public int getDiscount() {
			return this.discount;
		}

		public void setDiscount(int discount) {
			this.discount = discount;
		}

	}
	// end::properties[]

	@Configuration(proxyBeanMethods = false)
	static class Balancing {

		// tag::balanced[]
		@Bean
		@LoadBalanced
		RestClient.Builder balanced() {
			return RestClient.builder();
		}

		@Bean
		RestClient orders(RestClient.Builder balanced) {
			return balanced.baseUrl("http://orders").build();
		}
		// end::balanced[]

	}

}
