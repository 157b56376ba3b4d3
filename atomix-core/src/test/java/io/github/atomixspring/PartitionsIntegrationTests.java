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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.cluster.ClusterMismatchException;
import io.github.atomixspring.cluster.NotLeadingException;
import io.github.atomixspring.cluster.PartitionStatus;
import io.github.atomixspring.cluster.Role;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.protocol.Placement;
import io.github.atomixspring.session.SessionState;
import io.github.atomixspring.transaction.CrossPartitionException;
import io.github.atomixspring.transaction.TransactionResult.Status;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests of primitives, transactions and reports in clusters with several partitions.
 */
class PartitionsIntegrationTests {

	private static final Duration SOON = Duration.ofSeconds(5);

	@TempDir
	private static Path directory;

	private static PartedCluster shared;

	private final PartedCluster cluster = shared;

	@BeforeAll
	static void start() {
		shared = new PartedCluster(directory).start();
	}

	@AfterAll
	static void close() {
		shared.close();
	}

	@Test
	void primitivesOfAllPartitionsWorkOnAllNodes() throws Exception {
		assertThat(PartedCluster.NAMES.stream().map((name) -> Placement.partitionOf(name, PartedCluster.PARTITIONS)))
			.containsExactly(0, 1, 2, 3);
		try (AtomixClient client = this.cluster.client("client", PartedCluster.PARTITIONS)) {
			client.start();
			await().atMost(PartedCluster.PATIENCE).until(() -> client.session().state() == SessionState.CONNECTED);
			for (String name : PartedCluster.NAMES) {
				DistributedMap<String, Integer> map = client.map(name, String.class, Integer.class);
				map.put("k", 1);
				this.cluster.replica("n2").queue(name, String.class).add(name);
				assertThat(this.cluster.replica("n3").queue(name, String.class).poll(60, TimeUnit.SECONDS))
					.isEqualTo(name);
				CompletableFuture<String> heard = new CompletableFuture<>();
				this.cluster.replica("n2").topic(name, String.class).subscribe(heard::complete);
				client.topic(name, String.class).publish("hello " + name);
				assertThat(heard.get(60, TimeUnit.SECONDS)).isEqualTo("hello " + name);
				DistributedLock lock = client.lock(name);
				assertThat(lock.tryLock()).isTrue();
				assertThat(this.cluster.replica("n1").lock(name).tryLock()).isFalse();
				lock.unlock();
				this.cluster.replicas()
					.values()
					.forEach((replica) -> assertThat(replica.map(name, String.class, Integer.class).get("k"))
						.isEqualTo(1));
			}
			assertThat(client.primitives()).filteredOn((info) -> info.type() == PrimitiveType.MAP)
				.extracting("name")
				.contains("a", "b", "c", "orders");
			assertThat(client.sessions().stream().filter((session) -> session.node().equals("client")))
				.extracting(SessionInfo::partition)
				.containsExactly(0, 1, 2, 3);
		}
		for (AtomixReplica replica : this.cluster.replicas().values()) {
			assertThat(replica.status().partitions()).extracting(PartitionStatus::partition)
				.containsExactly(0, 1, 2, 3);
		}
	}

	@Test
	void transactionsKeepToOnePartition() {
		AtomixReplica node = this.cluster.replica("n1");
		DistributedMap<String, Integer> orders = node.map("orders{customer-7}", String.class, Integer.class);
		DistributedMap<String, Integer> stock = node.map("stock{customer-7}", String.class, Integer.class);
		DistributedMap<String, Integer> other = node.map("sums{b}", String.class, Integer.class);
		assertThat(node.transactions().execute((transaction) -> {
			transaction.map(orders).put("k", 1);
			transaction.map(stock).put("k", 2);
			return null;
		}).status()).isEqualTo(Status.COMMITTED);
		assertThatExceptionOfType(CrossPartitionException.class)
			.isThrownBy(() -> node.transactions().execute((transaction) -> {
				transaction.map(orders).put("k", 7);
				transaction.map(other).put("k", 7);
				return null;
			}))
			.withMessageContaining("MAP 'orders{customer-7}' lives in partition 2, MAP 'sums{b}' in partition 0 of 4")
			.withMessageContaining("the same tag in braces");
		DistributedLock foreign = node.lock("b");
		foreign.lock();
		assertThatExceptionOfType(CrossPartitionException.class)
			.isThrownBy(() -> node.transactions().execute((transaction) -> {
				transaction.map(orders).put("k", 7);
				transaction.requireLock(foreign);
				return null;
			}))
			.withMessageContaining("LOCK 'b' in partition 0");
		assertThatExceptionOfType(CrossPartitionException.class)
			.isThrownBy(() -> node.transactions().execute((transaction) -> {
				transaction.requireLeadership(node.election("b"), 1);
				transaction.map(orders).put("k", 7);
				return null;
			}))
			.withMessageContaining("ELECTION 'b' lives in partition 0");
		foreign.unlock();
		DistributedLock guard = node.lock("{customer-7}");
		guard.lock();
		assertThat(node.transactions().execute((transaction) -> {
			transaction.map(orders).put("k", 3);
			transaction.requireLock(guard);
			return null;
		}).status()).isEqualTo(Status.COMMITTED);
		assertThat(orders.get("k")).isEqualTo(3);
		assertThat(other.get("k")).isNull();
	}

	@Test
	void anotherNumberOfPartitionsIsRefused() {
		try (AtomixClient client = this.cluster.client("wrong", 1)) {
			client.start();
			assertRefused(client, List.of("a"),
					"The cluster 'parted' has 4 partition(s), node 'wrong' is configured for 1");
		}
		try (AtomixClient client = this.cluster.client("greater", 5)) {
			client.start();
			assertRefused(client, List.of("a", "b", "c", "d", "e", "f", "g", "h"), "");
		}
		assertThat(this.cluster.replica("n1").primitives()).extracting("type").doesNotContain(PrimitiveType.LONG);
		this.cluster.stop("n3");
		assertThatExceptionOfType(ClusterMismatchException.class)
			.isThrownBy(() -> this.cluster.builder("n3", "n1", "n2", "n3").partitions(2).build().start())
			.withMessageContaining("has the data of 4 partition(s), the configuration says 2")
			.withMessageContaining("(atomix.partitions) to 4");
		AtomixReplica stranger = this.cluster.builder("n4", "n1", "n2", "n3", "n4").partitions(2).build();
		this.cluster.replicas().put("n4", stranger);
		stranger.start();
		await().atMost(PartedCluster.PATIENCE)
			.until(() -> String.valueOf(stranger.status().problem()),
					(problem) -> problem.contains("has 4 partition(s), node 'n4' has 2"));
		this.cluster.stop("n4");
		this.cluster.start("n3", "n1", "n2", "n3");
		this.cluster.awaitConnected();
	}

	/**
	 * Asks until it is said why there is no answer: on a busy machine that may take
	 * longer than the first operation.
	 */
	private static void assertRefused(AtomixClient client, List<String> names, String text) {
		await().atMost(PartedCluster.PATIENCE).untilAsserted(() -> {
			List<CompletableFuture<Long>> answers = names.stream()
				.map((name) -> client.atomicLong(name).async().incrementAndGet())
				.toList();
			for (CompletableFuture<Long> answer : answers) {
				assertThat(PartedCluster.failure(answer)).isInstanceOf(UnavailableException.class)
					.hasMessageContaining(text)
					.hasMessageContaining("atomix.partitions");
			}
		});
	}

	@Test
	void theLeadershipOfOnePartitionIsHandedOver() {
		this.cluster.awaitSpread("n1", "n2", "n3");
		AtomixReplica any = this.cluster.replica("n1");
		List<String> leaders = leaders(any);
		// Of four, one member leads two: what it hands over stays spread, and stays
		// there.
		String giver = leaders.stream()
			.filter((id) -> leaders.indexOf(id) != leaders.lastIndexOf(id))
			.findFirst()
			.orElseThrow();
		int partition = leaders.lastIndexOf(giver);
		String receiver = leaders.stream().filter((id) -> !id.equals(giver)).findFirst().orElseThrow();
		AtomixReplica leader = this.cluster.replica(giver);
		assertThat(PartedCluster.failure(this.cluster.replica(receiver).transferLeadership(giver, partition, SOON)))
			.isInstanceOf(NotLeadingException.class)
			.hasMessageContaining("ask node '" + giver + "'");
		assertThat(PartedCluster.failure(leader.transferLeadership(receiver, 4, SOON)))
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessage("There is no partition 4: the cluster has 4, the first one is 0");
		assertThat(PartedCluster.failure(leader.transferLeadership(receiver, -1, SOON)))
			.isInstanceOf(IllegalArgumentException.class);
		// A loaded machine may be too slow for one try.
		await().atMost(PartedCluster.PATIENCE).until(() -> {
			leader.transferLeadership(receiver, partition, SOON).handle((done, failure) -> failure).join();
			return leaders(any).get(partition).equals(receiver);
		});
		for (int other = 0; other < PartedCluster.PARTITIONS; other++) {
			if (other != partition) {
				assertThat(leaders(any).get(other)).as("partition " + other).isEqualTo(leaders.get(other));
			}
		}
	}

	@Test
	void allLeadershipsOfAMemberAreHandedOver() {
		this.cluster.awaitSpread("n1", "n2", "n3");
		AtomixReplica receiver = this.cluster.replica("n2");
		// They are spread again by themselves, but not before there is a moment when it
		// has all of them.
		await().atMost(PartedCluster.PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> {
			for (String other : List.of("n1", "n3")) {
				this.cluster.replica(other).transferLeadership("n2", SOON).handle((done, failure) -> failure).join();
			}
			return receiver.status().partitions().stream().allMatch((partition) -> partition.role() == Role.LEADER);
		});
		this.cluster.awaitSpread("n1", "n2", "n3");
	}

	private static List<String> leaders(AtomixReplica replica) {
		return replica.status().partitions().stream().map((partition) -> String.valueOf(partition.leader())).toList();
	}

	@Test
	void whatIsOfOneLogCoversAll() throws Exception {
		this.cluster.awaitSpread("n1", "n2", "n3");
		PartedCluster.NAMES.forEach((name) -> this.cluster.replica("n1").set(name, String.class).add("1"));
		this.cluster.replica("n1").takeSnapshot().get(60, TimeUnit.SECONDS);
		assertThat(this.cluster.replica("n1").status().partitions())
			.allMatch((partition) -> partition.snapshotIndex() > 0);
		await().atMost(PartedCluster.PATIENCE)
			.until(() -> this.cluster.replicas()
				.values()
				.stream()
				.mapToInt((replica) -> replica.statistics().gateway().serving())
				.sum() == PartedCluster.PARTITIONS);
	}

}
