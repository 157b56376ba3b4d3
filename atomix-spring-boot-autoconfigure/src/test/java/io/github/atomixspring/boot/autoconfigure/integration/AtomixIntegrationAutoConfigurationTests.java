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

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.atomixspring.boot.autoconfigure.AtomixAutoConfiguration;
import io.github.atomixspring.boot.autoconfigure.InvalidConfigurationException;
import io.github.atomixspring.boot.autoconfigure.TestAtomix;
import io.github.atomixspring.map.MapOptions;
import io.github.atomixspring.spring.annotation.LeaderOnly;
import io.github.atomixspring.spring.election.LeaderElections;
import io.github.atomixspring.spring.integration.AtomixLockRegistry;
import io.github.atomixspring.spring.integration.AtomixMetadataStore;
import io.github.atomixspring.spring.integration.LeaderEventBridge;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.integration.autoconfigure.IntegrationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.integration.context.IntegrationContextUtils;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.endpoint.EventDrivenConsumer;
import org.springframework.integration.leader.event.AbstractLeaderEvent;
import org.springframework.integration.metadata.MetadataStore;
import org.springframework.integration.metadata.SimpleMetadataStore;
import org.springframework.integration.support.locks.DefaultLockRegistry;
import org.springframework.integration.support.locks.DistributedLock;
import org.springframework.integration.support.locks.LockRegistry;
import org.springframework.integration.support.locks.RenewableLockRegistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.then;

/**
 * Tests for {@link AtomixIntegrationAutoConfiguration}.
 */
class AtomixIntegrationAutoConfigurationTests {

	private final TestAtomix atomix = TestAtomix.create();

	private final ApplicationContextRunner contextRunner = this.atomix.contextRunner()
		.withConfiguration(AutoConfigurations.of(AtomixIntegrationAutoConfiguration.class));

	@Test
	void runShouldCreateBeans() {
		this.contextRunner.withUserConfiguration(Injected.class).run((context) -> {
			assertThat(context).hasSingleBean(AtomixLockRegistry.class)
				.hasSingleBean(AtomixMetadataStore.class)
				.hasSingleBean(LeaderEventBridge.class)
				.hasBean("atomixLockRegistry");
			assertThat(IntegrationContextUtils.getMetadataStore(context))
				.isSameAs(context.getBean(AtomixMetadataStore.class));
			context.getBean(Injected.class).registry().obtain("orders");
			assertThat(context.getBean(AtomixLockRegistry.class).toString())
				.isEqualTo("AtomixLockRegistry[prefix=integration:, timeToLive=null]");
			assertThat(mapOptions("integration-metadata").timeToLive()).isNull();
		});
	}

	@Test
	void runShouldUseProperties() {
		this.contextRunner
			.withPropertyValues("atomix.integration.locks.prefix=shop/", "atomix.integration.locks.time-to-live=90s",
					"atomix.integration.metadata-store.map=seen", "atomix.integration.metadata-store.time-to-live=7d")
			.run((context) -> {
				assertThat(context.getBean(AtomixLockRegistry.class).toString())
					.isEqualTo("AtomixLockRegistry[prefix=shop/, timeToLive=PT1M30S]");
				assertThat(mapOptions("seen").timeToLive()).isEqualTo(Duration.ofDays(7));
			});
	}

	@SuppressWarnings("unchecked")
	private MapOptions<String, String> mapOptions(String name) {
		ArgumentCaptor<MapOptions<String, String>> options = ArgumentCaptor.captor();
		then(this.atomix.atomix()).should().map(eq(name), options.capture());
		return options.getValue();
	}

	@Test
	void runWhenDisabledShouldNotCreateBeans() {
		this.contextRunner.withPropertyValues("atomix.integration.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(LockRegistry.class)
				.doesNotHaveBean(MetadataStore.class)
				.doesNotHaveBean(LeaderEventBridge.class));
	}

	@Test
	void runWithSwitchesShouldCreateTheOthers() {
		this.contextRunner.withPropertyValues("atomix.integration.locks.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(LockRegistry.class)
				.hasSingleBean(MetadataStore.class)
				.hasSingleBean(LeaderEventBridge.class));
		this.contextRunner.withPropertyValues("atomix.integration.metadata-store.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(LockRegistry.class)
				.doesNotHaveBean(MetadataStore.class)
				.hasSingleBean(LeaderEventBridge.class));
		this.contextRunner.withPropertyValues("atomix.integration.leader-events.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(LockRegistry.class)
				.hasSingleBean(MetadataStore.class)
				.doesNotHaveBean(LeaderEventBridge.class));
	}

	@Test
	void runWithBeansOfTheApplicationShouldStandBack() {
		this.contextRunner.withUserConfiguration(Own.class)
			.run((context) -> assertThat(context).getBeans(LockRegistry.class).containsOnlyKeys("locks"));
		this.contextRunner.withUserConfiguration(Own.class)
			.run((context) -> assertThat(context).getBeans(MetadataStore.class).containsOnlyKeys("metadata"));
	}

	@Test
	void runWithoutNodeShouldNotCreateBeans() {
		this.contextRunner.withPropertyValues("atomix.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(LockRegistry.class)
				.doesNotHaveBean(MetadataStore.class));
	}

	@Test
	void runWithoutSpringIntegrationOnClassPathShouldStart() {
		this.contextRunner.withClassLoader(new FilteredClassLoader("org.springframework.integration"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(LeaderElections.class)
				.doesNotHaveBean("atomixLockRegistry")
				.doesNotHaveBean("metadataStore"));
	}

	@Test
	void runAsClientShouldCreateBeans() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(AtomixAutoConfiguration.class, AtomixIntegrationAutoConfiguration.class))
			.withPropertyValues("atomix.mode=client", "atomix.cluster.members=n1=127.0.0.1:1")
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(AtomixLockRegistry.class)
				.hasSingleBean(AtomixMetadataStore.class));
	}

	@Test
	void runWithWrongValuesShouldFail() {
		assertFails("atomix.integration.locks.prefix", "p".repeat(129), "at most 128 characters");
		assertFails("atomix.integration.locks.time-to-live", "0s", "such as 1m");
		assertFails("atomix.integration.metadata-store.map", " ", "name of a map");
		assertFails("atomix.integration.metadata-store.map", "m".repeat(257), "at most 256 characters");
		assertFails("atomix.integration.metadata-store.time-to-live", "-1s", "such as 1m");
	}

	private void assertFails(String property, String value, String action) {
		this.contextRunner.withPropertyValues(property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationException.class, (ex) -> {
					assertThat(ex.getProperty()).isEqualTo(property);
					assertThat(ex.getAction()).contains(action);
				}));
	}

	@Test
	void endpointsWithTheRoleOfAnElectionRunWhereItIsLed() {
		this.contextRunner.withConfiguration(AutoConfigurations.of(IntegrationAutoConfiguration.class))
			.withPropertyValues("atomix.leader.elections=billing")
			.withUserConfiguration(Flow.class)
			.run((context) -> {
				EventDrivenConsumer endpoint = context.getBean("invoices", EventDrivenConsumer.class);
				await().until(() -> this.atomix.election("billing").candidates().size() == 1);
				assertThat(endpoint.isRunning()).isFalse();
				this.atomix.election("billing").electOurs();
				await().until(endpoint::isRunning);
				List<String> events = context.getBean(Flow.class).events;
				await().until(() -> events.contains("OnGrantedEvent billing true"));
				this.atomix.election("billing").elect("another");
				await().until(() -> !endpoint.isRunning());
				await().until(() -> events.contains("OnRevokedEvent billing false"));
				assertThat(events).hasSize(2);
			});
	}

	@Test
	void leadershipOfAnnotatedMethodsIsARole() {
		this.contextRunner.withUserConfiguration(Flow.class, Work.class).run((context) -> {
			await().until(() -> this.atomix.election("main").candidates().size() == 1);
			this.atomix.election("main").electOurs();
			List<String> events = context.getBean(Flow.class).events;
			await().until(() -> events.contains("OnGrantedEvent main true"));
		});
	}

	record Injected(LockRegistry<DistributedLock> registry, RenewableLockRegistry<?> renewable, MetadataStore store) {

	}

	@Configuration(proxyBeanMethods = false)
	static class Own {

		@Bean
		LockRegistry<?> locks() {
			return new DefaultLockRegistry();
		}

		@Bean
		MetadataStore metadata() {
			return new SimpleMetadataStore();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Flow {

		private final List<String> events = new CopyOnWriteArrayList<>();

		@Bean
		IntegrationFlow invoiceFlow() {
			return IntegrationFlow.from("invoiceChannel").handle((message) -> {
			}, (endpoint) -> endpoint.id("invoices").autoStartup(false).role("billing")).get();
		}

		@EventListener
		void onLeadership(AbstractLeaderEvent event) {
			this.events
				.add(event.getClass().getSimpleName() + " " + event.getRole() + " " + event.getContext().isLeader());
		}

	}

	static class Work {

		@LeaderOnly("main")
		void work() {
		}

	}

}
