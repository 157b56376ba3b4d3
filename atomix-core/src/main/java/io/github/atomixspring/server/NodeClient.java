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

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.TlsConfig;
import io.github.atomixspring.link.CallThreads;
import io.github.atomixspring.link.GrpcTls;
import io.github.atomixspring.link.PeerProblemException;
import io.github.atomixspring.protocol.ProtocolException;
import io.github.atomixspring.protocol.Wire;
import org.apache.ratis.thirdparty.io.grpc.CallOptions;
import org.apache.ratis.thirdparty.io.grpc.ClientInterceptor;
import org.apache.ratis.thirdparty.io.grpc.ConnectivityState;
import org.apache.ratis.thirdparty.io.grpc.ManagedChannel;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.MethodDescriptor;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyChannelBuilder;
import org.apache.ratis.thirdparty.io.grpc.stub.ClientCalls;
import org.apache.ratis.thirdparty.io.grpc.stub.MetadataUtils;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;

/**
 * Asks other members. Connections are kept. Answers come on one thread.
 */
final class NodeClient implements AutoCloseable, QuorumCheck.TermClient {

	private static final Duration JOIN_TIMEOUT = Duration.ofSeconds(10);

	private static final Duration TERM_TIMEOUT = Duration.ofSeconds(1);

	/**
	 * The header with the id of the node that asks.
	 */
	static final Metadata.Key<String> NODE = Metadata.Key.of("atomix-node", Metadata.ASCII_STRING_MARSHALLER);

	private final ClientInterceptor introduction;

	private final @Nullable SslContext ssl;

	private final CallThreads threads;

	private final Map<String, ManagedChannel> channels = new ConcurrentHashMap<>();

	private volatile boolean closed;

	/**
	 * Creates a client.
	 * @param node the id of the node that asks
	 * @param tls protects the connections, or null for plain text
	 */
	NodeClient(String node, @Nullable TlsConfig tls) {
		this.threads = new CallThreads("atomix-calls-" + node);
		Metadata headers = new Metadata();
		headers.put(NODE, node);
		this.introduction = MetadataUtils.newAttachHeadersInterceptor(headers);
		this.ssl = GrpcTls.client(tls);
	}

	/**
	 * Asks a member to describe itself.
	 * @param member the member
	 * @param request who asks
	 * @param timeout how long to wait
	 * @return the description
	 */
	CompletableFuture<NodeDescription> describe(Member member, DescribeRequest request, Duration timeout) {
		return call(member, NodeService.DESCRIBE, NodeService.DESCRIBE_REQUEST.encode(request), NodeService.DESCRIPTION,
				timeout);
	}

	/**
	 * Asks a member to take this incarnation into the cluster.
	 * @param member the member
	 * @param request the request
	 * @return the answer
	 */
	CompletableFuture<JoinReply> join(Member member, JoinRequest request) {
		return call(member, NodeService.JOIN, NodeService.JOIN_REQUEST.encode(request), NodeService.JOIN_REPLY,
				JOIN_TIMEOUT);
	}

	/**
	 * Asks the leader to add or to remove a member.
	 * @param leader the member that leads
	 * @param request the request
	 * @param timeout how long to wait
	 * @return the answer
	 */
	CompletableFuture<ChangeReply> change(Member leader, ChangeRequest request, Duration timeout) {
		return call(leader, NodeService.CHANGE, NodeService.CHANGE_REQUEST.encode(request), NodeService.CHANGE_REPLY,
				timeout);
	}

	/**
	 * Asks the leader of a partition for what a backup needs.
	 * @param leader the member that leads
	 * @param request the request
	 * @param timeout how long to wait
	 * @return the answer
	 */
	CompletableFuture<BackupReply> backup(Member leader, BackupRequest request, Duration timeout) {
		return call(leader, NodeService.BACKUP, NodeService.BACKUP_REQUEST.encode(request), NodeService.BACKUP_REPLY,
				timeout);
	}

	/**
	 * Asks a member to mark its directory for a feature level.
	 * @param member the member
	 * @param request the level
	 * @param timeout how long to wait
	 * @return the answer
	 */
	CompletableFuture<LevelReply> level(Member member, LevelRequest request, Duration timeout) {
		return call(member, NodeService.LEVEL, NodeService.LEVEL_REQUEST.encode(request), NodeService.LEVEL_REPLY,
				timeout);
	}

	@Override
	public CompletableFuture<Long> term(String address, String group, String peer) {
		return call(address, NodeService.TERM, NodeService.TERM_REQUEST.encode(new TermRequest(group, peer)),
				NodeService.TERM_REPLY, TERM_TIMEOUT)
			.thenApply((reply) -> {
				if (reply.term() < 0) {
					throw new IllegalStateException("The member at " + address + " is not the peer " + peer);
				}
				return reply.term();
			});
	}

	private <T> CompletableFuture<T> call(Member member, MethodDescriptor<byte[], byte[]> method, byte[] request,
			Wire<T> wire, Duration timeout) {
		return call(member.address(), method, request, wire, timeout);
	}

	private <T> CompletableFuture<T> call(String address, MethodDescriptor<byte[], byte[]> method, byte[] request,
			Wire<T> wire, Duration timeout) {
		CompletableFuture<T> future = new CompletableFuture<>();
		if (this.closed) {
			future.completeExceptionally(new IllegalStateException("closed"));
			return future;
		}
		ManagedChannel channel = this.channels.computeIfAbsent(address, this::open);
		if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
			// The back-off of gRPC grows to two minutes: too long for members that start
			// one after the other.
			channel.resetConnectBackoff();
		}
		CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS);
		ClientCalls.asyncUnaryCall(channel.newCall(method, options), request,
				new Completer<>(address, this.ssl != null, future, wire));
		return future;
	}

	private ManagedChannel open(String address) {
		return GrpcTls.apply(this.threads.configure(NettyChannelBuilder.forTarget(address)), this.ssl)
			.proxyDetector((target) -> null)
			.disableRetry()
			.intercept(this.introduction)
			.build();
	}

	/**
	 * Closes the connections and ends the thread.
	 */
	@Override
	public void close() {
		this.closed = true;
		this.channels.values().forEach(ManagedChannel::shutdownNow);
		this.channels.clear();
		this.threads.close();
	}

	/**
	 * Completes a future with the answer of a call.
	 *
	 * @param <T> the type of the answer
	 */
	private static final class Completer<T> implements StreamObserver<byte[]> {

		private final String address;

		private final boolean tls;

		private final CompletableFuture<T> future;

		private final Wire<T> wire;

		private byte @Nullable [] answer;

		Completer(String address, boolean tls, CompletableFuture<T> future, Wire<T> wire) {
			this.address = address;
			this.tls = tls;
			this.future = future;
			this.wire = wire;
		}

		@Override
		public void onNext(byte[] value) {
			this.answer = value;
		}

		@Override
		public void onError(Throwable failure) {
			this.future.completeExceptionally(PeerProblemException.translate(this.address, failure, this.tls));
		}

		@Override
		public void onCompleted() {
			byte[] bytes = this.answer;
			if (bytes == null) {
				this.future.completeExceptionally(new IllegalStateException("no answer"));
				return;
			}
			try {
				this.future.complete(this.wire.decode(bytes));
			}
			catch (ProtocolException ex) {
				this.future.completeExceptionally(ex);
			}
		}

	}

}
