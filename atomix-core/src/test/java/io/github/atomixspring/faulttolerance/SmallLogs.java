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
import io.github.atomixspring.testing.TestCluster;
import org.awaitility.Awaitility;

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
				EngineSeams.transfer(nodes.cluster().member(leader), successor).get(10, TimeUnit.SECONDS);
			}
			return leader.equals(wanted);
		});
	}

}
