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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.LockMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.proxy.Cleanup;
import io.github.atomixspring.proxy.Mailbox;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.session.SessionState;

/**
 * The acquisitions and grants of one node for one lock, in a mailbox.
 * <p>
 * Whatever ends a wait early, a release with the number of the acquisition is submitted
 * behind the acquisition itself. The cluster takes it for a withdrawal or a release,
 * whichever it is by then, so that a grant that crosses it cannot stay.
 * <p>
 * A lease runs in replicated time from the grant on, and replicated time is never faster
 * than real time. Here it is counted from a moment that surely was not after the grant,
 * and less a margin for the clocks, so that it ends early rather than late. For an
 * immediate grant that moment is when the acquisition was submitted. A waiter asks again
 * from time to time: each answer that it still waits moves the moment to when that
 * question was submitted.
 */
final class Acquisitions {

	private static final int LEASE_MARGIN = 20;

	private static final int QUESTIONS_PER_LEASE = 4;

	private static final long MIN_PAUSE = 100;

	private static final long MAX_PAUSE = 500;

	private final PrimitiveSession session;

	private final PrimitiveId id;

	private final Mailbox mailbox;

	private final Cleanup cleanup;

	private final LongSupplier clock;

	private final LossHandler lossHandler;

	private final Map<Long, Acquisition> waiting = new LinkedHashMap<>();

	private final Map<Long, Grant> held = new LinkedHashMap<>();

	private final List<Acquisition> homeless = new ArrayList<>();

	private final List<Runnable> doubtful = new ArrayList<>();

	/**
	 * The next number. Numbers must be unique in the session, also among the instances
	 * that this node has of the lock one after another.
	 */
	private long nextNumber = ThreadLocalRandom.current().nextLong(1L << 32) << 30;

	/**
	 * The session as announced in order with the events. The session itself may already
	 * be one further.
	 */
	private long sessionId;

	private boolean suspended;

	private boolean closed;

	/**
	 * Creates an empty instance.
	 * @param session the session of the node
	 * @param id the lock
	 * @param mailbox the mailbox
	 * @param clock the monotonic clock in nanoseconds
	 * @param lossHandler is told of lost grants
	 */
	Acquisitions(PrimitiveSession session, PrimitiveId id, Mailbox mailbox, LongSupplier clock,
			LossHandler lossHandler) {
		this.session = session;
		this.id = id;
		this.mailbox = mailbox;
		this.cleanup = new Cleanup(session, mailbox);
		this.clock = clock;
		this.lossHandler = lossHandler;
	}

	/**
	 * Called in the mailbox when events can come.
	 * @param id the id of the session
	 */
	void onStart(long id) {
		if (this.sessionId == 0) {
			this.sessionId = id;
		}
	}

	/**
	 * Starts an acquisition.
	 * @param acquisition the acquisition
	 */
	void start(Acquisition acquisition) {
		this.mailbox.execute(() -> begin(acquisition));
	}

	/**
	 * Ends an acquisition whose owner does not wait any more. If it was granted the lock
	 * is given back.
	 * @param acquisition the acquisition
	 */
	void withdraw(Acquisition acquisition) {
		this.mailbox.execute(() -> {
			Grant grant = acquisition.outcome().isCompletedExceptionally() ? null : acquisition.outcome().getNow(null);
			if (grant != null) {
				release(grant);
			}
			else {
				abandon(acquisition);
				acquisition.outcome().complete(null);
			}
		});
	}

	/**
	 * Ends the wait of an acquisition after a time.
	 * @param acquisition the acquisition
	 * @param timeout the time, positive
	 */
	void limit(Acquisition acquisition, Duration timeout) {
		Registration timer = this.session.schedule(timeout, () -> this.mailbox.execute(() -> {
			if (!acquisition.outcome().isDone()) {
				abandon(acquisition);
				acquisition.outcome().complete(null);
			}
		}));
		acquisition.outcome().whenComplete((grant, ex) -> timer.close());
	}

	/**
	 * Gives a grant back.
	 * @param grant the grant
	 * @return completes when the cluster has done so
	 */
	CompletableFuture<Void> unlock(Grant grant) {
		CompletableFuture<Void> unlocked = new CompletableFuture<>();
		this.mailbox.execute(() -> {
			switch (grant.state()) {
				case HELD -> release(grant).whenComplete((result, ex) -> {
					if (ex != null) {
						unlocked.completeExceptionally(ex);
					}
					else {
						unlocked.complete(null);
					}
				});
				case LOST -> unlocked.completeExceptionally(lost(grant));
				case RELEASED -> unlocked.completeExceptionally(new NotLockOwnerException(
						"Lock '" + this.id.name() + "', fencing token " + grant.token() + ": was released before"));
				default -> throw new IllegalStateException("Unknown state " + grant.state());
			}
		});
		return unlocked;
	}

	/**
	 * Returns whether this node can vouch for a grant.
	 * @param grant the grant
	 * @return whether it is surely held
	 */
	boolean isHeld(Grant grant) {
		return grant.state() == Grant.State.HELD && grant.isWithinLease(this.clock.getAsLong()) && this.session.isLive()
				&& this.session.id() == grant.session();
	}

	LockLostException lost(Grant grant) {
		String reason = grant.reason().isEmpty() ? "the session of this node is suspended" : grant.reason();
		return new LockLostException(
				"Lock '" + this.id.name() + "', fencing token " + grant.token() + ": was lost because " + reason);
	}

	private void begin(Acquisition acquisition) {
		if (this.closed) {
			acquisition.outcome()
				.completeExceptionally(new PrimitiveClosedException("Lock '" + this.id.name() + "' was closed"));
			return;
		}
		if (!acquisition.outcome().isDone()) {
			long number = this.nextNumber++;
			acquisition.renumber(number, this.clock.getAsLong());
			this.waiting.put(number, acquisition);
			ask(acquisition);
		}
	}

	private void ask(Acquisition acquisition) {
		long number = acquisition.number();
		long sent = this.clock.getAsLong();
		acquisition.asked();
		this.session.submit(new LockMessages.Acquire(this.id, number, acquisition.queue(), acquisition.lease()))
			.whenComplete((result, ex) -> this.mailbox.execute(() -> {
				acquisition.answered(number);
				if (this.waiting.get(number) == acquisition) {
					if (ex != null) {
						failed(acquisition, unwrap(ex));
					}
					else {
						answered(acquisition, (LockMessages.Reply) result, sent);
					}
				}
			}));
	}

	private void answered(Acquisition acquisition, LockMessages.Reply reply, long sent) {
		switch (reply.status()) {
			case LockMessages.Reply.GRANTED -> granted(acquisition, reply.token());
			case LockMessages.Reply.QUEUED -> {
				acquisition.queuedAt(sent);
				if (acquisition.lease() != 0) {
					long interval = acquisition.lease() / QUESTIONS_PER_LEASE;
					askLater(acquisition, Duration.ofMillis(Math.max(interval, MIN_PAUSE)));
				}
			}
			default -> {
				forget(acquisition);
				acquisition.outcome().complete(null);
			}
		}
	}

	private void askLater(Acquisition acquisition, Duration delay) {
		long number = acquisition.number();
		acquisition.timer(this.session.schedule(delay, () -> this.mailbox.execute(() -> {
			if (this.waiting.get(number) == acquisition) {
				ask(acquisition);
			}
		})));
	}

	private void failed(Acquisition acquisition, Throwable ex) {
		if (acquisition.isQueued()) {
			askLater(acquisition, Duration.ofMillis(MAX_PAUSE));
		}
		else {
			forget(acquisition);
			if (ex instanceof UnknownOutcomeException) {
				give(acquisition.number());
			}
			acquisition.outcome().completeExceptionally(ex);
		}
	}

	private void granted(Acquisition acquisition, long token) {
		if (this.suspended) {
			// The owner must not start to work while this node cannot vouch for the
			// claim.
			this.doubtful.add(() -> {
				if (this.waiting.get(acquisition.number()) == acquisition) {
					granted(acquisition, token);
				}
			});
			return;
		}
		forget(acquisition);
		long lease = acquisition.lease();
		long localLease = Duration.ofMillis(lease - Math.max(1, lease / LEASE_MARGIN)).toNanos();
		long leaseEnd = acquisition.notGrantedBefore() + localLease;
		Grant grant = new Grant(acquisition.number(), token, this.sessionId, lease, leaseEnd);
		this.held.put(grant.number(), grant);
		if (lease != 0) {
			Duration rest = Duration.ofNanos(Math.max(0, leaseEnd - this.clock.getAsLong()));
			grant.timer(this.session.schedule(rest, () -> this.mailbox.execute(() -> {
				if (grant.state() == Grant.State.HELD) {
					lose(grant, "its lease has run out");
					give(grant.number());
				}
			})));
		}
		if (!acquisition.outcome().complete(grant)) {
			release(grant);
		}
	}

	private void forget(Acquisition acquisition) {
		this.waiting.remove(acquisition.number(), acquisition);
		acquisition.timer(null);
	}

	private void abandon(Acquisition acquisition) {
		this.homeless.remove(acquisition);
		if (this.waiting.get(acquisition.number()) == acquisition) {
			forget(acquisition);
			give(acquisition.number());
		}
	}

	private void giveIfAsked(Acquisition acquisition) {
		if (acquisition.isAsked()) {
			give(acquisition.number());
		}
	}

	private CompletableFuture<Result> give(long number) {
		return this.cleanup.submit(new LockMessages.Release(this.id, number));
	}

	private CompletableFuture<Void> release(Grant grant) {
		if (grant.state() != Grant.State.HELD) {
			return CompletableFuture.completedFuture(null);
		}
		this.held.remove(grant.number());
		grant.end(Grant.State.RELEASED, "it was released");
		return give(grant.number()).thenAccept((result) -> {
			if (((LockMessages.Released) result).status() != LockMessages.Released.RELEASED) {
				this.lossHandler.lost(grant);
				throw new LockLostException("Lock '" + this.id.name() + "', fencing token " + grant.token()
						+ ": the cluster had already taken it back");
			}
		});
	}

	private void lose(Grant grant, String reason) {
		this.held.remove(grant.number());
		grant.end(Grant.State.LOST, reason);
		this.lossHandler.lost(grant);
	}

	/**
	 * Called in the mailbox for each event.
	 * @param event the event
	 */
	void onEvent(Event event) {
		if (event instanceof LockMessages.Granted granted) {
			Acquisition acquisition = this.waiting.get(granted.acquisition());
			if (acquisition != null) {
				granted(acquisition, granted.token());
			}
		}
		else if (event instanceof LockMessages.Lost lost) {
			Grant grant = this.held.get(lost.acquisition());
			Acquisition acquisition = this.waiting.get(lost.acquisition());
			if (grant != null) {
				lose(grant, "its lease ran out, or the lock was destroyed or released by force");
			}
			else if (acquisition != null) {
				giveIfAsked(acquisition);
				forget(acquisition);
				begin(acquisition);
			}
		}
		else if (event instanceof Event.Resync) {
			List.copyOf(this.waiting.values()).forEach(this::ask);
			List.copyOf(this.held.values()).forEach(this::verify);
		}
	}

	private void verify(Grant grant) {
		this.session.submit(new LockMessages.Acquire(this.id, grant.number(), false, 0))
			.whenComplete((result, ex) -> this.mailbox.execute(() -> {
				boolean same = result instanceof LockMessages.Reply reply
						&& reply.status() == LockMessages.Reply.GRANTED && reply.token() == grant.token();
				if (grant.state() == Grant.State.HELD && !same) {
					lose(grant, "events were missed and the cluster did not confirm it");
					give(grant.number());
				}
			}));
	}

	/**
	 * Called in the mailbox for each state of the session.
	 * @param id the id of the session
	 * @param state the state
	 */
	void onState(long id, SessionState state) {
		switch (state) {
			case CONNECTED -> {
				this.sessionId = id;
				this.suspended = false;
				List<Runnable> grants = List.copyOf(this.doubtful);
				this.doubtful.clear();
				grants.forEach(Runnable::run);
				List<Acquisition> restarted = List.copyOf(this.homeless);
				this.homeless.clear();
				restarted.forEach(this::begin);
			}
			case SUSPENDED -> {
				this.suspended = true;
				for (Grant grant : List.copyOf(this.held.values())) {
					lose(grant, "the session of this node was suspended");
					give(grant.number());
				}
			}
			case EXPIRED -> {
				this.suspended = true;
				// A command that was not sent yet goes out in the next session.
				this.waiting.values().forEach(this::giveIfAsked);
				uproot();
			}
			case CLOSED -> {
				uproot();
				List<Acquisition> stopped = List.copyOf(this.homeless);
				this.homeless.clear();
				stopped.forEach((acquisition) -> acquisition.outcome()
					.completeExceptionally(new PrimitiveClosedException("The node was stopped")));
			}
			default -> throw new IllegalStateException("Unknown state " + state);
		}
	}

	private void uproot() {
		this.doubtful.clear();
		List.copyOf(this.held.values()).forEach((grant) -> lose(grant, "the session of this node ended"));
		for (Acquisition acquisition : List.copyOf(this.waiting.values())) {
			forget(acquisition);
			this.homeless.add(acquisition);
		}
	}

	/**
	 * Returns, in the mailbox, whether nobody holds the lock or waits for it.
	 * @return whether there is nothing to look after
	 */
	boolean isIdle() {
		return this.waiting.isEmpty() && this.held.isEmpty() && this.homeless.isEmpty();
	}

	/**
	 * Called in the mailbox when the lock is closed.
	 */
	void close() {
		this.closed = true;
		List<Acquisition> ended = new ArrayList<>(this.waiting.values());
		ended.addAll(this.homeless);
		ended.forEach((acquisition) -> {
			abandon(acquisition);
			begin(acquisition);
		});
		List.copyOf(this.held.values()).forEach(this::release);
	}

	private static Throwable unwrap(Throwable ex) {
		Throwable cause = ex.getCause();
		return (ex instanceof CompletionException && cause != null) ? cause : ex;
	}

	/**
	 * Is told of lost grants.
	 */
	@FunctionalInterface
	interface LossHandler {

		/**
		 * Called in the mailbox or on an internal thread, once for each lost grant.
		 * @param grant the grant
		 */
		void lost(Grant grant);

	}

}
