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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.cluster.NodeStatus;
import io.github.atomixspring.cluster.Role;
import io.github.atomixspring.server.EngineSeams;
import io.github.atomixspring.server.TestMembers;
import io.github.atomixspring.testing.LogWatch;
import io.github.atomixspring.testing.TestCluster;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Members whose server fails under load: they say so at once, are rebuilt and serve
 * again.
 */
@Tag("fault")
class ZombieIntegrationTests {

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
	void aFailedLogOfTheLeaderIsToldAtOnceAndTheMemberComesBack() throws Exception {
		Semaphore permits = new Semaphore(100);
		try (Nodes nodes = Nodes.start(EngineSeams.withPermits(permits), UnaryOperator.identity())) {
			Load load = new CounterLoad(nodes, "counter-log-failed").start(1);
			load.awaitSuccesses(50);
			String victim = nodes.cluster().awaitLeader();
			int kept = permits.drainPermits();
			TestMembers.division(nodes.cluster().member(victim))
				.getStateMachine()
				.event()
				.notifyLogFailed(new IOException("No space left on device"), null);
			NodeStatus status = nodes.cluster().status(victim);
			assertThat(status.state()).isEqualTo(NodeState.FAILED);
			assertThat(status.problem()).contains("No space left on device");
			assertThat(status.role()).isEqualTo(Role.NONE);
			permits.release(kept);
			comesBack(nodes, load, victim);
		}
	}

	@Test
	void aClosedDivisionOfTheLeaderIsRebuilt() throws Exception {
		try (Nodes nodes = Nodes.start(); LogWatch log = new LogWatch()) {
			Load load = new CounterLoad(nodes, "counter-division-closed").start(2);
			load.awaitSuccesses(50);
			String victim = nodes.cluster().awaitLeader();
			TestMembers.division(nodes.cluster().member(victim)).close();
			log.awaitFailure(victim, "The Raft division is CLOS");
			comesBack(nodes, load, victim);
		}
	}

	@Test
	void aLeaderThatLacksMemoryForAnEntryIsRebuiltFromItsLog() throws Exception {
		try (Nodes nodes = Nodes.start(TestMembers::withEngine, SmallLogs::configure); LogWatch log = new LogWatch()) {
			Load load = new CounterLoad(nodes, "counter-out-of-memory").start(4);
			load.awaitSuccesses(50);
			String victim = nodes.cluster().awaitLeader();
			EngineSeams.failNext(nodes.cluster().member(victim), new OutOfMemoryError("expected by the test"));
			log.awaitFailure(victim, "could not be applied: java.lang.OutOfMemoryError: expected");
			comesBack(nodes, load, victim);
		}
	}

	@Test
	void aSnapshotThatCannotBeLoadedIsNamedUntilItIsRepaired() throws Exception {
		try (Nodes nodes = Nodes.start(TestMembers::withEngine, SmallLogs::configure)) {
			Load load = new CounterLoad(nodes, "counter-snapshot-damaged").start(3);
			String victim = nodes.others(nodes.cluster().awaitLeader()).get(0);
			Awaitility.await()
				.atMost(TestCluster.PATIENCE)
				.until(() -> nodes.cluster().status(victim).snapshotIndex() > 0);
			load.stop();
			nodes.awaitEqualDigests();
			List<Path> snapshots = snapshots(nodes.cluster().directory(victim));
			assertThat(snapshots).isNotEmpty();
			flip(snapshots);
			TestMembers.division(nodes.cluster().member(victim)).close();
			NodeStatus status = Awaitility.await()
				.atMost(TestCluster.PATIENCE)
				.until(() -> nodes.cluster().status(victim),
						(current) -> String.valueOf(current.problem()).contains("snapshot"));
			System.out.println(">> " + status.problem());
			assertThat(status.state()).isEqualTo(NodeState.FAILED);
			assertThat(status.problem()).contains(nodes.cluster().directory(victim).toString());
			String leader = nodes.cluster().awaitLeader(nodes.others(victim));
			assertThat(Operations.addAndGet(nodes.session(leader), "meanwhile", 1).get(20, TimeUnit.SECONDS))
				.isEqualTo(1);
			flip(snapshots);
			nodes.cluster().awaitState(victim, NodeState.RUNNING);
			nodes.awaitEqualDigests();
		}
	}

	private static List<Path> snapshots(Path directory) throws IOException {
		try (Stream<Path> found = Files.walk(directory)) {
			return found.filter((file) -> file.getFileName().toString().matches("snapshot\\.\\d+_\\d+")).toList();
		}
	}

	/**
	 * Turns a bit over, or back.
	 */
	private static void flip(List<Path> files) throws IOException {
		for (Path file : files) {
			byte[] bytes = Files.readAllBytes(file);
			bytes[bytes.length / 2] ^= 0x40;
			Files.write(file, bytes);
		}
	}

	/**
	 * Checks that the others go on meanwhile and that the member is rebuilt, catches up
	 * and can lead again.
	 */
	private static void comesBack(Nodes nodes, Load load, String victim) throws Exception {
		long began = System.nanoTime();
		load.awaitSuccesses(30);
		nodes.cluster().awaitState(victim, NodeState.RUNNING);
		System.out.printf(">> %s runs again after %d ms%n", victim,
				TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
		nodes.awaitSessions();
		load.awaitSuccesses(30);
		load.stop();
		nodes.awaitEqualDigests();
		SmallLogs.lead(nodes, victim);
		assertThat(Operations.addAndGet(nodes.session(victim), "after", 1).get(20, TimeUnit.SECONDS)).isEqualTo(1);
		assertThat(load.judge().isValid()).isTrue();
	}

}
