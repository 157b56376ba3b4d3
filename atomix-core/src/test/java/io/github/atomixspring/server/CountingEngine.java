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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.cluster.StateDigest;
import io.github.atomixspring.link.LinkAcceptor;
import io.github.atomixspring.link.LocalReader;
import io.github.atomixspring.metrics.ReplicaStatistics;
import io.github.atomixspring.protocol.FeatureLevel;
import io.github.atomixspring.protocol.LogEntry;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.rpc.CallId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachine;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;

/**
 * An engine whose state is the list of all applied texts.
 */
final class CountingEngine implements ReplicaEngine {

	private final ClientId clientId = ClientId.randomId();

	private volatile @Nullable ListStateMachine stateMachine;

	private volatile RaftServer.@Nullable Division division;

	private volatile int builds;

	/**
	 * Without a permit of it no state machine is made. A state of a member that ends with
	 * that lasts as long as a test looks at it.
	 */
	final Semaphore permits = new Semaphore(Integer.MAX_VALUE / 2);

	volatile @Nullable String failOnLoad;

	volatile @Nullable Error errorOnServe;

	@Override
	public StateMachine newStateMachine(FailureListener failures, Headroom headroom) {
		this.permits.acquireUninterruptibly();
		this.builds++;
		ListStateMachine created = new ListStateMachine(failures, this.failOnLoad);
		this.stateMachine = created;
		return created;
	}

	@Override
	public void serve(RaftServer.Division served, String clusterId, LeadershipCheck check) {
		Error error = this.errorOnServe;
		if (error != null) {
			throw error;
		}
		this.division = served;
	}

	@Override
	public void stop() {
		this.division = null;
	}

	@Override
	public LinkAcceptor acceptor() {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean isLeading() {
		return false;
	}

	@Override
	public @Nullable String remoteLeader() {
		return null;
	}

	@Override
	public LocalReader localReader() {
		throw new UnsupportedOperationException();
	}

	@Override
	public EngineStatus status() {
		return new EngineStatus(-1, new StateDigest(texts().size(), Integer.toHexString(texts().hashCode())), null);
	}

	@Override
	public ReplicaStatistics statistics() {
		return new ReplicaStatistics(ReplicaStatistics.GatewayStatistics.NONE,
				ReplicaStatistics.SnapshotStatistics.NONE, 0);
	}

	@Override
	public int knownLevel() {
		return FeatureLevel.LATEST;
	}

	@Override
	public int level() {
		return FeatureLevel.LATEST;
	}

	@Override
	public CompletableFuture<Integer> raise(int next) {
		return CompletableFuture.completedFuture(FeatureLevel.LATEST);
	}

	@Override
	public CompletableFuture<Long> takeSnapshot() {
		return CompletableFuture.failedFuture(new UnsupportedOperationException());
	}

	@Override
	public CompletableFuture<Long> confirm() {
		return CompletableFuture.failedFuture(new UnsupportedOperationException());
	}

	@Override
	public CompletableFuture<CapturedState> capture(long index) {
		return CompletableFuture.failedFuture(new UnsupportedOperationException());
	}

	@Override
	public CompletableFuture<RestoreProgress> restore(LogEntry.Restore piece) {
		return CompletableFuture.failedFuture(new UnsupportedOperationException());
	}

	@Override
	public CompletableFuture<Long> verify() {
		return CompletableFuture.failedFuture(new UnsupportedOperationException());
	}

	@Override
	public void close() {
		stop();
	}

	int builds() {
		return this.builds;
	}

	List<String> texts() {
		ListStateMachine current = this.stateMachine;
		return (current != null) ? List.copyOf(current.texts) : List.of();
	}

	FailureListener failures() {
		ListStateMachine current = this.stateMachine;
		if (current == null) {
			throw new IllegalStateException("There is no state machine");
		}
		return current.failures;
	}

	void submit(String text) throws Exception {
		RaftServer.Division served = this.division;
		if (served == null) {
			throw new IOException("not served");
		}
		RaftClientReply reply = served.getRaftServer()
			.submitClientRequestAsync(RaftClientRequest.newBuilder()
				.setClientId(this.clientId)
				.setServerId(served.getId())
				.setGroupId(served.getMemberId().getGroupId())
				.setCallId(CallId.getAndIncrement())
				.setType(RaftClientRequest.writeRequestType())
				.setMessage(Message.valueOf(text))
				.build())
			.get(10, TimeUnit.SECONDS);
		if (!reply.isSuccess()) {
			throw new IOException(reply.getException());
		}
	}

	/**
	 * A state machine that keeps all texts.
	 */
	private static final class ListStateMachine extends BaseStateMachine {

		private final List<String> texts = new CopyOnWriteArrayList<>();

		private final FailureListener failures;

		private final @Nullable String failOnLoad;

		ListStateMachine(FailureListener failures, @Nullable String failOnLoad) {
			this.failures = failures;
			this.failOnLoad = failOnLoad;
			getLifeCycle().startAndTransition(() -> {
			});
		}

		@Override
		public void initialize(RaftServer server, RaftGroupId groupId, RaftStorage storage) throws IOException {
			super.initialize(server, groupId, storage);
			if (this.failOnLoad != null) {
				this.failures.failed(this.failOnLoad, null);
				throw new IOException(this.failOnLoad);
			}
		}

		@Override
		public void pause() {
			getLifeCycle().transition(LifeCycle.State.PAUSING);
			getLifeCycle().transition(LifeCycle.State.PAUSED);
		}

		@Override
		public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
			LogEntryProto entry = transaction.getLogEntry();
			ByteString data = entry.getStateMachineLogEntry().getLogData();
			this.texts.add(data.toStringUtf8());
			updateLastAppliedTermIndex(entry.getTerm(), entry.getIndex());
			return CompletableFuture.completedFuture(Message.EMPTY);
		}

		@Override
		public void notifyLogFailed(Throwable cause, @Nullable LogEntryProto entry) {
			this.failures.failed("The Raft log cannot be written: " + cause, cause);
		}

	}

}
