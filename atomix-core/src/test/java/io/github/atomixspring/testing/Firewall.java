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

package io.github.atomixspring.testing;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.atomixspring.protocol.ClientFrame;
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

/**
 * The network between the members and clients of a test cluster. Messages between two
 * nodes that are cut off from each other vanish without an error, as packets do; the
 * calls that lost one are broken off when the network heals.
 */
public final class Firewall {

	private static final Metadata.Key<String> NODE = Metadata.Key.of("atomix-node", Metadata.ASCII_STRING_MARSHALLER);

	private final Set<Cut> cuts = ConcurrentHashMap.newKeySet();

	private final Set<GuardedCall<?, ?>> lossy = ConcurrentHashMap.newKeySet();

	/**
	 * Makes all messages from a node to another vanish, and the answers to them.
	 * @param from the id of the node that sends
	 * @param to the id of the member that receives
	 */
	public void block(String from, String to) {
		this.cuts.add(new Cut(from, to));
	}

	/**
	 * Lets messages from a node to another pass again.
	 * @param from the id of the node that sends
	 * @param to the id of the member that receives
	 */
	public void unblock(String from, String to) {
		this.cuts.remove(new Cut(from, to));
		this.lossy.forEach(GuardedCall::breakOff);
	}

	/**
	 * Lets all messages pass again.
	 */
	public void heal() {
		this.cuts.clear();
		this.lossy.forEach(GuardedCall::breakOff);
	}

	boolean isBlocked(@Nullable String from, String to) {
		return from != null && this.cuts.contains(new Cut(from, to));
	}

	/**
	 * Returns what a member must install to be behind this firewall.
	 * @param member the id of the member
	 * @return the interceptor
	 */
	public ServerInterceptor interceptor(String member) {
		return new Guard(member);
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

	private static String node(RaftRpcRequestProto request) {
		String peer = request.getRequestorId().toStringUtf8();
		return peer.substring(0, peer.lastIndexOf('@'));
	}

	/**
	 * A direction in which messages vanish.
	 *
	 * @param from the sender
	 * @param to the receiver
	 */
	private record Cut(String from, String to) {

	}

	/**
	 * Guards the port of a member.
	 */
	private final class Guard implements ServerInterceptor {

		private final String member;

		Guard(String member) {
			this.member = member;
		}

		@Override
		public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers,
				ServerCallHandler<Q, A> next) {
			GuardedCall<Q, A> guarded = new GuardedCall<>(call, this.member, headers.get(NODE));
			ServerCall.Listener<Q> listener = next.startCall(guarded, headers);
			guarded.listener = listener;
			return new GuardedListener<>(guarded, listener);
		}

	}

	/**
	 * A call whose answers may vanish.
	 *
	 * @param <Q> the type of the requests
	 * @param <A> the type of the answers
	 */
	private final class GuardedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {

		private final String member;

		private volatile @Nullable String sender;

		private volatile boolean lossy;

		private volatile boolean broken;

		private volatile ServerCall.@Nullable Listener<Q> listener;

		GuardedCall(ServerCall<Q, A> call, String member, @Nullable String sender) {
			super(call);
			this.member = member;
			this.sender = sender;
		}

		boolean drops(Object message) {
			if (this.sender == null) {
				this.sender = identify(message);
			}
			loseIfBlocked();
			return this.lossy;
		}

		private void loseIfBlocked() {
			if (!this.lossy && isBlocked(this.sender, this.member)) {
				this.lossy = true;
				Firewall.this.lossy.add(this);
			}
		}

		/**
		 * Ends a call that has lost a message, when the network is there again: what
		 * comes after a lost message must not arrive.
		 */
		void breakOff() {
			if (isBlocked(this.sender, this.member)) {
				return;
			}
			Firewall.this.lossy.remove(this);
			synchronized (this) {
				if (this.broken) {
					return;
				}
				this.broken = true;
			}
			super.close(Status.UNAVAILABLE.withDescription("a message was lost"), new Metadata());
			ServerCall.Listener<Q> told = this.listener;
			if (told != null) {
				told.onCancel();
			}
		}

		private @Nullable String identify(Object message) {
			String method = getMethodDescriptor().getFullMethodName();
			if (message instanceof byte[] bytes && method.startsWith("atomix.Session/")) {
				return (Wire.CLIENT_FRAME.decode(bytes) instanceof ClientFrame.Hello hello) ? hello.node() : null;
			}
			return Firewall.sender(message);
		}

		@Override
		public void sendMessage(A message) {
			loseIfBlocked();
			if (!this.lossy) {
				super.sendMessage(message);
			}
		}

		@Override
		public void close(Status status, Metadata trailers) {
			loseIfBlocked();
			if (!this.lossy) {
				super.close(status, trailers);
			}
		}

		/**
		 * Takes note that the other side has gone.
		 * @return whether this side does not know it yet
		 */
		synchronized boolean end() {
			boolean first = !this.broken;
			this.broken = true;
			Firewall.this.lossy.remove(this);
			return first;
		}

	}

	/**
	 * A listener to whom requests may not get through.
	 *
	 * @param <Q> the type of the requests
	 */
	private final class GuardedListener<Q> extends SimpleForwardingServerCallListener<Q> {

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
