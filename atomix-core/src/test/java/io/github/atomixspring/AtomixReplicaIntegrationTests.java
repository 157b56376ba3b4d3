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

package io.github.atomixspring;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.PrimitiveInfo;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.session.SessionState;
import io.github.atomixspring.testing.FreePorts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link AtomixReplica} and {@link AtomixClient} on a real cluster of one.
 */
class AtomixReplicaIntegrationTests {

	@TempDir
	Path directory;

	private final List<Member> members = List.of(new Member("n1", "127.0.0.1", FreePorts.find(1).get(0)));

	private AtomixReplica replica() {
		return AtomixReplica.builder().members(this.members).storageDirectory(this.directory).build();
	}

	@Test
	void replicaAndClientUseTheSamePrimitives() {
		try (AtomixReplica replica = replica();
				AtomixClient client = AtomixClient.builder().nodeId("c1").members(this.members).build()) {
			replica.start();
			replica.start();
			client.start();
			Map<String, Integer> map = replica.map("m", String.class, Integer.class);
			map.put("a", 1);
			assertThat(client.map("m", String.class, Integer.class).get("a")).isEqualTo(1);
			client.atomicLong("n").incrementAndGet();
			assertThat(replica.atomicLong("n").get()).isEqualTo(1);
			client.lock("l").lock();
			assertThat(replica.lock("l").tryLock()).isFalse();
			assertThat(replica.lock("l").holder())
				.hasValueSatisfying((holder) -> assertThat(holder.node()).isEqualTo("c1"));
			client.lock("l").unlock();
			assertThat(replica.election("e").campaign("x").isLedBy("x")).isTrue();
			assertThat(replica.election("e").isLeader("x")).isTrue();
			client.value("v", String.class).set("w");
			assertThat(replica.value("v", String.class).get()).isEqualTo("w");
			assertThat(replica.primitives()).contains(new PrimitiveInfo(PrimitiveType.MAP, "m"),
					new PrimitiveInfo(PrimitiveType.VALUE, "v"));
			assertThat(replica.sessions()).extracting(SessionInfo::node).containsExactlyInAnyOrder("n1", "c1");
			assertThat(replica.status().state()).isEqualTo(NodeState.RUNNING);
			assertThat(replica.clusterReport().members()).hasSize(1);
			client.stop();
			await().atMost(Duration.ofSeconds(30)).until(() -> replica.sessions().size() == 1);
		}
	}

	@Test
	void replicaCanBeStoppedAndStartedAgain() {
		AtomixReplica replica = replica();
		try (replica) {
			replica.start();
			long token;
			replica.lock("l").lock();
			token = replica.lock("l").fencingToken();
			replica.atomicLong("n").set(5);
			replica.stop();
			replica.stop();
			assertThat(replica.isRunning()).isFalse();
			assertThat(replica.status().state()).isEqualTo(NodeState.STOPPED);
			assertThat(replica.session().state()).isEqualTo(SessionState.CLOSED);
			replica.start();
			assertThat(replica.atomicLong("n").get()).isEqualTo(5);
			replica.lock("l").lock();
			assertThat(replica.lock("l").fencingToken()).isGreaterThan(token);
		}
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(() -> replica.atomicLong("n"));
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(replica::start);
		replica.close();
	}

	@Test
	void closedReplicaLeavesNoThreadWhetherItWasStartedOrNot() {
		String id = "leaves-nothing";
		List<Member> alone = List.of(new Member(id, "127.0.0.1", FreePorts.find(1).get(0)));
		for (boolean start : new boolean[] { true, false }) {
			try (AtomixReplica replica = AtomixReplica.builder()
				.members(alone)
				.storageDirectory(this.directory)
				.build()) {
				if (start) {
					replica.start();
					replica.atomicLong("n").incrementAndGet();
				}
			}
			await().atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
					.noneMatch((name) -> name.contains(id)));
		}
	}

	@Test
	void terminatedReplicaKeepsItsSessionUntilThatTimesOut() {
		try (AtomixReplica replica = replica()) {
			replica.start();
			replica.lock("l").lock();
			long session = replica.session().id();
			replica.terminate();
			replica.terminate();
			assertThat(replica.isRunning()).isFalse();
			assertThat(replica.status().state()).isEqualTo(NodeState.STOPPED);
			assertThat(replica.session().state()).isEqualTo(SessionState.CLOSED);
			long start = System.nanoTime();
			replica.start();
			assertThat(replica.lock("l").isHeldByCurrentThread()).isFalse();
			replica.lock("l").lock();
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(2));
			assertThat(replica.sessions()).extracting(SessionInfo::id).doesNotContain(session);
		}
	}

	@Test
	void clientThatTheNetworkFilterCutsOffIsSuspendedUntilItPassesAgain() {
		Set<String> blocked = ConcurrentHashMap.newKeySet();
		try (AtomixReplica replica = AtomixReplica.builder()
			.members(this.members)
			.storageDirectory(this.directory)
			.networkFilter((from, to) -> !blocked.contains(from + " to " + to))
			.build();
				AtomixClient client = AtomixClient.builder()
					.nodeId("c1")
					.members(this.members)
					.sessionTimeout(Duration.ofSeconds(5))
					.operationTimeout(Duration.ofSeconds(60))
					.build()) {
			replica.start();
			client.start();
			client.atomicLong("n").set(1);
			blocked.add("c1 to n1");
			await().atMost(Duration.ofSeconds(30)).until(() -> client.session().state() == SessionState.SUSPENDED);
			CompletableFuture<Long> pending = client.atomicLong("n").async().addAndGet(1);
			assertThat(replica.atomicLong("n").get()).isEqualTo(1);
			blocked.clear();
			assertThat(pending.join()).isEqualTo(2);
			assertThat(replica.atomicLong("n").get()).isEqualTo(2);
		}
	}

	@Test
	void closedReplicaLeavesNoThread() {
		String id = "leaves-nothing";
		try (AtomixReplica replica = AtomixReplica.builder()
			.members(List.of(new Member(id, "127.0.0.1", FreePorts.find(1).get(0))))
			.storageDirectory(this.directory)
			.build()) {
			replica.start();
			assertThat(replica.atomicLong("n").incrementAndGet()).isEqualTo(1);
			assertThat(threadsOf(id)).isNotEmpty();
		}
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(threadsOf(id)).isEmpty());
	}

	private static List<String> threadsOf(String id) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.contains(id))
			.toList();
	}

}
