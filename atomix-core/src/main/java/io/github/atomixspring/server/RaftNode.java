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
import java.lang.Thread.UncaughtExceptionHandler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.link.LinkExecutor;
import io.github.atomixspring.metrics.RaftMetrics;
import io.github.atomixspring.primitive.UnavailableException;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.grpc.server.GrpcServices;
import org.apache.ratis.proto.RaftProtos.CommitInfoProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.GroupManagementRequest;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.rpc.CallId;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachine;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.grpc.ServerServiceDefinition;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyServerBuilder;
import org.apache.ratis.util.ExitUtils;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a Ratis server with at most one division. It cannot be started again.
 */
final class RaftNode {

	private static final Logger logger = LoggerFactory.getLogger(RaftNode.class);

	private static final long KEEP_ALIVE_SECONDS = 10;

	private static final long KEEP_ALIVE_TIMEOUT_SECONDS = 5;

	private static final long PERMITTED_KEEP_ALIVE_SECONDS = 2;

	private static final long FAREWELL_MILLIS = 2000;

	private final RaftServer server;

	private final ThreadGroup threads;

	private final ClientId clientId = ClientId.randomId();

	private volatile @Nullable RaftGroupId groupId;

	private RaftNode(RaftServer server, ThreadGroup threads, @Nullable RaftGroupId groupId) {
		this.server = server;
		this.threads = threads;
		this.groupId = groupId;
	}

	/**
	 * Starts a server: its port is open and its division is loaded when this method
	 * returns. A server that cannot start is closed.
	 * @param config the configuration of the member
	 * @param peer the id of the peer
	 * @param group the group, or null if it is to be added later
	 * @param stateMachine makes the state machine of the division
	 * @param services the services to host beside those of Ratis
	 * @param interceptors see all calls to the port
	 * @param metrics takes the metrics of the server
	 * @return the server
	 * @throws IOException if the server cannot start
	 */
	static RaftNode start(ServerConfig config, String peer, @Nullable RaftGroup group,
			Supplier<StateMachine> stateMachine, List<ServerServiceDefinition> services,
			List<ServerInterceptor> interceptors, RaftMetrics metrics) throws IOException {
		disableExit();
		Parameters parameters = new Parameters();
		AtomicReference<@Nullable RaftNode> running = new AtomicReference<>();
		PortSecurity security = new PortSecurity(config, () -> hosts(running.get()));
		security.apply(parameters);
		// Also for the ports of their own that properties may give to clients and
		// administrators.
		GrpcConfigKeys.Server.setServicesCustomizer(parameters, (builder, types) -> customize(builder, peer,
				(types.contains(GrpcServices.Type.SERVER)) ? services : List.of(), interceptors, security));
		ThreadGroup threads = new ThreadGroup(peer);
		RaftMetricRegistries.open(peer, metrics);
		RaftServer server = RaftServer.newBuilder()
			.setThreadGroup(threads)
			.setServerId(RaftPeerId.valueOf(peer))
			.setGroup(group)
			// The default formats. Whether there must be a log is checked before.
			.setOption(RaftStorage.StartupOption.RECOVER)
			.setStateMachineRegistry((id) -> stateMachine.get())
			.setProperties(RaftSettings.of(config))
			.setParameters(parameters)
			.build();
		boolean started = false;
		try {
			server.start();
			started = true;
			RaftNode node = new RaftNode(server, threads, (group != null) ? group.getGroupId() : null);
			running.set(node);
			return node;
		}
		finally {
			if (!started) {
				server.close();
				endEviction(peer);
				endAll(threads);
				RaftMetricRegistries.close(peer);
			}
		}
	}

	private static List<String> hosts(@Nullable RaftNode node) {
		RaftServer.Division division = (node != null) ? node.division() : null;
		return (division != null) ? PeerInfo.listOf(division.getRaftConf())
			.stream()
			.map((peer) -> Member.parse(peer.address()).host())
			.toList() : List.of();
	}

	/**
	 * Ends the thread of a log that could not be opened. Ratis starts it before and then
	 * loses it.
	 * @param peer the id of the peer
	 */
	private static void endEviction(String peer) {
		Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith(peer + "@") && thread.getName().contains("cacheEviction"))
			.forEach(Thread::interrupt);
	}

	/**
	 * Keeps Ratis from ending the process, which it would do when the port is in use or a
	 * thread of anyone has thrown.
	 */
	private static void disableExit() {
		UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
		ExitUtils.disableSystemExit();
		Thread.setDefaultUncaughtExceptionHandler(handler);
	}

	private static NettyServerBuilder customize(NettyServerBuilder builder, String peer,
			List<ServerServiceDefinition> services, List<ServerInterceptor> interceptors, PortSecurity security) {
		builder.keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
			.keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
			.permitKeepAliveTime(PERMITTED_KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
			.permitKeepAliveWithoutCalls(true)
			.callExecutor(new LinkExecutor());
		services.forEach(builder::addService);
		interceptors.forEach(builder::intercept);
		// The one added last sees the calls first.
		builder.intercept(new RaftFence(peer));
		security.apply(builder);
		return builder;
	}

	/**
	 * Returns the group of peers.
	 * @param clusterId the id of the cluster
	 * @param peers the peers; none if the leader is to add this one
	 * @return the group
	 */
	static RaftGroup group(String clusterId, Collection<PeerInfo> peers) {
		return RaftGroup.valueOf(RaftGroupId.valueOf(UUID.fromString(clusterId)),
				peers.stream().map(PeerInfo::toRaftPeer).toList());
	}

	/**
	 * Adds the division.
	 * @param group its group
	 * @throws IOException if it cannot be added
	 */
	void addGroup(RaftGroup group) throws IOException {
		RaftClientReply reply = this.server.groupManagement(GroupManagementRequest.newAdd(this.clientId,
				this.server.getId(), CallId.getAndIncrement(), group, false));
		if (!reply.isSuccess()) {
			throw new IOException("The division cannot be added", reply.getException());
		}
		this.groupId = group.getGroupId();
	}

	/**
	 * Returns the division.
	 * @return the division, or null if there is none
	 */
	RaftServer.@Nullable Division division() {
		RaftGroupId group = this.groupId;
		if (group == null) {
			return null;
		}
		try {
			return this.server.getDivision(group);
		}
		catch (IOException ex) {
			// Only while it is being closed.
			return null;
		}
	}

	/**
	 * Returns why the server can no longer take part. Ratis never recovers from that.
	 * @return the problem, or null
	 */
	@Nullable String problem() {
		LifeCycle.State state = this.server.getLifeCycleState();
		if (state != LifeCycle.State.RUNNING) {
			return "The Raft server is " + state;
		}
		if (this.groupId != null) {
			RaftServer.Division division = division();
			if (division == null) {
				return "The Raft division is gone";
			}
			LifeCycle.State divisionState = division.getInfo().getLifeCycleState();
			if (divisionState.isClosingOrClosed() || divisionState == LifeCycle.State.EXCEPTION) {
				return "The Raft division is " + divisionState;
			}
		}
		return null;
	}

	/**
	 * Takes a new incarnation of a node in, for those before if there are any. This
	 * member must lead.
	 * @param added the new incarnation
	 * @return completes when the change is committed, or fails
	 */
	CompletableFuture<Void> replace(PeerInfo added) {
		return change((peers) -> {
			peers.removeIf((peer) -> PeerInfo.of(peer).node().equals(added.node()));
			peers.add(added.toRaftPeer());
		});
	}

	/**
	 * Removes a node. This member must lead.
	 * @param node the id of the node, not of this one
	 * @return completes when the change is committed, or fails
	 */
	CompletableFuture<Void> remove(String node) {
		return change((peers) -> peers.removeIf((peer) -> PeerInfo.of(peer).node().equals(node)));
	}

	private CompletableFuture<Void> change(Consumer<List<RaftPeer>> change) {
		RaftServer.Division division = division();
		RaftGroupId group = this.groupId;
		if (division == null || group == null) {
			return CompletableFuture.failedFuture(new UnavailableException("There is no division", null));
		}
		RaftConfiguration configuration = division.getRaftConf();
		List<RaftPeer> current = List.copyOf(configuration.getCurrentPeers());
		List<RaftPeer> changed = new ArrayList<>(current);
		change.accept(changed);
		SetConfigurationRequest.Arguments arguments = SetConfigurationRequest.Arguments.newBuilder()
			.setMode(SetConfigurationRequest.Mode.COMPARE_AND_SET)
			.setServersInCurrentConf(current)
			.setListenersInCurrentConf(List.of())
			.setServersInNewConf(changed)
			.setListenersInNewConf(List.of())
			.build();
		try {
			return this.server
				.setConfigurationAsync(new SetConfigurationRequest(this.clientId, this.server.getId(), group,
						CallId.getAndIncrement(), arguments))
				.thenAccept(RaftNode::check);
		}
		catch (IOException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	/**
	 * Hands the leadership to the follower with the longest log, if this member leads.
	 * @param timeoutMillis how long that may take
	 * @return completes when another member leads, or fails
	 */
	CompletableFuture<Void> handOver(long timeoutMillis) {
		RaftServer.Division division = division();
		RaftGroupId group = this.groupId;
		if (division == null || group == null || !division.getInfo().isLeader()
				|| division.getRaftConf().getCurrentPeers().size() < 2) {
			return CompletableFuture.completedFuture(null);
		}
		String self = this.server.getId().toString();
		RaftPeerId successor = division.getCommitInfos()
			.stream()
			.filter((info) -> !info.getServer().getId().toStringUtf8().equals(self))
			.max(Comparator.comparingLong(CommitInfoProto::getCommitIndex))
			.map((info) -> RaftPeerId.valueOf(info.getServer().getId()))
			.orElse(null);
		return (successor != null) ? transfer(group, successor, timeoutMillis)
				: CompletableFuture.completedFuture(null);
	}

	/**
	 * Hands the leadership to another member. This member must lead.
	 * @param peer the peer of that member
	 * @param timeoutMillis how long that may take
	 * @return completes when that member leads, or fails
	 */
	CompletableFuture<Void> handOverTo(RaftPeerId peer, long timeoutMillis) {
		RaftGroupId group = this.groupId;
		return (group != null) ? transfer(group, peer, timeoutMillis)
				: CompletableFuture.failedFuture(new UnavailableException("There is no division", null));
	}

	private CompletableFuture<Void> transfer(RaftGroupId group, RaftPeerId successor, long timeoutMillis) {
		try {
			return this.server
				.transferLeadershipAsync(new TransferLeadershipRequest(this.clientId, this.server.getId(), group,
						CallId.getAndIncrement(), successor, timeoutMillis))
				.thenAccept(RaftNode::check);
		}
		catch (IOException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private static void check(RaftClientReply reply) {
		if (!reply.isSuccess()) {
			throw new CompletionException(reply.getException());
		}
	}

	/**
	 * Closes the server. Must not be called by one of its own threads.
	 */
	void close() {
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new CompletionException(ex);
		}
		finally {
			endAll(this.threads);
			RaftMetricRegistries.close(this.server.getId().toString());
		}
	}

	/**
	 * Ends what a closed server has left. A leader that steps down while Ratis closes it
	 * becomes a follower afterwards, whose thread would wait for a leader for ever and
	 * keep the whole division in memory.
	 * @param threads the threads of the server
	 */
	private static void endAll(ThreadGroup threads) {
		long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FAREWELL_MILLIS);
		try {
			for (List<Thread> left = alive(threads); !left.isEmpty(); left = alive(threads)) {
				for (Thread thread : left) {
					thread.interrupt();
				}
				long rest = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
				if (rest <= 0) {
					logger.warn("Threads of the closed Raft server {} go on: {}", threads.getName(), left);
					return;
				}
				left.get(0).join(Math.min(rest, FAREWELL_MILLIS / 10));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Returns the threads of a server that have not ended. Its group also has threads of
	 * pools and timers that all servers share and that only were started by one of its
	 * own; those do not have its name.
	 * @param threads the group, with the name of the peer
	 * @return the threads
	 */
	private static List<Thread> alive(ThreadGroup threads) {
		Thread[] found = new Thread[threads.activeCount() + 1];
		int count = threads.enumerate(found);
		return Arrays.stream(found, 0, count)
			.filter((thread) -> thread.getName().startsWith(threads.getName() + "@"))
			.toList();
	}

}
