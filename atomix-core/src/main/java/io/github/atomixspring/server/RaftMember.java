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
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

import io.github.atomixspring.cluster.ClusterReport;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.MemberReport;
import io.github.atomixspring.cluster.NetworkFilter;
import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.cluster.NodeStatus;
import io.github.atomixspring.cluster.NotLeadingException;
import io.github.atomixspring.cluster.PartitionStatus;
import io.github.atomixspring.cluster.Role;
import io.github.atomixspring.link.Connector;
import io.github.atomixspring.link.GrpcLinkService;
import io.github.atomixspring.link.LocalReader;
import io.github.atomixspring.metrics.RaftMetrics;
import io.github.atomixspring.metrics.ReplicaStatistics;
import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.UnavailableException;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.grpc.ServerServiceDefinition;
import org.jspecify.annotations.Nullable;

/**
 * A member of the cluster. It can be started and stopped again and again.
 */
public final class RaftMember implements AutoCloseable {

	private static final Duration HAND_OVER = Duration.ofSeconds(2);

	private final ServerConfig config;

	/**
	 * The engine of each partition, by its number.
	 */
	private final List<ReplicaEngine> engines;

	private final List<ServerServiceDefinition> services;

	private final List<ServerInterceptor> interceptors;

	private final SpaceProbe space;

	private final HeapProbe heap;

	private final RaftMetrics metrics = new RaftMetrics();

	private final ReentrantLock lock = new ReentrantLock();

	private volatile @Nullable Supervisor supervisor;

	/**
	 * Creates a member.
	 * @param config the configuration
	 * @param filter decides which messages reach it, or null if all do
	 */
	public RaftMember(ServerConfig config, @Nullable NetworkFilter filter) {
		this(config, Engine.of(config),
				(filter != null) ? List.of(new NetworkGuard(config.self().id(), filter)) : List.of());
	}

	RaftMember(ServerConfig config, List<ReplicaEngine> engines, List<ServerInterceptor> interceptors) {
		this(config, engines,
				List.of(new GrpcLinkService(engines.stream().map(ReplicaEngine::acceptor).toList()).definition()),
				interceptors);
	}

	/**
	 * Creates a member with engines.
	 * @param config the configuration
	 * @param engines the state machine and the gateway of each partition
	 * @param services the services to host beside those of Ratis
	 * @param interceptors see all calls to the port
	 */
	RaftMember(ServerConfig config, List<ReplicaEngine> engines, List<ServerServiceDefinition> services,
			List<ServerInterceptor> interceptors) {
		this(config, engines, services, interceptors, SpaceProbe.FILE_STORE, new LongLivedHeap());
	}

	/**
	 * Creates a member with engines, on a disk and with a heap whose room is told by
	 * others.
	 * @param config the configuration
	 * @param engines the state machine and the gateway of each partition
	 * @param services the services to host beside those of Ratis
	 * @param interceptors see all calls to the port
	 * @param space tells the free space of its disk
	 * @param heap tells the use of its heap
	 */
	RaftMember(ServerConfig config, List<ReplicaEngine> engines, List<ServerServiceDefinition> services,
			List<ServerInterceptor> interceptors, SpaceProbe space, HeapProbe heap) {
		this.config = config;
		this.engines = List.copyOf(engines);
		this.services = List.copyOf(services);
		this.interceptors = List.copyOf(interceptors);
		this.space = space;
		this.heap = heap;
	}

	/**
	 * Starts the member. Returns when its port is open and its own data is loaded, and
	 * does not wait for other members. Does nothing if it runs.
	 * @throws AtomixException if it cannot start; nothing is left open then
	 */
	public void start() {
		this.lock.lock();
		try {
			if (this.supervisor == null) {
				this.supervisor = Supervisor.start(this.config, this.engines, this.services, this.interceptors,
						this.metrics, new Headroom(this.config, this.space, this.heap));
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Stops the member: hands the leadership of the consensus over, stops serving and
	 * closes the server. Takes at most about ten seconds. Does nothing if it does not
	 * run.
	 */
	public void stop() {
		stop(HAND_OVER);
	}

	/**
	 * Stops the member without a hand-over of its leadership. Does nothing if it does not
	 * run.
	 */
	public void terminate() {
		stop(Duration.ZERO);
	}

	/**
	 * Stops the member.
	 * @param handOver how long the hand-over of the leadership may take; zero for none
	 */
	private void stop(Duration handOver) {
		this.lock.lock();
		try {
			Supervisor current = this.supervisor;
			if (current != null) {
				this.supervisor = null;
				current.stop(handOver);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Stops the member for ever.
	 */
	@Override
	public void close() {
		stop();
		this.engines.forEach(ReplicaEngine::close);
	}

	/**
	 * Makes every member compute the digest of its state at one log index of each
	 * partition that this member leads. The digests appear in the status.
	 * @return the index of the first partition; fails if this member does not lead that
	 */
	public CompletableFuture<Long> verify() {
		return forAll(this.engines.stream()
			.filter((engine) -> engine.isLeading() || engine == first())
			.map(ReplicaEngine::verify)
			.toList());
	}

	/**
	 * Takes a snapshot of the present state of this member, of each partition.
	 * @return the index of that of the first partition, once all are durable; fails if
	 * one cannot be written
	 */
	public CompletableFuture<Long> takeSnapshot() {
		return forAll(this.engines.stream().map(ReplicaEngine::takeSnapshot).toList());
	}

	private static CompletableFuture<Long> forAll(List<CompletableFuture<Long>> futures) {
		return CompletableFuture.allOf(futures.toArray(new CompletableFuture<?>[0]))
			.thenCompose((done) -> futures.get(0));
	}

	private ReplicaEngine first() {
		return this.engines.get(0);
	}

	/**
	 * Writes the state of the cluster to a file.
	 * @param target the file, which must not be there
	 * @return the log index of the state of the first partition; fails if this member
	 * does not lead that
	 */
	public CompletableFuture<Long> backup(Path target) {
		Supervisor current = this.supervisor;
		return (current != null) ? current.backups().write(target) : notLeading();
	}

	/**
	 * Makes the state in a file that of the cluster.
	 * @param source the file
	 * @param forced whether to do it although there are primitives
	 * @return completes when it is; fails if this member does not lead the first
	 * partition
	 */
	public CompletableFuture<Void> restore(Path source, boolean forced) {
		Supervisor current = this.supervisor;
		return (current != null) ? current.backups().restore(source, forced) : notLeading();
	}

	private <T> CompletableFuture<T> notLeading() {
		return CompletableFuture.failedFuture(new NotLeadingException(this.config.self().id(), null));
	}

	/**
	 * Hands the leadership of the consensus to another member, with several partitions
	 * those of all that this member leads.
	 * @param target the id of its node
	 * @param timeout how long that may take
	 * @return completes when it leads; fails if this member does not lead, if there is no
	 * such member, or if it does not lead in time
	 */
	public CompletableFuture<Void> transferLeadership(String target, Duration timeout) {
		Supervisor current = this.supervisor;
		return (current != null) ? current.view().transferLeadership(target, timeout) : notLeading();
	}

	/**
	 * Hands the leadership of a partition to another member.
	 * @param target the id of its node
	 * @param partition the number of the partition
	 * @param timeout how long that may take
	 * @return completes when it leads; fails if this member does not lead, if there is no
	 * such member or partition, or if it does not lead in time
	 */
	public CompletableFuture<Void> transferLeadership(String target, int partition, Duration timeout) {
		Supervisor current = this.supervisor;
		return (current != null) ? current.view().transferLeadership(target, partition, timeout) : notLeading();
	}

	/**
	 * Adds a member to the cluster.
	 * @param added the member, which must run and wait for that
	 * @param timeout how long to try
	 * @return completes when the member takes part
	 */
	public CompletableFuture<Void> addMember(Member added, Duration timeout) {
		Supervisor current = this.supervisor;
		return (current != null) ? current.changes().add(added, timeout) : stopped();
	}

	/**
	 * Removes a member from the cluster.
	 * @param node the id of its node
	 * @param forced whether to do it although there may be no majority without it
	 * @param timeout how long to try
	 * @return completes when the member takes no part any more
	 */
	public CompletableFuture<Void> removeMember(String node, boolean forced, Duration timeout) {
		Supervisor current = this.supervisor;
		return (current != null) ? current.changes().remove(node, forced, timeout) : stopped();
	}

	/**
	 * Gives a member its vote or takes it.
	 * @param node the id of its node
	 * @param listener whether it is to have none
	 * @param timeout how long to try
	 * @return completes when the cluster counts its vote, or does not any more
	 */
	public CompletableFuture<Void> setListener(String node, boolean listener, Duration timeout) {
		Supervisor current = this.supervisor;
		return (current != null) ? current.changes().setListener(node, listener, timeout) : stopped();
	}

	private CompletableFuture<Void> stopped() {
		return CompletableFuture
			.failedFuture(new UnavailableException("Node '" + this.config.self().id() + "' is stopped", null));
	}

	/**
	 * Returns the configuration.
	 * @return the configuration
	 */
	public ServerConfig config() {
		return this.config;
	}

	/**
	 * Returns what the member knows of itself and its cluster, without asking anyone.
	 * @return the status
	 */
	public NodeStatus status() {
		Supervisor current = this.supervisor;
		if (current == null) {
			return new NodeStatus(this.config.cluster(), null, this.config.self().id(), NodeState.STOPPED, null,
					this.config.members(),
					IntStream.range(0, this.engines.size())
						.mapToObj(
								(partition) -> new PartitionStatus(partition, Role.NONE, null, 0, -1, -1, -1, -1, null))
						.toList(),
					null, null);
		}
		return current.view().status();
	}

	/**
	 * Returns what the member has counted, of all partitions together.
	 * @return the figures
	 */
	public ReplicaStatistics statistics() {
		return this.engines.stream().map(ReplicaEngine::statistics).reduce(ReplicaStatistics::plus).orElseThrow();
	}

	/**
	 * Returns the metrics of the Raft server, of the present one and of those after it.
	 * @return the metrics
	 */
	public RaftMetrics metrics() {
		return this.metrics;
	}

	/**
	 * Asks all members for their status.
	 * @param timeout how long to wait for those that do not answer
	 * @return the report
	 */
	public ClusterReport report(Duration timeout) {
		Supervisor current = this.supervisor;
		if (current == null) {
			return new ClusterReport(this.config.members()
				.stream()
				.map((member) -> (member.equals(this.config.self())) ? new MemberReport(member, status(), null)
						: new MemberReport(member, null, "This node is stopped"))
				.toList());
		}
		return current.view().report(timeout).join();
	}

	/**
	 * Returns the connector for the session of this member with the first partition.
	 * @return a new connector
	 */
	public Connector connector() {
		return connector(0);
	}

	/**
	 * Returns the connector for the session of this member with a partition.
	 * @param partition the number of the partition
	 * @return a new connector
	 */
	public Connector connector(int partition) {
		return new ReplicaConnector(this.engines.get(partition), this.config.self().id(), partition, this.config.tls());
	}

	/**
	 * Returns the reader of the local state of the first partition.
	 * @return the reader
	 */
	public LocalReader localReader() {
		return localReader(0);
	}

	/**
	 * Returns the reader of the local state of a partition.
	 * @param partition the number of the partition
	 * @return the reader
	 */
	public LocalReader localReader(int partition) {
		return this.engines.get(partition).localReader();
	}

	/**
	 * Returns the division of the first partition.
	 * @return the division, or null if there is none
	 */
	RaftServer.@Nullable Division division() {
		Supervisor current = this.supervisor;
		return (current != null) ? current.view().division() : null;
	}

	/**
	 * Returns what raises the feature level while this member runs.
	 * @return the levels
	 */
	Levels levels() {
		return Objects.requireNonNull(this.supervisor).levels();
	}

	/**
	 * Returns the engine of the first partition.
	 * @return the engine
	 */
	ReplicaEngine engine() {
		return first();
	}

}
