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

package io.github.atomixspring.lock;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.LockMessages;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.proxy.AbstractPrimitive;
import io.github.atomixspring.proxy.Durations;
import io.github.atomixspring.proxy.ListenerSet;
import io.github.atomixspring.proxy.Wait;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.session.SessionState;

/**
 * A {@link DistributedLock} over the session of its node. Each thread has an acquisition
 * of its own, so that the threads of a node stand in one line with those of the others.
 */
final class LockProxy extends AbstractPrimitive implements DistributedLock {

	private final Map<Thread, ThreadHold> holds = new ConcurrentHashMap<>();

	private final Acquisitions acquisitions;

	private final ListenerSet<LockLostListener> listeners;

	private final AsyncLockProxy async;

	/**
	 * Creates a lock.
	 * @param session the session of the node
	 * @param name the name
	 * @param onClose called when the instance is closed
	 * @param clock the monotonic clock in nanoseconds
	 */
	LockProxy(PrimitiveSession session, String name, Runnable onClose, LongSupplier clock) {
		super(session, PrimitiveType.LOCK, name, onClose);
		this.listeners = new ListenerSet<>(session::newSerialExecutor, "lock '" + name + "'");
		this.acquisitions = new Acquisitions(session, id(), mailbox(), clock,
				(grant) -> this.listeners.forEach((listener) -> listener.onLost(name, grant.token())));
		this.async = new AsyncLockProxy(this);
	}

	/**
	 * Opens the instance.
	 */
	void start() {
		open();
		mailbox().execute(() -> this.acquisitions.onStart(session().id()));
	}

	@Override
	public void lock() {
		if (!reenter()) {
			Wait<Grant> acquisition = begin(true, 0);
			try {
				enter(session().await(acquisition.outcome()));
			}
			catch (RuntimeException ex) {
				this.acquisitions.waits().withdraw(acquisition);
				throw ex;
			}
		}
	}

	@Override
	public void lockInterruptibly() throws InterruptedException {
		checkInterrupt();
		if (!reenter()) {
			awaitInterruptibly(begin(true, 0));
		}
	}

	@Override
	public boolean tryLock() {
		if (reenter()) {
			return true;
		}
		Wait<Grant> acquisition = begin(false, 0);
		try {
			return enter(session().await(acquisition.outcome()));
		}
		catch (RuntimeException ex) {
			this.acquisitions.waits().withdraw(acquisition);
			throw ex;
		}
	}

	@Override
	public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
		return tryLock(Duration.ofNanos(unit.toNanos(time)));
	}

	@Override
	public boolean tryLock(Duration timeout) throws InterruptedException {
		return tryLock(timeout, 0);
	}

	@Override
	public boolean tryLock(Duration timeout, Duration lease) throws InterruptedException {
		return tryLock(timeout, Durations.positiveMillis(lease, "lease"));
	}

	private boolean tryLock(Duration timeout, long lease) throws InterruptedException {
		Objects.requireNonNull(timeout, "'timeout' must not be null");
		checkInterrupt();
		return reenter() || awaitInterruptibly(begin(timeout, lease));
	}

	private boolean awaitInterruptibly(Wait<Grant> acquisition) throws InterruptedException {
		try {
			return enter(session().awaitInterruptibly(acquisition.outcome()));
		}
		catch (InterruptedException | RuntimeException ex) {
			this.acquisitions.waits().withdraw(acquisition);
			throw ex;
		}
	}

	/**
	 * Starts an acquisition that waits for a limited time.
	 * @param timeout the time; without any it does not wait
	 * @param lease the lease in milliseconds, or zero
	 * @return the acquisition
	 */
	Wait<Grant> begin(Duration timeout, long lease) {
		boolean wait = !timeout.isNegative() && !timeout.isZero();
		Wait<Grant> acquisition = begin(wait, lease);
		if (wait) {
			this.acquisitions.waits().limit(acquisition, Durations.bounded(timeout));
		}
		return acquisition;
	}

	/**
	 * Starts an acquisition.
	 * @param queue whether it waits
	 * @param lease the lease in milliseconds, or zero
	 * @return the acquisition
	 */
	Wait<Grant> begin(boolean queue, long lease) {
		return this.acquisitions.begin(queue, lease);
	}

	private boolean reenter() {
		checkOpen();
		ThreadHold hold = this.holds.get(Thread.currentThread());
		if (hold == null || hold.isLost()) {
			return false;
		}
		hold.enter();
		return true;
	}

	private boolean enter(Optional<Grant> granted) {
		granted.ifPresent((grant) -> this.holds.compute(Thread.currentThread(),
				(thread, lost) -> new ThreadHold(grant, (lost != null) ? lost.asRemainder() : null)));
		return granted.isPresent();
	}

	@Override
	public void unlock() {
		ThreadHold hold = requireHold();
		if (hold.isLost()) {
			this.holds.remove(Thread.currentThread());
			throw this.acquisitions.lost(hold.grant());
		}
		if (hold.leave()) {
			ThreadHold remainder = hold.remainder();
			if (remainder != null) {
				this.holds.put(Thread.currentThread(), remainder);
			}
			else {
				this.holds.remove(Thread.currentThread());
			}
			session().await(this.acquisitions.unlock(hold.grant()));
		}
	}

	@Override
	public long fencingToken() {
		ThreadHold hold = requireHold();
		if (!this.acquisitions.isHeld(hold.grant())) {
			throw this.acquisitions.lost(hold.grant());
		}
		return hold.grant().token();
	}

	private ThreadHold requireHold() {
		checkOpen();
		ThreadHold hold = this.holds.get(Thread.currentThread());
		if (hold == null) {
			throw new NotLockOwnerException("Lock '" + name() + "' is not held by the thread '"
					+ Thread.currentThread().getName() + "' of the node '" + session().node() + "'");
		}
		return hold;
	}

	@Override
	public boolean isHeldByCurrentThread() {
		checkOpen();
		ThreadHold hold = this.holds.get(Thread.currentThread());
		return hold != null && this.acquisitions.isHeld(hold.grant());
	}

	@Override
	public boolean isLocked() {
		return session().await(info()).held();
	}

	@Override
	public Optional<LockHolder> holder() {
		return session().await(holderAsync());
	}

	@Override
	public int queueLength() {
		return session().await(info()).queueLength();
	}

	/**
	 * Returns the holder.
	 * @return the holder, or empty
	 */
	CompletableFuture<Optional<LockHolder>> holderAsync() {
		return info().thenApply((state) -> state.held()
				? Optional
					.of(new LockHolder(Objects.requireNonNullElse(state.node(), ""), state.session(), state.token()))
				: Optional.empty());
	}

	/**
	 * Reads the state of the lock, linearizably.
	 * @return the state
	 */
	CompletableFuture<LockMessages.State> info() {
		return query(new LockMessages.Info(id()), ReadConsistency.LINEARIZABLE, LockMessages.State.class);
	}

	@Override
	public boolean forceUnlock(long fencingToken) {
		return session().await(forceUnlockAsync(fencingToken));
	}

	/**
	 * Takes the lock from its holder.
	 * @param fencingToken the token of the holder
	 * @return whether it was held under this token
	 */
	CompletableFuture<Boolean> forceUnlockAsync(long fencingToken) {
		return submit(new LockMessages.ForceRelease(id(), fencingToken), Result.Flag.class)
			.thenApply((result) -> result.value());
	}

	@Override
	public Condition newCondition() {
		throw new UnsupportedOperationException("A distributed lock has no conditions");
	}

	@Override
	public Registration addLostListener(LockLostListener listener) {
		checkOpen();
		return this.listeners.add(listener);
	}

	@Override
	public AsyncDistributedLock async() {
		return this.async;
	}

	/**
	 * Returns the acquisitions and grants of this instance.
	 * @return the acquisitions
	 */
	Acquisitions acquisitions() {
		return this.acquisitions;
	}

	/**
	 * Returns the hold of the calling thread, to be asked by any thread.
	 * @return returns whether this node can vouch for it
	 */
	BooleanSupplier hold() {
		Grant grant = requireHold().grant();
		return () -> this.acquisitions.isHeld(grant);
	}

	/**
	 * Closes this instance unless somebody holds the lock through it, waits for it or
	 * listens to it.
	 * @return whether this call has closed it
	 */
	boolean closeIfUnused() {
		return closeIf(() -> this.acquisitions.isIdle() && this.holds.isEmpty() && this.listeners.isEmpty());
	}

	/**
	 * Returns the session for the handles.
	 * @return the session
	 */
	PrimitiveSession node() {
		return session();
	}

	private static void checkInterrupt() throws InterruptedException {
		if (Thread.interrupted()) {
			throw new InterruptedException();
		}
	}

	@Override
	protected void handle(Event event) {
		this.acquisitions.onEvent(event);
	}

	@Override
	protected void handle(long id, SessionState state) {
		this.acquisitions.onState(id, state);
	}

	@Override
	protected void release() {
		this.acquisitions.close(closedException());
		this.listeners.clear();
		this.holds.clear();
	}

}
