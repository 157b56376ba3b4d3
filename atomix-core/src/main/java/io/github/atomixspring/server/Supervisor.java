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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import io.github.atomixspring.cluster.ClusterMismatchException;
import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.primitive.AtomixException;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.grpc.ServerServiceDefinition;
import org.apache.ratis.util.LifeCycle;
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

	private static final Duration DESCRIBE_TIMEOUT = Duration.ofSeconds(1);

	private static final long JOIN_INTERVAL = TimeUnit.MILLISECONDS.toNanos(500);

	private static final long WATCH_INTERVAL = TimeUnit.SECONDS.toNanos(1);

	private static final long VERIFY_INTERVAL = TimeUnit.MINUTES.toNanos(1);

	private static final long NO_LEADER_PATIENCE = TimeUnit.SECONDS.toNanos(5);

	private static final long STOP_SECONDS = 10;

	private final ServerConfig config;

	private final ReplicaEngine engine;

	private final List<ServerInterceptor> interceptors;

	private final StorageDirectory storage;

	private final NodeClient client;

	private final Polls polls;

	private final MemberView view;

	private final List<ServerServiceDefinition> services;

	private final ScheduledExecutorService executor;

	private final AtomicReference<@Nullable Failure> failure = new AtomicReference<>();

	private final BackOff backOff = new BackOff();

	private final Every waitingLog = new Every(TimeUnit.SECONDS.toNanos(10));

	private final Every joinTimer = new Every(JOIN_INTERVAL);

	private final Every watchTimer = new Every(WATCH_INTERVAL);

	private final Every verifyTimer = new Every(VERIFY_INTERVAL);

	private volatile int generation;

	private volatile boolean stopping;

	private CompletableFuture<Void> closing = CompletableFuture.completedFuture(null);

	private @Nullable CompletableFuture<JoinReply> joining;

	private @Nullable String joinTarget;

	private long leaderSeen;

	private Supervisor(ServerConfig config, ReplicaEngine engine, List<ServerServiceDefinition> services,
			List<ServerInterceptor> interceptors, StorageDirectory storage) {
		this.config = config;
		this.engine = engine;
		this.interceptors = interceptors;
		this.storage = storage;
		this.client = new NodeClient(config.self().id());
		this.polls = new Polls(config, this.client);
		this.view = new MemberView(config, engine, storage, this.client);
		this.services = new ArrayList<>(services);
		this.services.add(NodeService.define(this.view));
		this.executor = Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, "atomix-" + config.self().id() + "-supervisor");
			thread.setDaemon(true);
			return thread;
		});
	}

	/**
	 * Starts a member.
	 * @param config its configuration
	 * @param engine its state machine and gateway
	 * @param services the services to host beside those of Ratis
	 * @param interceptors see all calls to the port
	 * @return the supervisor of the running member, which may still have to be formed
	 * @throws AtomixException if it cannot start; everything is closed then
	 */
	static Supervisor start(ServerConfig config, ReplicaEngine engine, List<ServerServiceDefinition> services,
			List<ServerInterceptor> interceptors) {
		config.checkBindHost();
		StorageDirectory storage = StorageDirectory.open(config.directory(), config.cluster(), config.self().id());
		Supervisor supervisor = new Supervisor(config, engine, services, interceptors, storage);
		boolean started = false;
		try {
			config.checkPort();
			supervisor.startNode();
			started = true;
		}
		finally {
			if (!started) {
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

	private void warnOfSize() {
		int size = this.config.members().size();
		if (size > 1 && size % 2 == 0) {
			logger.warn("Cluster '{}' has {} members and tolerates the failure of {}, as it would with {}",
					this.config.cluster(), size, (size - 1) / 2, size - 1);
		}
	}

	private void startNode() {
		int current = ++this.generation;
		NodeMetadata metadata = this.storage.metadata();
		this.storage.checkLog();
		if (metadata.phase() == NodeMetadata.Phase.FORMED) {
			refuseIfReplaced(this.polls.askAll(this.view.request(), DESCRIBE_TIMEOUT));
		}
		String clusterId = metadata.clusterId();
		RaftGroup group = (clusterId != null) ? RaftNode.group(clusterId, currentAddresses(metadata.peers())) : null;
		RaftNode node;
		try {
			node = RaftNode.start(this.config, metadata.peer(), group,
					() -> this.engine.newStateMachine((reason, cause) -> failed(current, reason, cause)), this.services,
					this.interceptors);
		}
		catch (IOException | RuntimeException ex) {
			Failure reported = this.failure.getAndSet(null);
			throw StartFailures.translate(ex, this.config, (reported != null) ? reported.reason() : null);
		}
		this.view.serves(node);
		this.view.set(switch (metadata.phase()) {
			case NEW -> NodeState.FORMING;
			case JOINING -> NodeState.JOINING;
			case FORMED -> NodeState.RUNNING;
		}, null);
		if (group != null) {
			serve(node);
		}
	}

	private void serve(RaftNode node) {
		NodeMetadata metadata = this.storage.metadata();
		if (!metadata.started()) {
			metadata = metadata.withStarted();
			this.storage.update(metadata);
		}
		this.leaderSeen = System.nanoTime();
		RaftServer.Division division = node.division();
		if (division != null) {
			this.engine.serve(division, Objects.requireNonNull(metadata.clusterId()),
					new QuorumCheck(division, this.client));
		}
	}

	/**
	 * Returns the peers at the addresses that are configured now: addresses may change
	 * between two starts.
	 * @param peers the peers
	 * @return the peers to be reached
	 */
	private List<PeerInfo> currentAddresses(Collection<PeerInfo> peers) {
		return peers.stream()
			.map((peer) -> this.config.members()
				.stream()
				.filter((member) -> member.id().equals(peer.node()))
				.findFirst()
				.map((member) -> new PeerInfo(peer.id(), member.address()))
				.orElse(peer))
			.toList();
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
			if (node != null && this.failure.get() == null) {
				String problem = node.problem();
				if (problem == null) {
					advance(node);
				}
				else {
					failed(this.generation, problem, null);
				}
			}
			if (this.failure.get() != null) {
				recover();
			}
		}
		catch (IOException | RuntimeException ex) {
			failed(this.generation, String.valueOf(ex.getMessage()), ex);
		}
	}

	private void advance(RaftNode node) throws IOException {
		switch (this.storage.metadata().phase()) {
			case NEW -> form(node);
			case JOINING -> join(node);
			case FORMED -> watch(node);
		}
	}

	private void form(RaftNode node) throws IOException {
		NodeMetadata metadata = this.storage.metadata();
		Map<String, NodeDescription> answers = this.polls.poll(this.view.request(), DESCRIBE_TIMEOUT);
		Formation.Decision decision = Formation.decide(this.config, metadata.peer(), answers);
		if (decision instanceof Formation.Wait wait) {
			String text = "Waits for members: reachable " + wait.reachable() + ", missing " + wait.missing()
					+ (wait.problem().isEmpty() ? "" : "; " + wait.problem());
			this.view.set(NodeState.FORMING, text);
			logWaiting(text, !wait.problem().isEmpty());
		}
		else if (decision instanceof Formation.Form form) {
			String clusterId = UUID.randomUUID().toString();
			logger.info("Cluster '{}' is made with the id {} and the peers {}", this.config.cluster(), clusterId,
					form.peers());
			enter(node, metadata.with(clusterId, NodeMetadata.Phase.FORMED, form.peers()), NodeState.RUNNING);
		}
		else if (decision instanceof Formation.Adopt adopt) {
			logger.info("Node '{}' takes part in cluster '{}' with the id {}", metadata.node(), this.config.cluster(),
					adopt.clusterId());
			enter(node, metadata.with(adopt.clusterId(), NodeMetadata.Phase.FORMED, adopt.peers()), NodeState.RUNNING);
		}
		else if (decision instanceof Formation.Replace replace) {
			logger.info("Node '{}' has no data and asks cluster '{}' with the id {} to replace its former incarnation",
					metadata.node(), this.config.cluster(), replace.clusterId());
			enter(node, metadata.with(replace.clusterId(), NodeMetadata.Phase.JOINING, List.of()), NodeState.JOINING);
		}
	}

	private void enter(RaftNode node, NodeMetadata metadata, NodeState state) throws IOException {
		// First on disk: what was announced must not be forgotten.
		this.storage.update(metadata);
		node.addGroup(RaftNode.group(Objects.requireNonNull(metadata.clusterId()), currentAddresses(metadata.peers())));
		serve(node);
		this.view.set(state, null);
	}

	private void join(RaftNode node) {
		NodeMetadata metadata = this.storage.metadata();
		RaftServer.Division division = node.division();
		if (division != null && division.getInfo().getLifeCycleState() == LifeCycle.State.RUNNING
				&& MemberView.contains(division.getRaftConf(), metadata.peer())) {
			List<PeerInfo> peers = MemberView.peers(division.getRaftConf());
			this.storage
				.update(metadata.with(Objects.requireNonNull(metadata.clusterId()), NodeMetadata.Phase.FORMED, peers));
			logger.info("Node '{}' has joined cluster '{}'", metadata.node(), this.config.cluster());
			this.view.set(NodeState.RUNNING, null);
			return;
		}
		CompletableFuture<JoinReply> pending = this.joining;
		if (pending == null) {
			if (this.joinTimer.isDue()) {
				this.joining = this.client.join(this.polls.target(this.joinTarget),
						new JoinRequest(NodeDescription.VERSION, this.config.cluster(),
								Objects.requireNonNull(metadata.clusterId()), metadata.node(), metadata.peer()));
			}
		}
		else if (pending.isDone()) {
			this.joining = null;
			JoinReply reply = pending.exceptionally((ex) -> JoinReply.no(String.valueOf(ex.getMessage()))).join();
			this.joinTarget = reply.leader();
			if (!reply.accepted()) {
				String text = "Waits to be taken into cluster '" + this.config.cluster()
						+ "' as the replacement of node '" + metadata.node() + "': " + reply.reason();
				this.view.set(NodeState.JOINING, text);
				logWaiting(text, true);
			}
		}
	}

	private void watch(RaftNode node) {
		RaftServer.Division division = node.division();
		if (division == null || !this.watchTimer.isDue()) {
			return;
		}
		NodeMetadata metadata = this.storage.metadata();
		RaftConfiguration configuration = division.getRaftConf();
		if (MemberView.contains(configuration, metadata.peer()) && configuration.getPreviousPeers().isEmpty()) {
			List<PeerInfo> peers = MemberView.peers(configuration);
			if (!peers.equals(metadata.peers())) {
				this.storage
					.update(metadata.with(Objects.requireNonNull(metadata.clusterId()), metadata.phase(), peers));
			}
		}
		if (division.getInfo().isLeaderReady() && this.verifyTimer.isDue()) {
			this.engine.verify().exceptionally((ex) -> notVerified(metadata.node(), ex));
		}
		if (division.getInfo().getLeaderId() != null) {
			this.view.set(NodeState.RUNNING, null);
			this.leaderSeen = System.nanoTime();
		}
		else if (System.nanoTime() - this.leaderSeen > NO_LEADER_PATIENCE) {
			Map<String, NodeDescription> answers = this.polls.poll(this.view.request(), DESCRIBE_TIMEOUT);
			refuseIfReplaced(answers.values());
			String text = this.polls.describeQuorum(answers, metadata.clusterId());
			this.view.set(NodeState.RUNNING, text);
			logWaiting(text, true);
		}
	}

	private static Long notVerified(String node, Throwable failure) {
		logger.debug("Node '{}' could not have the digests computed; it tries again later", node, failure);
		return -1L;
	}

	private void refuseIfReplaced(Collection<NodeDescription> answers) {
		NodeMetadata metadata = this.storage.metadata();
		for (NodeDescription answer : answers) {
			if (answer.leads() && Objects.equals(answer.clusterId(), metadata.clusterId())
					&& answer.peers().stream().noneMatch((peer) -> peer.id().equals(metadata.peer()))) {
				throw new ClusterMismatchException(this.storage.path(),
						"The directory " + this.storage.path() + " belongs to an incarnation of node '"
								+ metadata.node() + "' that was replaced in cluster '" + metadata.cluster()
								+ "': delete the whole directory to come back as a new incarnation");
			}
		}
	}

	private void logWaiting(String text, boolean warn) {
		if (this.waitingLog.isDue()) {
			if (warn) {
				logger.warn("Node '{}': {}", this.config.self().id(), text);
			}
			else {
				logger.info("Node '{}': {}", this.config.self().id(), text);
			}
		}
	}

	private void recover() {
		RaftNode node = this.view.node();
		Failure current = this.failure.get();
		if (node != null && current != null) {
			this.view.set(NodeState.FAILED, current.reason());
			logger.error("Node '{}' no longer takes part in cluster '{}' and will be restarted in {} ms: {}",
					this.config.self().id(), this.config.cluster(), this.backOff.failed(), current.reason(),
					current.cause());
			this.engine.stop();
			this.view.serves(null);
			this.joining = null;
			this.closing = closeAsync(node);
		}
		if (!this.closing.isDone() || !this.backOff.isOver()) {
			return;
		}
		this.failure.set(null);
		try {
			startNode();
			logger.info("Node '{}' was restarted", this.config.self().id());
		}
		catch (RuntimeException ex) {
			this.failure.set(new Failure(String.valueOf(ex.getMessage()), ex));
			this.view.set(NodeState.FAILED, ex.getMessage());
			logger.error("Node '{}' cannot be restarted and will try again in {} ms: {}", this.config.self().id(),
					this.backOff.failed(), ex.getMessage());
		}
	}

	/**
	 * Closes a server on a thread of its own: it can wait for long.
	 * @param node the server
	 * @return completes when it is closed
	 */
	private CompletableFuture<Void> closeAsync(RaftNode node) {
		CompletableFuture<Void> future = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				node.close();
			}
			catch (RuntimeException ex) {
				logger.warn("Raft server of node '{}' was not closed in order", this.config.self().id(), ex);
			}
			finally {
				future.complete(null);
			}
		}, "atomix-" + this.config.self().id() + "-close");
		thread.setDaemon(true);
		thread.start();
		return future;
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
		await(CompletableFuture.runAsync(() -> awaitTermination(deadline)), deadline, "its supervision");
		RaftNode node = this.view.node();
		if (node != null) {
			handOver(node, handOver.toMillis());
			this.engine.stop();
			this.view.serves(null);
			this.closing = closeAsync(node);
		}
		await(this.closing, deadline, "its Raft server");
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

	private void handOver(RaftNode node, long millis) {
		if (millis == 0) {
			return;
		}
		try {
			node.handOver(millis).get(millis, TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException | TimeoutException | RuntimeException ex) {
			logger.info("Leadership of node '{}' was not handed over: {}", this.config.self().id(), ex.toString());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void await(CompletableFuture<Void> future, long deadline, String what) {
		try {
			future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			logger.error("Node '{}' was stopped, but {} goes on closing in the background", this.config.self().id(),
					what);
		}
		catch (ExecutionException ex) {
			logger.warn("Node '{}' did not close {} in order", this.config.self().id(), what, ex);
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
		this.closing.whenComplete((done, ex) -> this.storage.close());
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
