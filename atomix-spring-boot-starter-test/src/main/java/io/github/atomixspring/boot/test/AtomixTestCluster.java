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
import java.util.List;
import java.util.stream.Collectors;

import io.github.atomixspring.AtomixClient;
import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.boot.autoconfigure.AtomixClientCustomizer;
import io.github.atomixspring.boot.autoconfigure.AtomixReplicaCustomizer;
import io.github.atomixspring.cluster.Member;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.util.Assert;

/**
 * A cluster of several members in this process, {@code n1}, {@code n2} and so on, that a
 * test can stop, kill and cut off from each other. Each has real storage in a temporary
 * directory and talks to the others over the loopback interface.
 * <p>
 * Registered with {@code @RegisterExtension} it is started before the tests and closed
 * after them: in a static field once for the class, otherwise for each test. A cluster of
 * the class is restored after each test, so that all members run and reach each other;
 * its data stays. Tests may have it as a parameter. {@link WithAtomixCluster} needs no
 * field. Without JUnit, {@link #start()} and {@link #close()} do the same.
 * <p>
 * What a test does with it takes effect at once, but the members need time to notice:
 * wait for what they do, for instance with {@link #awaitLeader()}. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class AtomixTestCluster
		implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver, AutoCloseable {

	private static final Namespace NAMESPACE = Namespace.create(AtomixTestCluster.class);

	private final Builder settings;

	private @Nullable TestNodes nodes;

	private @Nullable AtomixClient client;

	private AtomixTestCluster(Builder settings) {
		this.settings = settings;
	}

	/**
	 * Returns a cluster that is not started.
	 * @param members the number of members
	 * @return the cluster
	 */
	public static AtomixTestCluster of(int members) {
		return builder().members(members).build();
	}

	/**
	 * Returns a builder.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Starts all members and waits until one leads. Does nothing if the cluster was
	 * started.
	 */
	public void start() {
		if (this.nodes != null) {
			return;
		}
		TestNodes created = new TestNodes(this.settings);
		this.nodes = created;
		boolean started = false;
		try {
			created.start();
			created.awaitLeader();
			started = true;
		}
		finally {
			if (!started) {
				close();
			}
		}
	}

	/**
	 * Heals the network, starts all members that do not run, and waits until one leads.
	 */
	public void restore() {
		running().restore();
		awaitLeader();
	}

	/**
	 * Closes all members and clients and deletes their data. Started again, the cluster
	 * is a new one.
	 */
	@Override
	public void close() {
		TestNodes closed = this.nodes;
		this.nodes = null;
		this.client = null;
		if (closed != null) {
			closed.close();
		}
	}

	/**
	 * Returns the ids of the members, also of those that are stopped.
	 * @return the ids
	 */
	public List<String> ids() {
		return members().stream().map(Member::id).toList();
	}

	/**
	 * Returns the members with their addresses, also those that are stopped.
	 * @return the members
	 */
	public List<Member> members() {
		return running().members();
	}

	/**
	 * Returns a member, always the same instance: stopped and started again, it goes on
	 * in a new session.
	 * @param id its id
	 * @return the member
	 */
	public AtomixReplica member(String id) {
		return running().member(id);
	}

	/**
	 * Returns a client with the name {@code client}, always the same.
	 * @return the client, started
	 */
	public AtomixClient client() {
		AtomixClient known = this.client;
		if (known == null) {
			known = newClient("client");
			this.client = known;
		}
		return known;
	}

	/**
	 * Returns a new client. It is closed with the cluster.
	 * @param name its name, which no other node has
	 * @return the client, started
	 */
	public AtomixClient newClient(String name) {
		return running().client(name);
	}

	/**
	 * Starts a member. Does nothing if it runs.
	 * @param id its id
	 */
	public void start(String id) {
		member(id).start();
	}

	/**
	 * Stops a member in order, as the end of an application does: it gives up what it
	 * holds and hands over its leadership.
	 * @param id its id
	 */
	public void stop(String id) {
		member(id).stop();
	}

	/**
	 * Stops a member without a word to anyone, as {@code kill -9} does: what it holds is
	 * given to others when its session has timed out. Its data stays.
	 * @param id its id
	 */
	public void kill(String id) {
		member(id).terminate();
	}

	/**
	 * Stops a member in order and starts it again.
	 * @param id its id
	 */
	public void restart(String id) {
		stop(id);
		start(id);
	}

	/**
	 * Cuts a node off from all others. Messages from and to it vanish, as they do when a
	 * cable is pulled or a process is frozen; itself it goes on.
	 * @param node the id of a member or the name of a client
	 */
	public void isolate(String node) {
		running().network().isolate(node);
	}

	/**
	 * Cuts two nodes off from each other, in both directions. Two clients never talk to
	 * each other.
	 * @param node the id of a member or the name of a client
	 * @param other another one
	 */
	public void disconnect(String node, String other) {
		Assert.isTrue(!node.equals(other), () -> "'" + node + "' cannot be cut off from itself: use isolate");
		running().network().disconnect(node, other);
	}

	/**
	 * Connects a node to all others again.
	 * @param node the id of a member or the name of a client
	 */
	public void heal(String node) {
		running().network().heal(node);
	}

	/**
	 * Connects all nodes again.
	 */
	public void heal() {
		running().network().heal();
	}

	/**
	 * Waits until one of the members that run and are not isolated leads the consensus,
	 * and the others of them follow it.
	 * @return the id of the leader
	 * @throws IllegalStateException if that does not happen within a minute; the message
	 * says how the members are
	 */
	public String awaitLeader() {
		return running().awaitLeader();
	}

	/**
	 * Makes the application of a test a client of this cluster. To be called by a
	 * {@code @DynamicPropertySource} method.
	 * @param registry takes the properties
	 */
	public void connect(DynamicPropertyRegistry registry) {
		registry.add("atomix.mode", () -> "client");
		registry.add("atomix.cluster.name", this.settings::clusterName);
		registry.add("atomix.cluster.members",
				() -> members().stream().map(Member::toString).collect(Collectors.joining(",")));
	}

	private TestNodes running() {
		TestNodes current = this.nodes;
		Assert.state(current != null,
				"The test cluster is not started: register it with @RegisterExtension, or call start()");
		return current;
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		startFor(context);
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		startFor(context);
	}

	private void startFor(ExtensionContext context) {
		start();
		// Closed by the outermost context that uses it, when all extensions are done: an
		// application context that is closed with the class still has its cluster then.
		context.getStore(NAMESPACE).computeIfAbsent(this, (key) -> this);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		boolean ofClass = context.getParent()
			.filter((parent) -> parent.getStore(NAMESPACE).get(this) != null)
			.isPresent();
		if (ofClass) {
			restoreIfStarted();
		}
	}

	void restoreIfStarted() {
		if (this.nodes != null) {
			restore();
		}
	}

	@Override
	public boolean supportsParameter(ParameterContext parameterContext, ExtensionContext extensionContext) {
		return parameterContext.getParameter().getType() == AtomixTestCluster.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameterContext, ExtensionContext extensionContext) {
		return this;
	}

	/**
	 * Builds a cluster.
	 */
	public static final class Builder {

		private int members = 3;

		private String clusterName = "test";

		private Duration sessionTimeout = Duration.ofSeconds(3);

		private AtomixReplicaCustomizer replica = (builder) -> {
		};

		private AtomixClientCustomizer client = (builder) -> {
		};

		private Builder() {
		}

		/**
		 * Sets the number of members. By default three.
		 * @param newMembers the number
		 * @return this builder
		 */
		public Builder members(int newMembers) {
			Assert.isTrue(newMembers > 0, () -> "A cluster has at least one member, not " + newMembers);
			this.members = newMembers;
			return this;
		}

		/**
		 * Sets the name of the cluster. By default {@code test}.
		 * @param newClusterName the name
		 * @return this builder
		 */
		public Builder clusterName(String newClusterName) {
			Assert.hasText(newClusterName, "'clusterName' must not be blank");
			this.clusterName = newClusterName;
			return this;
		}

		/**
		 * Sets the session timeout of members and clients. By default three seconds; a
		 * shorter one makes a failover faster, and more likely on a busy machine.
		 * @param newSessionTimeout the timeout
		 * @return this builder
		 */
		public Builder sessionTimeout(Duration newSessionTimeout) {
			Assert.notNull(newSessionTimeout, "'sessionTimeout' must not be null");
			this.sessionTimeout = newSessionTimeout;
			return this;
		}

		/**
		 * Sets what changes the builder of each member.
		 * @param customizer changes it
		 * @return this builder
		 */
		public Builder replica(AtomixReplicaCustomizer customizer) {
			Assert.notNull(customizer, "'customizer' must not be null");
			this.replica = customizer;
			return this;
		}

		/**
		 * Sets what changes the builder of each client.
		 * @param customizer changes it
		 * @return this builder
		 */
		public Builder client(AtomixClientCustomizer customizer) {
			Assert.notNull(customizer, "'customizer' must not be null");
			this.client = customizer;
			return this;
		}

		int members() {
			return this.members;
		}

		String clusterName() {
			return this.clusterName;
		}

		Duration sessionTimeout() {
			return this.sessionTimeout;
		}

		AtomixReplicaCustomizer replica() {
			return this.replica;
		}

		AtomixClientCustomizer client() {
			return this.client;
		}

		/**
		 * Returns the cluster, not started.
		 * @return the cluster
		 */
		public AtomixTestCluster build() {
			return new AtomixTestCluster(this);
		}

	}

}
