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

import java.io.File;
import java.io.IOException;
import java.lang.Thread.UncaughtExceptionHandler;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.link.LinkExecutor;
import io.github.atomixspring.metrics.RaftMetrics;
import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.UnavailableException;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
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
import org.apache.ratis.protocol.exceptions.LeaderNotReadyException;
import org.apache.ratis.rpc.CallId;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachine;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.grpc.ServerServiceDefinition;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyServerBuilder;
import org.apache.ratis.util.ExitUtils;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;

/**
 * One run of a Ratis server with a division for each partition, or none before it is in a
 * cluster. It cannot be started again.
 */
final class RaftNode {

	private static final long KEEP_ALIVE_SECONDS = 10;

	private static final long READY_PAUSE_MILLIS = 50;

	private static final long KEEP_ALIVE_TIMEOUT_SECONDS = 5;

	private static final long PERMITTED_KEEP_ALIVE_SECONDS = 2;

	private final RaftServer server;

	private final RaftThreads threads;

	private final ClientId clientId = ClientId.randomId();

	/**
	 * The groups of its divisions, by partition; none before it is in a cluster.
	 */
	private volatile List<RaftGroupId> groups = List.of();

	private RaftNode(RaftServer server, RaftThreads threads) {
		this.server = server;
		this.threads = threads;
	}

	/**
	 * Starts a server: its port is open and its divisions are loaded when this method
	 * returns. A server that cannot start is closed.
	 * @param config the configuration of the member
	 * @param peer the id of the peer
	 * @param groups the groups by partition; none if they are to be added later
	 * @param divisions makes the state machines of the divisions
	 * @param services the services to host beside those of Ratis
	 * @param interceptors see all calls to the port
	 * @param metrics takes the metrics of the server
	 * @return the server
	 * @throws IOException if the server cannot start
	 */
	static RaftNode start(ServerConfig config, String peer, List<RaftGroup> groups, Divisions divisions,
			List<ServerServiceDefinition> services, List<ServerInterceptor> interceptors, RaftMetrics metrics)
			throws IOException {
		disableExit();
		Parameters parameters = new Parameters();
		AtomicReference<@Nullable RaftNode> running = new AtomicReference<>();
		PortSecurity security = new PortSecurity(config, () -> hosts(running.get()));
		security.apply(parameters);
		// Also for the ports of their own that properties may give to clients and
		// administrators.
		GrpcConfigKeys.Server.setServicesCustomizer(parameters, (builder, types) -> customize(builder, peer,
				(types.contains(GrpcServices.Type.SERVER)) ? services : List.of(), interceptors, security));
		RaftThreads threads = new RaftThreads(peer);
		RaftMetricRegistries.open(peer, metrics, divisions::partition);
		RaftProperties properties = RaftSettings.of(config);
		RaftServer.Builder builder = RaftServer.newBuilder()
			.setThreadGroup(threads)
			.setServerId(RaftPeerId.valueOf(peer))
			// The default formats. Whether there must be a log is checked before.
			.setOption(RaftStorage.StartupOption.RECOVER)
			.setStateMachineRegistry(divisions)
			.setProperties(properties)
			.setParameters(parameters);
		RaftServer server = build(builder, properties, groups);
		boolean started = false;
		try {
			server.start();
			RaftNode node = new RaftNode(server, threads);
			if (groups.size() > 1) {
				node.addGroups(groups);
			}
			else {
				node.groups = groups.stream().map(RaftGroup::getGroupId).toList();
			}
			started = true;
			running.set(node);
			return node;
		}
		finally {
			if (!started) {
				server.close();
				endEviction(peer);
				threads.endAll();
				RaftMetricRegistries.close(peer);
			}
		}
	}

	/**
	 * Builds a server that loads its only group, or none.
	 * <p>
	 * Ratis would load all groups that it finds in the directory, in any order, with the
	 * addresses in their logs, and the first address it hears of a peer counts for all
	 * groups. If there are several, it looks for them where none are; they are added
	 * afterwards with the addresses of now.
	 * @param builder the builder, complete but for the group
	 * @param properties the properties in the builder
	 * @param groups the groups
	 * @return the server
	 * @throws IOException if it cannot be built
	 */
	private static RaftServer build(RaftServer.Builder builder, RaftProperties properties, List<RaftGroup> groups)
			throws IOException {
		if (groups.size() <= 1) {
			return builder.setGroup((groups.isEmpty()) ? null : groups.get(0)).build();
		}
		List<File> directories = RaftServerConfigKeys.storageDir(properties);
		RaftServerConfigKeys.setStorageDir(properties,
				directories.stream().map((directory) -> new File(directory, "none")).toList());
		RaftServer server = builder.build();
		RaftServerConfigKeys.setStorageDir(properties, directories);
		return server;
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
	 * Returns the groups of the partitions of a cluster.
	 * @param clusterId the id of the cluster
	 * @param partitions their number
	 * @param peers the peers; none if the leaders are to add this one
	 * @return the groups by partition
	 */
	static List<RaftGroup> groups(String clusterId, int partitions, Collection<PeerInfo> peers) {
		List<RaftPeer> all = peers.stream().map(PeerInfo::toRaftPeer).toList();
		return IntStream.range(0, partitions)
			.mapToObj((partition) -> RaftGroup.valueOf(RaftGroupId.valueOf(GroupIds.of(clusterId, partition)), all))
			.toList();
	}

	/**
	 * Adds the divisions of all partitions.
	 * @param added their groups by partition
	 * @throws IOException if one cannot be added
	 */
	void addGroups(List<RaftGroup> added) throws IOException {
		for (RaftGroup group : added) {
			RaftClientReply reply = this.server.groupManagement(GroupManagementRequest.newAdd(this.clientId,
					this.server.getId(), CallId.getAndIncrement(), group, false));
			if (!reply.isSuccess()) {
				throw new IOException("The division cannot be added", reply.getException());
			}
		}
		this.groups = added.stream().map(RaftGroup::getGroupId).toList();
	}

	/**
	 * Returns the division of the first partition, which decides who the members are.
	 * @return the division, or null if there is none
	 */
	RaftServer.@Nullable Division division() {
		return division(0);
	}

	/**
	 * Returns the division of a partition.
	 * @param partition the number of the partition
	 * @return the division, or null if there is none
	 */
	RaftServer.@Nullable Division division(int partition) {
		List<RaftGroupId> current = this.groups;
		if (partition >= current.size()) {
			return null;
		}
		try {
			return this.server.getDivision(current.get(partition));
		}
		catch (IOException ex) {
			// Only while it is being closed.
			return null;
		}
	}

	/**
	 * Returns the divisions of all partitions that there are.
	 * @return the divisions
	 */
	List<RaftServer.Division> divisions() {
		List<RaftServer.Division> divisions = new ArrayList<>();
		for (int partition = 0; partition < this.groups.size(); partition++) {
			RaftServer.Division division = division(partition);
			if (division != null) {
				divisions.add(division);
			}
		}
		return divisions;
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
		int count = this.groups.size();
		for (int partition = 0; partition < count; partition++) {
			RaftServer.Division division = division(partition);
			String name = (count > 1) ? "The Raft division of partition " + partition : "The Raft division";
			if (division == null) {
				return name + " is gone";
			}
			LifeCycle.State divisionState = division.getInfo().getLifeCycleState();
			if (divisionState.isClosingOrClosed() || divisionState == LifeCycle.State.EXCEPTION) {
				return name + " is " + divisionState;
			}
		}
		return this.threads.problem();
	}

	/**
	 * Takes a new incarnation of a node into a partition, for those before if there are
	 * any. This member must lead it.
	 * @param partition the number of the partition
	 * @param added the new incarnation
	 * @return completes when the change is committed, or fails
	 */
	CompletableFuture<Void> replace(int partition, PeerInfo added) {
		return change(partition, (peers) -> {
			peers.removeIf((peer) -> peer.node().equals(added.node()));
			peers.add(added);
		});
	}

	/**
	 * Gives a peer its vote in a partition or takes it. This member must lead it.
	 * @param partition the number of the partition
	 * @param node the id of its node, not of this one
	 * @param listener whether it is to have none
	 * @return completes when the change is committed, or fails
	 */
	CompletableFuture<Void> setListener(int partition, String node, boolean listener) {
		return change(partition,
				(peers) -> peers.replaceAll((peer) -> (peer.node().equals(node)) ? peer.withListener(listener) : peer));
	}

	/**
	 * Removes a node from a partition. This member must lead it.
	 * @param partition the number of the partition
	 * @param node the id of the node, not of this one
	 * @return completes when the change is committed, or fails
	 */
	CompletableFuture<Void> remove(int partition, String node) {
		return change(partition, (peers) -> peers.removeIf((peer) -> peer.node().equals(node)));
	}

	private CompletableFuture<Void> change(int partition, Consumer<List<PeerInfo>> change) {
		RaftServer.Division division = division(partition);
		if (division == null) {
			return CompletableFuture.failedFuture(new UnavailableException("There is no division", null));
		}
		List<PeerInfo> current = PeerInfo.listOf(division.getRaftConf());
		List<PeerInfo> changed = new ArrayList<>(current);
		change.accept(changed);
		SetConfigurationRequest.Arguments arguments = SetConfigurationRequest.Arguments.newBuilder()
			.setMode(SetConfigurationRequest.Mode.COMPARE_AND_SET)
			.setServersInCurrentConf(peers(current, false))
			.setListenersInCurrentConf(peers(current, true))
			.setServersInNewConf(peers(changed, false))
			.setListenersInNewConf(peers(changed, true))
			.build();
		try {
			return this.server
				.setConfigurationAsync(new SetConfigurationRequest(this.clientId, this.server.getId(),
						division.getMemberId().getGroupId(), CallId.getAndIncrement(), arguments))
				.thenAccept(RaftNode::check);
		}
		catch (IOException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private static List<RaftPeer> peers(List<PeerInfo> peers, boolean listener) {
		return peers.stream().filter((peer) -> peer.listener() == listener).map(PeerInfo::toRaftPeer).toList();
	}

	/**
	 * Hands all leaderships of this member to the followers with the longest logs.
	 * @param timeoutMillis how long that may take
	 * @return completes when others lead, or fails
	 */
	CompletableFuture<Void> handOver(long timeoutMillis) {
		return CompletableFuture.allOf(IntStream.range(0, this.groups.size())
			.mapToObj((partition) -> handOver(partition, timeoutMillis))
			.toArray(CompletableFuture<?>[]::new));
	}

	/**
	 * Hands the leadership of a partition to the follower with the longest log, if this
	 * member has it.
	 * @param partition the number of the partition
	 * @param timeoutMillis how long that may take
	 * @return completes when another member leads, or fails
	 */
	CompletableFuture<Void> handOver(int partition, long timeoutMillis) {
		RaftServer.Division division = division(partition);
		if (division == null || !division.getInfo().isLeader() || division.getRaftConf().getCurrentPeers().size() < 2) {
			return CompletableFuture.completedFuture(null);
		}
		RaftConfiguration configuration = division.getRaftConf();
		RaftPeerId successor = division.getCommitInfos()
			.stream()
			.sorted(Comparator.comparingLong(CommitInfoProto::getCommitIndex).reversed())
			.map((info) -> RaftPeerId.valueOf(info.getServer().getId()))
			// Without listeners: the configuration names the voters unless asked
			// otherwise.
			.filter((id) -> !id.equals(this.server.getId()) && configuration.getPeer(id) != null)
			.findFirst()
			.orElse(null);
		return (successor != null) ? transfer(division, successor, timeoutMillis)
				: CompletableFuture.completedFuture(null);
	}

	/**
	 * Hands the leadership of a partition to another member. This member must lead it.
	 * @param partition the number of the partition
	 * @param peer the peer of that member
	 * @param timeoutMillis how long that may take
	 * @return completes when that member leads, or fails
	 */
	CompletableFuture<Void> handOverTo(int partition, RaftPeerId peer, long timeoutMillis) {
		RaftServer.Division division = division(partition);
		return (division != null) ? transfer(division, peer, timeoutMillis)
				: CompletableFuture.failedFuture(new UnavailableException("There is no division", null));
	}

	private CompletableFuture<Void> transfer(RaftServer.Division division, RaftPeerId successor, long timeoutMillis) {
		long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
		return requestTransfer(division, successor, timeoutMillis).exceptionallyCompose((failure) -> {
			long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()) - READY_PAUSE_MILLIS;
			if (left <= 0 || !(AtomixException.unwrap(failure) instanceof LeaderNotReadyException)) {
				return CompletableFuture.failedFuture(failure);
			}
			// A leader of this moment, which will be ready with its first entry.
			Executor later = CompletableFuture.delayedExecutor(READY_PAUSE_MILLIS, TimeUnit.MILLISECONDS);
			return CompletableFuture.supplyAsync(() -> transfer(division, successor, left), later)
				.thenCompose(Function.identity());
		});
	}

	private CompletableFuture<Void> requestTransfer(RaftServer.Division division, RaftPeerId successor,
			long timeoutMillis) {
		try {
			return this.server
				.transferLeadershipAsync(new TransferLeadershipRequest(this.clientId, this.server.getId(),
						division.getMemberId().getGroupId(), CallId.getAndIncrement(), successor, timeoutMillis))
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
			this.threads.endAll();
			RaftMetricRegistries.close(this.server.getId().toString());
		}
	}

	/**
	 * Makes the state machines of divisions, and names their partitions.
	 */
	interface Divisions extends StateMachine.Registry {

		/**
		 * Returns the partition of a group for metrics.
		 * @param group the short name of the group, as Ratis gives it
		 * @return the number of the partition, or null if there is only one
		 */
		default @Nullable Integer partition(String group) {
			return null;
		}

	}

}
