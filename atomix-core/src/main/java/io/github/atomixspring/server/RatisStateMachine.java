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
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

import io.github.atomixspring.link.LocalReader;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.statemachine.Applied;
import io.github.atomixspring.statemachine.ReplicatedState;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the {@link ReplicatedState} into Ratis: one instance for each division that is
 * built.
 * <p>
 * Applying and reading exclude each other by one lock. Nothing here returns an unfinished
 * future to Ratis or throws out of {@link #applyTransaction} for what an entry holds: the
 * first stops snapshots for good, the second closes the division on every member and
 * again after each restart, which is what a member is for that the others have outgrown.
 * What is thrown for want of memory closes that of this member, which is rebuilt.
 */
class RatisStateMachine extends BaseStateMachine implements LocalReader {

	private static final Logger logger = LoggerFactory.getLogger(RatisStateMachine.class);

	private final ReentrantLock lock = new ReentrantLock();

	private final SnapshotStore snapshots;

	private final DivisionListener listener;

	private final FailureListener failures;

	private final PriorityQueue<Waiting> waiting = new PriorityQueue<>();

	private final int known;

	private ReplicatedState state;

	/**
	 * The feature level of the state.
	 */
	private volatile int level;

	private long appliedIndex = -1;

	/**
	 * Whether an entry was applied in part only: the state is wrong then, and only
	 * another instance can go on, from the last snapshot. Guarded by the lock.
	 */
	private boolean broken;

	/**
	 * Whether this member leads and has applied everything of earlier terms.
	 */
	private volatile boolean ready;

	RatisStateMachine(SnapshotStore snapshots, DivisionListener listener, FailureListener failures, int known) {
		this.known = known;
		this.state = new ReplicatedState(known);
		this.level = this.state.level();
		this.snapshots = snapshots;
		this.listener = listener;
		this.failures = failures;
		getLifeCycle().startAndTransition(() -> {
		});
	}

	@Override
	public void initialize(RaftServer server, RaftGroupId groupId, RaftStorage storage) throws IOException {
		super.initialize(server, groupId, storage);
		this.snapshots.open(storage);
		load();
	}

	@Override
	public void reinitialize() throws IOException {
		this.snapshots.installed();
		load();
		getLifeCycle().startAndTransition(() -> {
		});
	}

	@Override
	public void pause() {
		// It still is if the snapshot for which it was paused could not be put in place.
		if (getLifeCycleState() != LifeCycle.State.PAUSED) {
			getLifeCycle().transition(LifeCycle.State.PAUSING);
			getLifeCycle().transition(LifeCycle.State.PAUSED);
		}
	}

	private void load() throws IOException {
		SnapshotStore.Loaded loaded;
		try {
			loaded = this.snapshots.load(this.known);
		}
		catch (IOException | RuntimeException ex) {
			this.failures.failed("The snapshot cannot be loaded: " + ex.getMessage(), ex);
			throw ex;
		}
		if (loaded == null) {
			return;
		}
		this.lock.lock();
		try {
			this.state = loaded.state();
			this.level = this.state.level();
			setLastAppliedTermIndex(loaded.termIndex());
			applied(loaded.termIndex().getIndex());
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public StateMachineStorage getStateMachineStorage() {
		return this.snapshots.storage();
	}

	@Override
	public TransactionContext startTransaction(RaftClientRequest request) {
		return TransactionContext.newBuilder()
			.setStateMachine(this)
			.setClientRequest(request)
			.setLogData(request.getMessage().getContent())
			.build();
	}

	@Override
	public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
		LogEntryProto entry = transaction.getLogEntry();
		TermIndex termIndex = TermIndex.valueOf(entry);
		byte[] bytes = entry.getStateMachineLogEntry().getLogData().toByteArray();
		RaftClientRequest request = transaction.getClientRequest();
		this.lock.lock();
		try {
			Applied applied = this.state.apply(bytes);
			this.level = this.state.level();
			updateLastAppliedTermIndex(termIndex.getTerm(), termIndex.getIndex());
			if (applied.failure() != null) {
				logger.warn("Log entry {} was refused on all members: {}", termIndex, applied.failure());
			}
			if (applied.verify()) {
				this.snapshots.computeDigest(termIndex.getIndex(), this.state.capture());
			}
			this.listener.applied(termIndex.getIndex(), request, applied, this.state);
			applied(termIndex.getIndex());
		}
		catch (RuntimeException | Error ex) {
			// For want of memory, which the other members may have, or since they have
			// outgrown this one.
			this.broken = true;
			this.ready = false;
			this.failures.failed("Log entry " + termIndex + " could not be applied: " + ex, ex);
			throw ex;
		}
		finally {
			this.lock.unlock();
		}
		return CompletableFuture.completedFuture(Message.EMPTY);
	}

	/**
	 * Returns the feature level of the cluster as far as this member has applied the log.
	 * @return the level
	 */
	int level() {
		return this.level;
	}

	@Override
	public void notifyTermIndexUpdated(long term, long index) {
		super.notifyTermIndexUpdated(term, index);
		this.lock.lock();
		try {
			applied(index);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void applied(long index) {
		if (this.broken) {
			return;
		}
		this.appliedIndex = index;
		for (Waiting next = this.waiting.peek(); next != null && next.index <= index; next = this.waiting.peek()) {
			this.waiting.remove().task.run(this.state, index);
		}
	}

	/**
	 * Runs a task while the state stands still, once the given index is applied.
	 * @param index the log index
	 * @param task the task, with the state and the index applied; must not block
	 */
	void whenApplied(long index, StateTask task) {
		this.lock.lock();
		try {
			if (this.broken) {
				task.abandoned();
			}
			else if (this.appliedIndex >= index) {
				task.run(this.state, this.appliedIndex);
			}
			else {
				this.waiting.add(new Waiting(index, task));
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Answers a query if the index is applied here. A follower hears of a commit only
	 * with the next entry or heartbeat, so that it is faster to ask the leader than to
	 * wait.
	 */
	@Override
	public CompletableFuture<Answer> read(long minIndex, long session, Query query) {
		this.lock.lock();
		try {
			if (this.broken) {
				return CompletableFuture.failedFuture(new UnavailableException("This member has failed", null));
			}
			if (this.appliedIndex < minIndex) {
				return CompletableFuture.failedFuture(new UnavailableException(
						"This member has applied " + this.appliedIndex + ", not yet " + minIndex, null));
			}
			return CompletableFuture.completedFuture(
					new Answer(this.appliedIndex, this.state.eventNumber(session), answer(this.state, query)));
		}
		finally {
			this.lock.unlock();
		}
	}

	static Result answer(ReplicatedState state, Query query) {
		try {
			return state.read(query);
		}
		catch (RuntimeException ex) {
			logger.error("Query {} failed", query, ex);
			return ErrorCode.INTERNAL.failure("The query failed: " + ex);
		}
	}

	@Override
	public CompletableFuture<Message> query(Message request) {
		// Queries come over links only; an exception here would close the caller's
		// stream.
		return CompletableFuture.completedFuture(Message.EMPTY);
	}

	@Override
	public long takeSnapshot() {
		this.lock.lock();
		try {
			return (!this.broken) ? this.snapshots.take(getLastAppliedTermIndex(), this.level, this.state::capture)
					: this.snapshots.durableIndex();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes a snapshot of the present state, also if Ratis does not ask for one.
	 * @return its index, once it is durable; fails if it cannot be written
	 */
	CompletableFuture<Long> snapshotNow() {
		this.lock.lock();
		try {
			if (this.broken) {
				return CompletableFuture.failedFuture(new UnavailableException("This member has failed", null));
			}
			CompletableFuture<Long> before = this.snapshots.lastWrite();
			if (this.snapshots.isWriting() && !before.isDone()) {
				// It is of an earlier state.
				return before.handle((index, failure) -> index).thenCompose((index) -> snapshotNow());
			}
			this.snapshots.takeNow(getLastAppliedTermIndex(), this.level, this.state::capture);
			return this.snapshots.lastWrite().thenApply((index) -> {
				this.snapshots.deleteOld();
				return this.snapshots.durableIndex();
			});
		}
		finally {
			this.lock.unlock();
		}
	}

	SnapshotStore snapshots() {
		return this.snapshots;
	}

	@Override
	public void notifyLeaderReady() {
		this.lock.lock();
		try {
			if (this.broken) {
				return;
			}
			this.ready = true;
			this.listener.leading(this.state);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Repeats {@link #notifyLeaderReady()} if it came before the division was served: a
	 * single member leads while it is still being started.
	 */
	void catchUp() {
		if (this.ready) {
			notifyLeaderReady();
		}
	}

	@Override
	public void notifyNotLeader(Collection<TransactionContext> pendingEntries) {
		this.ready = false;
		this.listener.notLeading();
	}

	@Override
	public void notifyLeaderChanged(RaftGroupMemberId groupMemberId, RaftPeerId newLeaderId) {
		if (!groupMemberId.getPeerId().equals(newLeaderId)) {
			this.ready = false;
			this.listener.notLeading();
		}
	}

	@Override
	public void notifyLogFailed(Throwable cause, LogEntryProto failedEntry) {
		String root = (cause.getCause() != null) ? " (" + StartFailures.root(cause) + ")" : "";
		this.failures.failed("The Raft log cannot be written: " + cause.getMessage() + root, cause);
	}

	@Override
	public void notifyServerShutdown(RoleInfoProto roleInfo, boolean allServer) {
		if (!allServer) {
			this.failures.failed("The division was closed", null);
		}
	}

	@Override
	public void close() throws IOException {
		this.listener.notLeading();
		Queue<Waiting> left;
		this.lock.lock();
		try {
			left = new ArrayDeque<>(this.waiting);
			this.waiting.clear();
		}
		finally {
			this.lock.unlock();
		}
		left.forEach((waiter) -> waiter.task.abandoned());
		this.snapshots.close();
		super.close();
	}

	/**
	 * A task for the state as it stands.
	 */
	interface StateTask {

		/**
		 * Called with the state standing still; must not block.
		 * @param state the state
		 * @param index the log index it has applied
		 */
		void run(ReplicatedState state, long index);

		/**
		 * Called instead if the division is closed before.
		 */
		void abandoned();

	}

	/**
	 * What the gateway is told of a division. Called with the state standing still,
	 * except {@link #notLeading()}; must not block.
	 */
	interface DivisionListener {

		/**
		 * Called for each applied entry.
		 * @param index the log index
		 * @param request the request that this server submitted for it, or null
		 * @param applied what it did
		 * @param state the state after it
		 */
		void applied(long index, @Nullable RaftClientRequest request, Applied applied, ReplicatedState state);

		/**
		 * Called when this member leads and has applied everything of earlier terms.
		 * @param state the state
		 */
		void leading(ReplicatedState state);

		/**
		 * Called when this member does not lead any more, perhaps more than once.
		 */
		void notLeading();

	}

	/**
	 * A task that waits for an index.
	 */
	private record Waiting(long index, StateTask task) implements Comparable<Waiting> {

		@Override
		public int compareTo(Waiting other) {
			return Long.compare(this.index, other.index);
		}

	}

}
