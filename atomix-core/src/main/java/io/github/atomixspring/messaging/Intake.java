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

package io.github.atomixspring.messaging;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.CommandRejectedException;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.DeliveryMessages;
import io.github.atomixspring.protocol.DeliveryMessages.Assignment;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.proxy.Cleanup;
import io.github.atomixspring.proxy.Mailbox;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.session.SessionState;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster hands to one consumer of this node, in the mailbox of its primitive.
 * <p>
 * The cluster keeps what it has handed over until it is told how that ended. Where events
 * were missed the consumer asks what it has, and reads what it does not know of. In a new
 * session it registers again, and starts with nothing.
 */
final class Intake {

	private static final Duration PAUSE = Duration.ofMillis(500);

	private final PrimitiveSession session;

	private final PrimitiveId id;

	private final Mailbox mailbox;

	private final Cleanup cleanup;

	private final long number;

	private final Supplier<CompletableFuture<Result>> registration;

	private final Executor executor;

	private final Consumer<Delivery> receiver;

	private final Map<Long, Delivery> deliveries = new LinkedHashMap<>();

	/**
	 * The tokens of what is being read.
	 */
	private final TreeSet<Long> fetching = new TreeSet<>();

	/**
	 * Grows whenever the cluster has forgotten this consumer: what was asked before is
	 * out of date.
	 */
	private long generation;

	private long sessionId;

	private boolean closed;

	/**
	 * Creates a consumer that is not registered.
	 * @param session the session of the node
	 * @param id the primitive
	 * @param mailbox the mailbox of the primitive
	 * @param number the number of the consumer, unique in the session
	 * @param registration submits the registration
	 * @param executor runs the receiver
	 * @param receiver called for each delivery
	 */
	Intake(PrimitiveSession session, PrimitiveId id, Mailbox mailbox, long number,
			Supplier<CompletableFuture<Result>> registration, Executor executor, Consumer<Delivery> receiver) {
		this.session = session;
		this.id = id;
		this.mailbox = mailbox;
		this.cleanup = new Cleanup(session, mailbox);
		this.number = number;
		this.registration = registration;
		this.executor = executor;
		this.receiver = receiver;
		this.sessionId = session.id();
	}

	long number() {
		return this.number;
	}

	boolean isLive(long ofSession) {
		return this.session.isLive() && this.session.id() == ofSession;
	}

	/**
	 * Registers the consumer. Called in the mailbox.
	 * @return the answer
	 */
	CompletableFuture<Result> open() {
		CompletableFuture<Result> answer = this.registration.get();
		long asked = this.generation;
		Set<Long> known = Set.copyOf(this.deliveries.keySet());
		answer.whenComplete((result, ex) -> this.mailbox.execute(() -> registered(asked, known, result, ex)));
		return answer;
	}

	private void registered(long asked, Set<Long> known, @Nullable Result result, @Nullable Throwable ex) {
		if (this.closed) {
			// It may have come to the cluster after it was cancelled.
			this.cleanup.submit(cancellation());
		}
		else if (asked == this.generation) {
			if (result instanceof DeliveryMessages.Assignments assignments) {
				compare(known, assignments.assignments());
			}
			else if (ex != null && this.session.state() != SessionState.CLOSED) {
				this.session.schedule(PAUSE, () -> this.mailbox.execute(() -> {
					if (asked == this.generation && !this.closed) {
						open();
					}
				}));
			}
		}
	}

	/**
	 * Takes over what the cluster says that this consumer has.
	 * @param known the tokens known when it was asked: what came since may be newer than
	 * the answer
	 * @param assigned the answer
	 */
	private void compare(Set<Long> known, List<Assignment> assigned) {
		TreeSet<Long> tokens = new TreeSet<>();
		for (Assignment assignment : assigned) {
			tokens.add(assignment.token());
			if (!this.deliveries.containsKey(assignment.token()) && this.fetching.add(assignment.token())) {
				fetch(assignment);
			}
		}
		for (Delivery delivery : List.copyOf(this.deliveries.values())) {
			long token = delivery.assignment().token();
			if (known.contains(token) && !tokens.contains(token) && !delivery.isSettling()) {
				this.deliveries.remove(token);
				delivery.revoke();
			}
		}
	}

	private void fetch(Assignment assignment) {
		long asked = this.generation;
		this.session.query(new DeliveryMessages.Content(this.id, assignment.token()), ReadConsistency.LINEARIZABLE)
			.whenComplete((result, ex) -> this.mailbox.execute(() -> {
				if (asked == this.generation) {
					fetched(assignment, result);
				}
			}));
	}

	private void fetched(Assignment assignment, @Nullable Result result) {
		if (result instanceof Result.Entries entries) {
			this.fetching.remove(assignment.token());
			entries.entries().forEach((entry) -> deliver(assignment, entry.value()));
			return;
		}
		long asked = this.generation;
		this.session.schedule(PAUSE, () -> this.mailbox.execute(() -> {
			if (asked == this.generation) {
				fetch(assignment);
			}
		}));
	}

	/**
	 * Called in the mailbox for an event that hands something to this consumer.
	 * @param assigned the event
	 */
	void onAssigned(DeliveryMessages.Assigned assigned) {
		deliver(assigned.assignment(), assigned.content());
	}

	private void deliver(Assignment assignment, byte[] content) {
		if (!this.deliveries.containsKey(assignment.token())) {
			Delivery delivery = new Delivery(this, assignment, content, this.sessionId);
			this.deliveries.put(assignment.token(), delivery);
			this.executor.execute(() -> this.receiver.accept(delivery));
		}
	}

	/**
	 * Tells the cluster how a delivery ended, until it knows.
	 * @param delivery the delivery
	 * @param command tells it
	 * @param delay how long to wait before that
	 */
	void settle(Delivery delivery, Command command, Duration delay) {
		if (delay.isZero()) {
			this.mailbox.execute(() -> submit(delivery, command));
		}
		else {
			this.session.schedule(delay, () -> this.mailbox.execute(() -> submit(delivery, command)));
		}
	}

	private void submit(Delivery delivery, Command command) {
		if (this.deliveries.get(delivery.assignment().token()) == delivery) {
			this.session.submit(command)
				.whenComplete((result, ex) -> this.mailbox.execute(() -> submitted(delivery, command, result, ex)));
		}
	}

	private void submitted(Delivery delivery, Command command, @Nullable Result result, @Nullable Throwable ex) {
		Throwable failure = (ex != null) ? AtomixException.unwrap(ex) : null;
		if (failure instanceof UnknownOutcomeException unknown) {
			delivery.doubt(unknown);
		}
		if (result != null || failure instanceof CommandRejectedException) {
			this.deliveries.remove(delivery.assignment().token(), delivery);
			delivery.settled(result instanceof Result.Flag taken && taken.value());
		}
		else if (this.session.state() != SessionState.CLOSED) {
			// What was sent may yet be applied, but then once more does no harm.
			settle(delivery, command, PAUSE);
		}
	}

	/**
	 * Called in the mailbox when events were missed.
	 */
	void resync() {
		open();
	}

	/**
	 * Called in the mailbox when the cluster has forgotten this consumer with all that it
	 * has.
	 */
	void restart() {
		forget();
		open();
	}

	private void forget() {
		this.generation++;
		this.fetching.clear();
		List<Delivery> lost = List.copyOf(this.deliveries.values());
		this.deliveries.clear();
		lost.forEach(Delivery::revoke);
	}

	/**
	 * Called in the mailbox for each state of the session.
	 * @param newSession the id of the session
	 * @param state the state
	 */
	void onState(long newSession, SessionState state) {
		if (state == SessionState.EXPIRED || state == SessionState.CLOSED) {
			forget();
			this.sessionId = 0;
		}
		else if (state == SessionState.CONNECTED && this.sessionId != newSession) {
			this.sessionId = newSession;
			open();
		}
	}

	/**
	 * Called in the mailbox: takes the consumer back, and what it has goes to others.
	 */
	void close() {
		if (!this.closed) {
			this.closed = true;
			forget();
			this.cleanup.submit(cancellation());
		}
	}

	private Command cancellation() {
		return new DeliveryMessages.Cancel(this.id, this.number);
	}

}
