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

package io.github.atomixspring.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.cluster.NodeStatus;
import io.github.atomixspring.cluster.Role;
import io.github.atomixspring.server.RaftMember;
import io.github.atomixspring.server.ServerConfig;
import io.github.atomixspring.server.TestMembers;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of members {@code n1}, {@code n2} and so on in this virtual machine, on free
 * ports of the loopback interface and in directories of their own. Not thread-safe.
 */
public final class TestCluster implements AutoCloseable {

	/**
	 * How long the cluster is given for what it should do soon.
	 */
	public static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);

	private static final Duration ELECTION_TIMEOUT = Duration.ofSeconds(4);

	private final String name;

	private final Path root;

	private final boolean temporary;

	private final List<Member> members;

	private final Factory factory;

	private final UnaryOperator<ServerConfig> customizer;

	private final Firewall firewall = new Firewall();

	private final Map<String, RaftMember> nodes = new LinkedHashMap<>();

	private TestCluster(Builder builder) {
		this.name = builder.name;
		this.temporary = builder.root == null;
		this.root = (builder.root != null) ? builder.root : createRoot();
		this.factory = builder.factory;
		this.customizer = builder.customizer;
		List<Integer> ports = FreePorts.find(builder.size);
		this.members = new ArrayList<>();
		for (int i = 0; i < builder.size; i++) {
			this.members.add(new Member("n" + (i + 1), "127.0.0.1", ports.get(i)));
		}
		this.members.forEach((member) -> this.nodes.put(member.id(), create(member.id())));
	}

	/**
	 * Returns a cluster that is not started.
	 * @param size the number of members
	 * @return the cluster
	 */
	public static TestCluster of(int size) {
		return builder(size).build();
	}

	/**
	 * Returns a builder.
	 * @param size the number of members
	 * @return the builder
	 */
	public static Builder builder(int size) {
		return new Builder(size);
	}

	private static Path createRoot() {
		try {
			return Files.createTempDirectory("atomix-test");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private RaftMember create(String id) {
		return this.factory.create(config(id), TestMembers.guard(id, this.firewall));
	}

	/**
	 * Returns the members.
	 * @return the members
	 */
	public List<Member> members() {
		return List.copyOf(this.members);
	}

	/**
	 * Returns the ids of the members.
	 * @return the ids
	 */
	public List<String> ids() {
		return List.copyOf(this.nodes.keySet());
	}

	/**
	 * Returns the configuration of a member.
	 * @param id the id
	 * @return the configuration
	 */
	public ServerConfig config(String id) {
		return this.customizer.apply(ServerConfig.of(this.name, id, this.members, directory(id)));
	}

	/**
	 * Returns the directory of a member.
	 * @param id the id
	 * @return the directory
	 */
	public Path directory(String id) {
		return this.root.resolve(id);
	}

	/**
	 * Returns a member, which may be stopped.
	 * @param id the id
	 * @return the member
	 */
	public RaftMember member(String id) {
		return Objects.requireNonNull(this.nodes.get(id), id);
	}

	/**
	 * Returns the network.
	 * @return the network
	 */
	public Firewall firewall() {
		return this.firewall;
	}

	/**
	 * Starts all members.
	 * @return this cluster
	 */
	public TestCluster start() {
		ids().forEach(this::start);
		return this;
	}

	/**
	 * Starts a member. One that was just stopped may need some seconds more to leave its
	 * directory.
	 * @param id the id
	 */
	public void start(String id) {
		TestMembers.start(member(id));
	}

	/**
	 * Stops a member in order.
	 * @param id the id
	 */
	public void stop(String id) {
		member(id).stop();
	}

	/**
	 * Stops all members in order, one after the other.
	 */
	public void stop() {
		ids().forEach(this::stop);
	}

	/**
	 * Stops a member without a word to the others.
	 * @param id the id
	 */
	public void kill(String id) {
		isolate(id);
		member(id).terminate();
		heal(id);
	}

	/**
	 * Deletes the directory of a stopped member.
	 * @param id the id
	 */
	public void wipe(String id) {
		delete(directory(id));
	}

	/**
	 * Cuts a member off from all others.
	 * @param id the id
	 */
	public void isolate(String id) {
		for (String other : ids()) {
			if (!other.equals(id)) {
				this.firewall.block(id, other);
				this.firewall.block(other, id);
			}
		}
	}

	/**
	 * Connects a member to all others again.
	 * @param id the id
	 */
	public void heal(String id) {
		for (String other : ids()) {
			this.firewall.unblock(id, other);
			this.firewall.unblock(other, id);
		}
	}

	/**
	 * Connects all members again.
	 */
	public void heal() {
		this.firewall.heal();
	}

	/**
	 * Returns the status of a member.
	 * @param id the id
	 * @return the status
	 */
	public NodeStatus status(String id) {
		return member(id).status();
	}

	/**
	 * Waits until some member leads and all others that run follow it.
	 * @return the id of the leader
	 */
	public String awaitLeader() {
		return awaitLeader(ids());
	}

	/**
	 * Waits until one of some members leads and the other ones of them follow it.
	 * @param among the ids of the members
	 * @return the id of the leader
	 */
	public String awaitLeader(List<String> among) {
		return agreedLeader(Awaitility.await()
			.alias("a leader among " + among)
			.atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(20))
			.until(() -> running(among), (running) -> !agreedLeader(running).isEmpty()));
	}

	private List<NodeStatus> running(List<String> among) {
		return among.stream().map(this::status).filter((status) -> status.state() != NodeState.STOPPED).toList();
	}

	private static String agreedLeader(List<NodeStatus> running) {
		String leader = running.stream()
			.filter((status) -> status.role() == Role.LEADER)
			.map(NodeStatus::node)
			.findFirst()
			.orElse("");
		return (running.stream()
			.allMatch((status) -> status.state() == NodeState.RUNNING && leader.equals(status.leader()))) ? leader : "";
	}

	/**
	 * Waits until a member is in a state.
	 * @param id the id
	 * @param state the state
	 */
	public void awaitState(String id, NodeState state) {
		Awaitility.await()
			.atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(20))
			.until(() -> status(id).state(), (current) -> current == state);
	}

	/**
	 * Stops all members and deletes what they left.
	 */
	@Override
	public void close() {
		heal();
		this.nodes.values().forEach(RaftMember::terminate);
		if (this.temporary) {
			delete(this.root);
		}
	}

	/**
	 * Deletes a directory, in which a member that was just stopped may still write.
	 * @param path the directory
	 */
	private static void delete(Path path) {
		Awaitility.await()
			.alias(path + " is gone")
			.pollDelay(Duration.ZERO)
			.atMost(PATIENCE)
			.ignoreExceptionsInstanceOf(IOException.class)
			.until(() -> isDeleted(path));
	}

	private static boolean isDeleted(Path path) throws IOException {
		if (Files.exists(path)) {
			Files.walkFileTree(path, new SimpleFileVisitor<>() {

				@Override
				public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
					Files.delete(file);
					return FileVisitResult.CONTINUE;
				}

				@Override
				public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException ex) throws IOException {
					Files.delete(directory);
					return FileVisitResult.CONTINUE;
				}

			});
		}
		return true;
	}

	/**
	 * Makes the members of a cluster.
	 */
	@FunctionalInterface
	public interface Factory {

		/**
		 * Makes a member.
		 * @param config its configuration
		 * @param interceptor sees all calls to its port
		 * @return the member, not started
		 */
		RaftMember create(ServerConfig config, ServerInterceptor interceptor);

	}

	/**
	 * Builds a cluster.
	 */
	public static final class Builder {

		private final int size;

		private String name = "test";

		private @Nullable Path root;

		private Factory factory = TestMembers::withEngine;

		private UnaryOperator<ServerConfig> customizer = (config) -> config.withTimeouts(SESSION_TIMEOUT,
				ELECTION_TIMEOUT);

		private Builder(int size) {
			this.size = size;
		}

		/**
		 * Sets the name of the cluster.
		 * @param clusterName the name
		 * @return this builder
		 */
		public Builder name(String clusterName) {
			this.name = clusterName;
			return this;
		}

		/**
		 * Sets the directory in which the members have theirs. It is not deleted.
		 * @param directory the directory
		 * @return this builder
		 */
		public Builder root(Path directory) {
			this.root = directory;
			return this;
		}

		/**
		 * Sets what makes the members.
		 * @param memberFactory the factory
		 * @return this builder
		 */
		public Builder factory(Factory memberFactory) {
			this.factory = memberFactory;
			return this;
		}

		/**
		 * Changes the configurations, with which no pause of a busy machine makes a
		 * leader fall before. Members that have just started do not wait so long for one.
		 * @param change the change
		 * @return this builder
		 */
		public Builder config(UnaryOperator<ServerConfig> change) {
			UnaryOperator<ServerConfig> before = this.customizer;
			this.customizer = (config) -> change.apply(before.apply(config));
			return this;
		}

		/**
		 * Returns the cluster, not started.
		 * @return the cluster
		 */
		public TestCluster build() {
			return new TestCluster(this);
		}

	}

}
