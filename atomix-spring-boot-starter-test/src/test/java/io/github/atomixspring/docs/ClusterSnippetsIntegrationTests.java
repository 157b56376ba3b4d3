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

import java.time.Duration;

import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.boot.test.AtomixTestCluster;
import io.github.atomixspring.boot.test.WithAtomixCluster;
import io.github.atomixspring.docs.Shop.Prices;
import io.github.atomixspring.session.SessionState;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The examples of {@code docs/testing.md} that start clusters.
 */
class ClusterSnippetsIntegrationTests {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	@Nested
	// tag::cluster[]
	class FailoverTests {

		@RegisterExtension
		static AtomixTestCluster cluster = AtomixTestCluster.of(3);

		@Test
		void nothingIsLostWhenTheLeaderIsKilled() {
			cluster.client().atomicLong("orders").set(5);
			String leader = cluster.awaitLeader();
			cluster.kill(leader);
			assertThat(cluster.awaitLeader()).isNotEqualTo(leader);
			assertThat(cluster.client().atomicLong("orders").incrementAndGet()).isEqualTo(6);
		}

		// end::cluster[]
		// tag::partition[]
		@Test
		void memberThatIsCutOffLosesItsLock() throws InterruptedException {
			AtomixReplica member = cluster.member("n1");
			member.lock("orders").lock();
			cluster.isolate("n1");
			await().atMost(PATIENCE).until(() -> member.session().state() == SessionState.SUSPENDED);
			assertThat(member.lock("orders").isHeldByCurrentThread()).isFalse();
			assertThat(cluster.client().lock("orders").tryLock(PATIENCE)).isTrue();
		}
		// end::partition[]

	}

	@Nested
	// tag::parameter[]
	@WithAtomixCluster(members = 1, sessionTimeout = "2s")
	class OrdersTests {

		@Test
		void ordersAreCounted(AtomixTestCluster cluster) {
			assertThat(cluster.client().atomicLong("orders").incrementAndGet()).isEqualTo(1);
		}

	}
	// end::parameter[]

	@Nested
	// tag::connect[]
	@SpringBootTest
	@DirtiesContext
	class ShopInClusterTests {

		@RegisterExtension
		static AtomixTestCluster cluster = AtomixTestCluster.builder()
			.members(3)
			.sessionTimeout(Duration.ofSeconds(2))
			.build();

		@DynamicPropertySource
		static void connect(DynamicPropertyRegistry registry) {
			cluster.connect(registry);
		}

		@Test
		void shopGoesOnWhenTheLeaderIsKilled(@Autowired Prices prices) {
			prices.set("tea", 3);
			cluster.kill(cluster.awaitLeader());
			assertThat(prices.of("tea")).isEqualTo(3);
		}

	}
	// end::connect[]

}
