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
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.server.EngineSeams;
import io.github.atomixspring.server.RaftMember;
import io.github.atomixspring.server.ServerConfig;
import io.github.atomixspring.server.TestMembers;
import io.github.atomixspring.testing.TestCluster;
import org.apache.ratis.server.RaftServer;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clusters that take snapshots often and keep nothing of the log behind them.
 */
final class SmallLogs {

	private SmallLogs() {
	}

	static ServerConfig configure(ServerConfig config) {
		return Nodes.withCalmLeader(config)
			.withSnapshotThreshold(100)
			.withRaftProperties(Map.of("raft.server.log.purge.gap", "1", "raft.server.log.purge.preservation.log.num",
					"0", "raft.server.log.segment.size.max", "16KB", "raft.server.log.preallocated.size", "4KB"));
	}

	/**
	 * Hands the leadership over until a member has it and serves.
	 * @param nodes the nodes
	 * @param wanted the member that is to lead
	 */
	static void lead(Nodes nodes, String wanted) {
		RaftMember successor = nodes.cluster().member(wanted);
		Awaitility.await().atMost(TestCluster.PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
			String leader = nodes.cluster().awaitLeader();
			if (!leader.equals(wanted)) {
				// It may take longer on a busy machine, and is tried again then.
				EngineSeams.transfer(nodes.cluster().member(leader), successor)
					.handle((reply, failure) -> failure)
					.get(30, TimeUnit.SECONDS);
			}
			return leader.equals(wanted);
		});
	}

	/**
	 * Cuts a follower off until it needs a snapshot, and lets it lead when it has it.
	 * @param nodes the nodes
	 * @param load returns when the log has grown
	 */
	static void installSnapshot(Nodes nodes, Runnable load) {
		TestCluster cluster = nodes.cluster();
		String leader = cluster.awaitLeader();
		String follower = nodes.others(leader).get(0);
		RaftServer.Division leading = TestMembers.division(cluster.member(leader));
		nodes.isolate(follower);
		long last = cluster.status(follower).lastIndex();
		load.run();
		Awaitility.await()
			.alias("the log is purged beyond the follower")
			.atMost(TestCluster.PATIENCE)
			.until(() -> leading.getRaftLog().getStartIndex() > last + 1);
		long purged = leading.getRaftLog().getStartIndex();
		nodes.heal(follower);
		Awaitility.await()
			.alias("the follower has caught up")
			.atMost(TestCluster.PATIENCE)
			.until(() -> cluster.status(follower).appliedIndex() >= purged);
		assertThat(cluster.status(follower).snapshotIndex()).isGreaterThan(last);
		lead(nodes, follower);
		nodes.awaitSessions();
		System.out.printf("follower %s stood at %d, the log began at %d, it leads from a snapshot%n", follower, last,
				purged);
	}

}
