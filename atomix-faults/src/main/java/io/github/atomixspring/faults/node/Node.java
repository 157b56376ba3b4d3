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

package io.github.atomixspring.faults.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.AtomixClient;
import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.ReplicaSeams;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.NodeStatus;
import io.github.atomixspring.cluster.StateDigest;
import io.github.atomixspring.faults.host.Direction;
import io.github.atomixspring.server.RaftMember;
import io.github.atomixspring.server.ServerConfig;
import io.github.atomixspring.server.TestMembers;
import org.apache.ratis.server.RaftServer;
import org.jspecify.annotations.Nullable;

/**
 * A replica or a client in this process.
 */
final class Node implements AutoCloseable {

	private static final String CLUSTER = "faults";

	/**
	 * Shorter than the longest pauses of processes, so that sessions end in them.
	 */
	private static final Duration SESSION = Duration.ofSeconds(6);

	private static final Duration OPERATION = Duration.ofSeconds(5);

	private static final Duration CHANGE = Duration.ofSeconds(30);

	private final MessageFilter filter = new MessageFilter();

	private final Atomix atomix;

	private final Atomix reader;

	private @Nullable RaftMember member;

	private Node(NodeConfig config) {
		this.atomix = (config.data() != null) ? replica(config, config.data()) : client(config, config.id(), SESSION);
		this.reader = client(config, config.id() + "-reader", patience(config));
	}

	/**
	 * Starts the node.
	 * @param config what it is to be
	 * @return the node
	 */
	static Node start(NodeConfig config) {
		Node node = new Node(config);
		node.atomix.start();
		node.reader.start();
		return node;
	}

	private static Duration patience(NodeConfig config) {
		return (config.bug() != null) ? Bug.of(config.bug()).patience(SESSION) : SESSION;
	}

	private static Atomix client(NodeConfig config, String id, Duration sessionTimeout) {
		return AtomixClient.builder()
			.clusterName(CLUSTER)
			.nodeId(id)
			.members(config.members())
			.sessionTimeout(sessionTimeout)
			.operationTimeout(OPERATION)
			.build();
	}

	private Atomix replica(NodeConfig config, String data) {
		AtomixReplica.Builder builder = AtomixReplica.builder()
			.clusterName(CLUSTER)
			.nodeId(config.id())
			.members(config.members())
			.storageDirectory(Path.of(data))
			.sessionTimeout(SESSION)
			.operationTimeout(OPERATION)
			.insecure(true);
		Map<String, String> properties = new HashMap<>();
		if (config.smallLogs()) {
			builder.snapshotThreshold(200);
			properties.putAll(Map.of("raft.server.log.purge.gap", "1", "raft.server.log.purge.preservation.log.num",
					"0", "raft.server.log.segment.size.max", "32KB", "raft.server.log.preallocated.size", "4KB"));
		}
		if (config.bug() != null) {
			properties.putAll(Bug.of(config.bug()).raftProperties());
		}
		builder.raftProperties(properties);
		return ReplicaSeams.build(builder, (server) -> {
			RaftMember made = member(server, config.bug());
			this.member = made;
			return made;
		});
	}

	private RaftMember member(ServerConfig server, @Nullable String bug) {
		return (bug != null) ? Bug.of(bug).members().create(server, TestMembers.guard(server.self().id(), this.filter))
				: new RaftMember(server, this.filter);
	}

	Atomix atomix() {
		return this.atomix;
	}

	/**
	 * Returns a session for those who only read. A leader that is cut off answers nothing
	 * more on a link with a command that waits, so that it could tell old values
	 * unnoticed.
	 * @return a client with a session of its own
	 */
	Atomix reader() {
		return this.reader;
	}

	void block(Set<Direction> directions) {
		this.filter.block(directions);
	}

	private AtomixReplica replica() {
		if (this.atomix instanceof AtomixReplica replica) {
			return replica;
		}
		throw new IllegalStateException("A client is no member");
	}

	CompletableFuture<Long> verify() {
		return replica().verifyDigests();
	}

	CompletableFuture<Void> add(Member added) {
		return replica().addMember(added, CHANGE);
	}

	CompletableFuture<Void> remove(String node) {
		return replica().removeMember(node, CHANGE);
	}

	/**
	 * Returns how the node is.
	 * @param successes how many calls of each workload have succeeded
	 * @param refused how many calls were refused since the disks are full
	 * @return the view
	 */
	NodeView view(Map<String, Long> successes, long refused) {
		RaftMember own = this.member;
		if (own == null) {
			return new NodeView(System.nanoTime(), "", null, "NONE", null, 0, -1, -1, -1, -1, -1, null, 0, refused,
					successes);
		}
		NodeStatus status = own.status();
		StateDigest digest = status.digest();
		RaftServer.Division division = TestMembers.division(own);
		return new NodeView(System.nanoTime(), status.state().name(), status.problem(), status.role().name(),
				status.leader(), status.term(), status.lastIndex(), status.appliedIndex(), status.snapshotIndex(),
				(division != null) ? division.getRaftLog().getStartIndex() : -1, (digest != null) ? digest.index() : -1,
				(digest != null) ? digest.value() : null, this.filter.lost(), refused, successes);
	}

	@Override
	public void close() {
		this.reader.close();
		this.atomix.close();
	}

}
