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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.github.atomixspring.cluster.ClusterMismatchException;
import io.github.atomixspring.cluster.ClusterReport;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.MemberReport;
import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.cluster.Role;
import io.github.atomixspring.testing.FreePorts;
import io.github.atomixspring.testing.TestCluster;
import org.apache.ratis.proto.RaftProtos.RaftGroupIdProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.io.grpc.ManagedChannel;
import org.apache.ratis.thirdparty.io.grpc.StatusRuntimeException;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyChannelBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests of members that lost their directories, and of members of other clusters.
 */
class ReplacementIntegrationTests {

	@TempDir
	private Path temporary;

	@Test
	void aWipedMemberComesBackAsAReplacement() throws Exception {
		try (TestCluster cluster = TestMembers.counting(3).build().start()) {
			String leader = cluster.awaitLeader();
			FormationIntegrationTests.submit(cluster, leader, "a");
			String follower = follower(cluster, leader);
			FormationIntegrationTests.awaitTexts(cluster, follower, List.of("a"));
			cluster.stop(follower);
			Path copy = this.temporary.resolve("copy");
			copy(cluster.directory(follower), copy);
			cluster.wipe(follower);
			cluster.start(follower);
			cluster.awaitState(follower, NodeState.RUNNING);
			FormationIntegrationTests.awaitTexts(cluster, follower, List.of("a"));
			leader = cluster.awaitLeader();
			FormationIntegrationTests.submit(cluster, leader, "b");
			FormationIntegrationTests.awaitTexts(cluster, follower, List.of("a", "b"));
			assertThat(TestMembers.division(cluster.member(leader)).getRaftConf().getCurrentPeers()).hasSize(3);

			// The replacement keeps its place.
			cluster.stop(follower);
			cluster.start(follower);
			cluster.awaitLeader();
			FormationIntegrationTests.awaitTexts(cluster, follower, List.of("a", "b"));

			// The one before does not get it back.
			cluster.stop(follower);
			cluster.awaitLeader(others(cluster, follower));
			cluster.wipe(follower);
			copy(copy, cluster.directory(follower));
			assertThat(refusal(cluster, follower)).hasMessageContaining("was replaced")
				.hasMessageContaining("delete the whole directory");
		}
	}

	@Test
	void aWipedLeaderComesBackAsAReplacement() throws Exception {
		try (TestCluster cluster = TestMembers.counting(3).build().start()) {
			String leader = cluster.awaitLeader();
			FormationIntegrationTests.submit(cluster, leader, "a");
			for (String id : cluster.ids()) {
				FormationIntegrationTests.awaitTexts(cluster, id, List.of("a"));
			}
			cluster.kill(leader);
			cluster.wipe(leader);
			cluster.start(leader);
			cluster.awaitState(leader, NodeState.RUNNING);
			FormationIntegrationTests.awaitTexts(cluster, leader, List.of("a"));
		}
	}

	@Test
	void requestsToAnotherIncarnationAreRefused() {
		try (TestCluster cluster = TestMembers.counting(1).build().start()) {
			cluster.awaitLeader();
			RaftServer.Division division = TestMembers.division(cluster.member("n1"));
			ManagedChannel channel = NettyChannelBuilder.forTarget(cluster.members().get(0).address())
				.usePlaintext()
				.build();
			try {
				var stub = RaftServerProtocolServiceGrpc.newBlockingStub(channel);
				assertThatExceptionOfType(StatusRuntimeException.class)
					.isThrownBy(() -> stub.requestVote(voteRequest(division, "n1@00000000")))
					.withMessageContaining("another incarnation");
				RequestVoteReplyProto reply = stub.requestVote(voteRequest(division, division.getId().toString()));
				assertThat(reply.getServerReply().getSuccess()).isFalse();
			}
			finally {
				channel.shutdownNow();
			}
		}
	}

	private static RequestVoteRequestProto voteRequest(RaftServer.Division division, String receiver) {
		return RequestVoteRequestProto.newBuilder()
			.setServerRequest(RaftRpcRequestProto.newBuilder()
				.setRequestorId(ByteString.copyFromUtf8("n2@00000001"))
				.setReplyId(ByteString.copyFromUtf8(receiver))
				.setRaftGroupId(RaftGroupIdProto.newBuilder().setId(division.getGroup().getGroupId().toByteString())))
			.setCandidateTerm(1)
			.setPreVote(true)
			.build();
	}

	@Test
	void aWipedMajorityMakesNoSecondHistory() throws Exception {
		try (TestCluster cluster = TestMembers.counting(3).build().start()) {
			FormationIntegrationTests.submit(cluster, cluster.awaitLeader(), "a");
			for (String id : cluster.ids()) {
				FormationIntegrationTests.awaitTexts(cluster, id, List.of("a"));
			}
			cluster.ids().forEach(cluster::kill);
			cluster.wipe("n1");
			cluster.wipe("n2");
			cluster.start("n1");
			cluster.start("n2");
			cluster.awaitState("n1", NodeState.FORMING);
			cluster.start("n3");
			cluster.awaitState("n1", NodeState.JOINING);
			cluster.awaitState("n2", NodeState.JOINING);
			Awaitility.await()
				.atMost(TestCluster.PATIENCE)
				.until(() -> cluster.status("n1").problem(), (problem) -> problem != null
						&& problem.contains("a majority of the members with data must run"));
			Awaitility.await()
				.during(Duration.ofSeconds(3))
				.atMost(TestCluster.PATIENCE)
				.until(() -> cluster.ids().stream().noneMatch((id) -> cluster.status(id).role() == Role.LEADER));
			assertThat(TestMembers.engine(cluster.member("n3")).texts()).isSubsetOf("a");
			Awaitility.await()
				.atMost(TestCluster.PATIENCE)
				.until(() -> cluster.status("n3").problem(),
						(problem) -> problem != null && problem.contains("n1 (without data)"));
		}
	}

	@Test
	void aMemberOfAnotherClusterIsNotTakenIn() {
		try (TestCluster cluster = TestMembers.counting(2).build().start()) {
			String leader = cluster.awaitLeader();
			long term = cluster.status(leader).term();
			Member stranger = new Member("n3", "127.0.0.1", FreePorts.find(1).get(0));
			List<Member> members = new ArrayList<>(cluster.members());
			members.add(stranger);
			ServerConfig config = ServerConfig.of("other", "n3", members, this.temporary.resolve("n3"));
			try (RaftMember member = TestMembers.createCounting(config, TestMembers.guard("n3", cluster.firewall()))) {
				member.start();
				Awaitility.await()
					.atMost(TestCluster.PATIENCE)
					.until(() -> member.status().problem(), (problem) -> problem != null
							&& problem.contains("answers a member of cluster 'test'") && problem.contains("'other'"));
				assertThat(member.status().state()).isEqualTo(NodeState.FORMING);
				assertThat(member.status().clusterId()).isNull();
			}
			assertThat(cluster.status(leader).term()).isEqualTo(term);
		}
	}

	@Test
	void theReportKnowsAllMembers() throws Exception {
		try (TestCluster cluster = TestMembers.counting(3).build().start()) {
			String leader = cluster.awaitLeader();
			FormationIntegrationTests.submit(cluster, leader, "a");
			for (String id : cluster.ids()) {
				FormationIntegrationTests.awaitTexts(cluster, id, List.of("a"));
			}
			String follower = follower(cluster, leader);
			String third = others(cluster, follower).stream()
				.filter((id) -> !id.equals(leader))
				.findFirst()
				.orElseThrow();
			ClusterReport report = cluster.member(follower).report(TestCluster.PATIENCE);
			assertThat(report.members()).extracting(MemberReport::member).isEqualTo(cluster.members());
			assertThat(report.members()).allSatisfy((member) -> {
				assertThat(member.error()).isNull();
				assertThat(member.status().leader()).isEqualTo(leader);
				assertThat(member.status().digest().index()).isEqualTo(1);
				assertThat(member.status().appliedIndex()).isPositive();
			});
			assertThat(report.hasDiverged()).isFalse();
			cluster.kill(third);
			cluster.isolate(leader);
			long start = System.nanoTime();
			ClusterReport partial = cluster.member(follower).report(Duration.ofSeconds(1));
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TestCluster.PATIENCE.dividedBy(2));
			assertThat(partial.members()).filteredOn((member) -> member.status() == null)
				.hasSize(2)
				.allSatisfy((member) -> assertThat(member.error()).isNotBlank());
		}
	}

	private static String follower(TestCluster cluster, String leader) {
		return others(cluster, leader).get(0);
	}

	private static List<String> others(TestCluster cluster, String id) {
		return cluster.ids().stream().filter((other) -> !other.equals(id)).toList();
	}

	/**
	 * Starts a member that must not start. On a busy machine the leader, who knows that,
	 * may say so too late for one start.
	 */
	private static Throwable refusal(TestCluster cluster, String id) {
		return Awaitility.await().atMost(TestCluster.PATIENCE).until(() -> {
			Throwable failure = catchThrowable(() -> cluster.start(id));
			if (failure == null) {
				cluster.stop(id);
			}
			return failure;
		}, ClusterMismatchException.class::isInstance);
	}

	private static void copy(Path from, Path to) throws IOException {
		try (Stream<Path> files = Files.walk(from)) {
			for (Path file : files.toList()) {
				Path target = to.resolve(from.relativize(file).toString());
				if (Files.isDirectory(file)) {
					Files.createDirectories(target);
				}
				else {
					Files.copy(file, target);
				}
			}
		}
	}

}
