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

package io.github.atomixspring.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.github.atomixspring.AtomixClient;
import io.github.atomixspring.cluster.Member;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Integration tests for processes that share a directory of files by a metadata store,
 * and of which one after the other is killed in the middle of its work.
 * <p>
 * What is promised is that processing a file begins once at most. It may end in the
 * middle with its process, and it does not begin at all if the process dies between its
 * claim and the work; then a removal of the claim makes up for it.
 */
@Tag("fault")
class KilledPollersIntegrationTests {

	private static final int FILES_PER_ROUND = 15;

	private static final int MOST_KILLS = 20;

	@TempDir
	private Path root;

	private final Set<String> files = new TreeSet<>();

	private final Set<String> killed = ConcurrentHashMap.newKeySet();

	private Path inbox;

	private Ledger ledger;

	private SampleCluster cluster;

	private AtomixClient client;

	private Map<String, String> claims;

	@BeforeEach
	void start() throws IOException {
		this.inbox = Files.createDirectory(this.root.resolve("inbox"));
		this.ledger = new Ledger();
		this.cluster = new SampleCluster(this.root, "localhost", "--work.ledger=" + this.ledger.uri(),
				"--work.inbox=" + this.inbox)
			.with(FileWork.class);
		this.cluster.startAll();
		this.client = AtomixClient.builder()
			.nodeId("test")
			.members(this.cluster.members().stream().map(Member::parse).toList())
			.build();
		this.client.start();
		this.claims = this.client.map("integration-metadata", String.class, String.class);
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.cluster.close();
		this.ledger.close();
	}

	@Test
	@Tag("long")
	void noFileIsBegunTwiceAndOnlyThoseOfKilledProcessesStay() throws IOException {
		run(2);
	}

	@Test
	@Tag("long")
	void noFileIsBegunTwiceWhilePollersAreKilledManyTimes() throws IOException {
		run(12);
	}

	private void run(int kills) throws IOException {
		for (int kill = 0; kill < kills || (cutShort().isEmpty() && kill < MOST_KILLS); kill++) {
			SampleProcess leader = this.cluster.raftLeader();
			// In turn the leader of the consensus and one that follows.
			SampleProcess victim = (kill % 2 == 0) ? leader
					: this.cluster.nodes().stream().filter((node) -> node != leader).findAny().orElseThrow();
			drop();
			killAtWork(victim);
			drop();
			this.cluster.start(victim.name()).awaitHealthy(Limits.PATIENCE);
		}
		awaitSettled();
		List<String> begun = written(FileWork.BEGUN);
		List<String> cutShort = cutShort();
		List<String> neverBegun = this.files.stream().filter((file) -> !begun.contains(file)).toList();
		List<String> failed = written(FileWork.FAILED);
		System.out.println("MEASURED pollers killed: " + this.killed.size() + ", in the middle of a file "
				+ cutShort.size() + ", between claim and work " + neverBegun.size() + "; files " + this.files.size()
				+ ", processed " + written(FileWork.DONE).size() + ", failed claims " + failed.size());
		assertThat(begun).doesNotHaveDuplicates();
		assertThat(written(FileWork.DONE)).doesNotHaveDuplicates();
		assertThat(cutShort).isNotEmpty();
		assertThat(cutShort.size() + neverBegun.size()).isLessThanOrEqualTo(this.killed.size() + failed.size());

		neverBegun.forEach((file) -> assertThat(this.claims.remove(file)).isNotNull());
		awaitSettled();
		assertThat(written(FileWork.BEGUN)).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(this.files);
		assertThat(list()).containsAll(cutShort);
	}

	/**
	 * Kills a process as soon as it has begun a file.
	 */
	private void killAtWork(SampleProcess victim) {
		String process = String.valueOf(victim.pid());
		int known = this.ledger.entries().size();
		Awaitility.await("work of " + victim.name())
			.atMost(Limits.PATIENCE)
			.pollInterval(Duration.ofMillis(10))
			.until(() -> {
				if (written(FileWork.BEGUN).size() == this.files.size()) {
					// The others were faster.
					drop();
				}
				return this.ledger.entries()
					.stream()
					.skip(known)
					.anyMatch((entry) -> entry.node().equals(process) && entry.step().equals(FileWork.BEGUN));
			});
		victim.kill();
		this.killed.add(process);
	}

	/**
	 * Returns the files in whose middle a process was killed.
	 */
	private List<String> cutShort() {
		List<String> done = written(FileWork.DONE);
		return this.ledger.entries()
			.stream()
			.filter((entry) -> entry.step().equals(FileWork.BEGUN) && this.killed.contains(entry.node()))
			.map(Ledger.Entry::work)
			.filter((file) -> !done.contains(file))
			.toList();
	}

	/**
	 * Waits until there is nothing to do any more: each file is claimed, and whoever
	 * claimed it has processed it, was killed, or does not know that it has.
	 */
	private void awaitSettled() {
		Awaitility.await("end of the work").atMost(Limits.PATIENCE).untilAsserted(() -> {
			Collection<String> settled = new ArrayList<>(written(FileWork.DONE));
			settled.addAll(written(FileWork.FAILED));
			assertThat(this.files).allMatch((file) -> {
				String claimer = this.claims.get(file);
				return claimer != null && (settled.contains(file) || this.killed.contains(claimer));
			});
		});
	}

	private List<String> written(String step) {
		return this.ledger.entries()
			.stream()
			.filter((entry) -> entry.step().equals(step))
			.map(Ledger.Entry::work)
			.toList();
	}

	private List<String> list() throws IOException {
		try (Stream<Path> list = Files.list(this.inbox)) {
			return list.map((file) -> Objects.toString(file.getFileName())).toList();
		}
	}

	/**
	 * Puts files into the directory, each complete from the first moment on.
	 */
	private void drop() throws IOException {
		for (int i = 0; i < FILES_PER_ROUND; i++) {
			String name = "file" + this.files.size();
			Path complete = Files.writeString(this.root.resolve(name), "text");
			this.files.add(name);
			Files.move(complete, this.inbox.resolve(name));
		}
	}

}
