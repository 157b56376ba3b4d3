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

package io.github.atomixspring.spring.discovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.AtomixClient;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.group.DistributedGroup;
import io.github.atomixspring.group.LocalGroupMember;
import io.github.atomixspring.session.SessionState;
import io.github.atomixspring.spring.testing.Cable;
import io.github.atomixspring.spring.testing.OneMember;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link AtomixServiceRegistry} and {@link AtomixServiceCatalog} on a member
 * and a client of a real cluster.
 */
class ServiceDiscoveryTests {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private static final Duration SESSION = Duration.ofSeconds(6);

	private static final int ATTEMPTS = 5;

	private static OneMember cluster;

	private static Atomix client;

	private String group;

	private Node member;

	private Node other;

	@BeforeAll
	static void startCluster() {
		cluster = OneMember.start();
		client = cluster.client("c1");
	}

	@AfterAll
	static void stopCluster() {
		cluster.close();
	}

	@BeforeEach
	void start(TestInfo test) {
		this.group = test.getDisplayName();
		this.member = new Node(cluster.node(), this.group);
		this.other = new Node(client, this.group);
	}

	@AfterEach
	void stop() {
		this.member.close();
		this.other.close();
	}

	@Test
	void instanceIsDiscoveredOnAllNodesUntilItIsDeregistered() {
		AtomixRegistration registration = AtomixRegistration.builder("orders", "10.0.0.7")
			.port(8443)
			.secure(true)
			.metadata(Map.of("zone", "a", "host", "mine"))
			.build();
		this.member.registry.register(registration);
		for (Node node : List.of(this.member, this.other)) {
			node.awaitInstances("orders", "orders:10.0.0.7:8443");
			assertThat(node.client.getServices()).containsExactly("orders");
			assertThat(node.client.getInstances("prices")).isEmpty();
			ServiceInstance instance = node.client.getInstances("orders").get(0);
			assertThat(instance.getHost()).isEqualTo("10.0.0.7");
			assertThat(instance.getPort()).isEqualTo(8443);
			assertThat(instance.isSecure()).isTrue();
			assertThat(instance.getScheme()).isEqualTo("https");
			assertThat(instance.getUri()).hasToString("https://10.0.0.7:8443");
			assertThat(instance.getMetadata()).isEqualTo(Map.of("zone", "a", "host", "mine"));
			AtomixReactiveDiscoveryClient reactive = new AtomixReactiveDiscoveryClient(node.catalog, 3);
			assertThat(reactive.getInstances("orders").collectList().block()).containsExactly(instance);
			assertThat(reactive.getServices().collectList().block()).containsExactly("orders");
			reactive.reactiveProbe().block();
			assertThat(reactive.getOrder()).isEqualTo(3);
		}
		this.member.registry.deregister(registration);
		assertThat(cluster.node().group(this.group).members()).isEmpty();
		this.member.awaitInstances("orders");
		this.other.awaitInstances("orders");
		assertThat(this.other.client.getServices()).isEmpty();
	}

	@Test
	void departureIsNotWaitedForWithoutACluster() {
		Member nobody = new Member("n1", "127.0.0.1", 1);
		try (AtomixClient lonely = AtomixClient.builder().nodeId("lonely").members(List.of(nobody)).build()) {
			lonely.start();
			Node node = new Node(lonely, this.group);
			AtomixRegistration registration = registration("orders", 1);
			// Whoever waits does so each time, a busy machine takes long now and then.
			List<Duration> times = new ArrayList<>();
			while (times.size() < ATTEMPTS && times.stream().noneMatch(ServiceDiscoveryTests::isShort)) {
				node.registry.register(registration);
				long start = System.nanoTime();
				node.registry.deregister(registration);
				times.add(Duration.ofNanos(System.nanoTime() - start));
			}
			assertThat(times).anyMatch(ServiceDiscoveryTests::isShort);
			node.close();
		}
	}

	private static boolean isShort(Duration time) {
		return time.compareTo(Duration.ofSeconds(4)) < 0;
	}

	@Test
	void instanceOutOfServiceIsNotDiscovered() {
		AtomixRegistration registration = registration("orders", 1);
		this.other.registry.register(registration);
		this.member.awaitInstances("orders", "orders:localhost:1");
		assertThat(this.other.registry.<String>getStatus(registration)).isEqualTo("UP");

		this.other.registry.setStatus(registration, "out_of_service");
		this.member.awaitInstances("orders");
		this.other.awaitInstances("orders");
		assertThat(this.other.registry.<String>getStatus(registration)).isEqualTo("OUT_OF_SERVICE");
		assertThat(this.member.registry.<String>getStatus(registration)).isEqualTo("OUT_OF_SERVICE");

		this.other.registry.setStatus(registration, "UP");
		this.member.awaitInstances("orders", "orders:localhost:1");
		await().atMost(PATIENCE).until(() -> client.group(this.group).members().size() == 1);

		this.other.registry.deregister(registration);
		await().atMost(PATIENCE).until(() -> "UNKNOWN".equals(this.member.registry.<String>getStatus(registration)));
		assertThatIllegalStateException().isThrownBy(() -> this.other.registry.setStatus(registration, "UP"))
			.withMessageContaining("is not registered by this application");
	}

	@Test
	void statusesThatDoNotExistAreRefused() {
		AtomixRegistration registration = registration("orders", 1);
		this.member.registry.register(registration);
		assertThatIllegalArgumentException().isThrownBy(() -> this.member.registry.setStatus(registration, "SLEEPING"))
			.withMessageContaining("SLEEPING")
			.withMessageContaining("OUT_OF_SERVICE");
		assertThatIllegalArgumentException().isThrownBy(() -> this.member.registry.register(registration("orders", 0)))
			.withMessageContaining("has no port");
	}

	@Test
	void instanceIsNeverMissingWhileItChanges() {
		AtomixRegistration registration = registration("orders", 1);
		this.member.registry.register(registration);
		this.other.awaitInstances("orders", "orders:localhost:1");
		int before = this.other.heartbeats.size();
		for (int i = 0; i < 5; i++) {
			this.member.registry.register(AtomixRegistration.builder("orders", "localhost")
				.port(1)
				.metadata(Map.of("version", "v" + i))
				.build());
		}
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(this.other.client.getInstances("orders")).singleElement()
				.satisfies((instance) -> assertThat(instance.getMetadata()).containsEntry("version", "v4")));
		await().atMost(PATIENCE).until(() -> client.group(this.group).members().size() == 1);
		await().atMost(PATIENCE).until(() -> this.other.sizes.size() > before);
		assertThat(this.other.sizes.subList(before, this.other.sizes.size())).isNotEmpty().containsOnly(1);
	}

	@Test
	void instanceThatCameBackTakesThePlaceOfTheOldOne() {
		AtomixRegistration old = AtomixRegistration.builder("orders", "old").instanceId("o1").port(1).build();
		AtomixRegistration restarted = AtomixRegistration.builder("orders", "new").instanceId("o1").port(2).build();
		this.member.registry.register(old);
		this.other.awaitInstances("orders", "o1");
		this.other.registry.register(restarted);
		await().atMost(PATIENCE)
			.untilAsserted(
					() -> assertThat(this.member.client.getInstances("orders")).extracting(ServiceInstance::getHost)
						.containsExactly("new"));
	}

	@Test
	void memberThatIsNoInstanceIsLeftOut() {
		DistributedGroup group = cluster.node().group(this.group);
		LocalGroupMember foreign = group.join(Map.of("service", "orders", "port", "none"));
		this.member.registry.register(registration("orders", 1));
		this.other.awaitInstances("orders", "orders:localhost:1");
		foreign.leave();
	}

	@Test
	void heartbeatsTellOfChangesOnly() {
		assertThat(this.member.heartbeats).isEmpty();
		AtomixRegistration registration = registration("orders", 1);
		this.member.registry.register(registration);
		this.other.awaitInstances("orders", "orders:localhost:1");
		LocalGroupMember foreign = client.group(this.group).join();
		foreign.leave();
		this.member.registry.deregister(registration);
		this.other.awaitInstances("orders");
		await().atMost(PATIENCE).until(() -> this.other.heartbeats.size() == 2);
		assertThat(this.other.heartbeats).doesNotHaveDuplicates();
	}

	@Test
	void instanceDisappearsWithTheSessionOfItsNodeAndComesBack() {
		try (Cable cable = new Cable(cluster.port())) {
			Atomix cut = cluster.client("cut", cable.port(), SESSION, Duration.ofSeconds(15));
			Node node = new Node(cut, this.group);
			node.registry.register(registration("orders", 1));
			this.member.registry.register(registration("orders", 2));
			node.awaitInstances("orders", "orders:localhost:1", "orders:localhost:2");
			node.awaitProbe();

			cable.cut();
			this.member.awaitInstances("orders", "orders:localhost:2");
			// Who is cut off goes on with what it knows, and says so.
			await().atMost(PATIENCE).until(() -> cut.session().state() != SessionState.CONNECTED);
			assertThat(node.client.getInstances("orders")).hasSize(2);
			assertThatIllegalStateException().isThrownBy(node.client::probe).withMessageContaining("out of date");

			cable.mend();
			this.member.awaitInstances("orders", "orders:localhost:2", "orders:localhost:1");
			node.awaitProbe();
			node.close();
		}
	}

	@Test
	void nothingWaitsWhileTheClusterIsAway() {
		try (Cable cable = new Cable(cluster.port())) {
			cable.cut();
			Atomix late = cluster.client("late", cable.port(), SESSION, SESSION);
			Node node = new Node(late, this.group);
			AtomixRegistration withdrawn = registration("prices", 1);
			node.registry.register(withdrawn);
			node.registry.register(registration("orders", 2));
			assertThat(node.client.getServices()).isEmpty();
			assertThatIllegalStateException().isThrownBy(node.client::probe);
			node.registry.deregister(withdrawn);

			cable.mend();
			this.member.awaitInstances("orders", "orders:localhost:2");
			node.awaitInstances("orders", "orders:localhost:2");
			assertThat(this.member.client.getServices()).containsExactly("orders");
			node.close();
		}
	}

	@Test
	void closedRegistryHasNothingLeftAndCanBeUsedAgain() {
		this.member.registry.register(registration("orders", 1));
		this.member.registry.register(registration("orders", 2));
		this.other.awaitInstances("orders", "orders:localhost:1", "orders:localhost:2");
		this.member.registry.close();
		assertThat(cluster.node().group(this.group).members()).isEmpty();
		this.member.registry.register(registration("orders", 3));
		this.other.awaitInstances("orders", "orders:localhost:3");
	}

	@Test
	void addressesOfVersion6StandInBrackets() {
		AtomixRegistration registration = AtomixRegistration.builder("orders", "::1").port(80).build();
		assertThat(registration.getUri()).hasToString("http://[::1]:80");
	}

	private static AtomixRegistration registration(String service, int port) {
		return AtomixRegistration.builder(service, "localhost").port(port).build();
	}

	/**
	 * What an application has on its node.
	 */
	private static final class Node {

		private final AtomixServiceCatalog catalog;

		private final AtomixDiscoveryClient client;

		private final AtomixServiceRegistry registry;

		private final List<Object> heartbeats = new CopyOnWriteArrayList<>();

		private final List<Integer> sizes = new CopyOnWriteArrayList<>();

		Node(Atomix atomix, String group) {
			this.catalog = new AtomixServiceCatalog(atomix, group, this::onEvent);
			this.client = new AtomixDiscoveryClient(this.catalog, 0);
			this.registry = new AtomixServiceRegistry(atomix, group, this.catalog);
			this.catalog.start();
		}

		private void onEvent(Object event) {
			assertThat(event).isInstanceOf(HeartbeatEvent.class);
			this.sizes.add(this.client.getInstances("orders").size());
			this.heartbeats.add(((HeartbeatEvent) event).getValue());
		}

		void awaitInstances(String service, String... ids) {
			await().atMost(PATIENCE)
				.untilAsserted(
						() -> assertThat(this.client.getInstances(service)).extracting(ServiceInstance::getInstanceId)
							.containsExactlyInAnyOrder(ids));
		}

		/**
		 * Waits until what this node knows is not out of date.
		 */
		void awaitProbe() {
			await().atMost(PATIENCE)
				.ignoreExceptionsInstanceOf(IllegalStateException.class)
				.untilAsserted(this.client::probe);
		}

		void close() {
			this.registry.close();
			this.catalog.stop();
		}

	}

}
