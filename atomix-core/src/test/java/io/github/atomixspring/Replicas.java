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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.cluster.NodeStatus;
import io.github.atomixspring.cluster.Role;
import io.github.atomixspring.cluster.StorageLockedException;
import io.github.atomixspring.testing.FreePorts;
import org.awaitility.Awaitility;

/**
 * Replicas that come and go, each with a list of members of its own. Not thread-safe.
 */
final class Replicas implements AutoCloseable {

	static final Duration PATIENCE = Duration.ofSeconds(60);

	private final String cluster;

	private final Path directory;

	private final Map<String, Member> members = new LinkedHashMap<>();

	private final Map<String, AtomixReplica> running = new LinkedHashMap<>();

	/**
	 * Creates replicas {@code n1}, {@code n2} and so on, without starting them.
	 * @param cluster the name of the cluster
	 * @param directory the parent of their directories
	 * @param count how many there are
	 */
	Replicas(String cluster, Path directory, int count) {
		this.cluster = cluster;
		this.directory = directory;
		List<Integer> ports = FreePorts.find(count);
		for (int i = 0; i < count; i++) {
			String id = "n" + (i + 1);
			this.members.put(id, new Member(id, "127.0.0.1", ports.get(i)));
		}
	}

	/**
	 * Makes a replica a listener in the configurations of those that are started from now
	 * on.
	 * @param id its id
	 */
	void listens(String id) {
		this.members.put(id, member(id).asListener());
	}

	/**
	 * Gives a replica the address of another one, which is not used, in the
	 * configurations of those that are started from now on.
	 * @param id its id
	 * @param other the id of the other one
	 */
	void move(String id, String other) {
		this.members.put(id, new Member(id, "127.0.0.1", member(other).port()));
	}

	/**
	 * Starts a replica.
	 * @param id its id
	 * @param listed the ids of the members in its configuration
	 * @return the replica
	 */
	AtomixReplica start(String id, String... listed) {
		AtomixReplica replica = AtomixReplica.builder()
			.clusterName(this.cluster)
			.nodeId(id)
			.members(Stream.of(listed).map(this::member).toList())
			// No short pause of a busy machine makes a leader fall or a session expire.
			.sessionTimeout(Duration.ofSeconds(10))
			.electionTimeout(Duration.ofSeconds(2))
			.operationTimeout(PATIENCE)
			.snapshotThreshold(100)
			.raftProperties(Map.of("raft.server.log.purge.gap", "1", "raft.server.log.purge.preservation.log.num", "0",
					"raft.server.log.segment.size.max", "16KB", "raft.server.log.preallocated.size", "4KB"))
			.storageDirectory(this.directory.resolve(id))
			.build();
		this.running.put(id, replica);
		// What was stopped may need some seconds more to leave its directory.
		Awaitility.await().atMost(PATIENCE).ignoreException(StorageLockedException.class).until(() -> started(replica));
		return replica;
	}

	private static boolean started(AtomixReplica replica) {
		replica.start();
		return true;
	}

	/**
	 * Closes a replica.
	 * @param id its id
	 */
	void stop(String id) {
		Objects.requireNonNull(this.running.remove(id), id).close();
	}

	/**
	 * Forgets a replica, which the caller closes.
	 * @param id its id
	 */
	void forget(String id) {
		this.running.remove(id);
	}

	Member member(String id) {
		return Objects.requireNonNull(this.members.get(id), id);
	}

	AtomixReplica replica(String id) {
		return Objects.requireNonNull(this.running.get(id), id);
	}

	List<AtomixReplica> all() {
		return List.copyOf(this.running.values());
	}

	/**
	 * Waits until a replica takes part and knows a leader.
	 * @param id its id
	 * @return the replica
	 */
	AtomixReplica awaitMember(String id) {
		Awaitility.await()
			.alias(id + " takes part")
			.atMost(PATIENCE)
			.until(() -> replica(id).status(),
					(status) -> status.state() == NodeState.RUNNING && status.leader() != null);
		return replica(id);
	}

	/**
	 * Waits until one leads and serves.
	 * @return the leader
	 */
	AtomixReplica leader() {
		return await(
				(replica) -> replica.status().role() == Role.LEADER && replica.statistics().gateway().serving() == 1);
	}

	/**
	 * Waits until there is a leader and one that follows it.
	 * @return the follower
	 */
	AtomixReplica follower() {
		leader();
		return await((replica) -> replica.status().role() == Role.FOLLOWER);
	}

	private AtomixReplica await(Predicate<AtomixReplica> wanted) {
		return Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> this.running.values().stream().filter(wanted).findFirst(), (found) -> found.isPresent())
			.orElseThrow();
	}

	static List<String> ids(AtomixReplica replica) {
		return replica.status().members().stream().map(Member::id).toList();
	}

	static List<String> listeners(NodeStatus status) {
		return status.members().stream().filter(Member::listener).map(Member::id).toList();
	}

	static Throwable failure(CompletableFuture<?> future) {
		Throwable failure = future.handle((done, ex) -> ex).join();
		return (failure instanceof CompletionException) ? failure.getCause() : failure;
	}

	@Override
	public void close() {
		// Those who all go have nobody to hand anything over to, and would try for long.
		this.running.values().forEach(AtomixReplica::terminate);
		this.running.values().forEach(AtomixReplica::close);
	}

}
