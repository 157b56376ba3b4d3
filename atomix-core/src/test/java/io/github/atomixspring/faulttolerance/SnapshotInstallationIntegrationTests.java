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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.server.EngineSeams;
import io.github.atomixspring.server.TestMembers;
import io.github.atomixspring.session.SessionClient;
import io.github.atomixspring.testing.TestCluster;
import org.apache.ratis.server.RaftServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A follower that catches up by a snapshot of the leader and leads after that.
 */
@Tag("fault")
@Tag("linearizability")
class SnapshotInstallationIntegrationTests {

	private static final String NAME = Nodes.CLIENT + "-unlucky";

	private static final int COMMANDS = 10;

	@Test
	void commandsTakeEffectOnceAcrossAnInstalledSnapshotAndAChangeOfLeader() throws Exception {
		FaultyLinks links = new FaultyLinks();
		try (Nodes nodes = Nodes.start(EngineSeams.withLinks(links), SmallLogs::configure);
				SessionClient unlucky = nodes.newSession(NAME, Duration.ofSeconds(60), Duration.ofSeconds(60))) {
			TestCluster cluster = nodes.cluster();
			Load load = new CounterLoad(nodes, "counter-snapshot-installed").start(1);
			load.awaitSuccesses(50);
			String leader = cluster.awaitLeader();
			String follower = nodes.others(leader).get(0);
			RaftServer.Division division = TestMembers.division(cluster.member(follower));
			RaftServer.Division leading = TestMembers.division(cluster.member(leader));
			nodes.isolate(follower);
			long last = cluster.status(follower).lastIndex();
			links.loseAnswersOf(Nodes.sessionName(NAME), true);
			List<CompletableFuture<Long>> added = new ArrayList<>();
			for (int i = 0; i < COMMANDS; i++) {
				added.add(Operations.addAndGet(unlucky, "exact", 1));
			}
			Awaitility.await()
				.alias("the commands have taken effect")
				.atMost(TestCluster.PATIENCE)
				.ignoreExceptions()
				.until(() -> Operations.get(nodes.session(leader), "exact").get(10, TimeUnit.SECONDS) == COMMANDS);
			long effective = cluster.status(leader).commitIndex();
			Awaitility.await()
				.alias("the log is purged beyond the follower and the commands")
				.atMost(TestCluster.PATIENCE)
				.until(() -> leading.getRaftLog().getStartIndex() > Math.max(last, effective));
			nodes.heal(follower);
			Awaitility.await()
				.alias("the follower has caught up")
				.atMost(TestCluster.PATIENCE)
				.until(() -> cluster.status(follower).appliedIndex() > effective);
			assertThat(TestMembers.division(cluster.member(follower))).as("without a restart").isSameAs(division);
			assertThat(cluster.status(follower).state()).isEqualTo(NodeState.RUNNING);
			assertThat(cluster.status(follower).snapshotIndex()).isGreaterThan(effective);
			// The leader is the same and did not have these entries any more.
			assertThat(cluster.awaitLeader()).isEqualTo(leader);
			assertThat(division.getRaftLog().getTermIndex(last + 1)).isNull();
			System.out.printf(
					">> follower %s stood at %d, the log of leader %s begins at %d, it has a snapshot at %d and its log begins at %d%n",
					follower, last, leader, leading.getRaftLog().getStartIndex(),
					cluster.status(follower).snapshotIndex(), division.getRaftLog().getStartIndex());
			SmallLogs.lead(nodes, follower);
			assertThat(added).noneMatch(CompletableFuture::isDone);
			links.loseAnswersOf(Nodes.sessionName(NAME), false);
			CompletableFuture.allOf(added.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
			assertThat(added.stream().map(CompletableFuture::join))
				.containsExactlyElementsOf(LongStream.rangeClosed(1, COMMANDS).boxed().toList());
			assertThat(Operations.get(unlucky, "exact").get(60, TimeUnit.SECONDS)).isEqualTo(COMMANDS);
			load.awaitSuccesses(50);
			load.stop();
			assertThat(cluster.awaitLeader()).isEqualTo(follower);
			nodes.awaitEqualDigests();
			System.out.printf("%s; %d answers lost%n", load, links.lost());
			assertThat(links.lost()).isPositive();
			assertThat(load.judge().isValid()).isTrue();
		}
	}

}
