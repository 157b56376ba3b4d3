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

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.atomixspring.link.LinkAcceptor;
import io.github.atomixspring.link.LocalReader;
import io.github.atomixspring.metrics.ReplicaStatistics;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.protocol.FeatureLevel;
import io.github.atomixspring.protocol.LogEntry;
import io.github.atomixspring.statemachine.ReplicatedState;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.statemachine.StateMachine;
import org.jspecify.annotations.Nullable;

/**
 * The state machine and the gateway of a member.
 */
class Engine implements ReplicaEngine, GatewayInfo {

	private final String cluster;

	private final String node;

	private final Gateway gateway;

	private final PartitionBackups backups;

	private final SnapshotCounts snapshotCounts = new SnapshotCounts();

	private volatile @Nullable RatisStateMachine stateMachine;

	private volatile @Nullable DivisionLog log;

	private final int partitions;

	private final int known;

	private volatile @Nullable Headroom headroom;

	private volatile String clusterId = "";

	/**
	 * Creates an engine of a cluster with one partition.
	 * @param cluster the name of the cluster
	 * @param node the id of the node
	 */
	Engine(String cluster, String node) {
		this(cluster, node, 1);
	}

	/**
	 * Creates the engine of one of several partitions.
	 * @param cluster the name of the cluster
	 * @param node the id of the node
	 * @param partitions the number of partitions of the cluster
	 */
	Engine(String cluster, String node, int partitions) {
		this(cluster, node, partitions, FeatureLevel.LATEST);
	}

	/**
	 * Creates the engine of one of several partitions with the software of some time.
	 * @param cluster the name of the cluster
	 * @param node the id of the node
	 * @param partitions the number of partitions of the cluster
	 * @param known the greatest feature level that the software knows
	 */
	Engine(String cluster, String node, int partitions, int known) {
		this.known = known;
		this.cluster = cluster;
		this.node = node;
		this.partitions = partitions;
		this.gateway = new Gateway(this, System::nanoTime);
		this.backups = new PartitionBackups(this, this.gateway);
	}

	/**
	 * Creates the engines of all partitions of a member.
	 * @param config its configuration
	 * @return the engines by partition
	 */
	static List<ReplicaEngine> of(ServerConfig config) {
		return IntStream.range(0, config.partitions())
			.<ReplicaEngine>mapToObj(
					(partition) -> new Engine(config.cluster(), config.self().id(), config.partitions()))
			.toList();
	}

	@Override
	public StateMachine newStateMachine(FailureListener failures, Headroom headroom) {
		RatisStateMachine created = new RatisStateMachine(
				new SnapshotStore(this.node, headroom::require, this.snapshotCounts), this.gateway, failures,
				this.known);
		this.headroom = headroom;
		this.stateMachine = created;
		return created;
	}

	@Override
	public void serve(RaftServer.Division division, String newClusterId, LeadershipCheck check) {
		RatisStateMachine served = (RatisStateMachine) division.getStateMachine();
		this.clusterId = newClusterId;
		this.log = new DivisionLog(division, served, check);
		served.catchUp();
	}

	@Override
	public void stop() {
		this.gateway.notLeading();
		this.log = null;
	}

	@Override
	public void close() {
		stop();
		this.gateway.close();
	}

	@Override
	public LinkAcceptor acceptor() {
		return this.gateway;
	}

	@Override
	public LocalReader localReader() {
		return (minIndex, session, query) -> {
			RatisStateMachine current = this.stateMachine;
			return (current != null && this.log != null) ? current.read(minIndex, session, query)
					: CompletableFuture.failedFuture(new UnavailableException("This member is not running", null));
		};
	}

	@Override
	public CompletableFuture<Long> verify() {
		return this.gateway.verify().orTimeout(5, TimeUnit.SECONDS);
	}

	@Override
	public int knownLevel() {
		return this.known;
	}

	@Override
	public int level() {
		RatisStateMachine current = this.stateMachine;
		return (current != null) ? current.level() : FeatureLevel.BASE;
	}

	@Override
	public CompletableFuture<Integer> raise(int next) {
		return this.gateway.append(new LogEntry.Raise(next), Integer.BYTES, ReplicatedState::level);
	}

	@Override
	public CompletableFuture<Long> takeSnapshot() {
		RatisStateMachine current = this.stateMachine;
		return (current != null && this.log != null) ? current.snapshotNow()
				: CompletableFuture.failedFuture(new UnavailableException("This member is not running", null));
	}

	@Override
	public CompletableFuture<Long> confirm() {
		return this.backups.confirm();
	}

	@Override
	public CompletableFuture<CapturedState> capture(long index) {
		return this.backups.capture(index);
	}

	@Override
	public CompletableFuture<RestoreProgress> restore(LogEntry.Restore piece) {
		return this.backups.restore(piece);
	}

	@Override
	public EngineStatus status() {
		RatisStateMachine current = this.stateMachine;
		return (current != null) ? new EngineStatus(current.snapshots().durableIndex(), current.snapshots().digest(),
				current.snapshots().problem()) : new EngineStatus(-1, null, null);
	}

	@Override
	public ReplicaStatistics statistics() {
		return new ReplicaStatistics(this.gateway.statistics(), this.snapshotCounts.statistics(),
				this.gateway.sessions());
	}

	@Override
	public String cluster() {
		return this.cluster;
	}

	@Override
	public String clusterId() {
		return this.clusterId;
	}

	@Override
	public String node() {
		return this.node;
	}

	@Override
	public int partitions() {
		return this.partitions;
	}

	@Override
	public @Nullable String leaderAddress() {
		DivisionLog current = this.log;
		return (current != null) ? current.leaderAddress() : null;
	}

	@Override
	public List<String> memberAddresses() {
		DivisionLog current = this.log;
		return (current != null) ? current.memberAddresses() : List.of();
	}

	@Override
	public @Nullable RaftLogAccess log() {
		return this.log;
	}

	@Override
	public Admission admission() {
		Headroom current = this.headroom;
		Admission admission = (current != null) ? current.admission() : Admission.ALL;
		// Earlier releases do not know the entries that refuse.
		return (admission.isRestricted() && level() < FeatureLevel.REFUSALS)
				? new Admission(Admission.Level.NONE, admission.reason()) : admission;
	}

	@Override
	public void revive() {
		RatisStateMachine current = this.stateMachine;
		if (current != null && this.log != null) {
			current.catchUp();
		}
	}

	@Override
	public boolean isLeading() {
		DivisionLog current = this.log;
		return current != null && current.isLeading();
	}

	@Override
	public @Nullable String remoteLeader() {
		return isLeading() ? null : leaderAddress();
	}

}
