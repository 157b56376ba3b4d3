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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.LockMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.session.EventHandler;
import io.github.atomixspring.session.SessionState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link Waits}, with a lock as what is waited for.
 */
class WaitsTests {

	private static final PrimitiveId LOCK = PrimitiveId.of(PrimitiveType.LOCK, "a");

	private final FakeCluster cluster = new FakeCluster();

	private final FakeSession session = this.cluster.connect("n1");

	private final FakeSession otherSession = this.cluster.connect("n2");

	private final LockWaits own = new LockWaits(this.session);

	private final LockWaits other = new LockWaits(this.otherSession);

	@Test
	void grantIsToldAtOnceWhenThereIsNothingToWaitFor() {
		Wait<Long> wait = this.own.begin();
		assertThat(token(wait)).isPositive();
		assertThat(this.own.told).containsExactly("granted " + token(wait));
		assertThat(this.session.submitted()).hasSize(1);
	}

	@Test
	void grantOfQueuedRequestIsToldByItsEvent() {
		Wait<Long> first = this.other.begin();
		Wait<Long> wait = this.own.begin();
		assertThat(wait.outcome()).isNotDone();
		this.other.waits.withdraw(first);
		assertThat(token(wait)).isGreaterThan(token(first));
		assertThat(state().token()).isEqualTo(token(wait));
	}

	@Test
	void refusedRequestIsEmpty() {
		this.other.begin();
		assertThat(this.own.tryBegin().outcome().join()).isEmpty();
		assertThat(this.session.submitted()).hasSize(1);
	}

	@Test
	void limitEndsTheWaitAndWithdraws() {
		Wait<Long> first = this.other.begin();
		Wait<Long> wait = this.own.begin();
		this.own.waits.limit(wait, Duration.ofSeconds(2));
		this.cluster.advance(Duration.ofMillis(1999));
		assertThat(wait.outcome()).isNotDone();
		this.cluster.advance(Duration.ofMillis(1));
		assertThat(wait.outcome().join()).isEmpty();
		assertThat(state().queueLength()).isZero();
		this.other.waits.withdraw(first);
		assertThat(state().held()).isFalse();
		assertThat(this.own.told).isEmpty();
	}

	@Test
	void limitOfGrantedWaitDoesNothing() {
		Wait<Long> wait = this.own.begin();
		this.own.waits.limit(wait, Duration.ofSeconds(2));
		this.cluster.advance(Duration.ofSeconds(3));
		assertThat(state().token()).isEqualTo(token(wait));
	}

	@Test
	void withdrawalOfGrantGivesBack() {
		Wait<Long> wait = this.own.begin();
		this.own.waits.withdraw(wait);
		assertThat(state().held()).isFalse();
		assertThat(this.own.told).containsExactly("granted " + token(wait), "returned " + token(wait));
	}

	@Test
	void withdrawalWithReasonEndsTheWaitWithIt() {
		this.other.begin();
		Wait<Long> wait = this.own.begin();
		this.own.mailbox.execute(() -> this.own.waits.withdraw(wait, new IllegalStateException("test")));
		assertThatIllegalStateException().isThrownBy(() -> this.session.await(wait.outcome()));
		assertThat(state().queueLength()).isZero();
		Wait<Long> granted = this.other.begin();
		this.other.mailbox.execute(() -> this.other.waits.withdraw(granted, new IllegalStateException("test")));
		assertThat(state().queueLength()).isZero();
	}

	@Test
	void withdrawalOfUnsentRequestLeavesNothing() {
		this.session.unlink();
		Wait<Long> wait = this.own.begin();
		this.own.waits.withdraw(wait);
		assertThat(wait.outcome().join()).isEmpty();
		this.session.link();
		assertThat(state().held()).isFalse();
		assertThat(this.own.told).isEmpty();
	}

	@Test
	void requestThatAGateHoldsBackIsNotSubmittedWhenItsWaitHasEnded() {
		this.own.gate = new CompletableFuture<>();
		Wait<Long> withdrawn = this.own.begin();
		Wait<Long> ended = this.own.begin();
		Wait<Long> wanted = this.own.begin();
		this.own.waits.limit(ended, Duration.ofSeconds(1));
		this.own.waits.withdraw(withdrawn);
		this.cluster.advance(Duration.ofSeconds(1));
		this.own.gate.complete(null);
		assertThat(this.session.submitted(LockMessages.Acquire.class)).extracting(LockMessages.Acquire::acquisition)
			.containsExactly(wanted.number());
		assertThat(state().token()).isEqualTo(token(wanted));
	}

	@Test
	void requestThatTheClusterHasForgottenIsPutAgain() {
		this.other.begin();
		Wait<Long> wait = this.own.begin();
		this.otherSession.submit(new Command.Destroy(LOCK));
		long number = wait.number();
		this.own.mailbox.execute(() -> {
			this.own.waits.restart(4711);
			this.own.waits.restart(number);
		});
		assertThat(wait.number()).isNotEqualTo(number);
		assertThat(state().token()).isEqualTo(token(wait));
	}

	@Test
	void requestIsAskedForOnlyWhileItWaits() {
		Wait<Long> first = this.other.begin();
		Wait<Long> wait = this.own.begin();
		long number = wait.number();
		this.own.mailbox.execute(() -> this.own.waits.ask(number));
		assertThat(this.session.submitted(LockMessages.Acquire.class)).hasSize(2);
		this.other.waits.withdraw(first);
		this.own.mailbox.execute(() -> this.own.waits.ask(number));
		assertThat(this.session.submitted(LockMessages.Acquire.class)).hasSize(2);
		assertThat(state().token()).isEqualTo(token(wait));
	}

	@Test
	void requestIsForgottenOnceHoweverItEnds() {
		Wait<Long> granted = this.own.begin();
		Wait<Long> refused = this.own.tryBegin();
		Wait<Long> withdrawn = this.own.begin();
		this.own.waits.withdraw(withdrawn);
		Wait<Long> again = this.own.begin();
		long number = again.number();
		this.session.expire();
		this.session.connect();
		Wait<Long> last = this.own.begin();
		this.own.mailbox.execute(() -> this.own.waits.close(new PrimitiveClosedException("closed")));
		assertThat(this.own.forgotten).containsExactly(granted.number(), refused.number(), withdrawn.number(), number,
				again.number(), last.number());
		assertThat(this.own.waits.isIdle()).isTrue();
	}

	@Test
	void answerAfterTheEventThatGrantsTakesNothingBack() {
		Wait<Long> first = this.other.begin();
		List<Runnable> transport = new ArrayList<>();
		this.session.withTransport(transport::add);
		Wait<Long> wait = this.own.begin();
		this.other.waits.withdraw(first);
		// The event first: both came with one entry of the log.
		transport.remove(1).run();
		transport.remove(0).run();
		assertThat(state().token()).isEqualTo(token(wait));
	}

	@Test
	void withdrawalIsRepeatedUntilItWasSent() {
		Wait<Long> wait = this.own.begin();
		this.session.refuse(LockMessages.Release.class);
		this.own.waits.withdraw(wait);
		assertThat(state().held()).isTrue();
		this.cluster.advance(Duration.ofSeconds(1));
		assertThat(state().held()).isFalse();
	}

	@Test
	void unknownOutcomeEndsTheWaitAndGivesBack() {
		this.session.loseAnswer(LockMessages.Acquire.class);
		Wait<Long> wait = this.own.begin();
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(() -> this.session.await(wait.outcome()));
		assertThat(state().held()).isFalse();
	}

	@Test
	void requestThatWasNotSentEndsTheWait() {
		this.session.refuse(LockMessages.Acquire.class);
		Wait<Long> wait = this.own.begin();
		assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> this.session.await(wait.outcome()));
		assertThat(this.session.submitted()).hasSize(1);
	}

	@Test
	void queuedRequestIsPutAgainInTheNextSession() {
		Wait<Long> first = this.other.begin();
		Wait<Long> wait = this.own.begin();
		this.session.expire();
		this.session.connect();
		assertThat(state().queueLength()).isEqualTo(1);
		assertThat(wait.outcome()).isNotDone();
		this.other.waits.withdraw(first);
		assertThat(state().token()).isEqualTo(token(wait));
	}

	@Test
	void unsentRequestIsPutOnceInTheNextSession() {
		this.session.unlink();
		Wait<Long> wait = this.own.begin();
		this.session.expire();
		this.session.connect();
		assertThat(state().token()).isEqualTo(token(wait));
		this.own.waits.withdraw(wait);
		assertThat(state().held()).isFalse();
		assertThat(state().queueLength()).isZero();
	}

	@Test
	void waitThatEndsBetweenSessionsIsNotPutAgain() {
		this.other.begin();
		Wait<Long> wait = this.own.begin();
		this.session.expire();
		this.own.waits.withdraw(wait);
		this.session.connect();
		assertThat(state().queueLength()).isZero();
	}

	@Test
	void queuedWaitEndsWithTheSessionWhereWhatIsLostCannotBeAskedForAgain() {
		this.own.lost = new UnknownOutcomeException("?", "test", null);
		this.other.begin();
		Wait<Long> wait = this.own.begin();
		this.session.expire();
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(() -> this.session.await(wait.outcome()));
		this.session.connect();
		assertThat(state().queueLength()).isZero();
	}

	@Test
	void unsentWaitGoesOnInTheNextSessionWhereWhatIsLostCannotBeAskedForAgain() {
		this.own.lost = new UnknownOutcomeException("?", "test", null);
		this.session.unlink();
		Wait<Long> wait = this.own.begin();
		this.session.expire();
		assertThat(wait.outcome()).isNotDone();
		this.session.connect();
		assertThat(state().token()).isEqualTo(token(wait));
		assertThat(this.session.submitted()).hasSize(1);
	}

	@Test
	void grantWhileSuspendedIsToldWhenConnectedAgain() {
		Wait<Long> first = this.other.begin();
		Wait<Long> wait = this.own.begin();
		this.session.suspend();
		this.other.waits.withdraw(first);
		assertThat(wait.outcome()).isNotDone();
		assertThat(this.own.told).isEmpty();
		this.session.resume();
		assertThat(token(wait)).isPositive();
	}

	@Test
	void grantWhileSuspendedIsToldAtOnceWhereItIsForGood() {
		this.own.lost = new UnknownOutcomeException("?", "test", null);
		Wait<Long> first = this.other.begin();
		Wait<Long> wait = this.own.begin();
		this.session.suspend();
		this.other.waits.withdraw(first);
		assertThat(token(wait)).isPositive();
	}

	@Test
	void grantWhileSuspendedIsGivenBackWhenTheWaitEnds() {
		Wait<Long> first = this.other.begin();
		Wait<Long> wait = this.own.begin();
		this.session.suspend();
		this.other.waits.withdraw(first);
		this.own.waits.withdraw(wait);
		this.session.resume();
		assertThat(wait.outcome().join()).isEmpty();
		assertThat(state().held()).isFalse();
		assertThat(this.own.told).isEmpty();
	}

	@Test
	void grantWhileSuspendedIsForgottenWhenTheSessionExpires() {
		Wait<Long> first = this.other.begin();
		Wait<Long> wait = this.own.begin();
		this.session.suspend();
		this.other.waits.withdraw(first);
		this.session.expire();
		Wait<Long> next = this.other.begin();
		this.session.connect();
		assertThat(wait.outcome()).isNotDone();
		assertThat(state().token()).isEqualTo(token(next));
		assertThat(state().queueLength()).isEqualTo(1);
	}

	@Test
	void resyncAsksHowRequestsStand() {
		Wait<Long> first = this.other.begin();
		Wait<Long> wait = this.own.begin();
		Wait<Long> next = this.own.begin();
		this.session.dropEvents();
		this.other.waits.withdraw(first);
		assertThat(wait.outcome()).isNotDone();
		this.session.resync();
		assertThat(state().token()).isEqualTo(token(wait));
		assertThat(next.outcome()).isNotDone();
		assertThat(state().queueLength()).isEqualTo(1);
	}

	@Test
	void resyncIsRepeatedUntilItIsAnswered() {
		Wait<Long> first = this.other.begin();
		Wait<Long> wait = this.own.begin();
		this.session.dropEvents();
		this.other.waits.withdraw(first);
		this.session.refuse(LockMessages.Acquire.class);
		this.session.resync();
		assertThat(wait.outcome()).isNotDone();
		this.cluster.advance(Duration.ofSeconds(1));
		assertThat(state().token()).isEqualTo(token(wait));
	}

	@Test
	void restartPutsQueuedRequestsAgain() {
		this.other.begin();
		Wait<Long> wait = this.own.begin();
		this.otherSession.submit(new Command.Destroy(LOCK));
		this.own.restart();
		assertThat(state().token()).isEqualTo(token(wait));
		assertThat(this.session.submitted(LockMessages.Release.class)).isEmpty();
	}

	@Test
	void restartLeavesNothingOfRequestsThatWereNotAnswered() {
		this.session.unlink();
		Wait<Long> wait = this.own.begin();
		this.own.restart();
		this.session.link();
		assertThat(state().token()).isEqualTo(token(wait));
		assertThat(state().queueLength()).isZero();
		this.own.waits.withdraw(wait);
		assertThat(state().held()).isFalse();
	}

	@Test
	void failureByEventEndsTheWait() {
		this.other.begin();
		Wait<Long> wait = this.own.begin();
		this.own.mailbox.execute(() -> this.own.waits.failed(wait.number(), new IllegalStateException("test")));
		this.own.mailbox.execute(() -> this.own.waits.failed(4711, new IllegalStateException("unknown")));
		assertThatIllegalStateException().isThrownBy(() -> this.session.await(wait.outcome())).withMessage("test");
	}

	@Test
	void closeEndsWaitsAndWithdrawsThem() {
		Wait<Long> first = this.other.begin();
		Wait<Long> wait = this.own.begin();
		this.own.mailbox.execute(() -> this.own.waits.close(new PrimitiveClosedException("closed")));
		this.other.waits.withdraw(first);
		assertThat(state().held()).isFalse();
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(() -> this.session.await(wait.outcome()));
		assertThatExceptionOfType(PrimitiveClosedException.class)
			.isThrownBy(() -> this.session.await(this.own.begin().outcome()));
	}

	@Test
	void stopOfTheNodeEndsWaitsAndALaterStartAllowsOthers() {
		this.other.begin();
		Wait<Long> wait = this.own.begin();
		this.session.stop();
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(() -> this.session.await(wait.outcome()));
		this.session.connect();
		assertThat(this.own.begin().outcome()).isNotDone();
		assertThat(state().queueLength()).isEqualTo(1);
	}

	private static long token(Wait<Long> wait) {
		assertThat(wait.outcome()).isCompleted();
		return wait.outcome().join().orElseThrow();
	}

	private LockMessages.State state() {
		return (LockMessages.State) this.otherSession
			.await(this.otherSession.query(new LockMessages.Info(LOCK), ReadConsistency.LINEARIZABLE));
	}

	/**
	 * The waits of a node for a lock, whose grants are fencing tokens.
	 */
	private static final class LockWaits implements EventHandler, Waits.Protocol<Long> {

		private final FakeSession session;

		private final Mailbox mailbox = new Mailbox();

		private final Waits<Long> waits;

		private final List<String> told = new ArrayList<>();

		private final List<Long> forgotten = new ArrayList<>();

		private @Nullable Throwable lost;

		private CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

		LockWaits(FakeSession session) {
			this.session = session;
			this.waits = new Waits<>(session, LOCK, this.mailbox, this);
			session.subscribe(LOCK, this);
		}

		Wait<Long> begin() {
			return begin(true);
		}

		Wait<Long> tryBegin() {
			return begin(false);
		}

		private Wait<Long> begin(boolean queue) {
			return this.waits.begin(this::pass, (number) -> new LockMessages.Acquire(LOCK, number, queue, 0));
		}

		private CompletableFuture<Result> pass(Command command, BooleanSupplier wanted) {
			return this.gate.thenCompose((open) -> {
				CompletableFuture<Result> result = new CompletableFuture<>();
				this.mailbox.execute(() -> {
					if (wanted.getAsBoolean()) {
						this.session.submit(command).whenComplete((value, ex) -> {
							if (ex != null) {
								result.completeExceptionally(ex);
							}
							else {
								result.complete(value);
							}
						});
					}
				});
				return result;
			});
		}

		void restart() {
			this.mailbox.execute(this.waits::restart);
		}

		@Override
		public void onEvent(Event event) {
			if (event instanceof LockMessages.Granted granted) {
				this.mailbox.execute(() -> this.waits.granted(granted.acquisition(), granted.token()));
			}
			else if (event instanceof Event.Resync) {
				this.mailbox.execute(this.waits::resync);
			}
		}

		@Override
		public void onState(long id, SessionState state) {
			this.mailbox.execute(() -> this.waits.onState(state));
		}

		@Override
		public void forgotten(long number) {
			this.forgotten.add(number);
		}

		@Override
		public Waits.Answer<Long> answer(Result result) {
			LockMessages.Reply reply = (LockMessages.Reply) result;
			return switch (reply.status()) {
				case LockMessages.Reply.GRANTED -> Waits.Answer.granted(reply.token());
				case LockMessages.Reply.QUEUED -> Waits.Answer.queued();
				default -> Waits.Answer.refused();
			};
		}

		@Override
		public Command withdrawal(long number) {
			return new LockMessages.Release(LOCK, number);
		}

		@Override
		public @Nullable Throwable lost() {
			return this.lost;
		}

		@Override
		public void granted(long number, Long grant) {
			this.told.add("granted " + grant);
		}

		@Override
		public void returned(long number, Long grant) {
			this.told.add("returned " + grant);
		}

	}

}
