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

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.atomixspring.cluster.PartitionStatus;
import io.github.atomixspring.testing.TestCluster;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.rpc.CallId;
import org.apache.ratis.server.RaftServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link StrayPeers}, in clusters where a change of members ended half way.
 */
class StrayPeersIntegrationTests {

	private static final int PARTITIONS = 3;

	@Test
	void whoIsNoMemberOfTheFirstPartitionIsRemovedFromTheOthersByWhoeverLeadsThem() throws Exception {
		try (TestCluster cluster = TestCluster.builder(3)
			.factory(TestMembers::withEngine)
			.config((config) -> config.withPartitions(PARTITIONS))
			.build()
			.start()) {
			List<String> leaders = awaitSpread(cluster);
			String stray = leaders.get(1);
			// The leader of the last partition must ask that of the first one.
			List<String> left = List.of(leaders.get(0), leaders.get(2));
			removeFromTheFirst(cluster, leaders.get(0), stray);
			for (String id : left) {
				Awaitility.await()
					.atMost(TestCluster.PATIENCE)
					.untilAsserted(() -> assertThat(peers(cluster, id)).as(id)
						.isEqualTo(List.of(Set.copyOf(left), Set.copyOf(left), Set.copyOf(left))));
			}
			// Both are needed for a majority in each partition, and have it.
			Awaitility.await()
				.atMost(TestCluster.PATIENCE)
				.untilAsserted(() -> assertThat(cluster.status(left.get(1)).partitions())
					.allMatch((partition) -> left.contains(String.valueOf(partition.leader()))));
			cluster.awaitLeader(left);
		}
	}

	/**
	 * Waits until each member leads a partition.
	 * @return the leaders by partition, as all see them
	 */
	private static List<String> awaitSpread(TestCluster cluster) {
		return Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> {
			Set<List<String>> seen = cluster.ids()
				.stream()
				.map((id) -> cluster.status(id)
					.partitions()
					.stream()
					.map(PartitionStatus::leader)
					.map(String::valueOf)
					.toList())
				.collect(Collectors.toSet());
			return (seen.size() == 1) ? seen.iterator().next() : List.<String>of();
		}, (leaders) -> new HashSet<>(leaders).equals(new HashSet<>(cluster.ids())));
	}

	private static void removeFromTheFirst(TestCluster cluster, String leader, String node) throws Exception {
		RaftServer.Division division = Objects.requireNonNull(TestMembers.division(cluster.member(leader)));
		List<RaftPeer> others = PeerInfo.listOf(division.getRaftConf())
			.stream()
			.filter((peer) -> !peer.node().equals(node))
			.map(PeerInfo::toRaftPeer)
			.toList();
		assertThat(others).hasSize(2);
		CompletableFuture<RaftClientReply> reply = division.getRaftServer()
			.setConfigurationAsync(new SetConfigurationRequest(ClientId.randomId(), division.getId(),
					division.getMemberId().getGroupId(), CallId.getAndIncrement(),
					SetConfigurationRequest.Arguments.newBuilder().setServersInNewConf(others).build()));
		assertThat(reply.get(30, TimeUnit.SECONDS).isSuccess()).isTrue();
	}

	private static List<Set<String>> peers(TestCluster cluster, String id) throws Exception {
		RaftServer server = Objects.requireNonNull(TestMembers.division(cluster.member(id))).getRaftServer();
		String clusterId = Objects.requireNonNull(cluster.status(id).clusterId());
		List<Set<String>> peers = new ArrayList<>();
		for (int partition = 0; partition < PARTITIONS; partition++) {
			peers.add(PeerInfo
				.listOf(server.getDivision(RaftGroupId.valueOf(GroupIds.of(clusterId, partition))).getRaftConf())
				.stream()
				.map(PeerInfo::node)
				.collect(Collectors.toSet()));
		}
		return peers;
	}

}
