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

package io.github.atomixspring.proxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongFunction;

import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.session.SessionState;
import org.jspecify.annotations.Nullable;

/**
 * The operations of one node that wait for a grant of a primitive, in its mailbox.
 * <p>
 * A request is answered at once: it is granted, refused, or queued, and what is queued is
 * granted later by an event with the number of the request. Whatever ends a wait early, a
 * command with the same number is submitted behind the request. The cluster takes it for
 * a withdrawal or for giving back, whichever it is by then, so that a grant that crosses
 * it cannot stay. A request that a {@link Gate} holds back is not submitted any more once
 * its wait has ended, so that it cannot come to the cluster after that command.
 *
 * @param <T> the type of what is granted
 */
public final class Waits<T> {

	private static final Duration PAUSE = Duration.ofMillis(500);

	private final PrimitiveSession session;

	private final PrimitiveId id;

	private final Mailbox mailbox;

	private final Protocol<T> protocol;

	private final Cleanup cleanup;

	private final Map<Long, Wait<T>> waiting = new LinkedHashMap<>();

	private final List<Wait<T>> homeless = new ArrayList<>();

	/**
	 * What was granted while this node could not vouch for it, by the number of the
	 * request, which waits on.
	 */
	private final Map<Long, T> doubtful = new LinkedHashMap<>();

	/**
	 * The next number. Numbers must be unique in the session, also among the instances
	 * that this node has of the primitive one after another.
	 */
	private long nextNumber = ThreadLocalRandom.current().nextLong(1L << 32) << 30;

	private boolean suspended;

	private @Nullable PrimitiveClosedException closed;

	/**
	 * Creates an empty instance.
	 * @param session the session of the node
	 * @param id the primitive
	 * @param mailbox the mailbox of the primitive
	 * @param protocol how the primitive talks about waiting
	 */
	public Waits(PrimitiveSession session, PrimitiveId id, Mailbox mailbox, Protocol<T> protocol) {
		this.session = session;
		this.id = id;
		this.mailbox = mailbox;
		this.protocol = protocol;
		this.cleanup = new Cleanup(session, mailbox);
	}

	/**
	 * Begins a wait.
	 * @param request submits the request with the given number; called in the mailbox,
	 * and again with another number where the wait is put to the cluster again. Repeating
	 * a request must be answered as it stands
	 * @return the wait
	 */
	public Wait<T> begin(LongFunction<CompletableFuture<Result>> request) {
		Wait<T> wait = new Wait<>(request, this.session.newWait(this.id, Optional::isEmpty));
		this.mailbox.execute(() -> start(wait));
		return wait;
	}

	/**
	 * Begins a wait whose request is submitted as soon as its primitive was created.
	 * @param gate creates the primitive
	 * @param request makes the request with the given number, as for any other gate
	 * @return the wait
	 */
	public Wait<T> begin(CreationGate gate, LongFunction<Command> request) {
		return begin((command, wanted) -> gate.submit(command, this.mailbox, wanted), request);
	}

	/**
	 * Begins a wait whose request has to pass a gate.
	 * @param gate the gate
	 * @param request makes the request with the given number; called in the mailbox, and
	 * again with another number where the wait is put to the cluster again. Repeating a
	 * request must be answered as it stands
	 * @return the wait
	 */
	public Wait<T> begin(Gate gate, LongFunction<Command> request) {
		return begin((number) -> gate.submit(request.apply(number), () -> isWanted(number)));
	}

	/**
	 * Ends a wait after a time: its outcome is empty then, unless the grant is final and
	 * came before.
	 * @param wait the wait
	 * @param timeout the time, positive
	 */
	public void limit(Wait<T> wait, Duration timeout) {
		Registration timer = this.session.schedule(timeout, () -> this.mailbox.execute(() -> {
			if (!wait.outcome().isDone()) {
				cease(wait);
			}
		}));
		wait.outcome().whenComplete((grant, ex) -> timer.close());
	}

	/**
	 * Ends a wait whose owner does not want the outcome any more. What was granted is
	 * given back, unless it is final.
	 * @param wait the wait
	 */
	public void withdraw(Wait<T> wait) {
		this.mailbox.execute(() -> {
			if (!wait.outcome().isDone()) {
				cease(wait);
			}
			else if (!this.protocol.isFinal() && wait.isGranted()) {
				this.protocol.returned(wait.number(), wait.outcome().join().get());
				giveBack(wait.number());
			}
		});
	}

	private void cease(Wait<T> wait) {
		if (this.protocol.isFinal() && this.waiting.get(wait.number()) == wait) {
			decide(wait);
		}
		else {
			abandon(wait);
			wait.outcome().complete(Optional.empty());
		}
	}

	/**
	 * Lets the cluster decide whether a final grant or the withdrawal came first.
	 * @param wait the wait
	 */
	private void decide(Wait<T> wait) {
		if (wait.isCeasing()) {
			return;
		}
		wait.cease();
		long number = wait.number();
		giveBack(number).whenComplete((result, ex) -> this.mailbox.execute(() -> {
			if (this.waiting.get(number) != wait) {
				return;
			}
			forget(wait);
			if (ex != null) {
				wait.outcome()
					.completeExceptionally(new UnknownOutcomeException(this.session.id() + "/0",
							"The wait was ended and the cluster did not say whether it was granted before", ex));
				return;
			}
			Optional<T> grant = this.protocol.answer(result).grant();
			PrimitiveClosedException reason = this.closed;
			if (grant.isEmpty() && reason != null) {
				wait.outcome().completeExceptionally(reason);
			}
			else {
				wait.outcome().complete(grant);
			}
		}));
	}

	/**
	 * Returns whether a request is to be put to the cluster. One whose wait was ended
	 * must not be submitted any more, as the withdrawal may have been; nor need it be
	 * answered. Called in the mailbox.
	 * @param number the number of the request
	 * @return whether its grant is wanted
	 */
	public boolean isWanted(long number) {
		Wait<T> wait = this.waiting.get(number);
		return wait != null && !wait.isCeasing();
	}

	/**
	 * Ends a wait whose owner does not want the outcome any more, with an exception. Does
	 * nothing if it has an outcome. Called in the mailbox.
	 * @param wait the wait
	 * @param reason the exception
	 */
	public void withdraw(Wait<T> wait, Throwable reason) {
		if (!wait.outcome().isDone()) {
			abandon(wait);
			wait.outcome().completeExceptionally(reason);
		}
	}

	/**
	 * Returns a future for users. Whatever ends it but the outcome itself withdraws the
	 * wait, and a grant that finds it ended is given back.
	 * @param <R> the type of the future
	 * @param wait the wait
	 * @param mapping makes the value of the future from what was granted
	 * @return the future
	 */
	public <R> CompletableFuture<R> expose(Wait<T> wait, Function<Optional<T>, R> mapping) {
		return expose(wait, mapping, () -> {
		});
	}

	/**
	 * Returns a future for users. Whatever ends it but the outcome itself withdraws the
	 * wait, and a grant that finds it ended is given back. One that cannot be mapped is
	 * taken all the same: it would only be in the way of others.
	 * @param <R> the type of the future
	 * @param wait the wait
	 * @param mapping makes the value of the future from what was granted
	 * @param taken called when the future has taken what was granted
	 * @return the future
	 */
	public <R> CompletableFuture<R> expose(Wait<T> wait, Function<Optional<T>, R> mapping, Runnable taken) {
		CompletableFuture<R> exposed = new CompletableFuture<>();
		wait.outcome().whenComplete((grant, ex) -> this.session.callbackExecutor().execute(() -> {
			if (ex != null) {
				exposed.completeExceptionally(ex);
			}
			else if (exposed.isDone() || !complete(exposed, mapping, grant)) {
				withdraw(wait);
			}
			else if (grant.isPresent()) {
				taken.run();
			}
		}));
		exposed.whenComplete((value, ex) -> {
			if (!wait.outcome().isDone()) {
				withdraw(wait);
			}
		});
		return exposed;
	}

	private static <T, R> boolean complete(CompletableFuture<R> exposed, Function<Optional<T>, R> mapping,
			Optional<T> grant) {
		try {
			return exposed.complete(mapping.apply(grant));
		}
		catch (RuntimeException ex) {
			return exposed.completeExceptionally(ex);
		}
	}

	/**
	 * Called in the mailbox for an event that grants.
	 * @param number the number of the request
	 * @param grant what is granted
	 */
	public void granted(long number, T grant) {
		Wait<T> wait = this.waiting.get(number);
		if (wait == null) {
			// A withdrawal is on its way; or it was granted before, taken back, put once
			// more and waited anew.
			giveBack(number);
			return;
		}
		if (this.suspended && this.protocol.lost() == null) {
			// The owner must not start to work while this node cannot vouch for it.
			wait.queued();
			this.doubtful.put(number, grant);
			return;
		}
		this.protocol.granted(number, grant);
		forget(wait);
		if (!wait.outcome().complete(Optional.of(grant))) {
			this.protocol.returned(number, grant);
			giveBack(number);
		}
	}

	/**
	 * Called in the mailbox for an event that ends a wait without a grant.
	 * @param number the number of the request
	 * @param reason why
	 */
	public void failed(long number, Throwable reason) {
		Wait<T> wait = this.waiting.get(number);
		if (wait != null) {
			forget(wait);
			wait.outcome().completeExceptionally(reason);
		}
	}

	/**
	 * Called in the mailbox when the cluster has forgotten all requests: puts them again.
	 */
	public void restart() {
		List.copyOf(this.waiting.keySet()).forEach(this::restart);
	}

	/**
	 * Called in the mailbox when the cluster has forgotten a request: puts it again.
	 * @param number the number of the request
	 */
	public void restart(long number) {
		Wait<T> wait = this.waiting.get(number);
		if (wait != null && !wait.isCeasing()) {
			giveBackIfAsked(wait);
			forget(wait);
			start(wait);
		}
	}

	/**
	 * Asks how a request stands, in the mailbox.
	 * @param number the number of the request
	 */
	public void ask(long number) {
		Wait<T> wait = this.waiting.get(number);
		if (wait != null) {
			ask(wait);
		}
	}

	/**
	 * Returns, in the mailbox, whether nobody waits.
	 * @return whether there is nothing to look after
	 */
	public boolean isIdle() {
		return this.waiting.isEmpty() && this.homeless.isEmpty();
	}

	/**
	 * Called in the mailbox when events were missed: asks how the requests stand.
	 */
	public void resync() {
		// What was missed can have taken these back.
		this.doubtful.clear();
		List.copyOf(this.waiting.values()).forEach(this::ask);
	}

	/**
	 * Called in the mailbox for each state of the session.
	 * @param state the state
	 */
	public void onState(SessionState state) {
		switch (state) {
			case CONNECTED -> {
				this.suspended = false;
				Map<Long, T> grants = new LinkedHashMap<>(this.doubtful);
				this.doubtful.clear();
				grants.forEach(this::granted);
				List<Wait<T>> again = List.copyOf(this.homeless);
				this.homeless.clear();
				again.forEach(this::start);
			}
			case SUSPENDED -> this.suspended = true;
			case EXPIRED -> {
				this.suspended = true;
				List.copyOf(this.waiting.values()).forEach(this::uproot);
			}
			case CLOSED -> {
				// A final grant may have been on its way.
				Throwable lost = this.protocol.isFinal() ? this.protocol.lost() : null;
				end((lost != null) ? lost : new PrimitiveClosedException("The node was stopped"));
			}
			default -> throw new IllegalStateException("Unknown state " + state);
		}
	}

	private void uproot(Wait<T> wait) {
		Throwable lost = this.protocol.lost();
		if (lost != null && !wait.isQueued()) {
			// A command that was not sent yet goes out in the next session, and only its
			// own future tells whether the last one had it.
			return;
		}
		giveBackIfAsked(wait);
		forget(wait);
		if (lost != null) {
			wait.outcome().completeExceptionally(lost);
		}
		else {
			this.homeless.add(wait);
		}
	}

	/**
	 * Called in the mailbox when the primitive is closed: ends all waits.
	 * @param reason the exception for those who wait
	 */
	public void close(PrimitiveClosedException reason) {
		this.closed = reason;
		if (this.protocol.isFinal()) {
			List.copyOf(this.waiting.values()).forEach(this::decide);
			return;
		}
		this.waiting.keySet().forEach(this::giveBack);
		end(reason);
	}

	private void end(Throwable reason) {
		List<Wait<T>> ended = new ArrayList<>(this.waiting.values());
		ended.addAll(this.homeless);
		List.copyOf(this.waiting.values()).forEach(this::forget);
		this.homeless.clear();
		ended.forEach((wait) -> wait.outcome().completeExceptionally(reason));
	}

	private void start(Wait<T> wait) {
		PrimitiveClosedException reason = this.closed;
		if (reason != null) {
			wait.outcome().completeExceptionally(reason);
		}
		else if (!wait.outcome().isDone()) {
			wait.renumber(this.nextNumber++);
			this.waiting.put(wait.number(), wait);
			ask(wait);
		}
	}

	private void ask(Wait<T> wait) {
		long number = wait.number();
		boolean again = wait.isQueued() || wait.isAsked();
		wait.ask().whenComplete((result, ex) -> this.mailbox.execute(() -> {
			Throwable failure = (ex != null) ? AtomixException.unwrap(ex) : null;
			wait.answered(number);
			Answer<T> answer = (failure != null) ? null : this.protocol.answer(result);
			if (this.waiting.get(number) != wait) {
				// An event was faster, or the wait has ended.
				if (again && (answer != null || failure instanceof UnknownOutcomeException)) {
					this.protocol.overtaken(number, (answer != null) ? answer.grant().orElse(null) : null);
				}
			}
			else if (answer != null) {
				answered(wait, answer);
			}
			else {
				refused(wait, Objects.requireNonNull(failure));
			}
		}));
	}

	private void answered(Wait<T> wait, Answer<T> answer) {
		if (answer.waits()) {
			wait.queued();
		}
		else if (answer.grant().isPresent()) {
			granted(wait.number(), answer.grant().get());
		}
		else {
			forget(wait);
			wait.outcome().complete(Optional.empty());
		}
	}

	private void refused(Wait<T> wait, Throwable ex) {
		if (wait.isQueued()) {
			long number = wait.number();
			this.session.schedule(PAUSE, () -> this.mailbox.execute(() -> ask(number)));
			return;
		}
		forget(wait);
		if (ex instanceof UnknownOutcomeException) {
			giveBack(wait.number());
		}
		wait.outcome().completeExceptionally(ex);
	}

	private void abandon(Wait<T> wait) {
		this.homeless.remove(wait);
		if (this.waiting.get(wait.number()) == wait) {
			forget(wait);
			giveBack(wait.number());
		}
	}

	private void forget(Wait<T> wait) {
		if (this.waiting.remove(wait.number(), wait)) {
			this.doubtful.remove(wait.number());
			this.protocol.forgotten(wait.number());
		}
	}

	/**
	 * Withdraws a request of which a command is on its way: it may be applied after what
	 * made the cluster forget the request.
	 * @param wait the wait
	 */
	private void giveBackIfAsked(Wait<T> wait) {
		if (wait.isAsked()) {
			giveBack(wait.number());
		}
	}

	private CompletableFuture<Result> giveBack(long number) {
		return this.cleanup.submit(this.protocol.withdrawal(number));
	}

	/**
	 * How a primitive talks about waiting.
	 *
	 * @param <T> the type of what is granted
	 */
	public interface Protocol<T> {

		/**
		 * Returns what an answer to a request says.
		 * @param result the result of the command
		 * @return the answer
		 */
		Answer<T> answer(Result result);

		/**
		 * Returns the command that withdraws a request, or gives back what was granted
		 * for it; for a request that is not known it does nothing.
		 * @param number the number of the request
		 * @return the command
		 */
		Command withdrawal(long number);

		/**
		 * Returns how a wait ends when the session is lost.
		 * @return the exception, or null if the wait is put to the cluster again in the
		 * next session. That is right where all that was granted ends with the session
		 */
		@Nullable Throwable lost();

		/**
		 * Called in the mailbox when a request is granted, before its owner is told.
		 * @param number the number of the request
		 * @param grant what is granted
		 */
		default void granted(long number, T grant) {
		}

		/**
		 * Called in the mailbox when what was granted is given back because its owner did
		 * not wait for it any more.
		 * @param number the number of the request
		 * @param grant what was granted
		 */
		default void returned(long number, T grant) {
		}

		/**
		 * Called in the mailbox when a request that was put once more is answered after
		 * its wait has ended. Mostly an event was faster and told of the same grant. But
		 * if that was taken back before the request was put once more, then it waits
		 * anew, or this is another grant, and nobody knows.
		 * @param number the number of the request
		 * @param grant what was granted, or null if there is none or it is not known
		 */
		default void overtaken(long number, @Nullable T grant) {
		}

		/**
		 * Called in the mailbox when a request does not wait any more, after what was
		 * granted was told.
		 * @param number the number of the request
		 */
		default void forgotten(long number) {
		}

		/**
		 * Returns whether what was granted cannot be given back. The end of a wait is
		 * then decided by the cluster: {@link #answer(Result)} is asked what the answer
		 * to the withdrawal says, a grant that came before or a refusal.
		 * @return whether a grant is final
		 */
		default boolean isFinal() {
			return false;
		}

	}

	/**
	 * An answer to a request.
	 *
	 * @param <T> the type of what is granted
	 * @param waits whether the request is queued
	 * @param grant what is granted, empty if it is queued or refused
	 */
	public record Answer<T>(boolean waits, Optional<T> grant) {

		boolean isRefused() {
			return !this.waits && this.grant.isEmpty();
		}

		/**
		 * It is granted.
		 * @param <T> the type of what is granted
		 * @param grant what is granted
		 * @return the answer
		 */
		public static <T> Answer<T> granted(T grant) {
			return new Answer<>(false, Optional.of(grant));
		}

		/**
		 * It is queued.
		 * @param <T> the type of what is granted
		 * @return the answer
		 */
		public static <T> Answer<T> queued() {
			return new Answer<>(true, Optional.empty());
		}

		/**
		 * It is refused.
		 * @param <T> the type of what is granted
		 * @return the answer
		 */
		public static <T> Answer<T> refused() {
			return new Answer<>(false, Optional.empty());
		}

	}

	/**
	 * What a request has to pass before it is submitted.
	 */
	@FunctionalInterface
	public interface Gate {

		/**
		 * Submits a command, in the mailbox, as soon as it may pass, unless it is not
		 * wanted any more then.
		 * @param command the command
		 * @param wanted whether it is still wanted, asked in the mailbox
		 * @return the result, never completed if the command was not wanted
		 */
		CompletableFuture<Result> submit(Command command, BooleanSupplier wanted);

	}

}
