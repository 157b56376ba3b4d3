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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.github.atomixspring.cluster.MembershipException;
import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.cluster.Role;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.session.SessionState;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of members without a vote.
 */
class ListenerIntegrationTests {

	private static final Duration PATIENCE = Replicas.PATIENCE;

	private static final String[] ALL = { "n1", "n2", "n3", "n4" };

	@TempDir
	private Path directory;

	private Replicas replicas;

	@BeforeEach
	void start() {
		this.replicas = new Replicas("listening", this.directory, 4);
		this.replicas.listens("n4");
		// The listener is not waited for.
		List.of("n1", "n2", "n3").forEach((id) -> this.replicas.start(id, ALL));
		List.of("n1", "n2", "n3").forEach(this.replicas::awaitMember);
	}

	@AfterEach
	void close() {
		this.replicas.close();
	}

	@Test
	void itGetsASnapshotFollowsTheLogAndHasASession() throws IOException {
		AtomixReplica leader = this.replicas.leader();
		for (int i = 0; i < 300; i++) {
			leader.map("m", String.class, String.class).put("k" + i, "v" + i);
		}
		leader.takeSnapshot().join();
		Awaitility.await().atMost(PATIENCE).until(() -> {
			leader.map("m", String.class, String.class).put("more", "v");
			return firstLogEntry(leader) > 1;
		});
		AtomixReplica listener = this.replicas.start("n4", ALL);
		this.replicas.awaitMember("n4");
		assertThat(listener.status().role()).isEqualTo(Role.LISTENER);
		assertThat(Replicas.listeners(leader.status())).containsExactly("n4");
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> listener.status().appliedIndex() >= leader.status().commitIndex());
		assertThat(listener.status().snapshotIndex()).isPositive();
		// Its session goes through the leader.
		Awaitility.await().atMost(PATIENCE).until(() -> listener.session().state() == SessionState.CONNECTED);
		DistributedMap<String, String> map = listener.map("m", String.class, String.class);
		map.put("by", "n4");
		assertThat(leader.map("m", String.class, String.class).get("by")).isEqualTo("n4");
		assertThat(map.get("k7")).isEqualTo("v7");
		assertThat(map.get("k8", ReadConsistency.SEQUENTIAL)).isEqualTo("v8");
		// A restart changes nothing, whether there are others or not.
		this.replicas.stop("n4");
		AtomixReplica again = this.replicas.start("n4", ALL);
		this.replicas.awaitMember("n4");
		assertThat(again.status().role()).isEqualTo(Role.LISTENER);
		assertThat(again.map("m", String.class, String.class).get("by")).isEqualTo("n4");
		long index = leader.verifyDigests().join();
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> leader.clusterReport().members(),
					(reports) -> reports.size() == 4 && reports.stream()
						.allMatch((report) -> report.status() != null && report.status().digest() != null
								&& report.status().digest().index() >= index));
		assertThat(leader.clusterReport().hasDiverged()).isFalse();
	}

	@Test
	void itDoesNotCountForAMajority() {
		AtomixReplica listener = this.replicas.start("n4", ALL);
		this.replicas.awaitMember("n4");
		AtomixReplica leader = this.replicas.leader();
		leader.atomicLong("n").set(1);
		List<String> others = Stream.of("n1", "n2", "n3").filter((id) -> !id.equals(leader.status().node())).toList();
		// With one voter less, two of the other three confirm reads and writes.
		this.replicas.stop(others.get(0));
		assertThat(listener.atomicLong("n").incrementAndGet()).isEqualTo(2);
		assertThat(listener.atomicLong("n").get()).isEqualTo(2);
		// Two of four: there is no leader, whoever is alive.
		this.replicas.stop(others.get(1));
		Awaitility.await().atMost(PATIENCE).until(() -> leader.status().leader() == null);
		CompletableFuture<Long> write = listener.atomicLong("n").async().incrementAndGet();
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> String.valueOf(listener.status().problem()),
					(problem) -> problem.contains("Waits for a leader") && problem.contains(others.get(0)));
		assertThat(listener.status().role()).isEqualTo(Role.LISTENER);
		assertThat(listener.status().leader()).as("a leader that is not heard of").isNull();
		assertThat(write).isNotDone();
		this.replicas.start(others.get(0), ALL);
		assertThat(write.handle((value, failure) -> failure != null || value == 3).join()).isTrue();
		Awaitility.await().atMost(PATIENCE).until(() -> listener.status().leader() != null);
	}

	@Test
	void itNeverLeads() {
		this.replicas.start("n4", ALL);
		this.replicas.awaitMember("n4");
		AtomixReplica leader = this.replicas.leader();
		assertThat(Replicas.failure(leader.transferLeadership("n4", PATIENCE)))
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessage("Member 'n4' is a listener, which never leads: promote it first");
		String id = leader.status().node();
		this.replicas.stop(id);
		AtomixReplica next = this.replicas.leader();
		assertThat(next.status().node()).isNotIn(id, "n4");
	}

	@Test
	void itIsPromotedAndAVoterDemoted() {
		AtomixReplica listener = this.replicas.start("n4", ALL);
		this.replicas.awaitMember("n4");
		// Any member can be asked.
		listener.promoteMember("n4", PATIENCE).join();
		Awaitility.await().atMost(PATIENCE).until(() -> listener.status().role() == Role.FOLLOWER);
		AtomixReplica leader = this.replicas.leader();
		assertThat(Replicas.listeners(leader.status())).isEmpty();
		leader.promoteMember("n4", PATIENCE).join();
		// The leader itself becomes a listener: it hands over first.
		String id = leader.status().node();
		leader.demoteMember(id, PATIENCE).join();
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> leader.status().role() == Role.LISTENER && leader.status().state() == NodeState.RUNNING
					&& leader.status().leader() != null);
		assertThat(Replicas.listeners(this.replicas.leader().status())).containsExactly(id);
		assertThat(leader.atomicLong("n").incrementAndGet()).isEqualTo(1);
		// Now the vote of n4 is needed, and what the configurations say is history.
		this.replicas.stop(Stream.of("n1", "n2", "n3").filter((other) -> !other.equals(id)).findFirst().orElseThrow());
		this.replicas.stop("n4");
		Awaitility.await().atMost(PATIENCE).until(() -> leader.status().leader() == null);
		this.replicas.start("n4", ALL);
		this.replicas.awaitMember("n4");
		assertThat(this.replicas.replica("n4").status().role()).isIn(Role.FOLLOWER, Role.LEADER);
		assertThat(leader.atomicLong("n").incrementAndGet()).isGreaterThan(1);
	}

	@Test
	void itIsAddedAndRemovedByAnOperator() {
		AtomixReplica listener = this.replicas.start("n4", ALL);
		this.replicas.awaitMember("n4");
		this.replicas.stop("n3");
		AtomixReplica leader = this.replicas.leader();
		String other = Stream.of("n1", "n2")
			.filter((id) -> !id.equals(leader.status().node()))
			.findFirst()
			.orElseThrow();
		// The voter that is left is needed, the listener never is.
		assertThat(Replicas.failure(leader.demoteMember(other, PATIENCE))).isInstanceOf(MembershipException.class)
			.hasMessageContaining("of which only [" + leader.status().node() + "] run, no majority")
			.hasMessageEndingWith("start the others first");
		leader.removeMember("n4", PATIENCE).join();
		assertThat(Replicas.ids(leader)).doesNotContain("n4");
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> String.valueOf(listener.status().problem()),
					(problem) -> problem.contains("was removed from cluster"));
		assertThat(Replicas.failure(leader.promoteMember("n4", PATIENCE))).isInstanceOf(MembershipException.class)
			.hasMessageContaining("there is no member 'n4'");
		leader.atomicLong("n").incrementAndGet();
	}

	private long firstLogEntry(AtomixReplica replica) throws IOException {
		try (Stream<Path> files = Files.walk(this.directory.resolve(replica.status().node()))) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.startsWith("log_"))
				.map((name) -> name.replaceAll("log_(inprogress_)?(\\d+).*", "$2"))
				.mapToLong(Long::parseLong)
				.min()
				.orElseThrow();
		}
	}

}
