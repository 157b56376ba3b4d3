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

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.atomixspring.cluster.BackupException;
import io.github.atomixspring.cluster.ClusterMismatchException;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.MemberReport;
import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.cluster.PartitionStatus;
import io.github.atomixspring.cluster.Role;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.protocol.Placement;
import io.github.atomixspring.session.SessionState;
import io.github.atomixspring.testing.FreePorts;
import io.github.atomixspring.transaction.CrossPartitionException;
import io.github.atomixspring.transaction.TransactionResult.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests of clusters with several partitions.
 */
class PartitionsIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int PARTITIONS = 4;

	/**
	 * Names of primitives in the partitions 0 to 3.
	 */
	private static final List<String> NAMES = List.of("b", "orders", "c", "a");

	private final Map<String, AtomixReplica> replicas = new LinkedHashMap<>();

	private final Map<String, Member> members = new LinkedHashMap<>();

	@TempDir
	private Path directory;

	@BeforeEach
	void start() {
		List<Integer> ports = FreePorts.find(4);
		for (int i = 0; i < ports.size(); i++) {
			String id = "n" + (i + 1);
			this.members.put(id, new Member(id, "127.0.0.1", ports.get(i)));
		}
		List.of("n1", "n2", "n3").forEach((id) -> start(id, "n1", "n2", "n3"));
		awaitConnected();
	}

	@AfterEach
	void close() {
		this.replicas.values().forEach(AtomixReplica::close);
	}

	@Test
	void primitivesOfAllPartitionsWorkOnAllNodes() throws Exception {
		assertThat(NAMES.stream().map((name) -> Placement.partitionOf(name, PARTITIONS))).containsExactly(0, 1, 2, 3);
		try (AtomixClient client = client("client", PARTITIONS)) {
			client.start();
			await().atMost(PATIENCE).until(() -> client.session().state() == SessionState.CONNECTED);
			for (String name : NAMES) {
				DistributedMap<String, Integer> map = client.map(name, String.class, Integer.class);
				map.put("k", 1);
				replica("n2").queue(name, String.class).add(name);
				assertThat(replica("n3").queue(name, String.class).poll(10, TimeUnit.SECONDS)).isEqualTo(name);
				CompletableFuture<String> heard = new CompletableFuture<>();
				replica("n2").topic(name, String.class).subscribe(heard::complete);
				client.topic(name, String.class).publish("hello " + name);
				assertThat(heard.get(10, TimeUnit.SECONDS)).isEqualTo("hello " + name);
				DistributedLock lock = client.lock(name);
				assertThat(lock.tryLock()).isTrue();
				assertThat(replica("n1").lock(name).tryLock()).isFalse();
				lock.unlock();
				this.replicas.values()
					.forEach((replica) -> assertThat(replica.map(name, String.class, Integer.class).get("k"))
						.isEqualTo(1));
			}
			assertThat(client.primitives()).filteredOn((info) -> info.type() == PrimitiveType.MAP)
				.extracting("name")
				.containsExactly("a", "b", "c", "orders");
			assertThat(client.sessions().stream().filter((session) -> session.node().equals("client")))
				.extracting(SessionInfo::partition)
				.containsExactly(0, 1, 2, 3);
		}
		for (AtomixReplica replica : this.replicas.values()) {
			assertThat(replica.status().partitions()).extracting(PartitionStatus::partition)
				.containsExactly(0, 1, 2, 3);
		}
	}

	@Test
	void transactionsKeepToOnePartition() {
		AtomixReplica node = replica("n1");
		DistributedMap<String, Integer> orders = node.map("orders{customer-7}", String.class, Integer.class);
		DistributedMap<String, Integer> stock = node.map("stock{customer-7}", String.class, Integer.class);
		DistributedMap<String, Integer> other = node.map("b", String.class, Integer.class);
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
			.withMessageContaining("map 'orders{customer-7}' lives in partition 2, map 'b' in partition 0 of 4")
			.withMessageContaining("the same tag in braces");
		DistributedLock foreign = node.lock("b");
		foreign.lock();
		assertThatExceptionOfType(CrossPartitionException.class)
			.isThrownBy(() -> node.transactions().execute((transaction) -> {
				transaction.map(orders).put("k", 7);
				transaction.requireLock(foreign);
				return null;
			}))
			.withMessageContaining("lock 'b' in partition 0");
		assertThatExceptionOfType(CrossPartitionException.class)
			.isThrownBy(() -> node.transactions().execute((transaction) -> {
				transaction.requireLeadership(node.election("b"), 1);
				transaction.map(orders).put("k", 7);
				return null;
			}))
			.withMessageContaining("leader election 'b' lives in partition 0");
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
	void leadersAreSpreadAndComeBackToARestartedMember() {
		awaitSpread("n1", "n2", "n3");
		increment(1);
		AtomixReplica killed = replica("n2");
		killed.terminate();
		await().atMost(PATIENCE).until(() -> leaders("n1").equals(Set.of("n1", "n3")));
		increment(2);
		killed.start();
		awaitConnected();
		awaitSpread("n1", "n2", "n3");
		increment(3);
		// In order all give up their leaderships before they go.
		this.replicas.values().forEach(AtomixReplica::stop);
		this.replicas.values().forEach(AtomixReplica::start);
		awaitConnected();
		increment(4);
		assertDigestsEqual();
	}

	@Test
	void aWipedMemberIsReplacedInAllPartitions() throws Exception {
		increment(1);
		String wiped = "n3";
		Objects.requireNonNull(this.replicas.remove(wiped)).close();
		Path old = this.directory.resolve(wiped);
		Files.move(old, this.directory.resolve("old"));
		start(wiped, "n1", "n2", "n3");
		awaitConnected();
		await().atMost(PATIENCE).until(() -> replica(wiped).status().state() == NodeState.RUNNING);
		increment(2);
		// It has a vote in each: with one of the others it is a majority.
		replica("n1").terminate();
		increment(3, "n2", wiped);
		replica("n1").start();
		awaitConnected();
		assertDigestsEqual();
		// Who has been replaced must not come back.
		AtomixReplica ghost = replica(wiped);
		ghost.close();
		Files.move(old, this.directory.resolve("new"));
		Files.move(this.directory.resolve("old"), old);
		assertThatExceptionOfType(ClusterMismatchException.class).isThrownBy(() -> start(wiped, "n1", "n2", "n3"))
			.withMessageContaining("was replaced");
	}

	@Test
	void membersAreAddedAndRemovedInAllPartitions() {
		awaitSpread("n1", "n2", "n3");
		increment(1);
		AtomixReplica added = start("n4", "n1", "n2", "n3", "n4");
		replica("n2").addMember(member("n4"), PATIENCE).join();
		await().atMost(PATIENCE).until(() -> added.status().state() == NodeState.RUNNING);
		awaitConnected();
		increment(2);
		assertThat(added.status().members()).hasSize(4);
		awaitSpread("n1", "n2", "n3", "n4");
		for (String gone : List.of("n1", "n2")) {
			AtomixReplica removed = replica(gone);
			replica("n3").removeMember(gone, PATIENCE).join();
			await().atMost(PATIENCE)
				.until(() -> String.valueOf(removed.status().problem()),
						(problem) -> problem.contains("was removed from cluster"));
			Objects.requireNonNull(this.replicas.remove(gone)).close();
			increment((gone.equals("n1")) ? 3 : 4);
		}
		// Two are left, and both are needed.
		assertThat(replica("n3").status().members()).hasSize(2);
		awaitSpread("n3", "n4");
		replica("n4").removeMember("n3", PATIENCE).join();
		Objects.requireNonNull(this.replicas.remove("n3")).close();
		increment(5);
		assertThat(leaders("n4")).containsExactly("n4");
	}

	@Test
	void anotherNumberOfPartitionsIsRefused() {
		try (AtomixClient client = client("wrong", 1)) {
			client.start();
			CompletableFuture<Long> answer = client.atomicLong("a").async().incrementAndGet();
			assertThat(failure(answer)).isInstanceOf(UnavailableException.class)
				.hasMessageContaining("The cluster 'parted' has 4 partition(s), node 'wrong' is configured for 1")
				.hasMessageContaining("atomix.partitions");
		}
		try (AtomixClient client = client("greater", 5)) {
			client.start();
			for (String name : List.of("a", "b", "c", "d", "e", "f", "g", "h")) {
				CompletableFuture<Long> answer = client.atomicLong(name).async().incrementAndGet();
				assertThat(failure(answer)).isInstanceOf(UnavailableException.class)
					.hasMessageContaining("atomix.partitions");
			}
		}
		assertThat(replica("n1").primitives()).isEmpty();
		Objects.requireNonNull(this.replicas.remove("n3")).close();
		assertThatExceptionOfType(ClusterMismatchException.class)
			.isThrownBy(() -> builder("n3", "n1", "n2", "n3").partitions(2).build().start())
			.withMessageContaining("has the data of 4 partition(s), the configuration says 2")
			.withMessageContaining("(atomix.partitions) to 4");
		AtomixReplica stranger = builder("n4", "n1", "n2", "n3", "n4").partitions(2).build();
		this.replicas.put("n4", stranger);
		stranger.start();
		await().atMost(PATIENCE)
			.until(() -> String.valueOf(stranger.status().problem()),
					(problem) -> problem.contains("has 4 partition(s), node 'n4' has 2"));
	}

	@Test
	void whatIsOfOneLogCoversAllOrIsRefused() throws Exception {
		awaitSpread("n1", "n2", "n3");
		increment(1);
		replica("n1").takeSnapshot().get(30, TimeUnit.SECONDS);
		assertThat(replica("n1").status().partitions()).allMatch((partition) -> partition.snapshotIndex() > 0);
		Path target = this.directory.resolve("backup");
		assertThat(failure(replica("n1").backup(target))).isInstanceOf(BackupException.class)
			.hasMessageContaining("has 4 partitions");
		assertThat(failure(replica("n1").restore(target))).isInstanceOf(BackupException.class);
		assertThat(target).doesNotExist();
		assertThat(
				this.replicas.values().stream().mapToInt((replica) -> replica.statistics().gateway().serving()).sum())
			.isEqualTo(PARTITIONS);
	}

	private void increment(long expected) {
		increment(expected, this.replicas.keySet().toArray(String[]::new));
	}

	private void increment(long expected, String... nodes) {
		for (String name : NAMES) {
			assertThat(replica(nodes[0]).atomicLong(name).incrementAndGet()).as(name).isEqualTo(expected);
			for (String node : nodes) {
				assertThat(replica(node).atomicLong(name).get()).as(name + " on " + node).isEqualTo(expected);
			}
		}
	}

	private void assertDigestsEqual() {
		await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
			this.replicas.values()
				.stream()
				.filter((replica) -> replica.status().role() == Role.LEADER)
				.forEach((replica) -> replica.verifyDigests().join());
			this.replicas.values().forEach((replica) -> assertThat(replica.clusterReport().hasDiverged()).isFalse());
			Map<Long, Long> counts = replica("n1").clusterReport()
				.members()
				.stream()
				.map(MemberReport::status)
				.map((status) -> Objects.requireNonNull(status).partitions().get(0).digest())
				.collect(Collectors.groupingBy((digest) -> Objects.requireNonNull(digest).index(),
						Collectors.counting()));
			assertThat(counts.values()).containsExactly(3L);
		});
	}

	private void awaitSpread(String... expected) {
		for (String id : expected) {
			await().atMost(PATIENCE).untilAsserted(() -> assertThat(leaders(id)).containsExactlyInAnyOrder(expected));
		}
	}

	private Set<String> leaders(String id) {
		Set<String> leaders = new HashSet<>();
		replica(id).status().partitions().forEach((partition) -> leaders.add(String.valueOf(partition.leader())));
		return leaders;
	}

	private AtomixClient client(String id, int partitions) {
		return AtomixClient.builder()
			.clusterName("parted")
			.nodeId(id)
			.partitions(partitions)
			.members(IntStream.rangeClosed(1, 3).mapToObj((i) -> member("n" + i)).toList())
			.operationTimeout((partitions == PARTITIONS) ? Duration.ofSeconds(30) : Duration.ofSeconds(3))
			.build();
	}

	private AtomixReplica.Builder builder(String id, String... listed) {
		return AtomixReplica.builder()
			.clusterName("parted")
			.nodeId(id)
			.members(List.of(listed).stream().map(this::member).toList())
			.sessionTimeout(Duration.ofSeconds(3))
			.operationTimeout(Duration.ofSeconds(30))
			.partitions(PARTITIONS)
			.storageDirectory(this.directory.resolve(id));
	}

	private AtomixReplica start(String id, String... listed) {
		AtomixReplica replica = builder(id, listed).build();
		this.replicas.put(id, replica);
		replica.start();
		return replica;
	}

	private Member member(String id) {
		return Objects.requireNonNull(this.members.get(id), id);
	}

	private AtomixReplica replica(String id) {
		return Objects.requireNonNull(this.replicas.get(id), id);
	}

	private void awaitConnected() {
		for (AtomixReplica replica : this.replicas.values()) {
			await().atMost(PATIENCE).until(() -> replica.session().state() == SessionState.CONNECTED);
		}
	}

	private static Throwable failure(CompletableFuture<?> future) {
		Throwable failure = future.handle((done, ex) -> ex).join();
		return (failure instanceof CompletionException) ? failure.getCause() : failure;
	}

}
