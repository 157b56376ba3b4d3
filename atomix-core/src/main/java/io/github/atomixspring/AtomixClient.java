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

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;

import io.github.atomixspring.cluster.ClusterConfigurationException;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.TlsConfig;
import io.github.atomixspring.link.ClientConnector;
import io.github.atomixspring.server.ServerConfig;
import io.github.atomixspring.session.SessionClient;
import io.github.atomixspring.session.SessionConfig;
import org.jspecify.annotations.Nullable;

/**
 * A node that uses a cluster without being a member of it. It keeps no replicated state.
 *
 * @since 0.1.0
 */
public final class AtomixClient extends AbstractNode {

	private final SessionConfig config;

	private AtomixClient(SessionConfig config, List<Member> members, List<Member> preferred, @Nullable TlsConfig tls) {
		super(IntStream.range(0, config.partitions())
			.mapToObj((partition) -> new SessionClient(config,
					new ClientConnector(config.node(), partition, members, preferred, tls), null))
			.toList());
		this.config = config;
	}

	/**
	 * Returns a builder.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	@Override
	void startServer() {
		// There is none: the session finds a member by itself.
	}

	@Override
	void stopServer() {
		// There is none.
	}

	@Override
	void closeServer() {
		// There is none.
	}

	@Override
	public String toString() {
		return "AtomixClient " + this.config.node() + " of cluster '" + this.config.cluster() + "'";
	}

	/**
	 * Builds a client.
	 */
	public static final class Builder extends NodeBuilder<Builder> {

		private @Nullable String nodeId;

		private List<String> preferredMembers = List.of();

		private Builder() {
		}

		@Override
		Builder self() {
			return this;
		}

		/**
		 * Sets the id of this node, which others see as the holder of locks and
		 * leaderships; unique among the nodes. By default {@code client-} and a random
		 * id.
		 * @param newNodeId the id
		 * @return this builder
		 */
		public Builder nodeId(String newNodeId) {
			this.nodeId = Objects.requireNonNull(newNodeId, "'nodeId' must not be null");
			return this;
		}

		/**
		 * Sets the members of the cluster, or some of them.
		 * @param newMembers the members
		 * @return this builder
		 */
		@Override
		public Builder members(List<Member> newMembers) {
			return super.members(newMembers);
		}

		/**
		 * Sets those of the members that are asked first who leads, in this order, for
		 * instance because they are near. The others follow in turn if none of them
		 * answers. When a link is lost the client begins with them again. All operations
		 * go to the leader, whichever member that is. By default no member is preferred.
		 * @param newPreferredMembers the ids of their nodes
		 * @return this builder
		 */
		public Builder preferredMembers(List<String> newPreferredMembers) {
			this.preferredMembers = List
				.copyOf(Objects.requireNonNull(newPreferredMembers, "'preferredMembers' must not be null"));
			return this;
		}

		/**
		 * Builds the client without starting it.
		 * @return the client
		 * @throws ClusterConfigurationException if no member is known, or a preferred one
		 * is none of them
		 */
		public AtomixClient build() {
			if (members().isEmpty()) {
				throw new ClusterConfigurationException(
						"A client needs the members of the cluster '" + clusterName() + "': set at least one");
			}
			ServerConfig.checkPartitions(partitions());
			String node = (this.nodeId != null) ? this.nodeId : "client-" + UUID.randomUUID();
			return new AtomixClient(session(node), members(), preferred(), tls());
		}

		private List<Member> preferred() {
			return this.preferredMembers.stream().distinct().map(this::member).toList();
		}

		private Member member(String id) {
			return members().stream()
				.filter((member) -> member.id().equals(id))
				.findFirst()
				.orElseThrow(() -> new ClusterConfigurationException("The preferred member '" + id
						+ "' is not among the members " + members().stream().map(Member::id).toList()
						+ " of the cluster '" + clusterName() + "'"));
		}

	}

}
