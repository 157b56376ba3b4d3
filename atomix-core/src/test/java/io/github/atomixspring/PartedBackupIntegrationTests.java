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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.github.atomixspring.cluster.BackupException;
import io.github.atomixspring.cluster.NotLeadingException;
import io.github.atomixspring.cluster.PartitionStatus;
import io.github.atomixspring.cluster.Role;
import io.github.atomixspring.map.DistributedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of backups of a cluster with several partitions, whose leaders are on different
 * members.
 */
class PartedBackupIntegrationTests {

	private static final int COUNT_OFFSET = 8;

	@TempDir
	private static Path directory;

	private static PartedCluster cluster;

	@BeforeAll
	static void start() {
		cluster = new PartedCluster(directory).start();
	}

	@AfterAll
	static void close() {
		cluster.close();
	}

	@BeforeEach
	void awaitSpread() {
		cluster.awaitSpread("n1", "n2", "n3");
	}

	@Test
	void allPartitionsComeBackAndOneFileHasThem() throws IOException {
		AtomixReplica leader = leader();
		Map<String, Long> tokens = new TreeMap<>();
		for (String name : PartedCluster.NAMES) {
			map(leader, name).put("k", name);
			// More than goes with one entry of the log.
			map(leader, name).put("large", "x".repeat(600_000));
			leader.lock(name).lock();
			tokens.put(name, leader.lock(name).fencingToken());
		}
		Path file = directory.resolve("backup");
		long index = leader.backup(file).join();
		assertThat(index).isPositive().isLessThanOrEqualTo(leader.status().appliedIndex());
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
		assertThat(directory).isDirectoryNotContaining("glob:**.part");
		for (String name : PartedCluster.NAMES) {
			map(leader, name).put("k", "changed");
			map(leader, name).put("later", "x");
		}
		assertThat(PartedCluster.failure(leader().restore(file))).isInstanceOf(BackupException.class)
			.hasMessageContaining("primitives in partition 0")
			.hasMessageContaining("force it");
		assertThat(map(leader, "a")).containsKey("later");
		leader().forceRestore(file).join();
		for (AtomixReplica replica : cluster.replicas().values()) {
			for (String name : PartedCluster.NAMES) {
				DistributedMap<String, String> map = map(replica, name);
				await().atMost(PartedCluster.PATIENCE)
					.ignoreExceptions()
					.untilAsserted(() -> assertThat(map.keySet()).as(name).containsExactlyInAnyOrder("k", "large"));
				assertThat(map.get("k")).isEqualTo(name);
			}
		}
		for (String name : PartedCluster.NAMES) {
			AtomixReplica other = cluster.replica("n2");
			other.lock(name).lock();
			assertThat(other.lock(name).fencingToken()).isGreaterThan(tokens.get(name));
			other.lock(name).unlock();
		}
		cluster.assertDigestsEqual();
	}

	@Test
	void whatWasAnsweredBeforeTheBackupIsInItForEachPartition() {
		// The member that writes follows in most partitions, and may be behind.
		for (int round = 0; round < 2; round++) {
			AtomixReplica leader = leader();
			AtomixReplica writer = cluster.replica("n" + (1 + round % 3));
			for (String name : PartedCluster.NAMES) {
				writer.atomicLong("round-{" + name + "}").set(round);
			}
			Path file = directory.resolve("round-" + round);
			leader.backup(file).join();
			for (String name : PartedCluster.NAMES) {
				writer.atomicLong("round-{" + name + "}").set(-1);
			}
			leader().forceRestore(file).join();
			for (String name : PartedCluster.NAMES) {
				int expected = round;
				await().atMost(PartedCluster.PATIENCE)
					.ignoreExceptions()
					.untilAsserted(() -> assertThat(writer.atomicLong("round-{" + name + "}").get()).as(name)
						.isEqualTo(expected));
			}
		}
	}

	@Test
	void onlyTheLeaderOfTheFirstPartitionIsAsked() {
		String leader = leader().status().node();
		for (PartitionStatus partition : leader().status().partitions()) {
			String other = Objects.requireNonNull(partition.leader());
			if (!other.equals(leader)) {
				assertThat(PartedCluster.failure(cluster.replica(other).backup(directory.resolve("none"))))
					.isInstanceOf(NotLeadingException.class);
				assertThat(PartedCluster.failure(cluster.replica(other).forceRestore(directory.resolve("none"))))
					.isInstanceOf(NotLeadingException.class);
			}
		}
		assertThat(directory.resolve("none")).doesNotExist();
	}

	@Test
	void aClusterWithAnotherNumberOfPartitionsIsRefused() throws IOException {
		Path ofFour = directory.resolve("of-four");
		leader().backup(ofFour).join();
		Path ofOne = directory.resolve("of-one");
		try (AtomixReplica single = AtomixReplica.builder()
			.clusterName("single")
			.nodeId("n4")
			.members(List.of(cluster.member("n4")))
			.storageDirectory(directory.resolve("single"))
			.build()) {
			single.start();
			single.atomicLong("a").set(7);
			await().atMost(PartedCluster.PATIENCE).until(() -> single.statistics().gateway().serving() == 1);
			assertThat(PartedCluster.failure(single.forceRestore(ofFour))).isInstanceOf(BackupException.class)
				.hasMessageContaining("is of a cluster with 4 partition(s), this one has 1")
				.hasMessageContaining("atomix.partitions=4");
			assertThat(single.atomicLong("a").get()).isEqualTo(7);
			single.backup(ofOne).join();
		}
		cluster.replica("n1").atomicLong("b").set(3);
		assertThat(PartedCluster.failure(leader().forceRestore(ofOne))).isInstanceOf(BackupException.class)
			.hasMessageContaining("is of a cluster with 1 partition(s), this one has 4");
		assertThat(cluster.replica("n1").atomicLong("b").get()).isEqualTo(3);
	}

	@Test
	void whatIsLeftOfAFileIsRefusedBeforeAnythingIsDone() throws IOException {
		Path file = directory.resolve("whole");
		cluster.replica("n1").atomicLong("b").set(5);
		leader().backup(file).join();
		assertThat(PartedCluster.failure(leader().backup(file))).isInstanceOf(BackupException.class)
			.hasMessageContaining("a backup replaces none");
		cluster.replica("n1").atomicLong("b").set(6);
		byte[] bytes = Files.readAllBytes(file);
		for (int length : new int[] { 2, 10, bytes.length / 2, bytes.length - 1 }) {
			assertRefused(Arrays.copyOf(bytes, length), "is not usable");
		}
		byte[] three = bytes.clone();
		ByteBuffer.wrap(three).putInt(COUNT_OFFSET, 3);
		assertRefused(three, "is of a cluster with 3 partition(s)");
		byte[] flipped = bytes.clone();
		flipped[flipped.length - 1] ^= 1;
		assertRefused(flipped, "its digest does not match");
		ByteArrayOutputStream longer = new ByteArrayOutputStream();
		longer.write(bytes);
		longer.write(0);
		assertRefused(longer.toByteArray(), "has more than its 4 partitions");
		assertThat(cluster.replica("n1").atomicLong("b").get()).isEqualTo(6);
	}

	private static void assertRefused(byte[] content, String text) throws IOException {
		Path file = Files.write(directory.resolve("damaged"), content);
		assertThat(PartedCluster.failure(leader().forceRestore(file))).isInstanceOf(BackupException.class)
			.hasMessageContaining("damaged is not usable")
			.hasMessageContaining(text);
	}

	private static DistributedMap<String, String> map(AtomixReplica replica, String name) {
		return replica.map(name, String.class, String.class);
	}

	private static AtomixReplica leader() {
		return await().atMost(PartedCluster.PATIENCE)
			.until(() -> cluster.replicas()
				.values()
				.stream()
				.filter((replica) -> replica.status().role() == Role.LEADER)
				.findFirst(), (found) -> found.isPresent())
			.orElseThrow();
	}

}
