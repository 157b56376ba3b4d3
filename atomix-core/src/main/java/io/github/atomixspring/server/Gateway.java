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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;

import io.github.atomixspring.link.Link;
import io.github.atomixspring.link.LinkAcceptor;
import io.github.atomixspring.link.LinkHandler;
import io.github.atomixspring.metrics.ReplicaStatistics.GatewayStatistics;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.LogEntry;
import io.github.atomixspring.protocol.Wire;
import io.github.atomixspring.statemachine.Applied;
import io.github.atomixspring.statemachine.ReplicatedState;
import org.apache.ratis.protocol.RaftClientRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateway of the sessions to the replicated state; only that of the leader serves.
 * <p>
 * It merges what its links submit into log entries, a few in flight at most: what comes
 * while they are in flight leaves together with the next one. It stamps each entry with
 * the replicated time, which it counts from the time of the state at the beginning of its
 * reign by the monotonic clock, and appends an entry of its own when something falls due.
 * <p>
 * A linearizable query is answered from the state after leadership was confirmed later
 * than it arrived: by a log entry that was appended after its arrival, or by a majority
 * (see {@link LeadershipCheck}).
 * <p>
 * Any doubt ends the reign: all links are redirected, and their sessions submit again
 * what was not answered. That is safe since the state applies each command once.
 */
class Gateway implements LinkAcceptor, RatisStateMachine.DivisionListener {

	private static final Logger logger = LoggerFactory.getLogger(Gateway.class);

	/**
	 * Entries in flight: one is being replicated while the next is written.
	 */
	private static final int MAX_ENTRIES_IN_FLIGHT = 2;

	private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

	/**
	 * How soon after the end of a reign the next is tried: soon, but a member whose log
	 * fails at once must not spin.
	 */
	private static final long REVIVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition work = this.lock.newCondition();

	private final SubmissionQueue queue = new SubmissionQueue();

	private final GatewayCounts counts = new GatewayCounts();

	private final Deliveries deliveries;

	private final Thread thread;

	private final LongSupplier nanoClock;

	private final GatewayInfo info;

	private boolean closed;

	/**
	 * When to try to revive; guarded by the lock.
	 */
	private long revivalNanos;

	private volatile @Nullable Reign reign;

	/**
	 * When the next thing falls due, as of the last applied entry.
	 */
	private volatile long nextDeadline = ReplicatedState.NEVER;

	Gateway(GatewayInfo info, LongSupplier nanoClock) {
		this.info = info;
		this.nanoClock = nanoClock;
		this.revivalNanos = nanoClock.getAsLong() + IDLE_NANOS;
		this.deliveries = new Deliveries(info.node());
		this.thread = new Thread(this::run, "atomix-gateway-" + info.node());
		this.thread.setDaemon(true);
		this.thread.start();
	}

	@Override
	public Link accept(LinkHandler handler) {
		return new GatewayLink(this, handler);
	}

	GatewayInfo info() {
		return this.info;
	}

	boolean isServing() {
		return this.reign != null;
	}

	Deliveries deliveries() {
		return this.deliveries;
	}

	/**
	 * Queues a submission for one of the next entries.
	 * @param submission the submission
	 * @return whether it was taken; if not, too much is queued or this member does not
	 * lead
	 */
	boolean submit(Submission submission) {
		this.lock.lock();
		try {
			boolean first = this.queue.isEmpty();
			if (this.reign == null) {
				return false;
			}
			if (!this.queue.add(submission, this.nanoClock.getAsLong())) {
				this.counts.refused();
				return false;
			}
			if (first || this.queue.isEager()) {
				this.work.signal();
			}
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes note of commands that are not taken for want of room or memory.
	 * @param commands the number of commands
	 */
	void refused(int commands) {
		this.counts.refusedCommands(commands);
	}

	/**
	 * Returns what this gateway has counted.
	 * @return the figures
	 */
	GatewayStatistics statistics() {
		this.lock.lock();
		try {
			Reign current = this.reign;
			return this.counts.statistics(current != null, this.queue.size(), this.queue.bytes(),
					(current != null) ? current.inFlight() : 0);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Returns how many sessions are open on the cluster.
	 * @return the number, as of the last applied entry
	 */
	int sessions() {
		return this.counts.sessions();
	}

	/**
	 * Makes every member compute the digest of its state at one index.
	 * @return the index; fails if this member does not lead
	 */
	CompletableFuture<Long> verify() {
		CompletableFuture<Long> index = new CompletableFuture<>();
		if (!submit(Submission.of(new LogEntry.Verify(), (applied, state) -> index.complete(applied),
				() -> index.completeExceptionally(new IllegalStateException("This member does not lead"))))) {
			index.completeExceptionally(new IllegalStateException("This member does not lead"));
		}
		return index;
	}

	/**
	 * Appends an item of an operator.
	 * @param <T> the type of the answer
	 * @param item the item
	 * @param bytes about how many bytes it has
	 * @param answer makes the answer from the state after it; must not block
	 * @return the answer; fails with {@link UnavailableException} if nothing was done,
	 * and with {@link UnknownOutcomeException} if that is not known
	 */
	<T> CompletableFuture<T> append(LogEntry.Item item, int bytes, Function<ReplicatedState, T> answer) {
		CompletableFuture<T> result = new CompletableFuture<>();
		Submission submission = Submission.of(item, bytes, (index, state) -> result.complete(answer.apply(state)),
				() -> result.completeExceptionally(new UnknownOutcomeException("operation of the cluster",
						"Member '" + this.info.node() + "' does not lead any more", null)));
		if (!submit(submission)) {
			result.completeExceptionally(new UnavailableException(
					"Member '" + this.info.node() + "' does not lead, or too much is queued", null));
		}
		return result;
	}

	/**
	 * Answers a query when its time has come.
	 * @param read the query
	 * @param quiet whether the link has no commands in flight; if it has, the query must
	 * see them
	 */
	void read(PendingRead read, boolean quiet) {
		Reign current = this.reign;
		if (current == null) {
			return;
		}
		if (!read.ask().linearizable()) {
			current.log().whenApplied(read.ask().minIndex(), read);
		}
		else if (quiet) {
			current.reads().add(read);
		}
		else {
			readThroughLog(read);
		}
	}

	private void readThroughLog(PendingRead read) {
		if (!submit(Submission.of(null, (index, state) -> read.run(state, index), read::abandoned))) {
			read.link().refused();
		}
	}

	private void run() {
		while (true) {
			Reign current = null;
			List<Submission> batch = List.of();
			this.lock.lock();
			try {
				if (!this.closed && !isDue()) {
					this.work.awaitNanos(waitNanos());
				}
				if (this.closed) {
					return;
				}
				current = this.reign;
				if ((current != null) ? !isDue() : !mustRevive()) {
					continue;
				}
				if (current != null) {
					batch = this.queue.take();
					current.begin();
				}
			}
			catch (InterruptedException ex) {
				return;
			}
			finally {
				this.lock.unlock();
			}
			go(current, batch);
		}
	}

	private void go(@Nullable Reign current, List<Submission> batch) {
		try {
			if (current != null) {
				append(current, batch);
			}
			else {
				this.info.revive();
			}
		}
		catch (RuntimeException | Error ex) {
			// Without this thread the member would lead and serve nobody.
			logger.error("The gateway failed", ex);
			if (current != null) {
				batch.forEach(Submission::abandon);
				end(current);
			}
		}
	}

	private boolean isDue() {
		Reign current = this.reign;
		return current != null && current.inFlight() < MAX_ENTRIES_IN_FLIGHT
				&& (this.queue.isEager() || patience() <= 0 || mustTick(current));
	}

	private long patience() {
		return this.queue.isEmpty() ? IDLE_NANOS : this.queue.patience(this.nanoClock.getAsLong());
	}

	private boolean mustRevive() {
		long now = this.nanoClock.getAsLong();
		if (now - this.revivalNanos < 0) {
			return false;
		}
		this.revivalNanos = now + IDLE_NANOS;
		return true;
	}

	private boolean mustTick(Reign current) {
		long deadline = this.nextDeadline;
		return current.awaits(deadline) && current.now() >= deadline;
	}

	private long waitNanos() {
		Reign current = this.reign;
		if (current == null) {
			return this.revivalNanos - this.nanoClock.getAsLong();
		}
		if (current.inFlight() >= MAX_ENTRIES_IN_FLIGHT) {
			return IDLE_NANOS;
		}
		long deadline = this.nextDeadline;
		long patience = patience();
		if (!current.awaits(deadline)) {
			return patience;
		}
		long millis = Math.max(1, Math.min(deadline - current.now(), TimeUnit.NANOSECONDS.toMillis(IDLE_NANOS)));
		return Math.min(patience, TimeUnit.MILLISECONDS.toNanos(millis));
	}

	private void append(Reign current, List<Submission> batch) {
		long now = current.now();
		current.stamped(this.nextDeadline, now);
		List<LogEntry.Item> items = new ArrayList<>(batch.size());
		for (Submission submission : batch) {
			LogEntry.Item item = submission.item();
			if (item != null) {
				items.add(item);
			}
		}
		byte[] bytes = Wire.LOG_ENTRY.encode(new LogEntry(LogEntry.VERSION, now, items));
		this.counts.appended(batch.size(), bytes.length);
		PendingEntry entry = new PendingEntry(batch);
		long callId = current.pending(entry);
		current.log().append(callId, bytes).whenComplete((index, failure) -> appended(current, callId, index, failure));
	}

	private void appended(Reign current, long callId, @Nullable Long index, @Nullable Throwable failure) {
		if (failure != null) {
			logger.debug("Entry {} of the reign was not committed here", callId, failure);
			end(current);
		}
		PendingEntry entry = current.complete(callId);
		if (entry != null) {
			if (failure == null && index != null) {
				// The request was not known when the entry was applied.
				current.log().whenApplied(index, entry);
			}
			else {
				entry.abandoned();
			}
		}
		this.lock.lock();
		try {
			current.end();
			this.work.signal();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void applied(long index, @Nullable RaftClientRequest request, Applied applied, ReplicatedState state) {
		boolean wasIdle = this.nextDeadline == ReplicatedState.NEVER;
		this.nextDeadline = state.nextDeadline();
		this.counts.sessions(state.sessionCount());
		Reign current = this.reign;
		if (current == null) {
			return;
		}
		this.counts.served(applied.expired());
		this.deliveries.applied(index, applied);
		PendingEntry entry = (request != null) ? current.complete(request.getCallId()) : null;
		if (entry != null) {
			entry.run(state, index);
		}
		if (wasIdle && this.nextDeadline != ReplicatedState.NEVER) {
			wake();
		}
	}

	@Override
	public void leading(ReplicatedState state) {
		RaftLogAccess log = this.info.log();
		if (log == null || this.reign != null) {
			// Not served yet: it is told again then.
			return;
		}
		this.nextDeadline = state.nextDeadline();
		this.lock.lock();
		try {
			if (this.closed) {
				return;
			}
			this.counts.reignBegan();
			this.reign = new Reign(log, state.stamp(), this.nanoClock, new ReadRounds(log, this::readThroughLog));
			this.work.signal();
		}
		finally {
			this.lock.unlock();
		}
		logger.info("Member '{}' leads cluster '{}' and serves its sessions", this.info.node(), this.info.cluster());
	}

	@Override
	public void notLeading() {
		Reign current = this.reign;
		if (current != null) {
			end(current);
		}
	}

	/**
	 * Ends a reign: redirects all links and forgets what was queued.
	 * @param ended the reign; if it is not the current one nothing happens
	 */
	private void end(Reign ended) {
		List<Submission> dropped;
		this.lock.lock();
		try {
			if (this.reign != ended) {
				return;
			}
			this.reign = null;
			this.revivalNanos = this.nanoClock.getAsLong() + REVIVAL_NANOS;
			this.work.signal();
			dropped = this.queue.clear();
		}
		finally {
			this.lock.unlock();
		}
		logger.info("Member '{}' does not serve the sessions of cluster '{}' any more", this.info.node(),
				this.info.cluster());
		dropped.forEach(Submission::abandon);
		ended.abandon();
		this.deliveries.redirectAll(this.info::leaderAddress);
	}

	private void wake() {
		this.lock.lock();
		try {
			this.work.signal();
		}
		finally {
			this.lock.unlock();
		}
	}

	void close() {
		notLeading();
		this.lock.lock();
		try {
			this.closed = true;
			this.work.signal();
		}
		finally {
			this.lock.unlock();
		}
		this.deliveries.close();
	}

}
