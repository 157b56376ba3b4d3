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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.metrics.RaftMetrics;
import io.github.atomixspring.primitive.AtomixException;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.statemachine.StateMachine;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.grpc.ServerServiceDefinition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a member going from its start to its stop: brings it into a cluster, watches its
 * server, and rebuilds a server that can no longer take part. Ratis itself leaves such
 * servers half alive.
 */
final class Supervisor {

	private static final Logger logger = LoggerFactory.getLogger(Supervisor.class);

	private static final long TICK_MILLIS = 100;

	private static final long STOP_SECONDS = 10;

	private final ServerConfig config;

	private final List<ReplicaEngine> engines;

	private final List<ServerInterceptor> interceptors;

	private final StorageDirectory storage;

	private final NodeClient client;

	private final MemberView view;

	private final Membership membership;

	private final Levels levels;

	private final MemberChanges changes;

	private final Backups backups;

	private final Headroom headroom;

	private final LastVotes votes = new LastVotes();

	private final SpaceWatch spaceWatch;

	private final ServerClosing closing;

	private final List<ServerServiceDefinition> services;

	private final RaftMetrics metrics;

	private final ScheduledExecutorService executor;

	private final AtomicReference<@Nullable Failure> failure = new AtomicReference<>();

	private final BackOff backOff = new BackOff();

	private volatile int generation;

	private volatile boolean stopping;

	private Supervisor(ServerConfig config, List<ReplicaEngine> engines, List<ServerServiceDefinition> services,
			List<ServerInterceptor> interceptors, StorageDirectory storage, RaftMetrics metrics, Headroom headroom) {
		this.config = config;
		this.engines = List.copyOf(engines);
		this.interceptors = interceptors;
		this.storage = storage;
		this.metrics = metrics;
		this.client = new NodeClient(config.self().id(), config.tls());
		Roster roster = new Roster(config, storage);
		this.headroom = headroom;
		this.view = new MemberView(config, engines, storage, roster, this.client, headroom);
		this.levels = new Levels(config, engines, storage, roster, this.client, this.view);
		this.spaceWatch = new SpaceWatch(headroom, this.view, new Polls(config, roster, this.client), this.levels);
		this.changes = new MemberChanges(config, storage, roster, this.client, this.view, this.levels);
		this.membership = new Membership(config, engines, storage, roster, this.client, this.view, this.changes);
		BackupCalls calls = new BackupCalls(config, engines, storage, this.client, this.view, this.levels);
		this.backups = new Backups(config, engines, calls);
		this.closing = new ServerClosing(config.self().id(), this.votes);
		this.services = new ArrayList<>(services);
		this.services.add(NodeService
			.define(new MemberAnswers(config, storage, this.client, this.view, this.changes, this.levels, calls)));
		this.executor = Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, "atomix-" + config.self().id() + "-supervisor");
			thread.setDaemon(true);
			return thread;
		});
	}

	/**
	 * Starts a member.
	 * @param config its configuration
	 * @param engines the state machine and the gateway of each partition
	 * @param services the services to host beside those of Ratis
	 * @param interceptors see all calls to the port
	 * @param metrics takes the metrics of its servers
	 * @param headroom knows the room on its disk and in its heap
	 * @return the supervisor of the running member, which may still have to be formed
	 * @throws AtomixException if it cannot start; everything is closed then
	 */
	static Supervisor start(ServerConfig config, List<ReplicaEngine> engines, List<ServerServiceDefinition> services,
			List<ServerInterceptor> interceptors, RaftMetrics metrics, Headroom headroom) {
		config.checkBindHost();
		OwnCertificate.check(config);
		StorageDirectory storage = StorageDirectory.open(config.directory(), config.cluster(), config.self().id(),
				config.partitions());
		Supervisor supervisor = new Supervisor(config, engines, services, interceptors, storage, metrics, headroom);
		boolean started = false;
		try {
			config.checkPort();
			supervisor.startNode();
			started = true;
		}
		finally {
			if (!started) {
				supervisor.closing.await(System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS));
				supervisor.release();
			}
		}
		supervisor.warnOfSize();
		supervisor.executor.scheduleWithFixedDelay(supervisor::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
		return supervisor;
	}

	/**
	 * Returns what is known of the member.
	 * @return the view
	 */
	MemberView view() {
		return this.view;
	}

	/**
	 * Returns what adds and removes members.
	 * @return the changes
	 */
	MemberChanges changes() {
		return this.changes;
	}

	/**
	 * Returns what raises the feature level.
	 * @return the levels
	 */
	Levels levels() {
		return this.levels;
	}

	/**
	 * Returns what writes backups and brings them back.
	 * @return the backups
	 */
	Backups backups() {
		return this.backups;
	}

	private void warnOfSize() {
		int size = this.config.voters().size();
		if (size > 1 && size % 2 == 0) {
			logger.warn("Cluster '{}' has {} members and tolerates the failure of {}, as it would with {}",
					this.config.cluster(), size, (size - 1) / 2, size - 1);
		}
	}

	private void startNode() {
		int current = ++this.generation;
		this.headroom.measure();
		restoreVotes();
		List<RaftGroup> groups = this.membership.prepare();
		RaftNode node;
		try {
			node = RaftNode.start(this.config, this.storage.metadata().peer(), groups, new PartitionDivisions(current),
					this.services, this.interceptors, this.metrics);
		}
		catch (IOException | RuntimeException ex) {
			Failure reported = this.failure.getAndSet(null);
			throw StartFailures.translate(ex, this.config, (reported != null) ? reported.reason() : null);
		}
		this.view.serves(node);
		try {
			this.membership.started(node);
		}
		catch (RuntimeException | Error ex) {
			this.view.serves(null);
			this.closing.close(node);
			throw ex;
		}
	}

	private void restoreVotes() {
		try {
			this.votes.restore();
		}
		catch (IOException ex) {
			throw StartFailures.translate(ex, this.config, null);
		}
	}

	private StateMachine newStateMachine(RaftGroupId group, int current) {
		NodeMetadata metadata = this.storage.metadata();
		String clusterId = metadata.clusterId();
		int partition = (clusterId != null) ? GroupIds.partitionOf(clusterId, this.engines.size(), group.getUuid())
				: -1;
		if (partition < 0) {
			throw new IllegalStateException("The directory " + this.storage.path()
					+ " has the log of a Raft group that is none of cluster '" + metadata.cluster() + "': " + group);
		}
		String prefix = (this.engines.size() > 1) ? "Partition " + partition + ": " : "";
		return this.engines.get(partition)
			.newStateMachine((reason, cause) -> failed(current, prefix + reason, cause), this.headroom);
	}

	private void failed(int source, String reason, @Nullable Throwable cause) {
		if (this.stopping || source != this.generation
				|| !this.failure.compareAndSet(null, new Failure(reason, cause))) {
			return;
		}
		// The next tick does the rest, off this thread.
		this.view.set(NodeState.FAILED, reason);
	}

	private void tick() {
		if (this.stopping) {
			return;
		}
		try {
			RaftNode node = this.view.node();
			if (node == null) {
				this.headroom.measure();
			}
			else if (this.failure.get() == null) {
				String problem = node.problem();
				if (problem == null && this.membership.mustStartAgain(node)) {
					startAgain(node);
				}
				else if (problem == null) {
					this.spaceWatch.check(node, this.engines.size());
					this.membership.advance(node);
					this.levels.advance();
				}
				else {
					failed(this.generation, problem, null);
				}
			}
			if (this.failure.get() != null) {
				recover();
			}
		}
		catch (IOException | RuntimeException | Error ex) {
			// Also for want of memory: without this task nobody would look any more.
			failed(this.generation, String.valueOf(ex), ex);
		}
	}

	/**
	 * Closes a server that is to be started anew in another role. What follows is the
	 * same as after a failure.
	 * @param node the server
	 */
	private void startAgain(RaftNode node) {
		String reason = "The member starts again without a vote";
		this.failure.set(new Failure(reason, null));
		this.view.set(NodeState.JOINING, reason);
		logger.info("Node '{}' of cluster '{}' is a listener now and starts its server again", this.config.self().id(),
				this.config.cluster());
		this.engines.forEach(ReplicaEngine::stop);
		this.view.serves(null);
		this.closing.close(node);
	}

	private void recover() {
		RaftNode node = this.view.node();
		Failure current = this.failure.get();
		if (node != null && current != null) {
			this.view.set(NodeState.FAILED, current.reason());
			logger.error("Node '{}' no longer takes part in cluster '{}' and will be restarted in {} ms: {}",
					this.config.self().id(), this.config.cluster(), this.backOff.failed(), current.reason(),
					current.cause());
			this.engines.forEach(ReplicaEngine::stop);
			this.view.serves(null);
			this.closing.close(node);
		}
		if (!this.closing.isDone() || !this.backOff.isOver()) {
			return;
		}
		this.failure.set(null);
		try {
			startNode();
			logger.info("Node '{}' was restarted", this.config.self().id());
		}
		catch (RuntimeException | Error ex) {
			String reason = (ex instanceof AtomixException) ? String.valueOf(ex.getMessage()) : ex.toString();
			this.failure.set(new Failure(reason, ex));
			this.view.set(NodeState.FAILED, reason);
			logger.error("Node '{}' cannot be restarted and will try again in {} ms: {}", this.config.self().id(),
					this.backOff.failed(), reason);
		}
	}

	/**
	 * Stops the member: hands over the leadership, stops serving and closes the server.
	 * Takes at most about ten seconds.
	 * @param handOver how long the hand-over may take; zero for none
	 */
	void stop(Duration handOver) {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
		this.stopping = true;
		this.executor.shutdown();
		this.closing.await(CompletableFuture.runAsync(() -> awaitTermination(deadline)), deadline, "its supervision");
		RaftNode node = this.view.node();
		if (node != null) {
			this.membership.mark(node);
			this.closing.handOver(node, handOver);
			this.engines.forEach(ReplicaEngine::stop);
			this.view.serves(null);
			this.closing.close(node);
		}
		this.closing.await(deadline);
		release();
	}

	private void awaitTermination(long deadline) {
		try {
			if (!this.executor.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
				logger.warn("Supervision of node '{}' does not end", this.config.self().id());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void release() {
		this.executor.shutdown();
		this.client.close();
		this.view.set(NodeState.STOPPED, null);
		// The lock is kept until Ratis lets go of the files.
		this.closing.whenDone(this.storage::close);
	}

	/**
	 * Makes the divisions of one server.
	 */
	private final class PartitionDivisions implements RaftNode.Divisions {

		private final int source;

		PartitionDivisions(int source) {
			this.source = source;
		}

		@Override
		public StateMachine apply(RaftGroupId group) {
			return newStateMachine(group, this.source);
		}

		@Override
		public @Nullable Integer partition(String group) {
			String clusterId = Supervisor.this.storage.metadata().clusterId();
			int count = Supervisor.this.engines.size();
			for (int partition = 0; count > 1 && clusterId != null && partition < count; partition++) {
				if (RaftGroupId.valueOf(GroupIds.of(clusterId, partition)).toString().equals(group)) {
					return partition;
				}
			}
			return null;
		}

	}

	/**
	 * Why a server can no longer take part.
	 *
	 * @param reason the reason
	 * @param cause the cause, or null
	 */
	private record Failure(String reason, @Nullable Throwable cause) {

	}

}
