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

package io.github.atomixspring.boot.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.atomixspring.AtomixClient;
import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.cluster.NodeStatus;
import io.github.atomixspring.cluster.Role;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of one run of a test cluster, with ports, directories and a network of their
 * own.
 */
final class TestNodes implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

	private final AtomixTestCluster.Builder settings;

	private final TemporaryDirectory directory = TemporaryDirectory.create();

	private final TestNetwork network = new TestNetwork();

	private final List<ReservedPort> ports = new ArrayList<>();

	private final List<Member> members = new ArrayList<>();

	private final Map<String, AtomixReplica> replicas = new LinkedHashMap<>();

	private final List<AtomixClient> clients = new ArrayList<>();

	TestNodes(AtomixTestCluster.Builder settings) {
		this.settings = settings;
		for (int i = 1; i <= settings.members(); i++) {
			ReservedPort port = ReservedPort.reserve();
			this.ports.add(port);
			this.members.add(new Member("n" + i, "127.0.0.1", port.number()));
		}
	}

	/**
	 * Makes all members and starts them.
	 */
	void start() {
		for (Member member : this.members) {
			this.replicas.put(member.id(), replica(member.id()));
		}
		restore();
	}

	private AtomixReplica replica(String id) {
		AtomixReplica.Builder builder = AtomixReplica.builder()
			.clusterName(this.settings.clusterName())
			.nodeId(id)
			.members(this.members)
			.storageDirectory(this.directory.path().resolve(id))
			.sessionTimeout(this.settings.sessionTimeout());
		this.settings.replica().customize(builder);
		return builder.networkFilter(this.network).build();
	}

	List<Member> members() {
		return List.copyOf(this.members);
	}

	TestNetwork network() {
		return this.network;
	}

	/**
	 * Returns a member, which may be stopped.
	 * @param id its id
	 * @return the member
	 * @throws IllegalArgumentException if there is none; the message names those that are
	 * there
	 */
	AtomixReplica member(String id) {
		AtomixReplica replica = this.replicas.get(id);
		if (replica == null) {
			throw new IllegalArgumentException(
					"There is no member '" + id + "' in the test cluster, only " + this.replicas.keySet());
		}
		return replica;
	}

	/**
	 * Starts a client, which is closed with the cluster.
	 * @param name its name
	 * @return the client
	 */
	AtomixClient client(String name) {
		AtomixClient.Builder builder = AtomixClient.builder()
			.clusterName(this.settings.clusterName())
			.nodeId(name)
			.members(this.members)
			.sessionTimeout(this.settings.sessionTimeout());
		this.settings.client().customize(builder);
		AtomixClient client = builder.build();
		this.clients.add(client);
		client.start();
		return client;
	}

	/**
	 * Heals the network and starts all members that do not run.
	 */
	void restore() {
		this.network.heal();
		this.replicas.values().forEach(AtomixReplica::start);
	}

	/**
	 * Waits until one of the members that run and are not isolated leads, and the others
	 * of them follow it.
	 * @return the id of the leader
	 */
	String awaitLeader() {
		try {
			return Awaitility.await()
				.atMost(PATIENCE)
				.pollInterval(POLL_INTERVAL)
				.until(() -> agreedLeader(reachable()), (leader) -> !leader.isEmpty());
		}
		catch (ConditionTimeoutException ex) {
			throw new IllegalStateException("The test cluster has no leader that all its members follow after "
					+ PATIENCE.toSeconds() + " seconds: " + describe(), ex);
		}
	}

	private List<NodeStatus> reachable() {
		return this.replicas.values()
			.stream()
			.map(AtomixReplica::status)
			.filter((status) -> status.state() != NodeState.STOPPED && !this.network.isIsolated(status.node()))
			.toList();
	}

	private static String agreedLeader(List<NodeStatus> reachable) {
		String leader = reachable.stream()
			.filter((status) -> status.role() == Role.LEADER)
			.map(NodeStatus::node)
			.findFirst()
			.orElse("");
		return (reachable.stream().allMatch((status) -> follows(status, leader))) ? leader : "";
	}

	private static boolean follows(NodeStatus status, String leader) {
		return status.state() == NodeState.RUNNING && leader.equals(status.leader());
	}

	private String describe() {
		return this.replicas.values()
			.stream()
			.map(AtomixReplica::status)
			.map(this::describe)
			.collect(Collectors.joining("; "));
	}

	private String describe(NodeStatus status) {
		String text = status.node() + " is " + status.state();
		if (this.network.isIsolated(status.node())) {
			text += " and isolated";
		}
		@Nullable String problem = status.problem();
		return text + ", role " + status.role() + ", leader " + status.leader()
				+ ((problem != null) ? " (" + problem + ")" : "");
	}

	/**
	 * Ends all nodes at once and deletes what they left.
	 */
	@Override
	public void close() {
		this.network.heal();
		this.clients.forEach(AtomixClient::close);
		this.replicas.values().forEach(AtomixReplica::terminate);
		this.replicas.values().forEach(AtomixReplica::close);
		this.directory.close();
		this.ports.forEach(ReservedPort::close);
	}

}
