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

package io.github.atomixspring.faulttolerance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.cluster.StorageException;
import io.github.atomixspring.link.ClientConnector;
import io.github.atomixspring.primitive.InsufficientStorageException;
import io.github.atomixspring.server.TestMembers;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.session.SessionClient;
import io.github.atomixspring.session.SessionConfig;
import io.github.atomixspring.testing.TestCluster;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Real disks that are full or broken, of one member and of all: health tells at once, the
 * others go on, and members come back by themselves when the disk does.
 */
@Tag("fault")
@Tag("long")
class BrokenDiskIntegrationTests {

	private static final int MEGABYTES = 48;

	private static final int RESERVE = 8 << 20;

	@TempDir
	private Path root;

	private final Map<String, SmallDisk> disks = new LinkedHashMap<>();

	@BeforeEach
	void assumeDisks() {
		assumeThat(SmallDisk.obstacle()).isEmpty();
		// Threads of Ratis die of what happens here.
		Awaitility.doNotCatchUncaughtExceptionsByDefault();
	}

	@AfterEach
	void close() throws IOException {
		Awaitility.reset();
		for (SmallDisk disk : this.disks.values()) {
			disk.close();
		}
	}

	private TestCluster start(long reserve) {
		TestCluster cluster = TestCluster.builder(3)
			.root(this.root)
			.factory(TestMembers::withEngine)
			.config((config) -> SmallLogs.configure(config).withMinFreeSpace(reserve))
			.build();
		cluster.start();
		cluster.awaitLeader();
		return cluster;
	}

	private void inMemory() throws IOException {
		for (String id : List.of("n1", "n2", "n3")) {
			this.disks.put(id, SmallDisk.inMemory(this.root.resolve(id), MEGABYTES));
		}
	}

	private void ofImages() throws IOException {
		for (String id : List.of("n1", "n2", "n3")) {
			this.disks.put(id, SmallDisk.ofImage(this.root.resolve(id), MEGABYTES));
		}
	}

	private static SessionClient session(TestCluster cluster) {
		SessionClient session = new SessionClient(
				SessionConfig.of("test", "client")
					.withTimeout(Nodes.SESSION_TIMEOUT)
					.withOperationTimeout(Duration.ofSeconds(8)),
				new ClientConnector("client", cluster.members(), null), null);
		session.start();
		return session;
	}

	/**
	 * Writes until it succeeds; nothing that was acknowledged may be missing.
	 */
	private static long write(PrimitiveSession session) {
		return Awaitility.await()
			.atMost(TestCluster.PATIENCE)
			.ignoreException(ExecutionException.class)
			.until(() -> Operations.addAndGet(session, "counter", 1).get(20, TimeUnit.SECONDS), (value) -> value > 0);
	}

	private static void awaitApplied(TestCluster cluster, String id) {
		cluster.awaitState(id, NodeState.RUNNING);
		String leader = cluster.awaitLeader();
		long applied = cluster.status(leader).appliedIndex();
		Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> cluster.status(id).appliedIndex() >= applied);
	}

	private static String victim(TestCluster cluster, boolean leads) {
		String leader = cluster.awaitLeader();
		return (leads) ? leader : cluster.ids().stream().filter((id) -> !id.equals(leader)).findFirst().orElseThrow();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aFullDiskOfOneMemberIsToldAndHealedWithRoom(boolean leader) throws Exception {
		inMemory();
		try (TestCluster cluster = start(0); SessionClient session = session(cluster)) {
			long before = write(session);
			String victim = victim(cluster, leader);
			this.disks.get(victim).fill(0);
			while (cluster.status(victim).state() != NodeState.FAILED) {
				write(session);
			}
			System.out.println(">> " + cluster.status(victim).problem());
			assertThat(cluster.status(victim).problem()).containsPattern("No space left|has no room left");
			long between = write(session);
			assertThat(between).isGreaterThan(before);
			this.disks.get(victim).clear();
			awaitApplied(cluster, victim);
			assertThat(write(session)).isGreaterThan(between);
		}
	}

	@Test
	void disksThatFillUpEverywhereRefuseWritesAndThenGoOn() throws Exception {
		inMemory();
		try (TestCluster cluster = start(RESERVE); SessionClient session = session(cluster)) {
			long before = write(session);
			for (SmallDisk disk : this.disks.values()) {
				disk.fill(RESERVE / 2);
			}
			String leader = cluster.awaitLeader();
			Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> cluster.status(leader).problem() != null);
			for (int i = 0; i < 3; i++) {
				assertThatExceptionOfType(ExecutionException.class)
					.isThrownBy(() -> Operations.addAndGet(session, "counter", 1).get(20, TimeUnit.SECONDS))
					.withCauseInstanceOf(InsufficientStorageException.class)
					.withMessageContaining("atomix.storage.min-free-space");
			}
			assertThat(Operations.get(session, "counter").get(20, TimeUnit.SECONDS)).isEqualTo(before);
			assertThat(cluster.ids()).allMatch((id) -> cluster.status(id).state() == NodeState.RUNNING);
			for (SmallDisk disk : this.disks.values()) {
				disk.clear();
			}
			assertThat(write(session)).isGreaterThan(before);
		}
	}

	@Test
	void disksThatAreFullEverywhereAreHealedWithRoom() throws Exception {
		inMemory();
		try (TestCluster cluster = start(0); SessionClient session = session(cluster)) {
			long before = write(session);
			for (SmallDisk disk : this.disks.values()) {
				disk.fill(0);
			}
			Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> {
				Operations.addAndGet(session, "counter", 1);
				return cluster.ids()
					.stream()
					.filter((id) -> cluster.status(id).state() == NodeState.FAILED)
					.count() >= 2;
			});
			for (SmallDisk disk : this.disks.values()) {
				disk.clear();
			}
			for (String id : cluster.ids()) {
				awaitApplied(cluster, id);
			}
			assertThat(write(session)).isGreaterThan(before);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aBrokenDiskOfOneMemberIsToldAndHealed(boolean leader) throws Exception {
		ofImages();
		try (TestCluster cluster = start(0); SessionClient session = session(cluster)) {
			long before = write(session);
			String victim = victim(cluster, leader);
			SmallDisk disk = this.disks.get(victim);
			SmallDisk.cut(List.of(disk));
			while (cluster.status(victim).state() != NodeState.FAILED) {
				write(session);
			}
			System.out.println(">> " + cluster.status(victim).problem());
			long between = write(session);
			assertThat(between).isGreaterThan(before);
			disk.restore();
			awaitApplied(cluster, victim);
			assertThat(write(session)).isGreaterThan(between);
		}
	}

	@Test
	void aReadOnlyDirectoryIsRefusedAtTheStart() throws Exception {
		SmallDisk disk = SmallDisk.inMemory(this.root.resolve("n1"), MEGABYTES);
		this.disks.put("n1", disk);
		try (TestCluster cluster = TestCluster.builder(1)
			.root(this.root)
			.factory(TestMembers::withEngine)
			.config((config) -> SmallLogs.configure(config).withMinFreeSpace(0))
			.build()) {
			disk.setReadOnly(true);
			assertReadOnly(cluster, disk);
			disk.setReadOnly(false);
			cluster.start();
			long written;
			try (SessionClient session = session(cluster)) {
				written = write(session);
			}
			cluster.stop();
			// With data no less. Nothing of it may be thrown away for that.
			disk.setReadOnly(true);
			assertReadOnly(cluster, disk);
			disk.setReadOnly(false);
			cluster.start();
			try (SessionClient session = session(cluster)) {
				assertThat(write(session)).isEqualTo(written + 1);
			}
		}
	}

	private static void assertReadOnly(TestCluster cluster, SmallDisk disk) {
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> cluster.start("n1"))
			.withMessageContaining(disk.directory().toString())
			.withMessageContaining("Read-only file system")
			.withMessageContaining("this user can write")
			.matches((failure) -> !failure.getMessage().contains("elete"));
		assertThat(cluster.status("n1").state()).isEqualTo(NodeState.STOPPED);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aDiskThatTurnsReadOnlyIsToldAndHealed(boolean leader) throws Exception {
		ofImages();
		try (TestCluster cluster = start(0); SessionClient session = session(cluster)) {
			long before = write(session);
			String victim = victim(cluster, leader);
			SmallDisk disk = this.disks.get(victim);
			disk.turnReadOnly();
			while (cluster.status(victim).state() != NodeState.FAILED) {
				write(session);
			}
			System.out.println(">> " + cluster.status(victim).problem());
			// First what failed, and then that it cannot come back.
			assertThat(cluster.status(victim).problem()).containsIgnoringCase("read-only");
			Awaitility.await()
				.atMost(TestCluster.PATIENCE)
				.until(() -> cluster.status(victim).problem(),
						(problem) -> String.valueOf(problem).contains("is on a disk that is read-only"));
			assertThat(cluster.status(victim).state()).isEqualTo(NodeState.FAILED);
			long between = write(session);
			assertThat(between).isGreaterThan(before);
			disk.restore();
			awaitApplied(cluster, victim);
			assertThat(write(session)).isGreaterThan(between);
		}
	}

}
