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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

import io.github.atomixspring.cluster.ClusterReport;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.Role;
import io.github.atomixspring.session.SessionState;
import io.github.atomixspring.testing.FreePorts;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Members of a cluster with four partitions, in this virtual machine.
 */
final class PartedCluster implements AutoCloseable {

	static final Duration PATIENCE = Duration.ofSeconds(60);

	static final int PARTITIONS = 4;

	/**
	 * Names of primitives in the partitions 0 to 3.
	 */
	static final List<String> NAMES = List.of("b", "orders", "c", "a");

	private final Map<String, AtomixReplica> replicas = new LinkedHashMap<>();

	private final Map<String, Member> members = new LinkedHashMap<>();

	private final Path directory;

	PartedCluster(Path directory) {
		this.directory = directory;
		List<Integer> ports = FreePorts.find(4);
		for (int i = 0; i < ports.size(); i++) {
			String id = "n" + (i + 1);
			this.members.put(id, new Member(id, "127.0.0.1", ports.get(i)));
		}
	}

	/**
	 * Starts three members.
	 * @return this cluster, connected
	 */
	PartedCluster start() {
		List.of("n1", "n2", "n3").forEach((id) -> start(id, "n1", "n2", "n3"));
		awaitConnected();
		return this;
	}

	Map<String, AtomixReplica> replicas() {
		return this.replicas;
	}

	Path directory(String id) {
		return this.directory.resolve(id);
	}

	/**
	 * Stops a member and forgets it.
	 * @param id its id
	 */
	void stop(String id) {
		Objects.requireNonNull(this.replicas.remove(id), id).close();
	}

	@Override
	public void close() {
		this.replicas.values().forEach(AtomixReplica::close);
	}

	void increment(long expected) {
		increment(expected, this.replicas.keySet().toArray(String[]::new));
	}

	void increment(long expected, String... nodes) {
		for (String name : NAMES) {
			assertThat(replica(nodes[0]).atomicLong(name).incrementAndGet()).as(name).isEqualTo(expected);
			for (String node : nodes) {
				assertThat(replica(node).atomicLong(name).get()).as(name + " on " + node).isEqualTo(expected);
			}
		}
	}

	/**
	 * Makes the leader of the first partition have the digests of those computed that it
	 * leads, and waits for those of the first on all members.
	 */
	void assertDigestsEqual() {
		long index = await().atMost(PATIENCE).ignoreExceptions().until(this::verify, Objects::nonNull);
		await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
			ClusterReport report = replica("n1").clusterReport();
			assertThat(report.hasDiverged()).isFalse();
			assertThat(report.members()).hasSize(this.replicas.size())
				.allMatch((member) -> member.status() != null && member.status().digest() != null
						&& member.status().digest().index() >= index);
		});
	}

	private @Nullable Long verify() {
		return this.replicas.values()
			.stream()
			.filter((replica) -> replica.status().role() == Role.LEADER)
			.findFirst()
			.map((leader) -> leader.verifyDigests().join())
			.orElse(null);
	}

	void awaitSpread(String... expected) {
		for (String id : expected) {
			await().atMost(PATIENCE).untilAsserted(() -> assertThat(leaders(id)).containsExactlyInAnyOrder(expected));
		}
	}

	Set<String> leaders(String id) {
		Set<String> leaders = new HashSet<>();
		replica(id).status().partitions().forEach((partition) -> leaders.add(String.valueOf(partition.leader())));
		return leaders;
	}

	AtomixClient client(String id, int partitions) {
		return AtomixClient.builder()
			.clusterName("parted")
			.nodeId(id)
			.partitions(partitions)
			.members(IntStream.rangeClosed(1, 3).mapToObj((i) -> member("n" + i)).toList())
			.operationTimeout((partitions == PARTITIONS) ? PATIENCE : Duration.ofSeconds(3))
			.build();
	}

	AtomixReplica.Builder builder(String id, String... listed) {
		return AtomixReplica.builder()
			.clusterName("parted")
			.nodeId(id)
			.members(List.of(listed).stream().map(this::member).toList())
			// No pause of a busy machine makes a leader fall or a session expire.
			.sessionTimeout(Duration.ofSeconds(10))
			.electionTimeout(Duration.ofSeconds(5))
			.operationTimeout(PATIENCE)
			.partitions(PARTITIONS)
			.storageDirectory(directory(id));
	}

	AtomixReplica start(String id, String... listed) {
		AtomixReplica replica = builder(id, listed).build();
		this.replicas.put(id, replica);
		replica.start();
		return replica;
	}

	Member member(String id) {
		return Objects.requireNonNull(this.members.get(id), id);
	}

	AtomixReplica replica(String id) {
		return Objects.requireNonNull(this.replicas.get(id), id);
	}

	void awaitConnected() {
		for (AtomixReplica replica : this.replicas.values()) {
			await().atMost(PATIENCE).until(() -> replica.session().state() == SessionState.CONNECTED);
		}
	}

	static Throwable failure(CompletableFuture<?> future) {
		Throwable failure = future.handle((done, ex) -> ex).join();
		return (failure instanceof CompletionException) ? failure.getCause() : failure;
	}

}
