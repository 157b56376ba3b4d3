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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import io.github.atomixspring.cluster.ClusterMismatchException;
import io.github.atomixspring.cluster.StorageException;
import io.github.atomixspring.cluster.StorageLockedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link StorageDirectory}.
 */
class StorageDirectoryTests {

	private static final String CLUSTER_ID = "6a3f5c0e-8a52-4a86-9c0b-0d6b6ad0a001";

	@TempDir
	private Path root;

	private Path directory;

	@BeforeEach
	void setUp() {
		this.directory = this.root.resolve("a").resolve("b");
	}

	private StorageDirectory open() {
		return StorageDirectory.open(this.directory, "c", "n1", 1);
	}

	@Test
	void aNewDirectoryBelongsToItsOpener() {
		try (StorageDirectory storage = open()) {
			NodeMetadata metadata = storage.metadata();
			assertThat(metadata.cluster()).isEqualTo("c");
			assertThat(metadata.node()).isEqualTo("n1");
			assertThat(metadata.peer()).matches("n1@[0-9a-f]{8}");
			assertThat(metadata.phase()).isEqualTo(NodeMetadata.Phase.NEW);
			assertThat(metadata.clusterId()).isNull();
			assertThat(this.directory.resolve("atomix.json")).content().contains(metadata.peer());
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void nobodyElseMayLookInside() throws IOException {
		Files.createDirectories(this.directory);
		Files.setPosixFilePermissions(this.directory, PosixFilePermissions.fromString("rwxr-xr-x"));
		open().close();
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.directory))).isEqualTo("rwx------");
	}

	@Test
	void theIncarnationIsThatOfTheDirectory() throws IOException {
		String first = peer();
		assertThat(peer()).isEqualTo(first);
		Files.delete(this.directory.resolve("atomix.json"));
		assertThat(peer()).isNotEqualTo(first);
	}

	private String peer() {
		try (StorageDirectory storage = open()) {
			return storage.metadata().peer();
		}
	}

	@Test
	void metadataIsKept() {
		NodeMetadata formed;
		try (StorageDirectory storage = open()) {
			formed = storage.metadata()
				.with(CLUSTER_ID, NodeMetadata.Phase.FORMED,
						List.of(new PeerInfo(storage.metadata().peer(), "127.0.0.1:1"),
								new PeerInfo("n2@0", "[::1]:2")))
				.withStarted();
			storage.update(formed);
			assertThat(storage.metadata()).isEqualTo(formed);
		}
		try (StorageDirectory storage = open()) {
			assertThat(storage.metadata()).isEqualTo(formed);
		}
	}

	@Test
	void aLockedDirectoryIsLeftAlone() {
		try (StorageDirectory storage = open()) {
			assertThatExceptionOfType(StorageLockedException.class).isThrownBy(this::open)
				.withMessageContaining(this.directory.toString())
				.withMessageContaining("in use");
			storage.update(storage.metadata());
		}
		open().close();
	}

	@Test
	void aDirectoryLockedByAnotherProcessNamesIt() throws Exception {
		open().close();
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), LockHolder.class.getName(),
				this.directory.resolve("atomix.lock").toString())
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		try {
			assertThat(process.getInputStream().read()).isEqualTo('L');
			assertThatExceptionOfType(StorageLockedException.class).isThrownBy(this::open)
				.withMessageContaining("process " + process.pid());
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

	@Test
	void aFileIsNoDirectory() throws IOException {
		Files.createDirectories(this.directory.getParent());
		Files.createFile(this.directory);
		assertThatExceptionOfType(StorageException.class).isThrownBy(this::open)
			.withMessageContaining("is not a directory")
			.satisfies((ex) -> assertThat(ex.path()).isEqualTo(this.directory));
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void anInaccessibleDirectoryNamesTheUser() {
		assertThatExceptionOfType(StorageException.class)
			.isThrownBy(() -> StorageDirectory.open(Path.of("/proc/atomix"), "c", "n1", 1))
			.withMessageContaining("/proc/atomix")
			.withMessageContaining(System.getProperty("user.name"))
			.satisfies((ex) -> assertThat(ex.remedy()).isNotBlank());
	}

	@ParameterizedTest
	@ValueSource(strings = { "other,n1", "c,n2" })
	void theDirectoryOfAnotherIsRefused(String names) {
		open().close();
		String[] parts = names.split(",");
		assertThatExceptionOfType(ClusterMismatchException.class)
			.isThrownBy(() -> StorageDirectory.open(this.directory, parts[0], parts[1], 1))
			.withMessageContaining("belongs to cluster 'c', node 'n1', not to cluster '" + parts[0] + "'")
			.satisfies((ex) -> assertThat(ex.directory()).isEqualTo(this.directory));
		open().close();
	}

	@Test
	void aNewerFormatIsRefused() throws IOException {
		open().close();
		Path file = this.directory.resolve("atomix.json");
		String json = Files.readString(file);
		assertThat(json).contains("\"format\" : 1");
		Files.writeString(file, json.replace("\"format\" : 1", "\"unknown\" : true, \"format\" : 7"));
		assertThatExceptionOfType(StorageException.class).isThrownBy(this::open)
			.withMessageContaining("format 7")
			.withMessageContaining("knows " + NodeMetadata.FORMAT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[]", "null", "{}", "{\"format\":1,\"cluster\":\"c\",\"node\":\"n1\"}",
			"{\"format\":1,\"cluster\":\"c\",\"node\":\"n1\",\"peer\":\"n1@0\",\"phase\":\"FORMED\",\"peers\":[]}" })
	void damagedMetadataIsRefused(String content) throws IOException {
		open().close();
		Files.writeString(this.directory.resolve("atomix.json"), content);
		assertThatExceptionOfType(StorageException.class).isThrownBy(this::open).withMessageContaining("is damaged");
	}

	@Test
	void aLogWithoutMetadataIsRefused() throws IOException {
		Files.createDirectories(this.directory.resolve("raft").resolve(CLUSTER_ID));
		assertThatExceptionOfType(StorageException.class).isThrownBy(this::open)
			.withMessageContaining("has a Raft log but no atomix.json");
	}

	@Test
	void aLostLogIsRefused() throws IOException {
		try (StorageDirectory storage = open()) {
			NodeMetadata formed = storage.metadata().with(CLUSTER_ID, NodeMetadata.Phase.FORMED, List.of());
			storage.update(formed);
			storage.checkLog();
			storage.update(formed.withStarted());
			assertThatExceptionOfType(StorageException.class).isThrownBy(storage::checkLog)
				.withMessageContaining("has lost its Raft log");
			Path current = Files.createDirectories(storage.groupDirectory(CLUSTER_ID).resolve("current"));
			Files.createFile(current.resolve("raft-meta"));
			storage.checkLog();
		}
	}

}
