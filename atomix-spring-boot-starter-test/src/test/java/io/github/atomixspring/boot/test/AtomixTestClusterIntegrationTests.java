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

package io.github.atomixspring.boot.test;

import java.time.Duration;
import java.util.List;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.session.SessionState;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Integration tests for {@link AtomixTestCluster} with three members.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AtomixTestClusterIntegrationTests {

	@RegisterExtension
	static final AtomixTestCluster cluster = AtomixTestCluster.builder()
		.members(3)
		// Sessions live on although the machine stands still for some seconds.
		.sessionTimeout(Duration.ofSeconds(10))
		.build();

	@Test
	@Order(1)
	void membersAndClientShareState(AtomixTestCluster parameter) {
		assertThat(parameter).isSameAs(cluster);
		assertThat(cluster.ids()).containsExactly("n1", "n2", "n3");
		cluster.client().map("prices", String.class, Integer.class).put("tea", 3);
		for (String id : cluster.ids()) {
			assertThat(cluster.member(id).map("prices", String.class, Integer.class).get("tea")).isEqualTo(3);
		}
		assertThat(cluster.client()).isSameAs(cluster.client());
	}

	@Test
	@Order(2)
	void anotherMemberLeadsWhenTheLeaderIsKilled() {
		String leader = cluster.awaitLeader();
		cluster.client().atomicLong("count").set(1);
		cluster.kill(leader);
		assertThat(cluster.member(leader).isRunning()).isFalse();
		assertThat(cluster.awaitLeader()).isNotEqualTo(leader);
		assertThat(cluster.client().atomicLong("count").incrementAndGet()).isEqualTo(2);
	}

	@Test
	@Order(3)
	void membersThatWereStoppedAreBackInTheNextTest() {
		assertThat(cluster.ids()).allMatch((id) -> cluster.member(id).isRunning());
		assertThat(cluster.client().atomicLong("count").get()).isEqualTo(2);
	}

	@Test
	@Order(4)
	void killedMemberKeepsItsLockUntilItsSessionTimesOutAndStoppedOneDoesNot() {
		DistributedLock lock = cluster.client().lock("work");
		cluster.member("n1").lock("work").lock();
		long killed = System.nanoTime();
		cluster.kill("n1");
		patiently().untilAsserted(() -> assertThat(lock.tryLock()).isTrue());
		// The session timeout less the interval of keep-alives, one of which may be late.
		assertThat(Duration.ofNanos(System.nanoTime() - killed)).isGreaterThan(Duration.ofSeconds(3));
		lock.unlock();
		cluster.start("n1");
		cluster.awaitLeader();
		cluster.member("n1").lock("work").lock();
		cluster.stop("n1");
		patiently().until(() -> !lock.isLocked());
	}

	@Test
	@Order(5)
	void isolatedLeaderIsSuspendedAndAnotherLeads() {
		String leader = cluster.awaitLeader();
		AtomixReplica isolated = cluster.member(leader);
		isolated.lock("work").lock();
		cluster.isolate(leader);
		assertThat(cluster.awaitLeader()).isNotEqualTo(leader);
		patiently().until(() -> isolated.session().state() == SessionState.SUSPENDED);
		assertThat(isolated.lock("work").isHeldByCurrentThread()).isFalse();
		patiently().untilAsserted(() -> assertThat(cluster.client().lock("work").tryLock()).isTrue());
		cluster.client().atomicLong("seen").set(7);
		cluster.heal(leader);
		patiently().until(() -> isolated.session().state() == SessionState.CONNECTED);
		assertThat(isolated.atomicLong("seen").get()).isEqualTo(7);
		cluster.client().lock("work").unlock();
	}

	@Test
	@Order(6)
	void minorityDoesNotWrite() {
		String leader = cluster.awaitLeader();
		List<String> others = cluster.ids().stream().filter((id) -> !id.equals(leader)).toList();
		Atomix client = cluster.newClient("cut-off");
		cluster.disconnect(leader, others.get(0));
		cluster.disconnect(leader, others.get(1));
		cluster.disconnect("cut-off", others.get(0));
		cluster.disconnect("cut-off", others.get(1));
		client.atomicLong("minority").async().set(1);
		patiently().until(() -> client.session().state() == SessionState.SUSPENDED);
		assertThat(cluster.member(others.get(0)).atomicLong("minority").get()).isZero();
		cluster.heal();
		cluster.awaitLeader();
	}

	@Test
	@Order(7)
	void isolatedClientLosesItsSession() {
		Atomix client = cluster.newClient("lonely");
		client.lock("lonely").lock();
		cluster.isolate("lonely");
		patiently().until(() -> client.session().state() == SessionState.SUSPENDED);
		patiently().untilAsserted(() -> assertThat(cluster.client().lock("lonely").tryLock()).isTrue());
		cluster.client().lock("lonely").unlock();
	}

	@Test
	@Order(8)
	void restartedMemberHasItsData() {
		cluster.client().atomicLong("kept").set(3);
		cluster.ids().forEach(cluster::restart);
		cluster.awaitLeader();
		assertThat(cluster.member("n2").atomicLong("kept").get()).isEqualTo(3);
		patiently().until(() -> cluster.member("n2").status().state() == NodeState.RUNNING);
	}

	private static ConditionFactory patiently() {
		// Locks belong to threads.
		return Awaitility.await().pollInSameThread().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(50));
	}

}
