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

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.AtomixClient;
import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.session.SessionState;
import io.github.atomixspring.spring.actuate.AtomixEndpoint;
import io.github.atomixspring.spring.annotation.LeaderOnly;
import io.github.atomixspring.spring.annotation.Primitive;
import io.github.atomixspring.spring.election.LeaderElections;
import io.github.atomixspring.spring.election.Leadership;
import io.github.atomixspring.spring.event.AbstractLeadershipEvent;
import io.github.atomixspring.spring.event.LeadershipGrantedEvent;
import io.github.atomixspring.spring.event.LeadershipRevokedEvent;
import io.github.atomixspring.spring.health.AtomixClusterHealthIndicator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.EnableScheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link AtomixAutoConfiguration} with a real cluster of one member.
 */
@ExtendWith(OutputCaptureExtension.class)
class AtomixAutoConfigurationTests {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	@TempDir
	private Path directory;

	private ApplicationContextRunner contextRunner;

	@BeforeEach
	void prepare() {
		this.contextRunner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AtomixAutoConfiguration.class))
			.withPropertyValues("atomix.storage.directory=" + this.directory,
					"atomix.node.address=127.0.0.1:" + FreePort.find());
	}

	@Test
	void replicaIsDefaultAndWorks() {
		this.contextRunner.withUserConfiguration(Prices.class).run((context) -> {
			assertThat(context).hasSingleBean(Atomix.class).hasBean("atomix").hasSingleBean(AtomixReplica.class);
			DistributedMap<String, Integer> prices = context.getBean(Prices.class).map();
			prices.put("tea", 3);
			assertThat(prices.get("tea")).isEqualTo(3);
		});
		this.contextRunner.withUserConfiguration(Prices.class)
			.run((context) -> assertThat(context.getBean(Prices.class).map().get("tea")).isEqualTo(3));
	}

	@Test
	void leaderOnlyMethodRunsAndEventsAreInOrder() {
		List<AbstractLeadershipEvent> events = new CopyOnWriteArrayList<>();
		this.contextRunner.withUserConfiguration(Work.class)
			.withBean(EventRecorder.class, () -> new EventRecorder(events))
			.run((context) -> {
				await().until(() -> context.getBean(LeaderElections.class).isLeader("main"));
				Long term = context.getBean(Work.class).term(null);
				assertThat(term).isPositive();
				await().until(() -> events.size() == 1);
				assertThat(events.get(0).getTerm()).isEqualTo(term);
			});
		assertThat(events).hasSize(2);
		assertThat(events.get(0)).isInstanceOf(LeadershipGrantedEvent.class);
		assertThat(events.get(1)).isInstanceOf(LeadershipRevokedEvent.class);
	}

	@Test
	void contextCanBeStoppedAndStartedAgain() {
		this.contextRunner.withUserConfiguration(Prices.class, Work.class).run((context) -> {
			Prices prices = context.getBean(Prices.class);
			prices.map().put("tea", 3);
			LeaderElections elections = context.getBean(LeaderElections.class);
			await().until(() -> elections.isLeader("main"));
			ConfigurableApplicationContext configurable = context.getSourceApplicationContext();
			configurable.stop();
			assertThat(elections.isLeader("main")).isFalse();
			assertThat(context.getBean(Atomix.class).isRunning()).isFalse();
			assertThat(context.getBean(Atomix.class).session().state()).isEqualTo(SessionState.CLOSED);
			configurable.start();
			assertThat(prices.map().get("tea")).isEqualTo(3);
			await().until(() -> elections.isLeader("main"));
		});
	}

	@Test
	void contextCanBePausedAndRestarted() {
		this.contextRunner.withUserConfiguration(Prices.class).run((context) -> {
			Prices prices = context.getBean(Prices.class);
			prices.map().put("tea", 3);
			ConfigurableApplicationContext configurable = context.getSourceApplicationContext();
			configurable.pause();
			configurable.restart();
			assertThat(prices.map().get("tea")).isEqualTo(3);
		});
	}

	@Test
	void startsWithoutQuorum() {
		this.contextRunner
			.withPropertyValues("atomix.node.address=", "atomix.node.id=n1",
					"atomix.cluster.members=n1=127.0.0.1:" + FreePort.find() + ",n2=127.0.0.1:" + FreePort.find()
							+ ",n3=127.0.0.1:" + FreePort.find())
			.withUserConfiguration(Work.class)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				AtomixReplica replica = context.getBean(AtomixReplica.class);
				AtomixClusterHealthIndicator indicator = new AtomixClusterHealthIndicator(replica::status);
				assertThat(indicator.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
				assertThat(context.getBean(Work.class).term(null)).isNull();
			});
	}

	@Test
	void waitingForOthersIsToldAndCanBeEnded(CapturedOutput output) {
		int port = FreePort.find();
		this.contextRunner
			.withPropertyValues("atomix.node.address=", "atomix.node.id=n1",
					"atomix.cluster.members=n1=127.0.0.1:" + port + ",n2=no-such-host.invalid:5679")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				AtomixReplica replica = context.getBean(AtomixReplica.class);
				String text = "Waits for members: reachable [n1], missing [n2]";
				await().atMost(PATIENCE)
					.untilAsserted(() -> assertThat(replica.status().problem()).isNotNull().startsWith(text));
				await().atMost(PATIENCE)
					.untilAsserted(() -> assertThat(output).contains("Node 'n1': " + text)
						.contains("has 2 members and tolerates the failure of 0"));
			});
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(NodeThreads.of("n1")).isEmpty());
	}

	@Test
	void lazyInitializationDoesNotKeepTheNodeFromStarting() {
		this.contextRunner
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> {
				AtomixReplica replica = context.getBean(AtomixReplica.class);
				assertThat(replica.isRunning()).isTrue();
				await().atMost(PATIENCE).until(() -> replica.session().state() == SessionState.CONNECTED);
			});
	}

	@Test
	void healthAndEndpointShowTheNode() {
		this.contextRunner.withUserConfiguration(Prices.class).run((context) -> {
			context.getBean(Prices.class).map().put("tea", 3);
			AtomixReplica replica = context.getBean(AtomixReplica.class);
			AtomixClusterHealthIndicator indicator = new AtomixClusterHealthIndicator(replica::status);
			await().untilAsserted(() -> assertThat(indicator.health().getStatus()).isEqualTo(Status.UP));
			var endpoint = new AtomixEndpoint(replica, replica::status, replica::clusterReport, Path.of("backups"),
					Duration.ofSeconds(10));
			// A problem is that something was not answered in time.
			var descriptor = await().until(endpoint::cluster, (cluster) -> cluster.problems().isEmpty());
			assertThat(descriptor.members()).singleElement().satisfies((member) -> {
				assertThat(member.id()).isEqualTo("n1");
				assertThat(member.status()).isNotNull();
			});
			assertThat(descriptor.primitives()).singleElement().extracting("name").isEqualTo("prices");
			assertThat(descriptor.sessions()).singleElement().extracting("node").isEqualTo("n1");
		});
	}

	@Test
	void clientUsesTheClusterOfAReplica() {
		int port = FreePort.find();
		this.contextRunner.withPropertyValues("atomix.node.address=127.0.0.1:" + port)
			.withUserConfiguration(Prices.class)
			.run((replica) -> {
				replica.getBean(Prices.class).map().put("tea", 3);
				new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AtomixAutoConfiguration.class))
					.withPropertyValues("atomix.mode=client", "atomix.cluster.members=n1=127.0.0.1:" + port,
							"spring.application.name=shop")
					.withUserConfiguration(Prices.class)
					.run((client) -> {
						assertThat(client).hasSingleBean(AtomixClient.class);
						assertThat(client.getBean(Prices.class).map().get("tea")).isEqualTo(3);
						assertThat(client.getBean(Atomix.class).session().node()).matches("shop-[0-9a-f]{8}");
					});
			});
	}

	@Test
	void customizersAndConnectionDetailsAreUsed() {
		int port = FreePort.find();
		AtomicReference<AtomixReplica.Builder> customized = new AtomicReference<>();
		this.contextRunner.withPropertyValues("atomix.node.address=", "atomix.node.id=other")
			.withBean(AtomixConnectionDetails.class, () -> () -> List.of(new Member("other", "127.0.0.1", port)))
			.withBean(AtomixReplicaCustomizer.class, () -> customized::set)
			.run((context) -> {
				assertThat(customized).doesNotHaveNullValue();
				assertThat(context.getBean(AtomixReplica.class).status().node()).isEqualTo("other");
			});
	}

	@Test
	void runWhenDisabledShouldNotCreateNode() {
		this.contextRunner.withPropertyValues("atomix.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(Atomix.class).doesNotHaveBean(LeaderElections.class));
	}

	@Test
	void runWithoutActuatorShouldStart() {
		this.contextRunner
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate",
					"org.springframework.boot.health", "org.springframework.transaction", "reactor", "io.micrometer"))
			.withUserConfiguration(Prices.class)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void executorsOfSpringBootStayAsTheyAre() {
		this.contextRunner
			.withConfiguration(
					AutoConfigurations.of(TaskExecutionAutoConfiguration.class, TaskSchedulingAutoConfiguration.class))
			.withUserConfiguration(Scheduling.class)
			.run((context) -> assertThat(context).hasSingleBean(TaskScheduler.class)
				.hasBean("applicationTaskExecutor"));
	}

	record Prices(@Primitive("prices") DistributedMap<String, Integer> map) {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScheduling
	static class Scheduling {

	}

	static class Work {

		@LeaderOnly("main")
		@Nullable Long term(@Nullable Leadership leadership) {
			assertThat(leadership).isNotNull();
			leadership.ensureLeader();
			return leadership.term();
		}

	}

	record EventRecorder(List<AbstractLeadershipEvent> events) {

		@EventListener
		void onLeadership(AbstractLeadershipEvent event) {
			this.events.add(event);
		}

	}

}
