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
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.cluster.StateDigest;
import io.github.atomixspring.link.ClientConnector;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.server.EngineSeams;
import io.github.atomixspring.server.RaftMember;
import io.github.atomixspring.server.ServerConfig;
import io.github.atomixspring.server.TestMembers;
import io.github.atomixspring.session.SessionClient;
import io.github.atomixspring.session.SessionConfig;
import io.github.atomixspring.session.SessionState;
import io.github.atomixspring.testing.TestCluster;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three members with the real engine and one client, each with its session. A member that
 * is killed loses its session, too.
 */
final class Nodes implements AutoCloseable {

	static final String CLIENT = "client";

	static final Duration SESSION_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration OPERATION_TIMEOUT = Duration.ofSeconds(8);

	private static final Duration PATIENT_SESSION_TIMEOUT = Duration.ofSeconds(60);

	private static final Duration PATIENT_OPERATION_TIMEOUT = Duration.ofSeconds(30);

	private final TestCluster cluster;

	private final Duration sessionTimeout;

	private final Duration operationTimeout;

	private final Map<String, SessionClient> sessions = new ConcurrentHashMap<>();

	private final Map<String, Registration> pauses = new ConcurrentHashMap<>();

	private Nodes(TestCluster cluster, Duration sessionTimeout, Duration operationTimeout) {
		this.cluster = cluster;
		this.sessionTimeout = sessionTimeout;
		this.operationTimeout = operationTimeout;
	}

	/**
	 * Starts nodes as they are.
	 * @return the nodes, with a leader and sessions
	 */
	static Nodes start() {
		return start(TestMembers::withEngine, UnaryOperator.identity());
	}

	/**
	 * Changes a configuration so that no busy machine makes a leader fall.
	 * @param config the configuration
	 * @return the changed configuration
	 */
	static ServerConfig withCalmLeader(ServerConfig config) {
		return config.withRaftProperties(
				Map.of("raft.server.rpc.timeout.min", "4000ms", "raft.server.rpc.timeout.max", "6000ms"));
	}

	/**
	 * Starts nodes for what is not about their end: no busy machine makes a leader fall
	 * or a session expire.
	 * @param factory makes the members
	 * @return the nodes, with a leader and sessions
	 */
	static Nodes startPatient(TestCluster.Factory factory) {
		return start(factory, Nodes::withCalmLeader, PATIENT_SESSION_TIMEOUT, PATIENT_OPERATION_TIMEOUT);
	}

	/**
	 * Starts nodes.
	 * @param factory makes the members
	 * @param config changes their configuration
	 * @return the nodes, with a leader and sessions
	 */
	static Nodes start(TestCluster.Factory factory, UnaryOperator<ServerConfig> config) {
		return start(factory, config, SESSION_TIMEOUT, OPERATION_TIMEOUT);
	}

	private static Nodes start(TestCluster.Factory factory, UnaryOperator<ServerConfig> config, Duration sessionTimeout,
			Duration operationTimeout) {
		Nodes nodes = new Nodes(TestCluster.builder(3)
			.factory(factory)
			.config((original) -> config.apply(original.withTimeouts(SESSION_TIMEOUT, null)))
			.build(), sessionTimeout, operationTimeout);
		boolean started = false;
		try {
			nodes.cluster.start();
			nodes.cluster.awaitLeader();
			nodes.all().forEach(nodes::openSession);
			nodes.awaitSessions();
			started = true;
		}
		finally {
			if (!started) {
				nodes.close();
			}
		}
		return nodes;
	}

	TestCluster cluster() {
		return this.cluster;
	}

	/**
	 * Returns the names of all nodes, the client last.
	 * @return the names
	 */
	List<String> all() {
		List<String> all = new ArrayList<>(this.cluster.ids());
		all.add(CLIENT);
		return all;
	}

	List<String> others(String id) {
		return this.cluster.ids().stream().filter((other) -> !other.equals(id)).toList();
	}

	SessionClient session(String node) {
		return Objects.requireNonNull(this.sessions.get(node), node);
	}

	/**
	 * Opens another session of a node, which the caller closes.
	 * @param node the name of the node
	 * @return the session, started
	 */
	SessionClient newSession(String node) {
		return newSession(node, this.sessionTimeout);
	}

	/**
	 * Opens another session of a node, which the caller closes.
	 * @param node the name of the node
	 * @param timeout the timeout of the session
	 * @return the session, started
	 */
	SessionClient newSession(String node, Duration timeout) {
		return newSession(node, timeout, this.operationTimeout);
	}

	/**
	 * Opens another session of a node, which the caller closes.
	 * @param node the name of the node
	 * @param timeout the timeout of the session
	 * @param operationTimeout how long an operation waits for its answer
	 * @return the session, started
	 */
	SessionClient newSession(String node, Duration timeout, Duration operationTimeout) {
		SessionConfig config = SessionConfig.of("test", sessionName(node))
			.withTimeout(timeout)
			.withOperationTimeout(operationTimeout)
			.withCloseTimeout(Duration.ofMillis(200));
		SessionClient session;
		if (node.startsWith(CLIENT)) {
			session = new SessionClient(config, new ClientConnector(node, this.cluster.members(), null), null);
		}
		else {
			RaftMember member = this.cluster.member(node);
			session = new SessionClient(config, member.connector(), member.localReader());
		}
		session.start();
		return session;
	}

	private void openSession(String node) {
		this.sessions.put(node, newSession(node));
	}

	void awaitSessions() {
		Awaitility.await()
			.atMost(TestCluster.PATIENCE)
			.pollInterval(Duration.ofMillis(20))
			.until(() -> this.sessions.values()
				.stream()
				.allMatch((session) -> session.state() == SessionState.CONNECTED));
	}

	/**
	 * Kills a member and the session of its process, which cannot say good-bye.
	 * @param id the id of the member
	 */
	void kill(String id) {
		others(id).forEach((other) -> this.cluster.firewall().block(sessionName(id), other));
		this.cluster.member(id).terminate();
		session(id).close();
		heal(id);
	}

	void restart(String id) {
		this.cluster.start(id);
		openSession(id);
	}

	/**
	 * Cuts a member and its session off from all other members, but not from the client.
	 * @param id the id of the member
	 */
	void isolate(String id) {
		this.cluster.isolate(id);
		for (String other : others(id)) {
			this.cluster.firewall().block(sessionName(id), other);
			this.cluster.firewall().block(sessionName(other), id);
		}
	}

	void heal(String id) {
		this.cluster.heal(id);
		for (String other : others(id)) {
			this.cluster.firewall().unblock(sessionName(id), other);
			this.cluster.firewall().unblock(sessionName(other), id);
		}
	}

	/**
	 * Stops a member as if its process stood still: no message of anyone reaches it, and
	 * it applies and answers nothing.
	 * @param id the id of the member
	 */
	void pause(String id) {
		isolate(id);
		this.cluster.firewall().block(sessionName(CLIENT), id);
		this.pauses.put(id, EngineSeams.hold(this.cluster.member(id)));
	}

	void resume(String id) {
		Registration pause = this.pauses.remove(id);
		if (pause != null) {
			pause.close();
		}
		this.cluster.firewall().unblock(sessionName(CLIENT), id);
		heal(id);
	}

	/**
	 * Returns the name under which the network knows the session of a node: that of a
	 * member can be cut off alone.
	 * @param node the name of the node
	 * @return the name
	 */
	static String sessionName(String node) {
		return node + "-session";
	}

	/**
	 * Waits until all members run and follow one leader, and checks that they have the
	 * same state at one index.
	 * @return the digest
	 * @throws Exception if they have not
	 */
	StateDigest awaitEqualDigests() throws Exception {
		long index = Awaitility.await()
			.alias("a leader that serves")
			.atMost(TestCluster.PATIENCE)
			.pollInterval(Duration.ofMillis(20))
			.ignoreExceptions()
			.until(() -> EngineSeams.verify(this.cluster.member(this.cluster.awaitLeader())).get(10, TimeUnit.SECONDS),
					(verified) -> verified > 0);
		// Members compute digests now and then by themselves, too.
		List<StateDigest> digests = Awaitility.await()
			.alias("digests at one index")
			.atMost(TestCluster.PATIENCE)
			.pollInterval(Duration.ofMillis(20))
			.until(this::digests, (all) -> all.stream().allMatch((digest) -> digest.index() >= index)
					&& all.stream().map(StateDigest::index).distinct().count() == 1);
		assertThat(this.cluster.ids()).allMatch((id) -> this.cluster.status(id).state() == NodeState.RUNNING);
		assertThat(digests.stream().map(StateDigest::value).distinct()).hasSize(1);
		return digests.get(0);
	}

	private List<StateDigest> digests() {
		return this.cluster.ids()
			.stream()
			.map((id) -> Objects.requireNonNullElse(this.cluster.status(id).digest(), new StateDigest(-1, "")))
			.toList();
	}

	@Override
	public void close() {
		this.cluster.heal();
		List.copyOf(this.pauses.keySet()).forEach(this::resume);
		this.sessions.values().forEach(SessionClient::close);
		this.cluster.close();
	}

}
