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
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientAsynchronousProtocol;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.jspecify.annotations.Nullable;

/**
 * The log of a Ratis division.
 * <p>
 * Entries go to the division itself, on the calling thread: the server would hand each to
 * a pool of threads, which costs a hop and could change their order.
 */
class DivisionLog implements RaftLogAccess {

	private final RaftServer.Division division;

	private final RaftClientAsynchronousProtocol appender;

	private final RatisStateMachine stateMachine;

	private final LeadershipCheck check;

	private final ClientId clientId = ClientId.randomId();

	DivisionLog(RaftServer.Division division, RatisStateMachine stateMachine, LeadershipCheck check) {
		this.division = division;
		this.appender = (RaftClientAsynchronousProtocol) division;
		this.stateMachine = stateMachine;
		this.check = check;
	}

	@Override
	public CompletableFuture<Long> append(long callId, byte[] bytes) {
		ByteString content = UnsafeByteOperations.unsafeWrap(bytes);
		RaftClientRequest request = RaftClientRequest.newBuilder()
			.setClientId(this.clientId)
			.setServerId(this.division.getId())
			.setGroupId(this.division.getGroup().getGroupId())
			.setCallId(callId)
			.setType(RaftClientRequest.writeRequestType())
			.setMessage(Message.valueOf(content))
			.build();
		try {
			return this.appender.submitClientRequestAsync(request).thenApply(DivisionLog::index);
		}
		catch (IOException | RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private static long index(RaftClientReply reply) {
		if (!reply.isSuccess()) {
			throw new IllegalStateException("The entry is not known to be committed", reply.getException());
		}
		return reply.getLogIndex();
	}

	@Override
	public void whenApplied(long index, RatisStateMachine.StateTask task) {
		this.stateMachine.whenApplied(index, task);
	}

	@Override
	public CompletableFuture<Long> confirmLeadership() {
		// First the index, then the question: what was acknowledged before the call is
		// committed by then, on this member if it still leads.
		long committed = this.division.getRaftLog().getLastCommittedIndex();
		return this.check.confirm().thenApply((confirmed) -> committed);
	}

	@Nullable String leaderAddress() {
		RaftPeerId leader = KnownLeader.of(this.division);
		RaftPeer peer = (leader != null) ? this.division.getRaftConf().getPeer(leader) : null;
		return (peer != null) ? peer.getAddress() : null;
	}

	List<String> memberAddresses() {
		return PeerInfo.listOf(this.division.getRaftConf()).stream().map(PeerInfo::address).toList();
	}

	boolean isLeading() {
		return this.division.getInfo().isLeader();
	}

}
