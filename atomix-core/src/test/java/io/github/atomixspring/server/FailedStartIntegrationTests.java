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
import java.io.RandomAccessFile;
import java.lang.Thread.UncaughtExceptionHandler;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.github.atomixspring.cluster.ClusterConfigurationException;
import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.cluster.PortInUseException;
import io.github.atomixspring.cluster.StorageException;
import io.github.atomixspring.cluster.StorageLockedException;
import io.github.atomixspring.testing.TestCluster;
import org.apache.ratis.client.RaftClient;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.retry.RetryPolicies;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of members that cannot start: they say why and leave nothing behind.
 */
class FailedStartIntegrationTests {

	private final TestCluster cluster = TestMembers.counting(1).build();

	@AfterEach
	void close() {
		this.cluster.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aPortInUseIsNamed(boolean formed) throws IOException {
		if (formed) {
			form();
		}
		UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
		int port = this.cluster.members().get(0).port();
		try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
			assertThat(socket.isBound()).isTrue();
			assertThatExceptionOfType(PortInUseException.class).isThrownBy(() -> this.cluster.start("n1"))
				.withMessageContaining("port " + port)
				.satisfies((ex) -> assertThat(ex.port()).isEqualTo(port));
		}
		assertThat(Thread.getDefaultUncaughtExceptionHandler()).isSameAs(handler);
		Leftovers.assertNone(this.cluster, "n1");
		this.cluster.start("n1");
		this.cluster.awaitLeader();
	}

	@Test
	void aHostOfAnotherMachineIsNamed() {
		ServerConfig config = this.cluster.config("n1").withBindHost("192.0.2.1", true);
		RaftMember member = new RaftMember(config, List.of(new CountingEngine()), List.of(), List.of());
		assertThatExceptionOfType(ClusterConfigurationException.class).isThrownBy(member::start)
			.withMessageContaining("192.0.2.1")
			.withMessageContaining("no address of this machine");
		Leftovers.assertNone(this.cluster, "n1");
	}

	@Test
	void aDirectoryInUseIsLeftAlone() throws Exception {
		form();
		this.cluster.start("n1");
		this.cluster.awaitLeader();
		RaftMember second = new RaftMember(this.cluster.config("n1"), List.of(new CountingEngine()), List.of(),
				List.of());
		assertThatExceptionOfType(StorageLockedException.class).isThrownBy(second::start);
		assertThat(second.status().state()).isEqualTo(NodeState.STOPPED);
		FormationIntegrationTests.submit(this.cluster, "n1", "b");
	}

	@Test
	void aTornLogIsNamed() throws Exception {
		form();
		try (RandomAccessFile file = new RandomAccessFile(log().toFile(), "rw")) {
			// Zeros in the middle of the first entry.
			file.seek(12);
			file.write(new byte[16]);
		}
		assertDamage();
	}

	@Test
	void aFlippedBitIsNamed() throws Exception {
		form();
		try (RandomAccessFile file = new RandomAccessFile(log().toFile(), "rw")) {
			file.seek(20);
			int value = file.read();
			file.seek(20);
			file.write(value ^ 1);
		}
		assertDamage();
	}

	@Test
	void aShortenedSegmentIsNamed() throws Exception {
		this.cluster.close();
		try (TestCluster small = TestMembers.counting(1)
			.config((config) -> config.withRaftProperties(
					Map.of("raft.server.log.segment.size.max", "64KB", "raft.server.log.preallocated.size", "16KB")))
			.build()) {
			small.start();
			small.awaitLeader();
			for (int i = 0; i < 8; i++) {
				FormationIntegrationTests.submit(small, "n1", "x".repeat(20_000));
			}
			small.stop();
			Path segment = find(small, (name) -> name.startsWith("log_0-"));
			try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
				file.setLength(file.length() - 7);
			}
			assertThatExceptionOfType(StorageException.class).isThrownBy(small::start).withMessageContaining("damaged");
			Leftovers.assertNone(small, "n1");
		}
	}

	private void assertDamage() {
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> this.cluster.start("n1"))
			.withMessageContaining(this.cluster.directory("n1").toString())
			.satisfies((ex) -> {
				assertThat(ex.reason()).contains("damaged");
				assertThat(ex.remedy()).contains("Delete the whole directory");
			});
		Leftovers.assertNone(this.cluster, "n1");
	}

	@Test
	void aLostLogIsNamed() throws Exception {
		form();
		Files.delete(log().resolveSibling("raft-meta"));
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> this.cluster.start("n1"))
			.withMessageContaining("raft-meta is missing");
		Leftovers.assertNone(this.cluster, "n1");
	}

	@Test
	void aSnapshotThatCannotBeLoadedIsNamed() throws Exception {
		form();
		TestMembers.engine(this.cluster.member("n1")).failOnLoad = "The snapshot cannot be loaded: it is green";
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> this.cluster.start("n1"))
			.withMessageContaining("it is green");
		Leftovers.assertNone(this.cluster, "n1");
		TestMembers.engine(this.cluster.member("n1")).failOnLoad = null;
		this.cluster.start("n1");
		this.cluster.awaitLeader();
	}

	@Test
	void theServicesOfRatisForClientsAreClosed() throws Exception {
		this.cluster.start("n1");
		this.cluster.awaitLeader();
		var division = TestMembers.division(this.cluster.member("n1"));
		RaftPeer peer = division.getPeer();
		try (RaftClient client = RaftClient.newBuilder()
			.setProperties(new RaftProperties())
			.setRetryPolicy(RetryPolicies.noRetry())
			.setRaftGroup(RaftGroup.valueOf(division.getGroup().getGroupId(), peer))
			.build()) {
			assertThatException().isThrownBy(() -> client.getGroupManagementApi(peer.getId()).list())
				.withStackTraceContaining("PERMISSION_DENIED");
			assertThatException().isThrownBy(() -> client.io().send(Message.EMPTY))
				.withStackTraceContaining("PERMISSION_DENIED");
		}
	}

	private void form() {
		this.cluster.start("n1");
		this.cluster.awaitLeader();
		// A leader whose first entry is on disk.
		Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> this.cluster.status("n1").commitIndex() >= 0);
		this.cluster.stop("n1");
	}

	private Path log() throws IOException {
		return find(this.cluster, (name) -> name.startsWith("log_"));
	}

	private static Path find(TestCluster cluster, Predicate<String> name) throws IOException {
		try (Stream<Path> files = Files.walk(cluster.directory("n1"))) {
			return files.filter((file) -> name.test(file.getFileName().toString())).findFirst().orElseThrow();
		}
	}

}
