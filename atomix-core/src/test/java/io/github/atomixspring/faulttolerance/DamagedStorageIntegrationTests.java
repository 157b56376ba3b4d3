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
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.cluster.StorageException;
import io.github.atomixspring.session.SessionClient;
import io.github.atomixspring.session.SessionConfig;
import io.github.atomixspring.testing.TestCluster;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Files of a member that are damaged, missing, left over or not its own: the member has
 * all it had, or refuses to start and names the file and what to do.
 */
@Tag("fault")
class DamagedStorageIntegrationTests {

	private static final int COMMANDS = 450;

	private static final TestCluster cluster = TestCluster.builder(1).config(SmallLogs::configure).build();

	private static String clusterId = "";

	/**
	 * What the member left when it was stopped: two snapshots, and the log behind them.
	 */
	@TempDir
	private static Path original;

	private final Path directory = cluster.directory("n1");

	@BeforeAll
	static void fill() throws Exception {
		run((session) -> {
			for (int i = 1; i <= COMMANDS; i++) {
				assertThat(add(session)).isEqualTo(i);
			}
			Awaitility.await()
				.atMost(TestCluster.PATIENCE)
				.until(() -> cluster.status("n1").snapshotIndex() >= cluster.status("n1").lastIndex() - 110);
		});
		copy(cluster.directory("n1"), original);
	}

	@BeforeEach
	void restore() throws IOException {
		cluster.wipe("n1");
		copy(original, this.directory);
		assertThat(snapshots()).hasSizeGreaterThanOrEqualTo(2);
		assertThat(segments()).isNotEmpty();
	}

	@AfterEach
	void stop() {
		cluster.stop();
	}

	@AfterAll
	static void close() {
		cluster.close();
	}

	private static void run(Work work) throws Exception {
		cluster.start();
		cluster.awaitLeader();
		SessionConfig config = SessionConfig.of("test", "client").withCloseTimeout(Duration.ofSeconds(2));
		try (SessionClient session = new SessionClient(config, cluster.member("n1").connector(), null)) {
			session.start();
			work.perform(session);
		}
		clusterId = String.valueOf(cluster.status("n1").clusterId());
		cluster.stop();
	}

	private static void copy(Path source, Path target) throws IOException {
		try (Stream<Path> files = Files.walk(source)) {
			for (Path file : files.toList()) {
				Path copied = target.resolve(source.relativize(file));
				if (!Files.isDirectory(copied)) {
					Files.copy(file, copied, StandardCopyOption.COPY_ATTRIBUTES);
				}
			}
		}
	}

	private static long add(SessionClient session) throws Exception {
		return Operations.addAndGet(session, "counter", 1).get(20, TimeUnit.SECONDS);
	}

	private static void assertWhole() throws Exception {
		run((session) -> {
			assertThat(Operations.get(session, "counter").get(20, TimeUnit.SECONDS)).isEqualTo(COMMANDS);
			assertThat(add(session)).isEqualTo(COMMANDS + 1);
		});
	}

	private void assertRefused(Path file, String... texts) {
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> cluster.start())
			.withMessageContaining(file.toString())
			.satisfies((ex) -> {
				System.out.println(">> " + ex.getMessage());
				assertThat(List.of(texts)).allSatisfy((text) -> assertThat(ex).hasMessageContaining(text));
				assertThat(ex.remedy()).containsIgnoringCase("delete").contains("whole directory");
			});
		assertThat(cluster.status("n1").state()).isEqualTo(NodeState.STOPPED);
	}

	private Path group() {
		return this.directory.resolve("raft").resolve(clusterId);
	}

	private Path log(String name) {
		return group().resolve("current").resolve(name);
	}

	private List<Path> snapshots() throws IOException {
		return list(group().resolve("sm"), "snapshot\\.\\d+_\\d+");
	}

	private List<Path> segments() throws IOException {
		return list(group().resolve("current"), "log_.*");
	}

	private static List<Path> list(Path directory, String name) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.filter((file) -> file.getFileName().toString().matches(name))
				.sorted(Comparator.comparingLong(DamagedStorageIntegrationTests::number))
				.toList();
		}
	}

	private static long number(Path file) {
		String name = file.getFileName().toString().replace("log_inprogress_", "").replace("log_", "");
		return Long.parseLong(name.replaceAll(".*_", "").replaceAll("-.*", ""));
	}

	private static Path last(List<Path> files) {
		return files.get(files.size() - 1);
	}

	private static void flip(Path file) throws IOException {
		try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
			long middle = content.length() / 2;
			content.seek(middle);
			int value = content.read();
			content.seek(middle);
			content.write(value ^ 0x10);
		}
	}

	private static Path sibling(Path file, String suffix) {
		return file.resolveSibling(file.getFileName() + suffix);
	}

	@Test
	void anUntouchedDirectoryIsWhole() throws Exception {
		assertWhole();
	}

	@Test
	void damagedMetadataOfRatisIsRefused() throws IOException {
		Files.writeString(log("raft-meta"), "term=zero\nvotedFor=\n");
		assertRefused(log("raft-meta"), "damaged");
	}

	@Test
	void anEmptyMetadataFileOfRatisIsRefused() throws IOException {
		Files.write(log("raft-meta"), new byte[0]);
		assertRefused(log("raft-meta"), "damaged");
	}

	@Test
	void aDamagedConfigurationOfRatisIsMadeUpForByOurOwn() throws Exception {
		Files.write(log("raft-meta.conf"), new byte[] { -1, -1, -1, 7, 1, 2, 3 });
		assertWhole();
	}

	@Test
	void anEmptyConfigurationOfRatisIsMadeUpForByOurOwn() throws Exception {
		// As a power cut may bring it back.
		Files.write(log("raft-meta.conf"), new byte[0]);
		assertWhole();
	}

	@Test
	void aLogThatLostItsEndIsRefused() throws IOException {
		Files.delete(last(segments()));
		assertRefused(group(), "has lost the end of its Raft log");
	}

	@Test
	void aLostLogIsRefused() throws IOException {
		for (Path segment : segments()) {
			Files.delete(segment);
		}
		assertRefused(group(), "has lost the end of its Raft log");
	}

	@Test
	void aGapInTheLogIsRefused() throws Exception {
		List<Path> segments = grow();
		Files.delete(segments.get(segments.size() - 2));
		assertRefused(this.directory);
	}

	private List<Path> grow() throws Exception {
		run((session) -> {
			for (int i = 0; i < 12; i++) {
				Operations.write(session, "register", "x".repeat(6_000)).get(20, TimeUnit.SECONDS);
			}
		});
		assertThat(segments().size()).isGreaterThanOrEqualTo(3);
		return segments();
	}

	@Test
	void lostSnapshotsAreMissed() throws IOException {
		for (Path snapshot : snapshots()) {
			Files.delete(snapshot);
		}
		assertRefused(group().resolve("current"), "there is no snapshot", "what is between is missing");
	}

	@Test
	void aDamagedSnapshotIsRefused() throws IOException {
		flip(last(snapshots()));
		assertRefused(last(snapshots()));
	}

	@Test
	void aDamagedMarkIsRefused() throws IOException {
		Files.writeString(group().resolve("atomix.committed"), "many");
		assertRefused(group().resolve("atomix.committed"), "damaged");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "zzz\n", "0123456789abcdef0123456789abcdef *other\n" })
	void aDamagedDigestOfASnapshotIsMadeAgain(String content) throws Exception {
		Files.writeString(sibling(last(snapshots()), ".md5"), content);
		assertWhole();
	}

	@Test
	void aLostDigestOfASnapshotIsMadeAgain() throws Exception {
		for (Path snapshot : snapshots()) {
			Files.delete(sibling(snapshot, ".md5"));
		}
		assertWhole();
	}

	@Test
	void whatAnUnfinishedSnapshotLeftIsCleared() throws Exception {
		Path newest = last(snapshots());
		List<Path> leftovers = new ArrayList<>();
		leftovers.add(Files.write(newest.resolveSibling("snapshot.9_999999.part"), new byte[] { 1, 2 }));
		leftovers.add(Files.write(newest.resolveSibling("snapshot.9_999998.md5.tmp"), new byte[] { 1 }));
		leftovers.add(Files.write(newest.resolveSibling("snapshot.9_999997"), new byte[0]));
		leftovers.add(Files.write(newest.resolveSibling("snapshot.9_999996"), new byte[] { 1, 2, 3 }));
		leftovers.add(Files.write(this.directory.resolve("atomix.json.tmp"), new byte[] { 1 }));
		leftovers.add(Files.write(group().resolve("atomix.committed.tmp"), new byte[] { 1 }));
		leftovers.add(Files.write(log("raft-meta.tmp"), new byte[] { 1 }));
		leftovers.add(Files.write(log("raft-meta.conf.tmp"), new byte[] { 1 }));
		assertWhole();
		assertThat(leftovers.subList(0, 4)).allSatisfy((file) -> assertThat(file).doesNotExist());
	}

	@Test
	void filesOfOthersDoNotMatter() throws Exception {
		Files.writeString(log("README"), "not mine");
		Files.writeString(group().resolve("sm").resolve("notes.txt"), "not mine");
		Files.writeString(this.directory.resolve("raft").resolve("notes.txt"), "not mine");
		Files.createDirectories(this.directory.resolve("raft").resolve("lost+found"));
		Files.createDirectories(this.directory.resolve("lost+found"));
		assertWhole();
	}

	/**
	 * What is done while the member runs.
	 */
	private interface Work {

		void perform(SessionClient session) throws Exception;

	}

}
