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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.MembershipException;
import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.session.SessionState;
import io.github.atomixspring.value.DistributedLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of members that come and go while the cluster runs.
 */
class MembershipIntegrationTests {

	private static final Duration PATIENCE = Replicas.PATIENCE;

	private static final Duration SOON = Duration.ofMillis(300);

	@TempDir
	private Path directory;

	private Replicas replicas;

	@BeforeEach
	void start() {
		this.replicas = new Replicas("changing", this.directory, 6);
		List.of("n1", "n2", "n3").forEach((id) -> start(id, "n1", "n2", "n3"));
		List.of("n1", "n2", "n3").forEach(this::awaitMember);
	}

	@AfterEach
	void close() {
		this.replicas.close();
	}

	@Test
	void aMemberIsAddedAndKnowsEverything() {
		replica("n1").atomicLong("n").set(7);
		AtomixReplica added = start("n4", "n1", "n2", "n3", "n4");
		await().atMost(PATIENCE)
			.until(() -> String.valueOf(added.status().problem()), (problem) -> problem.contains("is not a member"));
		assertThat(added.status().state()).isEqualTo(NodeState.JOINING);
		// Any member can be asked.
		follower().addMember(member("n4"), PATIENCE).join();
		awaitMember("n4");
		assertThat(added.atomicLong("n").get()).isEqualTo(7);
		for (AtomixReplica replica : this.replicas.all()) {
			await().atMost(PATIENCE)
				.untilAsserted(
						() -> assertThat(Replicas.ids(replica)).containsExactlyInAnyOrder("n1", "n2", "n3", "n4"));
		}
		// What is there is not added again.
		replica("n1").addMember(member("n4"), PATIENCE).join();
		// A majority of four is three.
		stop("n1");
		added.atomicLong("n").incrementAndGet();
		stop("n2");
		CompletableFuture<Long> write = added.atomicLong("n").async().incrementAndGet();
		start("n1", "n1", "n2", "n3");
		awaitMember("n1");
		assertThat(write.handle((value, failure) -> failure != null || value == 9).join()).isTrue();
		assertThat(Replicas.ids(replica("n1"))).as("after a start with the old configuration").contains("n4");
	}

	@Test
	void aMemberThatTheLeadersConfigurationListsNeedsNoOperator() {
		start("n4", "n1", "n2", "n3", "n4");
		for (String id : List.of("n1", "n2", "n3")) {
			stop(id);
			start(id, "n1", "n2", "n3", "n4");
			awaitMember(id);
		}
		awaitMember("n4");
		assertThat(Replicas.ids(leader())).contains("n4");
	}

	@Test
	void aMemberIsRemovedAndSaysSo() {
		String gone = follower().status().node();
		AtomixReplica removed = replica(gone);
		leader().removeMember(gone, PATIENCE).join();
		await().atMost(PATIENCE)
			.until(() -> String.valueOf(removed.status().problem()),
					(problem) -> problem.contains("was removed from cluster"));
		assertThat(removed.status().state()).isEqualTo(NodeState.FAILED);
		AtomixReplica leader = leader();
		assertThat(Replicas.ids(leader)).hasSize(2).doesNotContain(gone);
		assertThat(leader.clusterReport().members()).hasSize(2);
		leader.atomicLong("n").incrementAndGet();
		assertThat(Replicas.failure(leader.removeMember(gone, PATIENCE))).isInstanceOf(MembershipException.class)
			.hasMessageContaining("there is no member '" + gone + "'");
		assertNotAdded(leader, gone, "were not changed: node '" + gone + "' does not answer");
	}

	@Test
	void theLeaderHandsOverAndIsRemoved() {
		AtomixReplica leader = leader();
		String gone = leader.status().node();
		leader.removeMember(gone, PATIENCE).join();
		this.replicas.forget(gone);
		assertThat(Replicas.ids(leader())).hasSize(2).doesNotContain(gone);
		await().atMost(PATIENCE)
			.until(() -> String.valueOf(leader.status().problem()), (problem) -> problem.contains("was removed"));
		leader.close();
		leader().atomicLong("n").incrementAndGet();
	}

	@Test
	void aMemberMovesToAnotherAddress() {
		replica("n1").atomicLong("n").set(7);
		stop("n3");
		this.replicas.move("n3", "n6");
		AtomixReplica moved = start("n3", "n1", "n2", "n3");
		// The others look for it where it was, until they have the new configuration.
		await().atMost(PATIENCE)
			.until(() -> String.valueOf(moved.status().problem()),
					(problem) -> problem.contains("configure the same on all"));
		assertThat(leader().atomicLong("n").incrementAndGet()).isEqualTo(8);
		for (String id : List.of("n1", "n2")) {
			stop(id);
			start(id, "n1", "n2", "n3");
			awaitMember(id);
		}
		awaitMember("n3");
		assertThat(moved.atomicLong("n").get()).isEqualTo(8);
		assertThat(leader().status().members()).contains(member("n3"));
		// Its vote counts from where it is.
		stop("n1");
		assertThat(moved.atomicLong("n").incrementAndGet()).isEqualTo(9);
	}

	@Test
	void aClientOutlivesAllMembersItWasConfiguredWith() {
		try (AtomixClient client = AtomixClient.builder()
			.clusterName("changing")
			.members(List.of(member("n1"), member("n2"), member("n3")))
			.sessionTimeout(Duration.ofSeconds(30))
			.operationTimeout(PATIENCE)
			.build()) {
			client.start();
			await().atMost(PATIENCE).until(() -> client.session().state() == SessionState.CONNECTED);
			long session = client.session().id();
			DistributedLong counter = client.atomicLong("n");
			long count = 0;
			for (int i = 1; i <= 3; i++) {
				String old = "n" + i;
				String young = "n" + (i + 3);
				start(young, "n1", "n2", "n3", young);
				leader().addMember(member(young), PATIENCE).join();
				awaitMember(young);
				assertThat(counter.incrementAndGet()).isEqualTo(++count);
				leader().removeMember(old, PATIENCE).join();
				stop(old);
				assertThat(counter.incrementAndGet()).isEqualTo(++count);
			}
			assertThat(Replicas.ids(leader())).containsExactlyInAnyOrder("n4", "n5", "n6");
			AtomixReplica leader = leader();
			String id = leader.status().node();
			stop(id);
			assertThat(counter.incrementAndGet()).isEqualTo(++count);
			assertThat(client.session().id()).isEqualTo(session);
		}
	}

	@Test
	void whatIsDangerousIsRefusedUnlessForced() {
		AtomixReplica leader = leader();
		List<String> followers = new ArrayList<>(List.of("n1", "n2", "n3"));
		followers.remove(leader.status().node());
		stop(followers.get(0));
		assertThat(Replicas.failure(leader.removeMember(followers.get(1), PATIENCE)))
			.isInstanceOf(MembershipException.class)
			.hasMessageContaining("of which only [" + leader.status().node() + "] run, no majority")
			.hasMessageContaining("force the removal");
		assertThat(Replicas.ids(leader)).hasSize(3);
		// The one that does not run is not missed.
		leader.removeMember(followers.get(0), PATIENCE).join();
		leader.atomicLong("n").incrementAndGet();
		assertThat(Replicas
			.failure(leader.addMember(new Member("n9", "127.0.0.1", member(followers.get(1)).port()), PATIENCE)))
			.isInstanceOf(MembershipException.class)
			.hasMessageContaining("is a member already");
		assertNotAdded(leader, "n4", "node 'n4' does not answer at " + member("n4").address());
		leader.forceRemoveMember(followers.get(1), PATIENCE).join();
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(Replicas.ids(leader)).hasSize(1));
		leader.atomicLong("n").incrementAndGet();
		assertThat(Replicas.failure(leader.removeMember(leader.status().node(), PATIENCE)))
			.isInstanceOf(MembershipException.class)
			.hasMessageContaining("is the only member");
	}

	/**
	 * Asks for a member until it is said why it is not added: on a busy machine that may
	 * take longer than the first question.
	 */
	private void assertNotAdded(AtomixReplica leader, String id, String text) {
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(Replicas.failure(leader.addMember(member(id), SOON)))
				.isInstanceOf(UnavailableException.class)
				.hasMessageContaining(text));
	}

	private AtomixReplica start(String id, String... listed) {
		return this.replicas.start(id, listed);
	}

	private void stop(String id) {
		this.replicas.stop(id);
	}

	private Member member(String id) {
		return this.replicas.member(id);
	}

	private AtomixReplica replica(String id) {
		return this.replicas.replica(id);
	}

	private void awaitMember(String id) {
		this.replicas.awaitMember(id);
	}

	private AtomixReplica leader() {
		return this.replicas.leader();
	}

	private AtomixReplica follower() {
		return this.replicas.follower();
	}

}
