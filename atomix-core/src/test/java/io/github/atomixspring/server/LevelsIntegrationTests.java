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

package io.github.atomixspring.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.github.atomixspring.cluster.BackupException;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.cluster.Role;
import io.github.atomixspring.cluster.StateDigest;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.protocol.FeatureLevel;
import io.github.atomixspring.testing.FreePorts;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Levels} in clusters whose members have software of different age.
 */
class LevelsIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Duration SOON = Duration.ofMillis(500);

	private final Map<String, RaftMember> nodes = new LinkedHashMap<>();

	private final List<Member> members = new ArrayList<>();

	@TempDir
	private Path directory;

	@BeforeEach
	void start() {
		List<Integer> ports = FreePorts.find(4);
		for (int i = 0; i < ports.size(); i++) {
			this.members.add(new Member("n" + (i + 1), "127.0.0.1", ports.get(i)));
		}
		start("n1", FeatureLevel.LATEST);
		start("n2", FeatureLevel.LATEST);
		start("n3", FeatureLevel.BASE);
		List.of("n1", "n2", "n3").forEach(this::awaitMember);
	}

	@AfterEach
	void close() {
		// Those who all go have nobody to hand anything over to.
		this.nodes.values().forEach(RaftMember::terminate);
		this.nodes.values().forEach(RaftMember::close);
	}

	@Test
	void whatAnOldMemberDoesNotKnowIsNotUsedUntilItIsUpgraded() throws IOException {
		Path backup = this.directory.resolve("backup");
		RaftMember leader = newLeader();
		leader.backup(backup).join();
		assertNotRestored(backup, "cannot be brought back yet",
				"node 'n3' runs software that knows the feature level 1, not 2: run the newer software");
		start("n4", FeatureLevel.LATEST);
		// It may still be starting.
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(failure(leader.addMember(this.members.get(3).asListener(), SOON)))
				.isInstanceOf(UnavailableException.class)
				.hasMessageContaining("node 'n3' runs software that knows the feature level 1"));
		stop("n4");
		assertThat(this.nodes.values()).allSatisfy((node) -> assertThat(node.engine().level()).isEqualTo(1));
		assertThat(format("n1")).isEqualTo(1);
		assertSameDigests();
		// One that is not there may be old as well.
		stop("n3");
		assertNotRestored(backup, "member 'n3' does not answer, and may know less than the feature level 2");
		start("n3", FeatureLevel.LATEST);
		awaitMember("n3");
		leader().restore(backup, false).join();
		assertThat(this.nodes.keySet()).allSatisfy((id) -> assertThat(format(id)).isEqualTo(3));
		assertSameDigests();
		assertThat(this.nodes.values()).allSatisfy((node) -> assertThat(node.engine().level()).isEqualTo(2));
		// A level outlives what was in memory.
		stop("n1");
		start("n1", FeatureLevel.LATEST);
		awaitMember("n1");
		Awaitility.await().atMost(PATIENCE).until(() -> this.nodes.get("n1").engine().level() == 2);
	}

	@Test
	void aMemberWithOlderSoftwareThanTheLevelStopsAndComesBackWithTheNewer() {
		upgradeAndRaise();
		stop("n3");
		start("n3", FeatureLevel.BASE);
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> String.valueOf(node("n3").status().problem()),
					(problem) -> problem
						.contains("The cluster uses the feature level 2, but this software knows levels up to 1")
							&& node("n3").status().state() == NodeState.FAILED);
		// The others do without it.
		leader().verify().join();
		stop("n3");
		start("n3", FeatureLevel.LATEST);
		awaitMember("n3");
		assertSameDigests();
	}

	@Test
	@Tag("long")
	void aMemberWithOlderSoftwareThanTheLevelIsNotTakenIn() throws IOException {
		upgradeAndRaise();
		RaftMember leader = leader();
		Member added = this.members.get(3);
		start("n4", FeatureLevel.BASE);
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> failure(leader.addMember(added, SOON)).getMessage(),
					(text) -> text.contains("node 'n4' runs software that knows the feature level 1, not 2"));
		stop("n4");
		start("n4", FeatureLevel.LATEST);
		leader.addMember(added, PATIENCE).join();
		awaitMember("n4");
		assertThat(format("n4")).as("marked before it was taken in").isEqualTo(3);
		assertSameDigests();
	}

	@Test
	void requestsInANewerProtocolAreRefusedWithBothVersions() {
		String clusterId = Objects.requireNonNull(leader().status().clusterId());
		try (NodeClient client = new NodeClient("n9", null)) {
			assertThat(client.join(this.members.get(0), new JoinRequest(2, "aging", clusterId, "n9", "n9@1", 0)).join())
				.isEqualTo(
						JoinReply.no("node 'n1' speaks version 1 of the protocol between members, node 'n9' version 2: "
								+ "upgrade the former first"));
			ChangeRequest removal = new ChangeRequest(2, "aging", clusterId, "n2", null, true, false, 0,
					ChangeRequest.BY_ADDRESS);
			assertThat(client.change(this.members.get(0), removal, PATIENCE).join()).isEqualTo(
					ChangeReply.refused("node 'n1' speaks version 1 of the protocol between members, the member that"
							+ " asks for the change of 'n2' version 2: upgrade the former first"));
		}
	}

	@Test
	void theLeaderRaisesTheLevelByItselfWhenAllHaveKnownItForAWhile() {
		stop("n3");
		start("n3", FeatureLevel.LATEST);
		awaitMember("n3");
		RaftMember leader = leader();
		Levels levels = leader.levels();
		levels.look();
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
			levels.look();
			assertThat(this.nodes.values()).allSatisfy((node) -> assertThat(node.engine().level()).isEqualTo(2));
		});
	}

	private void assertNotRestored(Path backup, String... texts) {
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(
					() -> assertThat(failure(leader().restore(backup, false))).isInstanceOf(BackupException.class)
						.hasMessageContainingAll((CharSequence[]) texts));
	}

	private void upgradeAndRaise() {
		stop("n3");
		start("n3", FeatureLevel.LATEST);
		awaitMember("n3");
		RaftMember leader = leader();
		leader.levels().require(0, FeatureLevel.RESTORE).join();
		Awaitility.await().atMost(PATIENCE).until(() -> node("n3").engine().level() == 2);
	}

	private void assertSameDigests() {
		long index = leader().verify().join();
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
			List<String> digests = new ArrayList<>();
			for (RaftMember node : this.nodes.values()) {
				StateDigest digest = node.status().digest();
				assertThat(digest).isNotNull();
				// They are computed now and then without being asked for, too.
				assertThat(digest.index()).isGreaterThanOrEqualTo(index);
				digests.add(digest.index() + " " + digest.value());
			}
			assertThat(digests).hasSize(this.nodes.size()).containsOnly(digests.get(0));
		});
	}

	private void start(String id, int known) {
		List<Member> listed = (id.equals("n4")) ? this.members : this.members.subList(0, 3);
		ServerConfig config = ServerConfig.of("aging", id, listed, this.directory.resolve(id))
			// No pause of a busy machine makes a leader fall.
			.withTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(5));
		RaftMember member = new RaftMember(config, List.of(new Engine("aging", id, 1, known)), List.of());
		this.nodes.put(id, member);
		TestMembers.start(member);
	}

	private void stop(String id) {
		Objects.requireNonNull(this.nodes.remove(id)).close();
	}

	private RaftMember node(String id) {
		return Objects.requireNonNull(this.nodes.get(id));
	}

	private void awaitMember(String id) {
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> node(id).status(), (status) -> status.state() == NodeState.RUNNING && status.leader() != null);
	}

	/**
	 * Has one lead that knows the latest level.
	 */
	private RaftMember newLeader() {
		return Awaitility.await().atMost(PATIENCE).until(() -> {
			RaftMember leader = leader();
			if (leader == this.nodes.get("n3")) {
				leader.transferLeadership("n1", SOON).handle((done, failure) -> failure).join();
			}
			return leader;
		}, (leader) -> leader != this.nodes.get("n3"));
	}

	private RaftMember leader() {
		return Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> this.nodes.values()
				.stream()
				.filter((node) -> node.status().role() == Role.LEADER && node.statistics().gateway().serving() == 1)
				.findFirst(), (found) -> found.isPresent())
			.orElseThrow();
	}

	private int format(String id) throws IOException {
		String metadata = Files.readString(this.directory.resolve(id).resolve(StorageDirectory.METADATA_FILE));
		return Integer.parseInt(metadata.replaceAll("(?s).*\"format\" : (\\d+).*", "$1"));
	}

	private static Throwable failure(CompletableFuture<?> future) {
		Throwable failure = future.handle((done, ex) -> ex).join();
		return (failure instanceof CompletionException) ? failure.getCause() : failure;
	}

}
