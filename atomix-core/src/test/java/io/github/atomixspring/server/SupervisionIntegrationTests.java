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
import java.util.List;
import java.util.Map;

import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.testing.LogWatch;
import io.github.atomixspring.testing.TestCluster;
import org.apache.ratis.server.RaftServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of members whose server fails while it runs: they say so at once and come back.
 */
class SupervisionIntegrationTests {

	@BeforeAll
	static void leaveErrorsToTheThreadsThatThrowThem() {
		// Otherwise whoever waits just then would throw them, too.
		Awaitility.doNotCatchUncaughtExceptionsByDefault();
	}

	@AfterAll
	static void reset() {
		Awaitility.reset();
	}

	@Test
	void aFailureOfTheLogIsReportedAtOnceAndHealed() throws Exception {
		try (TestCluster cluster = TestMembers.counting(3).build().start()) {
			String leader = cluster.awaitLeader();
			FormationIntegrationTests.submit(cluster, leader, "a");
			CountingEngine engine = TestMembers.engine(cluster.member(leader));
			int builds = engine.builds();
			int permits = engine.permits.drainPermits();
			engine.failures().failed("The Raft log cannot be written: No space left", new IOException("No space left"));
			assertThat(cluster.status(leader).state()).isEqualTo(NodeState.FAILED);
			assertThat(cluster.status(leader).problem()).contains("No space left");
			engine.permits.release(permits);
			cluster.awaitState(leader, NodeState.RUNNING);
			assertThat(engine.builds()).isEqualTo(builds + 1);
			FormationIntegrationTests.submit(cluster, cluster.awaitLeader(), "b");
			FormationIntegrationTests.awaitTexts(cluster, leader, List.of("a", "b"));
		}
	}

	@Test
	void aLogThatCannotBeWrittenIsHealedWithItsDisk() throws Exception {
		Map<String, String> smallSegments = Map.of("raft.server.log.segment.size.max", "64KB",
				"raft.server.log.preallocated.size", "16KB");
		try (TestCluster cluster = TestMembers.counting(3)
			.config((config) -> config.withRaftProperties(smallSegments))
			.build()
			.start()) {
			String leader = cluster.awaitLeader();
			FormationIntegrationTests.submit(cluster, leader, "a");
			String victim = cluster.ids().stream().filter((id) -> !id.equals(leader)).findFirst().orElseThrow();
			CountingEngine engine = TestMembers.engine(cluster.member(victim));
			Path group = cluster.directory(victim)
				.resolve("raft")
				.resolve(String.valueOf(cluster.status(leader).clusterId()));
			Files.move(group.resolve("current"), group.resolve("away"));
			String text = "x".repeat(20_000);
			for (int i = 0; i < 8; i++) {
				FormationIntegrationTests.submit(cluster, leader, text);
			}
			cluster.awaitState(victim, NodeState.FAILED);
			assertThat(cluster.status(victim).problem()).isNotBlank();
			Files.move(group.resolve("away"), group.resolve("current"));
			cluster.awaitState(victim, NodeState.RUNNING);
			FormationIntegrationTests.submit(cluster, cluster.awaitLeader(), "end");
			Awaitility.await()
				.atMost(TestCluster.PATIENCE)
				.until(() -> engine.texts().size() == 10 && engine.texts().contains("end"));
		}
	}

	@Test
	void aClosedDivisionIsRebuilt() throws Exception {
		try (TestCluster cluster = TestMembers.counting(1).build().start(); LogWatch log = new LogWatch()) {
			cluster.awaitLeader();
			FormationIntegrationTests.submit(cluster, "n1", "a");
			TestMembers.division(cluster.member("n1")).close();
			log.awaitFailure("n1", "The Raft division is CLOS");
			cluster.awaitState("n1", NodeState.RUNNING);
			cluster.awaitLeader();
			FormationIntegrationTests.awaitTexts(cluster, "n1", List.of("a"));
			FormationIntegrationTests.submit(cluster, "n1", "b");
		}
	}

	@Test
	void aTermThatAFullDiskHasEmptiedIsWrittenAgain() throws Exception {
		try (TestCluster cluster = TestMembers.counting(1).build().start(); LogWatch log = new LogWatch()) {
			cluster.awaitLeader();
			FormationIntegrationTests.submit(cluster, "n1", "a");
			RaftServer.Division division = TestMembers.division(cluster.member("n1"));
			Path meta = division.getRaftStorage().getStorageDir().getCurrentDir().toPath().resolve("raft-meta");
			long term = cluster.status("n1").term();
			Files.write(meta, new byte[0]);
			division.close();
			log.awaitFailure("n1", "The Raft division is CLOS");
			cluster.awaitState("n1", NodeState.RUNNING);
			cluster.awaitLeader();
			assertThat(cluster.status("n1").term()).isGreaterThan(term);
			FormationIntegrationTests.awaitTexts(cluster, "n1", List.of("a"));
		}
	}

	@Test
	void aClosedServerIsRebuilt() throws Exception {
		try (TestCluster cluster = TestMembers.counting(1).build().start(); LogWatch log = new LogWatch()) {
			cluster.awaitLeader();
			FormationIntegrationTests.submit(cluster, "n1", "a");
			TestMembers.division(cluster.member("n1")).getRaftServer().close();
			log.awaitFailure("n1", "The Raft server is CLOS");
			cluster.awaitState("n1", NodeState.RUNNING);
			cluster.awaitLeader();
			FormationIntegrationTests.awaitTexts(cluster, "n1", List.of("a"));
			cluster.stop();
			Leftovers.assertNone(cluster, "n1");
		}
	}

	@Test
	void aMemberThatCannotBeRebuiltTriesAgain() throws Exception {
		try (TestCluster cluster = TestMembers.counting(1).build().start()) {
			cluster.awaitLeader();
			CountingEngine engine = TestMembers.engine(cluster.member("n1"));
			engine.failOnLoad = "it is green";
			TestMembers.division(cluster.member("n1")).close();
			Awaitility.await()
				.atMost(TestCluster.PATIENCE)
				.until(() -> cluster.status("n1").problem(),
						(problem) -> problem != null && problem.contains("it is green"));
			assertThat(cluster.status("n1").state()).isEqualTo(NodeState.FAILED);
			Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> engine.builds() >= 3);
			engine.failOnLoad = null;
			cluster.awaitState("n1", NodeState.RUNNING);
			cluster.awaitLeader();
		}
	}

	@Test
	void aServerThatHasLostAThreadIsRebuilt() throws Exception {
		try (TestCluster cluster = TestMembers.counting(1).build().start(); LogWatch log = new LogWatch()) {
			cluster.awaitLeader();
			FormationIntegrationTests.submit(cluster, "n1", "a");
			Thread thread = Thread.getAllStackTraces()
				.keySet()
				.stream()
				.filter((candidate) -> candidate.getName().matches("n1@.*LeaderStateImpl"))
				.findFirst()
				.orElseThrow();
			// As if that thread had thrown it, which looks after the followers and
			// commits.
			thread.getThreadGroup().uncaughtException(thread, new OutOfMemoryError("expected by the test"));
			log.awaitFailure("n1", "has ended: java.lang.OutOfMemoryError: expected by the test");
			assertThat(log.lines())
				.anyMatch((line) -> line.contains("no longer takes part") && line.contains("LeaderStateImpl"));
			cluster.awaitState("n1", NodeState.RUNNING);
			cluster.awaitLeader();
			FormationIntegrationTests.awaitTexts(cluster, "n1", List.of("a"));
		}
	}

	@Test
	void aMemberThatLacksMemoryToBeRebuiltTriesAgain() throws Exception {
		try (TestCluster cluster = TestMembers.counting(1).build().start(); LogWatch log = new LogWatch()) {
			cluster.awaitLeader();
			FormationIntegrationTests.submit(cluster, "n1", "a");
			CountingEngine engine = TestMembers.engine(cluster.member("n1"));
			// Not where Ratis calls the engine: it would make an exception of it.
			engine.errorOnServe = new OutOfMemoryError("unable to create native thread");
			TestMembers.division(cluster.member("n1")).close();
			Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> engine.builds() >= 3);
			Awaitility.await()
				.atMost(TestCluster.PATIENCE)
				.until(() -> cluster.status("n1").problem(), (problem) -> String.valueOf(problem)
					.contains("java.lang.OutOfMemoryError: unable to create native thread"));
			assertThat(cluster.status("n1").state()).isEqualTo(NodeState.FAILED);
			// It waits longer each time, and is not rebuilt with each look at it.
			assertThat(log.lines()).anyMatch((line) -> line.contains("cannot be restarted and will try again in")
					&& line.contains("unable to create native thread"));
			engine.errorOnServe = null;
			cluster.awaitState("n1", NodeState.RUNNING);
			cluster.awaitLeader();
			FormationIntegrationTests.awaitTexts(cluster, "n1", List.of("a"));
		}
	}

	@Test
	void aMemberThatLacksMemoryToStartLeavesNothingBehind() {
		try (TestCluster cluster = TestMembers.counting(1).build().start()) {
			cluster.awaitLeader();
			cluster.stop();
			CountingEngine engine = TestMembers.engine(cluster.member("n1"));
			engine.errorOnServe = new OutOfMemoryError("unable to create native thread");
			assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> cluster.start("n1"));
			Leftovers.assertNone(cluster, "n1");
			engine.errorOnServe = null;
			cluster.start();
			cluster.awaitLeader();
		}
	}

	@Test
	void aFailedMemberCanBeStopped() {
		try (TestCluster cluster = TestMembers.counting(1).build().start()) {
			cluster.awaitLeader();
			TestMembers.engine(cluster.member("n1")).failOnLoad = "it is green";
			TestMembers.division(cluster.member("n1")).close();
			cluster.awaitState("n1", NodeState.FAILED);
			cluster.stop();
			assertThat(cluster.status("n1").state()).isEqualTo(NodeState.STOPPED);
			Leftovers.assertNone(cluster, "n1");
		}
	}

}
