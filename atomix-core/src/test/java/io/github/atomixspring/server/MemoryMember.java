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

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

import io.github.atomixspring.protocol.LogEntry;
import io.github.atomixspring.protocol.Wire;
import io.github.atomixspring.statemachine.Applied;
import io.github.atomixspring.statemachine.ReplicatedState;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.jspecify.annotations.Nullable;

/**
 * A member with a gateway over a log in memory, applied by a thread of its own. What goes
 * wrong is up to the test.
 */
class MemoryMember implements GatewayInfo, RaftLogAccess, AutoCloseable {

	static final String CLUSTER_ID = "id-of-test";

	private final ReentrantLock lock = new ReentrantLock();

	private final ExecutorService applier = Executors.newSingleThreadExecutor();

	private final TreeMap<Long, List<RatisStateMachine.StateTask>> waiting = new TreeMap<>();

	private final Deque<Runnable> held = new ArrayDeque<>();

	private final List<LogEntry> entries = new CopyOnWriteArrayList<>();

	private final AtomicInteger inFlight = new AtomicInteger();

	private final AtomicInteger mostInFlight = new AtomicInteger();

	private final AtomicInteger revivals = new AtomicInteger();

	private final Gateway gateway;

	private volatile Fault fault = (callId) -> Outcome.APPLIED;

	private volatile Confirmation confirmation = () -> CompletableFuture.completedFuture(null);

	private volatile List<String> members = List.of();

	private volatile Admission admission = Admission.ALL;

	private volatile boolean holding;

	private volatile boolean leads;

	private volatile @Nullable RuntimeException revivalFailure;

	private final ReplicatedState state = new ReplicatedState();

	private volatile long applied;

	MemoryMember() {
		this.gateway = new Gateway(this, System::nanoTime);
	}

	Gateway gateway() {
		return this.gateway;
	}

	MemoryMember lead() {
		this.leads = true;
		revive();
		return this;
	}

	void stepDown() {
		this.leads = false;
		this.gateway.notLeading();
	}

	void fault(Fault newFault) {
		this.fault = newFault;
	}

	void confirmation(Confirmation newConfirmation) {
		this.confirmation = newConfirmation;
	}

	void failRevival(@Nullable RuntimeException failure) {
		this.revivalFailure = failure;
	}

	int revivals() {
		return this.revivals.get();
	}

	List<LogEntry> entries() {
		return this.entries;
	}

	int inFlight() {
		return this.inFlight.get();
	}

	int mostInFlight() {
		return this.mostInFlight.get();
	}

	/**
	 * Holds back what is appended from now on.
	 */
	void hold() {
		synchronized (this.held) {
			this.holding = true;
		}
	}

	void release() {
		synchronized (this.held) {
			this.holding = false;
			this.held.forEach(this.applier::execute);
			this.held.clear();
		}
	}

	@Override
	public CompletableFuture<Long> append(long callId, byte[] bytes) {
		Outcome outcome = this.leads ? this.fault.of(callId) : Outcome.LOST;
		if (outcome == Outcome.LOST) {
			return CompletableFuture.failedFuture(new IllegalStateException("lost"));
		}
		if (outcome == Outcome.THROWN) {
			throw new IllegalStateException("thrown");
		}
		CompletableFuture<Long> index = new CompletableFuture<>();
		this.mostInFlight.accumulateAndGet(this.inFlight.incrementAndGet(), Math::max);
		Runnable task = () -> {
			long appliedIndex = apply(bytes, (outcome == Outcome.APPLIED) ? callId : -1);
			this.inFlight.decrementAndGet();
			if (outcome == Outcome.APPLIED_UNKNOWN) {
				index.completeExceptionally(new IllegalStateException("unknown"));
			}
			else {
				index.complete(appliedIndex);
			}
		};
		synchronized (this.held) {
			if (this.holding) {
				this.held.add(task);
			}
			else {
				this.applier.execute(task);
			}
		}
		return index;
	}

	private long apply(byte[] bytes, long callId) {
		this.lock.lock();
		try {
			Applied done = this.state.apply(bytes);
			long index = this.applied + 1;
			this.applied = index;
			this.entries.add(Wire.LOG_ENTRY.decode(bytes));
			this.gateway.applied(index, (callId > 0) ? request(callId) : null, done, this.state);
			List<List<RatisStateMachine.StateTask>> due = new ArrayList<>(this.waiting.headMap(index, true).values());
			this.waiting.headMap(index, true).clear();
			due.forEach((tasks) -> tasks.forEach((task) -> task.run(this.state, index)));
			return index;
		}
		finally {
			this.lock.unlock();
		}
	}

	private static RaftClientRequest request(long callId) {
		return RaftClientRequest.newBuilder()
			.setClientId(ClientId.emptyClientId())
			.setServerId(RaftPeerId.valueOf("n1"))
			.setGroupId(RaftGroupId.emptyGroupId())
			.setCallId(callId)
			.setType(RaftClientRequest.writeRequestType())
			.build();
	}

	@Override
	public void whenApplied(long index, RatisStateMachine.StateTask task) {
		this.lock.lock();
		try {
			if (this.applied >= index) {
				task.run(this.state, this.applied);
			}
			else {
				this.waiting.computeIfAbsent(index, (key) -> new ArrayList<>()).add(task);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public CompletableFuture<Long> confirmLeadership() {
		long committed = this.applied;
		return this.confirmation.confirm().thenApply((confirmed) -> committed);
	}

	@Override
	public void revive() {
		this.revivals.incrementAndGet();
		RuntimeException failure = this.revivalFailure;
		if (failure != null) {
			throw failure;
		}
		this.lock.lock();
		try {
			if (this.leads) {
				this.gateway.leading(this.state);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public String cluster() {
		return "test";
	}

	@Override
	public String clusterId() {
		return CLUSTER_ID;
	}

	@Override
	public int partitions() {
		return 1;
	}

	@Override
	public String node() {
		return "n1";
	}

	@Override
	public @Nullable String leaderAddress() {
		return "leader:1";
	}

	@Override
	public List<String> memberAddresses() {
		return this.members;
	}

	void members(List<String> addresses) {
		this.members = addresses;
	}

	@Override
	public Admission admission() {
		return this.admission;
	}

	void admission(Admission newAdmission) {
		this.admission = newAdmission;
	}

	@Override
	public @Nullable RaftLogAccess log() {
		return this;
	}

	@Override
	public void close() {
		this.gateway.close();
		release();
		this.applier.shutdown();
	}

	/**
	 * What becomes of an entry.
	 */
	enum Outcome {

		/**
		 * It is applied as the request of this member.
		 */
		APPLIED,

		/**
		 * It is applied before its request is known.
		 */
		APPLIED_UNRELATED,

		/**
		 * It is applied, but the request fails.
		 */
		APPLIED_UNKNOWN,

		/**
		 * It is not applied.
		 */
		LOST,

		/**
		 * The log throws.
		 */
		THROWN

	}

	/**
	 * Decides what becomes of entries.
	 */
	interface Fault {

		Outcome of(long callId);

	}

	/**
	 * Confirms leadership.
	 */
	interface Confirmation {

		CompletableFuture<@Nullable Void> confirm();

	}

}
