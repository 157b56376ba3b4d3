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

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.atomixspring.cluster.NetworkFilter;
import io.github.atomixspring.protocol.ClientFrame;
import io.github.atomixspring.protocol.ProtocolException;
import io.github.atomixspring.protocol.Wire;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.ReadIndexRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.thirdparty.io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import org.apache.ratis.thirdparty.io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loses the messages at the port of a member that a {@link NetworkFilter} does not let
 * pass. Calls tell who sends them by a header, by their first frame, or by each request
 * of the consensus.
 */
final class NetworkGuard implements ServerInterceptor {

	private static final Logger logger = LoggerFactory.getLogger(NetworkGuard.class);

	private static final long CHECK_MILLIS = 50;

	private final String member;

	private final NetworkFilter filter;

	/** The calls that have lost a message. */
	private final Set<GuardedCall<?, ?>> lossy = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean checking = new AtomicBoolean();

	/**
	 * Creates a guard.
	 * @param member the id of the member behind it
	 * @param filter decides what passes
	 */
	NetworkGuard(String member, NetworkFilter filter) {
		this.member = member;
		this.filter = filter;
	}

	@Override
	public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers,
			ServerCallHandler<Q, A> next) {
		GuardedCall<Q, A> guarded = new GuardedCall<>(call, headers.get(NodeClient.NODE));
		ServerCall.Listener<Q> listener = next.startCall(guarded, headers);
		guarded.listener = listener;
		return new GuardedListener<>(guarded, listener);
	}

	private boolean isBlocked(@Nullable String sender) {
		return sender != null && !this.filter.passes(sender, this.member);
	}

	private void lost(GuardedCall<?, ?> call) {
		this.lossy.add(call);
		checkSoon();
	}

	private void checkSoon() {
		if (this.checking.compareAndSet(false, true)) {
			CompletableFuture.delayedExecutor(CHECK_MILLIS, TimeUnit.MILLISECONDS).execute(this::check);
		}
	}

	private void check() {
		this.checking.set(false);
		this.lossy.forEach(this::breakOffIfPassing);
		if (!this.lossy.isEmpty()) {
			checkSoon();
		}
	}

	private void breakOffIfPassing(GuardedCall<?, ?> call) {
		try {
			call.breakOffIfPassing();
		}
		catch (RuntimeException ex) {
			// One call that cannot be ended must not keep the others cut off for ever.
			logger.warn("Node {} could not break off a call that had lost a message", this.member, ex);
		}
	}

	private static @Nullable String sender(Object message) {
		if (message instanceof AppendEntriesRequestProto request) {
			return node(request.getServerRequest());
		}
		if (message instanceof RequestVoteRequestProto request) {
			return node(request.getServerRequest());
		}
		if (message instanceof InstallSnapshotRequestProto request) {
			return node(request.getServerRequest());
		}
		if (message instanceof StartLeaderElectionRequestProto request) {
			return node(request.getServerRequest());
		}
		if (message instanceof ReadIndexRequestProto request) {
			return node(request.getServerRequest());
		}
		return null;
	}

	private static @Nullable String greeter(byte[] frame) {
		try {
			return (Wire.CLIENT_FRAME.decode(frame) instanceof ClientFrame.Hello hello) ? hello.node() : null;
		}
		catch (ProtocolException ex) {
			// The service itself says what is wrong with the frame.
			return null;
		}
	}

	private static String node(RaftRpcRequestProto request) {
		String peer = request.getRequestorId().toStringUtf8();
		return peer.substring(0, peer.lastIndexOf('@'));
	}

	/**
	 * A call whose answers may vanish.
	 *
	 * @param <Q> the type of the requests
	 * @param <A> the type of the answers
	 */
	private final class GuardedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {

		private volatile @Nullable String sender;

		private volatile boolean lossy;

		private volatile boolean ended;

		/** Whether the service has closed the call, which can be done once only. */
		private final AtomicBoolean closed = new AtomicBoolean();

		private volatile ServerCall.@Nullable Listener<Q> listener;

		GuardedCall(ServerCall<Q, A> call, @Nullable String sender) {
			super(call);
			this.sender = sender;
		}

		boolean drops(Object message) {
			if (this.sender == null) {
				this.sender = identify(message);
			}
			return isLossy();
		}

		private boolean isLossy() {
			if (!this.lossy && isBlocked(this.sender)) {
				this.lossy = true;
				lost(this);
			}
			return this.lossy;
		}

		/**
		 * Ends a call that has lost a message, when the network is there again.
		 */
		void breakOffIfPassing() {
			if (isBlocked(this.sender) || !end()) {
				return;
			}
			if (this.closed.compareAndSet(false, true)) {
				super.close(Status.UNAVAILABLE.withDescription("a message was lost"), new Metadata());
			}
			ServerCall.Listener<Q> told = this.listener;
			if (told != null) {
				told.onCancel();
			}
		}

		private @Nullable String identify(Object message) {
			String method = getMethodDescriptor().getFullMethodName();
			if (message instanceof byte[] bytes && method.startsWith("atomix.Session/")) {
				return greeter(bytes);
			}
			return NetworkGuard.sender(message);
		}

		@Override
		public void sendMessage(A message) {
			if (!isLossy()) {
				super.sendMessage(message);
			}
		}

		@Override
		public void close(Status status, Metadata trailers) {
			if (!isLossy() && this.closed.compareAndSet(false, true)) {
				super.close(status, trailers);
			}
		}

		/**
		 * Takes note that the call has ended.
		 * @return whether that is new
		 */
		synchronized boolean end() {
			boolean first = !this.ended;
			this.ended = true;
			NetworkGuard.this.lossy.remove(this);
			return first;
		}

	}

	/**
	 * A listener to whom requests may not get through.
	 *
	 * @param <Q> the type of the requests
	 */
	private static final class GuardedListener<Q> extends SimpleForwardingServerCallListener<Q> {

		private final GuardedCall<Q, ?> call;

		GuardedListener(GuardedCall<Q, ?> call, ServerCall.Listener<Q> listener) {
			super(listener);
			this.call = call;
		}

		@Override
		public void onMessage(Q message) {
			if (this.call.drops(message)) {
				this.call.request(1);
			}
			else {
				super.onMessage(message);
			}
		}

		@Override
		public void onHalfClose() {
			if (!this.call.lossy) {
				super.onHalfClose();
			}
		}

		@Override
		public void onCancel() {
			if (this.call.end()) {
				super.onCancel();
			}
		}

		@Override
		public void onComplete() {
			if (this.call.end()) {
				super.onComplete();
			}
		}

	}

}
