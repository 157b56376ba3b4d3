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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.LongFunction;

import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.ReceiptMessages;
import io.github.atomixspring.protocol.ReceiptMessages.Receipt;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.proxy.Durations;
import io.github.atomixspring.proxy.Mailbox;
import io.github.atomixspring.proxy.Wait;
import io.github.atomixspring.proxy.Waits;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.session.SessionState;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one node whose end is told by an event. A request takes effect with its
 * command; to end the wait for it does not take it back, and it is never made twice.
 *
 * @param <E> the type of the end
 */
final class Requests<E> {

	private final PrimitiveSession session;

	private final PrimitiveId id;

	private final Function<Command, CompletableFuture<Result>> lane;

	private final Waits<E> waits;

	/**
	 * Creates an empty instance.
	 * @param session the session of the node
	 * @param id the primitive
	 * @param mailbox the mailbox of the primitive
	 * @param lane submits the commands of requests
	 * @param end returns the end of which a receipt tells that is not awaited
	 */
	Requests(PrimitiveSession session, PrimitiveId id, Mailbox mailbox,
			Function<Command, CompletableFuture<Result>> lane, Function<Receipt, E> end) {
		this.session = session;
		this.id = id;
		this.lane = lane;
		this.waits = new Waits<>(session, id, mailbox, new Waits.Protocol<>() {

			@Override
			public Waits.Answer<E> answer(Result result) {
				Receipt receipt = (Receipt) result;
				return (receipt.status() == Receipt.AWAITED) ? Waits.Answer.queued()
						: Waits.Answer.granted(end.apply(receipt));
			}

			@Override
			public Command withdrawal(long number) {
				return new ReceiptMessages.Forget(id, number);
			}

			@Override
			public Throwable lost() {
				return unknown("the session of this node was lost", null);
			}

		});
	}

	/**
	 * Returns the exception for a request of which nobody can say how it ended.
	 * @param reason why
	 * @param cause the cause, or null
	 * @return the exception
	 */
	UnknownOutcomeException unknown(String reason, @Nullable Throwable cause) {
		return new UnknownOutcomeException(this.session.id() + "/?",
				"The outcome of a request to '" + this.id.name() + "' is unknown: " + reason, cause);
	}

	/**
	 * Makes a request.
	 * @param <R> the type of the result
	 * @param command makes the command from the number of the request
	 * @param result makes the result from the end, on the callback executor
	 * @return the result, for users; ending it early ends the wait
	 */
	<R> CompletableFuture<R> start(LongFunction<Command> command, Function<E, R> result) {
		return start(command, null, (end) -> result.apply(end.orElseThrow()));
	}

	/**
	 * Makes a request and waits for its end for a limited time.
	 * @param <R> the type of the result
	 * @param command makes the command from the number of the request
	 * @param timeout how long to wait, or null for ever
	 * @param result makes the result from the end, or from none if the time ran out, on
	 * the callback executor
	 * @return the result, for users; ending it early ends the wait
	 */
	<R> CompletableFuture<R> start(LongFunction<Command> command, @Nullable Duration timeout,
			Function<Optional<E>, R> result) {
		Question question = new Question(command);
		Wait<E> wait = begin(question, timeout);
		CompletableFuture<R> exposed = this.session
			.expose(outcome(wait, question).thenApplyAsync(result, this.session.callbackExecutor()));
		exposed.whenComplete((value, ex) -> {
			if (!wait.outcome().isDone()) {
				this.waits.withdraw(wait);
			}
		});
		return exposed;
	}

	/**
	 * Makes a request and waits for its end.
	 * @param command makes the command from the number of the request
	 * @param timeout how long to wait, or null for ever
	 * @return the end, or empty if the time ran out
	 * @throws InterruptedException if the thread is interrupted
	 */
	Optional<E> await(LongFunction<Command> command, @Nullable Duration timeout) throws InterruptedException {
		requirePositive(timeout);
		if (Thread.interrupted()) {
			throw new InterruptedException();
		}
		Question question = new Question(command);
		Wait<E> wait = begin(question, timeout);
		try {
			return this.session.awaitInterruptibly(outcome(wait, question));
		}
		catch (InterruptedException ex) {
			this.waits.withdraw(wait);
			throw ex;
		}
	}

	private static void requirePositive(@Nullable Duration timeout) {
		if (timeout != null) {
			Durations.positiveMillis(timeout, "timeout");
		}
	}

	private Wait<E> begin(Question question, @Nullable Duration timeout) {
		requirePositive(timeout);
		Wait<E> wait = this.waits.begin(question);
		if (timeout != null) {
			this.waits.limit(wait, Durations.bounded(timeout));
		}
		return wait;
	}

	private CompletableFuture<Optional<E>> outcome(Wait<E> wait, Question question) {
		return wait.outcome().exceptionally((ex) -> {
			// The wait was ended, but the command may have left before.
			throw new CompletionException((ex instanceof PrimitiveClosedException && question.isTaken())
					? unknown(String.valueOf(ex.getMessage()), ex) : ex);
		});
	}

	/**
	 * Called in the mailbox when a request has ended.
	 * @param request the number of the request
	 * @param end the end
	 */
	void ended(long request, E end) {
		this.waits.granted(request, end);
	}

	/**
	 * Called in the mailbox when events were missed.
	 */
	void resync() {
		this.waits.resync();
	}

	/**
	 * Called in the mailbox for each state of the session.
	 * @param state the state
	 */
	void onState(SessionState state) {
		this.waits.onState(state);
	}

	/**
	 * Called in the mailbox when the primitive is closed.
	 * @param reason the exception for those who wait
	 */
	void close(PrimitiveClosedException reason) {
		this.waits.close(reason);
	}

	/**
	 * The command of a request, which is submitted once; whoever asks again asks how it
	 * stands.
	 */
	private final class Question implements LongFunction<CompletableFuture<Result>> {

		private final LongFunction<Command> command;

		private volatile @Nullable CompletableFuture<Result> asked;

		Question(LongFunction<Command> command) {
			this.command = command;
		}

		/**
		 * Returns whether the command was submitted and not refused.
		 * @return whether it may take effect
		 */
		boolean isTaken() {
			CompletableFuture<Result> first = this.asked;
			return first != null && !first.isCompletedExceptionally();
		}

		@Override
		public CompletableFuture<Result> apply(long number) {
			Requests<E> requests = Requests.this;
			CompletableFuture<Result> first = this.asked;
			if (first == null) {
				first = requests.lane.apply(this.command.apply(number));
				this.asked = first;
				return first;
			}
			return first.thenCompose((receipt) -> requests.session
				.submit(new ReceiptMessages.Check(requests.id, number, ((Receipt) receipt).number())));
		}

	}

}
