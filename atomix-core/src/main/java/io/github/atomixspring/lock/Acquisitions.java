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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.LockMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.proxy.Cleanup;
import io.github.atomixspring.proxy.Mailbox;
import io.github.atomixspring.proxy.Wait;
import io.github.atomixspring.proxy.Waits;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.session.SessionState;
import org.jspecify.annotations.Nullable;

/**
 * The acquisitions of one node at one lock and what they were granted, in a mailbox.
 * <p>
 * A lease runs in replicated time from the grant on, and replicated time is never faster
 * than real time. Here it is counted from a moment that surely was not after the grant,
 * and less a margin for the clocks, so that it ends early rather than late. For an
 * immediate grant that moment is when the acquisition was submitted. A waiter asks again
 * from time to time: each answer that it still waits moves the moment to when that
 * question was submitted.
 */
final class Acquisitions implements Waits.Protocol<Grant> {

	private static final int LEASE_MARGIN = 20;

	private static final int QUESTIONS_PER_LEASE = 4;

	private static final long MIN_PAUSE = 100;

	private final PrimitiveSession session;

	private final PrimitiveId id;

	private final Mailbox mailbox;

	private final Cleanup cleanup;

	private final Waits<Grant> waits;

	private final LongSupplier clock;

	private final LossHandler lossHandler;

	/**
	 * The leases of those who wait, by number.
	 */
	private final Map<Long, Lease> leases = new HashMap<>();

	private final Map<Long, Grant> held = new LinkedHashMap<>();

	/**
	 * The session as announced in order with the events. The session itself may already
	 * be one further.
	 */
	private long sessionId;

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
		this.waits = new Waits<>(session, id, mailbox, this);
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

	Waits<Grant> waits() {
		return this.waits;
	}

	/**
	 * Starts an acquisition.
	 * @param queue whether it waits
	 * @param lease the lease in milliseconds, or zero
	 * @return the acquisition
	 */
	Wait<Grant> begin(boolean queue, long lease) {
		return this.waits.begin((number) -> {
			Command command = new LockMessages.Acquire(this.id, number, queue, lease);
			return (lease != 0) ? ask(number, command, lease) : this.session.submit(command);
		});
	}

	private CompletableFuture<Result> ask(long number, Command command, long millis) {
		long sent = this.clock.getAsLong();
		this.leases.computeIfAbsent(number, (key) -> new Lease(millis, sent));
		return this.session.submit(command).thenApply((result) -> {
			if (answer(result).waits()) {
				this.mailbox.execute(() -> queued(number, sent));
			}
			return result;
		});
	}

	private void queued(long number, long sent) {
		Lease lease = this.leases.get(number);
		if (lease != null) {
			lease.notGrantedBefore(sent);
			long pause = Math.max(lease.millis() / QUESTIONS_PER_LEASE, MIN_PAUSE);
			lease.timer(this.session.schedule(Duration.ofMillis(pause),
					() -> this.mailbox.execute(() -> this.waits.ask(number))));
		}
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

	private CompletableFuture<Void> release(Grant grant) {
		returned(grant.number(), grant);
		return giveBack(grant).thenAccept((result) -> {
			if (((LockMessages.Released) result).status() != LockMessages.Released.RELEASED) {
				this.lossHandler.lost(grant);
				throw new LockLostException("Lock '" + this.id.name() + "', fencing token " + grant.token()
						+ ": the cluster had already taken it back");
			}
		});
	}

	private CompletableFuture<Result> giveBack(Grant grant) {
		return this.cleanup.submit(withdrawal(grant.number()));
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

	@Override
	public Waits.Answer<Grant> answer(Result result) {
		LockMessages.Reply reply = (LockMessages.Reply) result;
		return switch (reply.status()) {
			case LockMessages.Reply.GRANTED -> Waits.Answer.granted(new Grant(reply.token()));
			case LockMessages.Reply.QUEUED -> Waits.Answer.queued();
			default -> Waits.Answer.refused();
		};
	}

	@Override
	public Command withdrawal(long number) {
		return new LockMessages.Release(this.id, number);
	}

	@Override
	public @Nullable Throwable lost() {
		return null;
	}

	@Override
	public void granted(long number, Grant grant) {
		grant.granted(number, this.sessionId);
		this.held.put(number, grant);
		Lease lease = this.leases.get(number);
		if (lease != null) {
			limit(grant, lease);
		}
	}

	private void limit(Grant grant, Lease lease) {
		long millis = lease.millis() - Math.max(1, lease.millis() / LEASE_MARGIN);
		long end = lease.notGrantedBefore() + Duration.ofMillis(millis).toNanos();
		Duration rest = Duration.ofNanos(Math.max(0, end - this.clock.getAsLong()));
		grant.limit(end, this.session.schedule(rest, () -> this.mailbox.execute(() -> {
			if (grant.state() == Grant.State.HELD) {
				forfeit(grant, "its lease has run out");
			}
		})));
	}

	@Override
	public void returned(long number, Grant grant) {
		if (this.held.remove(number) != null) {
			grant.end(Grant.State.RELEASED, "it was released");
		}
	}

	@Override
	public void overtaken(long number, @Nullable Grant grant) {
		Grant own = this.held.get(number);
		if (own == null) {
			this.cleanup.submit(withdrawal(number));
		}
		else if (grant == null || grant.token() != own.token()) {
			verify(own);
		}
	}

	@Override
	public void forgotten(long number) {
		Lease lease = this.leases.remove(number);
		if (lease != null) {
			lease.timer(null);
		}
	}

	private void lose(Grant grant, String reason) {
		this.held.remove(grant.number());
		grant.end(Grant.State.LOST, reason);
		this.lossHandler.lost(grant);
	}

	private void forfeit(Grant grant, String reason) {
		lose(grant, reason);
		giveBack(grant);
	}

	/**
	 * Called in the mailbox for each event.
	 * @param event the event
	 */
	void onEvent(Event event) {
		if (event instanceof LockMessages.Granted granted) {
			this.waits.granted(granted.acquisition(), new Grant(granted.token()));
		}
		else if (event instanceof LockMessages.Lost lost) {
			Grant grant = this.held.get(lost.acquisition());
			if (grant != null) {
				lose(grant, "its lease ran out, or the lock was destroyed or released by force");
			}
			else {
				this.waits.restart(lost.acquisition());
			}
		}
		else if (event instanceof Event.Resync) {
			this.waits.resync();
			List.copyOf(this.held.values()).forEach(this::verify);
		}
	}

	private void verify(Grant grant) {
		this.session.submit(new LockMessages.Acquire(this.id, grant.number(), false, 0))
			.whenComplete((result, ex) -> this.mailbox.execute(() -> {
				boolean same = result instanceof LockMessages.Reply reply
						&& reply.status() == LockMessages.Reply.GRANTED && reply.token() == grant.token();
				if (grant.state() != Grant.State.HELD) {
					// Sent in a later session the question was taken for an acquisition.
					giveBack(grant);
				}
				else if (!same) {
					forfeit(grant, "events were missed and the cluster did not confirm it");
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
			case CONNECTED -> this.sessionId = id;
			case SUSPENDED -> List.copyOf(this.held.values())
				.forEach((grant) -> forfeit(grant, "the session of this node was suspended"));
			default ->
				List.copyOf(this.held.values()).forEach((grant) -> lose(grant, "the session of this node ended"));
		}
		this.waits.onState(state);
	}

	/**
	 * Returns, in the mailbox, whether nobody holds the lock or waits for it.
	 * @return whether there is nothing to look after
	 */
	boolean isIdle() {
		return this.held.isEmpty() && this.waits.isIdle();
	}

	/**
	 * Called in the mailbox when the lock is closed.
	 * @param reason the exception for those who wait
	 */
	void close(PrimitiveClosedException reason) {
		this.waits.close(reason);
		List.copyOf(this.held.values()).forEach(this::release);
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
