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

import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.ReadIndexRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.proto.grpc.AdminProtocolServiceGrpc;
import org.apache.ratis.proto.grpc.RaftClientProtocolServiceGrpc;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc;
import org.apache.ratis.thirdparty.io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Keeps calls from Ratis that it would take without a question.
 * <p>
 * Its services for clients and administrators know no access control, and the members do
 * not use them. And it answers requests to another incarnation at the same address as if
 * they were its own: what a replacement stores would count for the one that is gone.
 */
final class RaftFence implements ServerInterceptor {

	private final String peer;

	/**
	 * Creates a fence.
	 * @param peer the id of the peer behind it
	 */
	RaftFence(String peer) {
		this.peer = peer;
	}

	@Override
	public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers,
			ServerCallHandler<Q, A> next) {
		String service = call.getMethodDescriptor().getServiceName();
		if (AdminProtocolServiceGrpc.SERVICE_NAME.equals(service)
				|| RaftClientProtocolServiceGrpc.SERVICE_NAME.equals(service)) {
			call.close(Status.PERMISSION_DENIED.withDescription("not offered by this server"), new Metadata());
			return new ServerCall.Listener<>() {
			};
		}
		ServerCall.Listener<Q> listener = next.startCall(call, headers);
		return (RaftServerProtocolServiceGrpc.SERVICE_NAME.equals(service)) ? new AddressCheck<>(call, listener)
				: listener;
	}

	private static @Nullable RaftRpcRequestProto header(Object message) {
		if (message instanceof AppendEntriesRequestProto request) {
			return request.getServerRequest();
		}
		if (message instanceof RequestVoteRequestProto request) {
			return request.getServerRequest();
		}
		if (message instanceof InstallSnapshotRequestProto request) {
			return request.getServerRequest();
		}
		if (message instanceof StartLeaderElectionRequestProto request) {
			return request.getServerRequest();
		}
		return (message instanceof ReadIndexRequestProto request) ? request.getServerRequest() : null;
	}

	/**
	 * Breaks off a call whose requests are meant for another incarnation.
	 *
	 * @param <Q> the type of the requests
	 */
	private final class AddressCheck<Q> extends SimpleForwardingServerCallListener<Q> {

		private final ServerCall<Q, ?> call;

		private boolean refused;

		AddressCheck(ServerCall<Q, ?> call, ServerCall.Listener<Q> listener) {
			super(listener);
			this.call = call;
		}

		@Override
		public void onMessage(Q message) {
			RaftRpcRequestProto header = header(message);
			if (!this.refused && (header == null || RaftFence.this.peer.equals(header.getReplyId().toStringUtf8()))) {
				super.onMessage(message);
			}
			else if (!this.refused) {
				this.refused = true;
				this.call.close(Status.UNAVAILABLE.withDescription("another incarnation lives here"), new Metadata());
			}
		}

		@Override
		public void onHalfClose() {
			if (!this.refused) {
				super.onHalfClose();
			}
		}

	}

}
