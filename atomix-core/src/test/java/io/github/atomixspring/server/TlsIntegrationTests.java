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

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

import javax.net.ssl.KeyManager;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.cluster.ClusterConfigurationException;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.cluster.Role;
import io.github.atomixspring.cluster.StorageLockedException;
import io.github.atomixspring.cluster.TlsConfig;
import io.github.atomixspring.cluster.TlsCredentials;
import io.github.atomixspring.link.ClientConnector;
import io.github.atomixspring.link.GrpcLinkService;
import io.github.atomixspring.link.GrpcTls;
import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.session.SessionClient;
import io.github.atomixspring.session.SessionConfig;
import io.github.atomixspring.testing.FreePorts;
import io.github.atomixspring.testing.TestAuthority;
import io.github.atomixspring.testing.TestCluster;
import org.apache.ratis.client.RaftClient;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.grpc.GrpcTlsConfig;
import org.apache.ratis.proto.grpc.AdminProtocolServiceGrpc;
import org.apache.ratis.proto.grpc.RaftClientProtocolServiceGrpc;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.retry.RetryPolicies;
import org.apache.ratis.thirdparty.io.grpc.CallOptions;
import org.apache.ratis.thirdparty.io.grpc.ManagedChannel;
import org.apache.ratis.thirdparty.io.grpc.MethodDescriptor;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.StatusRuntimeException;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyChannelBuilder;
import org.apache.ratis.thirdparty.io.grpc.stub.ClientCalls;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslProvider;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of members that speak TLS: with each other, with clients and with strangers.
 */
class TlsIntegrationTests {

	private static final PrimitiveId COUNTER = PrimitiveId.of(PrimitiveType.LONG, "counter");

	private static final TestAuthority authority = new TestAuthority("authority");

	private static final TestAuthority foreign = new TestAuthority("foreign");

	/**
	 * Who has no business here.
	 */
	private static final List<Stranger> STRANGERS = List.of(new Stranger("plain text", null),
			new Stranger("a foreign authority", TlsConfig.of(foreign.issue("n1", "127.0.0.1"))),
			new Stranger("a certificate of a foreign authority",
					TlsConfig.of(trusting(foreign.issue("n1", "127.0.0.1"), authority))),
			new Stranger("an expired certificate", TlsConfig.of(expired())),
			new Stranger("a certificate of tomorrow", TlsConfig
				.of(authority.issue(Instant.now().plus(Duration.ofDays(1)), Duration.ofDays(1), "n1", "127.0.0.1"))));

	private static final MethodDescriptor<byte[], byte[]> SESSION = NodeService.TERM.toBuilder()
		.setFullMethodName(GrpcLinkService.NAME + "/Open")
		.build();

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final Map<String, TlsConfig> configs = new HashMap<>();

	private final List<AutoCloseable> opened = new ArrayList<>();

	@BeforeEach
	void listen() {
		this.log.start();
		rootLogger().addAppender(this.log);
	}

	@AfterEach
	void close() throws Exception {
		rootLogger().detachAppender(this.log);
		for (AutoCloseable closeable : this.opened) {
			closeable.close();
		}
	}

	private static Logger rootLogger() {
		return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(TestCluster.PATIENCE).pollInterval(Duration.ofMillis(50));
	}

	private TestCluster cluster(Function<String, @Nullable TlsConfig> tls) {
		TestCluster cluster = TestCluster.builder(3).config((config) -> {
			TlsConfig protection = tls.apply(config.self().id());
			if (protection != null) {
				this.configs.put(config.self().id(), protection);
			}
			return config.withTls(protection);
		}).build();
		this.opened.add(0, cluster);
		return cluster;
	}

	private TestCluster cluster() {
		return cluster((id) -> TlsConfig.of(authority.issue(id, "127.0.0.1")));
	}

	private SessionClient client(TestCluster cluster, @Nullable TlsConfig tls) {
		SessionClient client = new SessionClient(
				SessionConfig.of("test", "client")
					.withTimeout(Duration.ofSeconds(10))
					.withOperationTimeout(Duration.ofSeconds(30)),
				new ClientConnector("client", cluster.members(), tls), null);
		this.opened.add(0, client);
		client.start();
		return client;
	}

	private static long add(SessionClient session) throws Exception {
		return session.submit(new LongMessages.Add(COUNTER, 1))
			.thenApply((result) -> ((LongMessages.Updated) result).value())
			.get(60, TimeUnit.SECONDS);
	}

	private static long get(SessionClient session) throws Exception {
		Result result = session.query(new LongMessages.Get(COUNTER), ReadConsistency.LINEARIZABLE)
			.get(60, TimeUnit.SECONDS);
		return ((Result.Number) result).value();
	}

	@Test
	void membersElectALeaderAndServeClientsWithACertificate() throws Exception {
		TestCluster cluster = cluster().start();
		String leader = cluster.awaitLeader();
		SessionClient client = client(cluster, TlsConfig.of(authority.issue("app", "app.example")));
		assertThat(add(client)).isEqualTo(1);
		cluster.stop(leader);
		cluster.awaitLeader();
		assertThat(add(client)).isEqualTo(2);
		assertThat(get(client)).isEqualTo(2);
		cluster.start(leader);
		cluster.awaitLeader();
		assertThat(refusals()).isEmpty();
	}

	@Test
	void strangersAndClientsAreRefusedEveryCallThatIsNotTheirs() throws Exception {
		TestCluster cluster = cluster().start();
		cluster.awaitLeader();
		Member member = cluster.members().get(0);
		TlsConfig client = TlsConfig.of(authority.issue("app", "app.example"));
		for (MethodDescriptor<?, ?> method : methods()) {
			for (Stranger stranger : STRANGERS) {
				assertThat(call(member, method, stranger.tls())).as(stranger.name() + " calls " + method)
					.isEqualTo(Status.Code.UNAVAILABLE);
			}
			assertThat(call(member, method, client)).as("a client calls " + method)
				.isEqualTo((method.equals(NodeService.DESCRIBE)) ? Status.Code.INVALID_ARGUMENT
						: Status.Code.PERMISSION_DENIED);
		}
		for (Stranger stranger : STRANGERS) {
			assertThat(call(member, SESSION, stranger.tls())).isEqualTo(Status.Code.UNAVAILABLE);
		}
		assertThat(call(member, SESSION, client)).isEqualTo(Status.Code.INVALID_ARGUMENT);
		assertThat(call(member, NodeService.TERM, TlsConfig.of(authority.issue("n9", "127.0.0.1"))))
			.as("a member is let in, and sent away for what it asks")
			.isEqualTo(Status.Code.INVALID_ARGUMENT);
		cluster.awaitLeader();
		assertThat(refusals()).hasSizeLessThan(2 * (STRANGERS.size() + 1))
			.anyMatch((line) -> line.contains("it does not speak TLS, this node does"))
			.anyMatch((line) -> line.contains("it shows no certificate from an authority that this node trusts"))
			.anyMatch((line) -> line.contains("its certificate has expired"))
			.anyMatch((line) -> line.contains("its certificate is not valid yet"))
			.anyMatch((line) -> line.contains("'CN=app' [app.example] is not that of a member"));
		assertThat(this.log.list).extracting(ILoggingEvent::getFormattedMessage)
			.noneMatch((line) -> line.contains("secret"));
	}

	@Test
	void aStockRatisClientIsRefusedEveryCall() throws Exception {
		TestCluster cluster = cluster().start();
		String leader = cluster.awaitLeader();
		RaftGroup group = TestMembers.division(cluster.member(leader)).getGroup();
		List<Stranger> all = new ArrayList<>(STRANGERS);
		all.add(new Stranger("a client", TlsConfig.of(authority.issue("app", "app.example"))));
		all.add(new Stranger("a member", TlsConfig.of(authority.issue("n9", "127.0.0.1"))));
		for (Stranger stranger : all) {
			try (RaftClient ratis = ratis(group, stranger.tls())) {
				RaftPeer peer = TestMembers.division(cluster.member(leader)).getPeer();
				Map<String, RatisCall> calls = new HashMap<>();
				calls.put("write", () -> ratis.io().send(Message.EMPTY));
				calls.put("read", () -> ratis.io().sendReadOnly(Message.EMPTY));
				calls.put("list", () -> ratis.getGroupManagementApi(peer.getId()).list());
				calls.put("info", () -> ratis.getGroupManagementApi(peer.getId()).info(group.getGroupId()));
				calls.put("transfer", () -> ratis.admin().transferLeadership(peer.getId(), 1000));
				calls.put("snapshot", () -> ratis.getSnapshotManagementApi(peer.getId()).create(1000));
				calls.put("setconf", () -> ratis.admin().setConfiguration(List.of(peer)));
				calls.put("add", () -> ratis.getGroupManagementApi(peer.getId())
					.add(RaftGroup.valueOf(RaftGroupId.randomId(), peer)));
				calls.put("remove",
						() -> ratis.getGroupManagementApi(peer.getId()).remove(group.getGroupId(), true, false));
				calls.forEach((name, call) -> assertThatException().as(stranger.name() + ": " + name)
					.isThrownBy(call::run)
					.satisfies((ex) -> assertThat(ex).hasStackTraceContaining(stranger.expected())));
			}
		}
		assertThat(TestMembers.division(cluster.member(cluster.awaitLeader())).getRaftConf().getCurrentPeers())
			.hasSize(3);
		assertThat(add(client(cluster, TlsConfig.of(authority.issue("app", "app.example"))))).isEqualTo(1);
	}

	@Test
	void anExpiredCertificateIsNamedAndAReplacedOneHealsTheMember() {
		TestCluster cluster = cluster().start();
		cluster.awaitLeader();
		this.configs.get("n3").replace(expired());
		restart(cluster, "n3");
		await().until(() -> cluster.status("n3").problem(),
				(problem) -> problem != null && problem.contains("it does not accept the certificate of this node"));
		await().until(() -> error(cluster, "n1", "n3"), (error) -> error.contains("its certificate has expired"));
		this.configs.get("n3").replace(authority.issue("n3", "127.0.0.1"));
		cluster.awaitLeader();
		await().until(() -> error(cluster, "n1", "n3"), String::isEmpty);
		assertThat(refusals()).anyMatch((line) -> line.contains("its certificate has expired"));
		assertThat(this.log.list).extracting(ILoggingEvent::getFormattedMessage)
			.anyMatch((line) -> line.contains("will be refused by the others"));
	}

	@Test
	void aMemberWithAHostOfItsOwnIsAdded(@TempDir Path directory) {
		List<Integer> ports = FreePorts.find(2);
		Member first = new Member("n1", "127.0.0.1", ports.get(0));
		Member second = new Member("n2", "localhost", ports.get(1));
		AtomixReplica replica = replica(first, List.of(first), directory);
		AtomixReplica added = replica(second, List.of(first, second), directory);
		await().until(() -> added.status().state(), (state) -> state == NodeState.JOINING);
		replica.addMember(second, TestCluster.PATIENCE).join();
		await().until(() -> added.status().state(), (state) -> state == NodeState.RUNNING);
		assertThat(added.atomicLong("n").incrementAndGet()).isEqualTo(1);
		// The other one has to let it in, now that it may lead.
		await().ignoreExceptions()
			.until(() -> replica.transferLeadership("n2", TestCluster.PATIENCE).isDone()
					&& added.status().role() == Role.LEADER);
		assertThat(replica.atomicLong("n").incrementAndGet()).isEqualTo(2);
	}

	private AtomixReplica replica(Member self, List<Member> members, Path directory) {
		AtomixReplica replica = AtomixReplica.builder()
			.nodeId(self.id())
			.members(members)
			.storageDirectory(directory.resolve(self.id()))
			.operationTimeout(TestCluster.PATIENCE)
			.tls(TlsConfig.of(authority.issue(self.id(), self.host())))
			.build();
		this.opened.add(0, replica);
		replica.start();
		return replica;
	}

	@Test
	void anAuthorityIsReplacedWhileTheClusterRuns() throws Exception {
		TestAuthority next = new TestAuthority("next");
		TestCluster cluster = cluster().start();
		cluster.awaitLeader();
		TlsConfig client = TlsConfig.of(authority.issue("app", "app.example"));
		SessionClient session = client(cluster, client);
		AtomicBoolean stopped = new AtomicBoolean();
		AtomicInteger answered = new AtomicInteger();
		CompletableFuture<Integer> load = CompletableFuture.supplyAsync(() -> addUntil(stopped, session, answered));
		await().until(() -> answered.get() > 10);
		Map<String, TlsConfig> nodes = new HashMap<>(this.configs);
		nodes.put("app.example", client);
		nodes.forEach((id, tls) -> tls.replace(trusting(tls.credentials(), authority, next)));
		nodes.forEach((id, tls) -> tls
			.replace(trusting(next.issue(id, id.contains(".") ? id : "127.0.0.1"), authority, next)));
		nodes.forEach((id, tls) -> tls.replace(trusting(tls.credentials(), next)));
		cluster.ids().forEach((id) -> {
			restart(cluster, id);
			cluster.awaitLeader();
		});
		int before = answered.get();
		await().until(() -> answered.get() > before + 10);
		stopped.set(true);
		// What was answered is there, and what was not may be.
		assertThat(get(session)).isBetween((long) answered.get(), (long) load.get(120, TimeUnit.SECONDS));
		TlsConfig old = TlsConfig.of(TlsCredentials
			.of(new KeyManager[] { authority.issue("n9", "127.0.0.1").keyManager() }, next.trust().getTrustManagers()));
		assertThat(call(cluster.members().get(0), NodeService.TERM, old)).isEqualTo(Status.Code.UNAVAILABLE);
	}

	private static int addUntil(AtomicBoolean stopped, SessionClient session, AtomicInteger answered) {
		int attempts = 0;
		while (!stopped.get()) {
			attempts++;
			try {
				add(session);
				answered.incrementAndGet();
			}
			catch (Exception ex) {
				// Members are restarted meanwhile.
				assertThat(ex).hasCauseInstanceOf(AtomixException.class);
			}
		}
		return attempts;
	}

	@Test
	void aMemberForWhoseHostTheCertificateIsNotIsNotBelieved() {
		TestCluster cluster = cluster().start();
		cluster.awaitLeader();
		this.configs.get("n1").replace(authority.issue("n1", "127.0.0.2"));
		restart(cluster, "n2");
		await().until(() -> error(cluster, "n2", "n1"),
				(error) -> error.contains("its certificate is not accepted") && error.contains("127.0.0.1"));
	}

	private static void restart(TestCluster cluster, String id) {
		cluster.stop(id);
		// Ratis may take its time to let go of the directory.
		await().ignoreExceptionsMatching(StorageLockedException.class::isInstance).until(() -> {
			cluster.start(id);
			return true;
		});
	}

	private static String error(TestCluster cluster, String asking, String asked) {
		return cluster.member(asking)
			.report(Duration.ofSeconds(5))
			.members()
			.stream()
			.filter((report) -> report.member().id().equals(asked))
			.map((report) -> (report.error() != null) ? report.error() : "")
			.findFirst()
			.orElseThrow();
	}

	@Test
	void membersWithAndWithoutTlsNameEachOther() {
		TestCluster cluster = cluster((id) -> id.equals("n3") ? null : TlsConfig.of(authority.issue(id, "127.0.0.1")))
			.start();
		String third = cluster.members().get(2).address();
		String first = cluster.members().get(0).address();
		await().until(() -> cluster.status("n1").problem(), (problem) -> problem != null
				&& problem.contains("missing [n3]; node 'n3' at " + third + ": it does not speak TLS, this node does"));
		await().until(() -> cluster.status("n3").problem(), (problem) -> problem != null && problem
			.contains("node 'n1' at " + first + ": it hangs up: perhaps it speaks TLS, this node does not"));
		await().until(this::refusals,
				(lines) -> lines.stream()
					.filter((line) -> line.contains("it does not speak TLS, this node does"))
					.count() >= 2
						&& lines.stream().anyMatch((line) -> line.contains("it speaks TLS, this node does not")));
		assertThat(this.log.list).filteredOn((event) -> event.getLevel().isGreaterOrEqual(Level.WARN))
			.allMatch((event) -> event.getThrowableProxy() == null);
	}

	/**
	 * Returns what the members have written about those they refused.
	 * @return the lines
	 */
	private List<String> refusals() {
		return List.copyOf(this.log.list)
			.stream()
			.filter((event) -> event.getLoggerName().startsWith("io.github.atomixspring.server"))
			.map(ILoggingEvent::getFormattedMessage)
			.filter((line) -> line.contains(" refused "))
			.toList();
	}

	@Test
	void aMemberDoesNotStartWithACertificateThatNobodyWouldAccept() {
		TestCluster elsewhere = cluster((id) -> TlsConfig.of(authority.issue(id, "elsewhere.example")));
		assertThatExceptionOfType(ClusterConfigurationException.class).isThrownBy(() -> elsewhere.start("n1"))
			.withMessageContaining("'CN=n1' [elsewhere.example]")
			.withMessageContaining("is not for '127.0.0.1', the host of the member");
		TestCluster unnamed = cluster(
				(id) -> TlsConfig.of(authority.issue(id, "127.0.0.1")).withMembers(List.of("CN=atomix-*")));
		assertThatExceptionOfType(ClusterConfigurationException.class).isThrownBy(() -> unnamed.start("n1"))
			.withMessageContaining("has none of the names of members [CN=atomix-*]");
		TestCluster antique = cluster(
				(id) -> TlsConfig.of(authority.issue(id, "127.0.0.1")).withCiphers(List.of("TLS_NO_SUCH")));
		assertThatExceptionOfType(ClusterConfigurationException.class).isThrownBy(() -> antique.start("n1"))
			.withMessageContaining("TLS_NO_SUCH");
		Leftovers.assertNone(elsewhere, "n1");
	}

	private static TlsCredentials trusting(TlsCredentials credentials, TestAuthority... authorities) {
		return TlsCredentials.of(new KeyManager[] { credentials.keyManager() },
				TestAuthority.trust(authorities).getTrustManagers());
	}

	private static TlsCredentials expired() {
		return authority.issue(Instant.now().minusSeconds(7200), Duration.ofHours(1), "n1", "127.0.0.1");
	}

	private static List<MethodDescriptor<?, ?>> methods() {
		return Stream
			.concat(Stream.of(NodeService.DESCRIBE, NodeService.JOIN, NodeService.TERM),
					Stream
						.of(RaftServerProtocolServiceGrpc.getServiceDescriptor(),
								AdminProtocolServiceGrpc.getServiceDescriptor(),
								RaftClientProtocolServiceGrpc.getServiceDescriptor())
						.flatMap((service) -> service.getMethods().stream()))
			.toList();
	}

	/**
	 * Calls a method with bytes that no method understands.
	 * @param member the member
	 * @param method the method
	 * @param tls the protection
	 * @return the answer
	 */
	private static Status.Code call(Member member, MethodDescriptor<?, ?> method, @Nullable TlsConfig tls) {
		MethodDescriptor<byte[], byte[]> raw = NodeService.TERM.toBuilder()
			.setFullMethodName(method.getFullMethodName())
			.build();
		ManagedChannel channel = GrpcTls.apply(NettyChannelBuilder.forTarget(member.address()), GrpcTls.client(tls))
			.build();
		try {
			ClientCalls.blockingUnaryCall(channel, raw, CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS),
					new byte[] { (byte) 0xff });
			return Status.Code.OK;
		}
		catch (StatusRuntimeException ex) {
			return ex.getStatus().getCode();
		}
		finally {
			channel.shutdownNow();
		}
	}

	private static RaftClient ratis(RaftGroup group, @Nullable TlsConfig tls) {
		Parameters parameters = new Parameters();
		if (tls != null) {
			GrpcConfigKeys.TLS.setConf(parameters,
					GrpcTlsConfig.newBuilder()
						.setKeyManager(tls.credentials().keyManager())
						.setTrustManager(tls.credentials().trustManager())
						.setMutualTls(true)
						.setSslProvider(SslProvider.JDK)
						.build());
		}
		return RaftClient.newBuilder()
			.setProperties(new RaftProperties())
			.setParameters(parameters)
			.setRetryPolicy(RetryPolicies.noRetry())
			.setRaftGroup(group)
			.build();
	}

	/**
	 * Someone who calls a member.
	 *
	 * @param name who it is
	 * @param tls how it protects itself
	 */
	private record Stranger(String name, @Nullable TlsConfig tls) {

		String expected() {
			return (this.name.endsWith("client") || this.name.endsWith("member")) ? "PERMISSION_DENIED" : "UNAVAILABLE";
		}

	}

	/**
	 * A call of the client of Ratis.
	 */
	private interface RatisCall {

		void run() throws Exception;

	}

}
