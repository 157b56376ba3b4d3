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
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.stream.Stream;

import io.github.atomixspring.cluster.ClusterMismatchException;
import io.github.atomixspring.cluster.StorageException;
import io.github.atomixspring.cluster.StorageLockedException;
import org.junit.jupiter.api.Assumptions;
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
	@EnabledOnOs(OS.LINUX)
	void filesOfBeforeAreShutAway() throws IOException {
		open().close();
		Path segment = Files
			.createFile(Files.createDirectories(this.directory.resolve("raft").resolve(CLUSTER_ID)).resolve("log_0-1"));
		Path metadata = this.directory.resolve("atomix.json");
		Path outside = Files.createFile(this.root.resolve("outside"));
		Files.setPosixFilePermissions(outside, PosixFilePermissions.fromString("rw-r--r--"));
		Files.createSymbolicLink(segment.resolveSibling("link"), outside);
		for (Path path : List.of(segment, metadata, this.directory.resolve("atomix.lock"))) {
			Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
		}
		Files.setPosixFilePermissions(segment.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
		open().close();
		assertThat(permissions(segment)).isEqualTo("rw-------");
		assertThat(permissions(metadata)).isEqualTo("rw-------");
		assertThat(permissions(this.directory.resolve("atomix.lock"))).isEqualTo("rw-------");
		assertThat(permissions(segment.getParent())).isEqualTo("rwx------");
		assertThat(permissions(outside)).isEqualTo("rw-r--r--");
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void newFilesAreTheirOwnersOnly() throws IOException {
		open().close();
		assertThat(permissions(this.directory)).isEqualTo("rwx------");
		assertThat(permissions(this.directory.getParent())).isEqualTo("rwx------");
		try (Stream<Path> files = Files.list(this.directory)) {
			assertThat(files.toList()).hasSize(2)
				.allSatisfy((file) -> assertThat(permissions(file)).isEqualTo("rw-------"));
		}
	}

	private static String permissions(Path path) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void aLinkLeadsToTheDirectory() throws IOException {
		Path real = Files.createDirectory(this.root.resolve("real"));
		Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rwxr-xr-x"));
		this.directory = Files.createSymbolicLink(this.root.resolve("link"), real);
		try (StorageDirectory storage = open()) {
			assertThat(real.resolve("atomix.json")).content().contains(storage.metadata().peer());
			assertThat(permissions(real)).isEqualTo("rwx------");
			this.directory = real;
			assertThatExceptionOfType(StorageLockedException.class).isThrownBy(this::open);
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void aLinkToNowhereIsRefused() throws IOException {
		this.directory = Files.createSymbolicLink(this.root.resolve("link"), this.root.resolve("nowhere"));
		assertThatExceptionOfType(StorageException.class).isThrownBy(this::open)
			.withMessageContaining("is not a directory");
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void theDirectoryOfAnotherUserIsRefused() throws IOException {
		Path etc = Path.of("/etc");
		Assumptions.assumeTrue(Files.isWritable(etc), "only root can give a directory away");
		Files.createDirectories(this.directory);
		UserPrincipal nobody = this.directory.getFileSystem()
			.getUserPrincipalLookupService()
			.lookupPrincipalByName("nobody");
		Files.setOwner(this.directory, nobody);
		assertThatExceptionOfType(StorageException.class).isThrownBy(this::open)
			.withMessageContaining("belongs to user 'nobody'")
			.withMessageContaining("runs as '" + System.getProperty("user.name") + "'");
		assertThat(Files.list(this.directory)).isEmpty();
	}

	@Test
	void aDirectoryWithFilesOfOthersIsRefusedAndLeftAlone() throws IOException {
		Files.createDirectories(this.directory);
		Files.createFile(this.directory.resolve("holiday.jpg"));
		boolean posix = Files.getFileAttributeView(this.directory, PosixFileAttributeView.class) != null;
		if (posix) {
			Files.setPosixFilePermissions(this.directory, PosixFilePermissions.fromString("rwxr-xr-x"));
		}
		assertThatExceptionOfType(StorageException.class).isThrownBy(this::open)
			.withMessageContaining("holiday.jpg")
			.satisfies((ex) -> assertThat(ex.remedy()).contains("directory of its own"));
		if (posix) {
			assertThat(permissions(this.directory)).isEqualTo("rwxr-xr-x");
		}
		assertThat(Files.list(this.directory)).hasSize(1);
	}

	@Test
	void whatAStartLeftThatWasCutShortDoesNotMatter() throws IOException {
		Files.createDirectories(this.directory.resolve("lost+found"));
		Files.createFile(this.directory.resolve(".snapshot"));
		Files.createFile(this.directory.resolve("atomix.lock"));
		Files.writeString(this.directory.resolve("atomix.json.tmp"), "{");
		Files.createFile(this.directory.resolve("probe123.tmp"));
		open().close();
		assertThat(this.directory.resolve("atomix.json.tmp")).doesNotExist();
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
			assertThatExceptionOfType(StorageException.class).isThrownBy(storage::checkLog)
				.withMessageContaining("raft-meta is damaged");
			Files.writeString(current.resolve("raft-meta"), "term=7\nvotedFor=\n");
			storage.checkLog();
			Files.createFile(current.resolve("log_inprogress_12"));
			assertThatExceptionOfType(StorageException.class).isThrownBy(storage::checkLog)
				.withMessageContaining("begins at 12")
				.withMessageContaining("no snapshot");
			Files.createFile(current.resolve("log_0-11"));
			storage.checkLog();
		}
	}

}
