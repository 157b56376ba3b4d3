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

package io.github.atomixspring;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;

import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.TlsConfig;
import io.github.atomixspring.session.SessionConfig;
import org.jspecify.annotations.Nullable;

/**
 * The settings that the two kinds of nodes have in common.
 *
 * @param <S> the type of the builder
 * @since 0.1.0
 */
public abstract sealed class NodeBuilder<S extends NodeBuilder<S>> permits AtomixReplica.Builder, AtomixClient.Builder {

	private String clusterName = "atomix";

	private int partitions = 1;

	private List<Member> members = List.of();

	private Duration sessionTimeout = Duration.ofSeconds(10);

	private Duration operationTimeout = Duration.ofSeconds(15);

	private @Nullable Executor callbackExecutor;

	private @Nullable TlsConfig tls;

	NodeBuilder() {
	}

	/**
	 * Returns this builder under its own type.
	 * @return this builder
	 */
	abstract S self();

	/**
	 * Sets the name of the cluster, the same on all nodes. By default {@code atomix}.
	 * @param newClusterName the name
	 * @return this builder
	 */
	public S clusterName(String newClusterName) {
		this.clusterName = Objects.requireNonNull(newClusterName, "'clusterName' must not be null");
		return self();
	}

	/**
	 * Sets the members of the cluster.
	 * @param newMembers the members
	 * @return this builder
	 */
	S members(List<Member> newMembers) {
		this.members = List.copyOf(Objects.requireNonNull(newMembers, "'members' must not be null"));
		return self();
	}

	/**
	 * Sets after which time without contact the cluster ends the session of this node. By
	 * default ten seconds.
	 * @param newSessionTimeout the timeout
	 * @return this builder
	 */
	public S sessionTimeout(Duration newSessionTimeout) {
		this.sessionTimeout = Objects.requireNonNull(newSessionTimeout, "'sessionTimeout' must not be null");
		return self();
	}

	/**
	 * Sets how long an operation waits for the answer of the cluster. By default fifteen
	 * seconds.
	 * @param newOperationTimeout the timeout
	 * @return this builder
	 */
	public S operationTimeout(Duration newOperationTimeout) {
		this.operationTimeout = Objects.requireNonNull(newOperationTimeout, "'operationTimeout' must not be null");
		return self();
	}

	/**
	 * Sets the executor of listeners, handlers and dependent stages, which may block. It
	 * must not run them on the thread that brings them. By default the node has threads
	 * of its own.
	 * @param newCallbackExecutor the executor, or null for the default
	 * @return this builder
	 */
	public S callbackExecutor(@Nullable Executor newCallbackExecutor) {
		this.callbackExecutor = newCallbackExecutor;
		return self();
	}

	/**
	 * Sets the protection of all connections. All nodes of a cluster have it or none has.
	 * By default there is none.
	 * @param newTls the protection, or null for none
	 * @return this builder
	 */
	public S tls(@Nullable TlsConfig newTls) {
		this.tls = newTls;
		return self();
	}

	/**
	 * Sets the number of partitions of the cluster, the same on all its nodes. By default
	 * one. It is fixed when the cluster is made.
	 * <p>
	 * Each partition is a consensus of its own with a leader of its own, on all members.
	 * A primitive lives in the one that its name says: by what stands in the first pair
	 * of braces in it, or else by the whole name. Transactions keep to one partition.
	 * @param newPartitions the number, from 1 to 32
	 * @return this builder
	 */
	public S partitions(int newPartitions) {
		this.partitions = newPartitions;
		return self();
	}

	int partitions() {
		return this.partitions;
	}

	String clusterName() {
		return this.clusterName;
	}

	List<Member> members() {
		return this.members;
	}

	@Nullable TlsConfig tls() {
		return this.tls;
	}

	Duration sessionTimeout() {
		return this.sessionTimeout;
	}

	/**
	 * Returns the settings of the session.
	 * @param node the id of the node
	 * @return the settings
	 */
	SessionConfig session(String node) {
		return SessionConfig.of(this.clusterName, node)
			.withTimeout(this.sessionTimeout)
			.withOperationTimeout(this.operationTimeout)
			.withCallbackExecutor(this.callbackExecutor)
			.withPartitions(this.partitions);
	}

}
