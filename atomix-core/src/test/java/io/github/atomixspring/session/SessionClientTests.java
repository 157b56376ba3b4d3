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

package io.github.atomixspring.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;

import io.github.atomixspring.link.LocalReader;
import io.github.atomixspring.primitive.CommandRejectedException;
import io.github.atomixspring.primitive.ConfigurationMismatchException;
import io.github.atomixspring.primitive.LimitExceededException;
import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.ClientFrame;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.ElectionMessages;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.protocol.MapMessages;
import io.github.atomixspring.protocol.NumberedEvent;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link SessionClient} step by step: nothing happens but what a test says.
 */
class SessionClientTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final PrimitiveId X = PrimitiveId.of(PrimitiveType.LONG, "x");

	private final FakeGateway gateway = new FakeGateway();

	private final ManualTimer timer = new ManualTimer();

	private final List<String> log = new ArrayList<>();

	private SessionClient session = session(null);

	private SessionClient session(@Nullable LocalReader reader) {
		SessionConfig config = SessionConfig.of("test", "n1")
			.withTimeout(TIMEOUT)
			.withOperationTimeout(Duration.ofSeconds(15))
			.withCloseTimeout(Duration.ZERO)
			.withLimits(2, 20_000, 10_000);
		SessionClient created = new SessionClient(config, this.gateway, reader, () -> this.timer, new Random(1));
		created.subscribe(X, new EventHandler() {

			@Override
			public void onEvent(Event event) {
				SessionClientTests.this.log.add((event instanceof LongMessages.Changed changed)
						? "event " + changed.value() : event.getClass().getSimpleName());
			}

			@Override
			public void onState(long id, SessionState state) {
				SessionClientTests.this.log.add(id + " " + state);
			}

		});
		return created;
	}

	private void connect() {
		this.session.start();
		this.gateway.settle();
		assertThat(this.session.state()).isEqualTo(SessionState.CONNECTED);
	}

	private void pass(Duration duration) {
		long steps = Math.max(1, duration.toMillis() / 10);
		for (long i = 0; i < steps; i++) {
			this.timer.advance(duration.dividedBy(steps));
			this.gateway.settle();
		}
	}

	private CompletableFuture<Result> add(long delta) {
		CompletableFuture<Result> future = this.session.submit(new LongMessages.Add(X, delta));
		future.whenComplete((result, failure) -> this.log
			.add((failure != null) ? failure.getClass().getSimpleName() : "done " + delta));
		return future;
	}

	private static Throwable failure(CompletableFuture<?> future) {
		assertThat(future).isCompletedExceptionally();
		try {
			future.join();
			throw new AssertionError();
		}
		catch (CompletionException ex) {
			return ex.getCause();
		}
	}

	@Test
	void isNotLiveBeforeItIsConnected() {
		assertThat(this.session.state()).isEqualTo(SessionState.SUSPENDED);
		this.session.start();
		assertThat(this.session.isLive()).isFalse();
		assertThat(this.session.id()).isZero();
		this.gateway.settle();
		assertThat(this.session.isLive()).isTrue();
		assertThat(this.session.id()).isEqualTo(101);
		assertThat(this.log).containsExactly("101 CONNECTED");
	}

	@Test
	void submitWhenNotStartedFails() {
		assertThat(failure(add(1))).isInstanceOf(UnavailableException.class);
	}

	@Test
	void commandsWaitForTheSession() {
		this.session.start();
		CompletableFuture<Result> future = add(1);
		assertThat(future).isNotDone();
		this.gateway.settle();
		assertThat(future).isCompletedWithValue(new LongMessages.Updated(true, 0, 1));
	}

	@Test
	void observersAreToldOfOperationsAndWaits() {
		List<String> told = new ArrayList<>();
		Registration registration = this.session
			.addObserver((kind, type, outcome, nanos, started, failure) -> told.add(kind + " " + type + " " + outcome));
		add(1);
		connect();
		add(1);
		this.session.query(new LongMessages.Get(X), ReadConsistency.LINEARIZABLE);
		this.session.newWait(X, Objects::isNull).complete(null);
		this.gateway.settle();
		this.gateway.setApplyCommands(false);
		add(1);
		registration.close();
		add(1);
		assertThat(told).containsExactly("COMMAND LONG UNAVAILABLE", "WAIT LONG REFUSED", "COMMAND LONG SUCCESS",
				"QUERY LONG SUCCESS");
		pass(Duration.ofMillis(15_010));
		assertThat(told).hasSize(5).last().isEqualTo("COMMAND LONG UNKNOWN");
	}

	@Test
	void eventsComeBeforeTheResultThatRevealsThem() {
		connect();
		this.log.clear();
		add(1);
		add(2);
		this.gateway.settle();
		assertThat(this.log).containsExactly("event 1", "done 1", "event 3", "done 2");
	}

	@Test
	void commandsThatArriveWhileTwoBatchesAreInFlightLeaveTogether() {
		connect();
		for (int i = 0; i < 10; i++) {
			add(1);
		}
		this.gateway.settle();
		assertThat(this.gateway.received(ClientFrame.Submit.class)).extracting((submit) -> submit.commands().size())
			.containsExactly(1, 1, 8);
	}

	@Test
	void answersAndEventsAreAcknowledged() {
		connect();
		add(1);
		this.gateway.settle();
		add(1);
		this.gateway.settle();
		ClientFrame.Submit last = this.gateway.received(ClientFrame.Submit.class).get(1);
		assertThat(last.acknowledged()).isEqualTo(1);
		assertThat(last.eventsSeen()).isEqualTo(1);
	}

	@Test
	void suspendedBeforeTheClusterCanExpireTheSessionAndConnectedAgain() {
		connect();
		this.gateway.setAnswerKeepAlives(false);
		pass(Duration.ofMillis(8900));
		assertThat(this.session.state()).isEqualTo(SessionState.CONNECTED);
		pass(Duration.ofMillis(200));
		assertThat(this.session.state()).isEqualTo(SessionState.SUSPENDED);
		assertThat(this.session.isLive()).isFalse();
		this.gateway.setAnswerKeepAlives(true);
		pass(Duration.ofSeconds(6));
		assertThat(this.session.isLive()).isTrue();
		assertThat(this.log).containsExactly("101 CONNECTED", "101 SUSPENDED", "101 CONNECTED");
	}

	@Test
	void staysConnectedWhileKeepAlivesAreAnswered() {
		connect();
		pass(Duration.ofMinutes(1));
		assertThat(this.log).containsExactly("101 CONNECTED");
		assertThat(this.gateway.received(ClientFrame.KeepAlive.class)).hasSize(24);
		assertThat(this.gateway.connections()).isEqualTo(1);
	}

	@Test
	void tellsItsConnectorOfTheMembers() {
		this.gateway.setAddresses(List.of("a:1"));
		connect();
		this.gateway.setAddresses(null);
		pass(Duration.ofSeconds(10));
		assertThat(this.gateway.members().get(0)).containsExactly("a:1");
		int told = this.gateway.members().size();
		this.gateway.setAddresses(List.of("b:1"));
		pass(Duration.ofSeconds(10));
		assertThat(this.gateway.members().subList(told, this.gateway.members().size())).isNotEmpty()
			.allMatch(List.of("b:1")::equals);
	}

	@Test
	void isNotLiveByTheClockAloneAfterAFreeze() {
		connect();
		this.timer.advance(Duration.ofMillis(2500));
		this.timer.freeze(Duration.ofSeconds(7));
		assertThat(this.session.isLive()).isFalse();
		assertThat(this.session.state()).isEqualTo(SessionState.SUSPENDED);
		assertThat(this.log).containsExactly("101 CONNECTED");
		this.timer.freeze(Duration.ofSeconds(60));
		// The answer to the keep-alive from before the freeze proves nothing now.
		this.gateway.settle();
		assertThat(this.session.isLive()).isFalse();
		pass(Duration.ofSeconds(3));
		assertThat(this.session.isLive()).isTrue();
		assertThat(this.log).containsExactly("101 CONNECTED", "101 SUSPENDED", "101 CONNECTED");
	}

	@Test
	void lapseIsAnnouncedEvenIfAnAnswerComesBeforeTheTimer() {
		connect();
		this.timer.freeze(Duration.ofMillis(8990));
		this.timer.advance(Duration.ZERO);
		this.timer.freeze(Duration.ofMillis(20));
		this.gateway.settle();
		assertThat(this.log).containsExactly("101 CONNECTED", "101 SUSPENDED", "101 CONNECTED");
	}

	@Test
	void slowOpenDoesNotMakeALiveSession() {
		this.session.start();
		this.gateway.setSilent(true);
		this.timer.freeze(Duration.ZERO);
		this.gateway.setSilent(false);
		this.gateway.setAnswerKeepAlives(false);
		// Welcome is handled, the request to open is under way for very long.
		this.gateway.settleOne();
		this.timer.freeze(Duration.ofSeconds(20));
		CompletableFuture<Result> future = add(1);
		this.gateway.settle();
		assertThat(this.session.isLive()).isFalse();
		assertThat(future).isNotDone();
		this.gateway.setAnswerKeepAlives(true);
		pass(Duration.ofSeconds(6));
		assertThat(this.session.isLive()).isTrue();
		assertThat(future).isCompleted();
	}

	@Test
	void expiryEndsWhatWasSentAndKeepsWhatWasNot() {
		connect();
		this.gateway.expireAll(false);
		CompletableFuture<Result> first = add(1);
		CompletableFuture<Result> second = add(1);
		CompletableFuture<Result> third = add(1);
		this.gateway.expireAll(true);
		pass(Duration.ofSeconds(3));
		assertThat(failure(first)).isInstanceOfSatisfying(UnknownOutcomeException.class,
				(ex) -> assertThat(ex.operation()).isEqualTo("101/1"));
		assertThat(failure(second)).isInstanceOf(UnknownOutcomeException.class);
		assertThat(third).isCompletedWithValue(new LongMessages.Updated(true, 0, 1));
		assertThat(this.log).containsExactly("101 CONNECTED", "101 EXPIRED", "UnknownOutcomeException",
				"UnknownOutcomeException", "102 CONNECTED", "event 1", "done 1");
		assertThat(this.session.id()).isEqualTo(102);
	}

	@Test
	void linkLossResendsAndResumes() {
		connect();
		add(1);
		this.gateway.settle();
		this.gateway.breakLinks();
		CompletableFuture<Result> future = add(1);
		this.gateway.settle();
		assertThat(future).isCompleted();
		assertThat(this.gateway.applications()).isEqualTo(2);
		assertThat(this.gateway.received(ClientFrame.Resume.class)).containsExactly(new ClientFrame.Resume(101, 1));
		assertThat(this.log).containsOnlyOnce("101 CONNECTED");
	}

	@Test
	void queuedCommandThatTimesOutDidNotHappen() {
		this.gateway.setDown(true);
		this.session.start();
		CompletableFuture<Result> late = add(1);
		pass(Duration.ofSeconds(10));
		CompletableFuture<Result> kept = add(1);
		pass(Duration.ofMillis(5010));
		assertThat(failure(late)).isInstanceOf(UnavailableException.class)
			.hasMessageContaining("15000 ms")
			.hasMessageContaining("connection refused");
		this.gateway.setDown(false);
		pass(Duration.ofSeconds(2));
		assertThat(kept).isCompletedWithValue(new LongMessages.Updated(true, 0, 1));
	}

	@Test
	void sentCommandThatTimesOutHasAnUnknownOutcomeAndIsAppliedOnce() {
		connect();
		this.gateway.setApplyCommands(false);
		CompletableFuture<Result> late = add(1);
		CompletableFuture<Result> read = this.session.query(new LongMessages.Get(X), ReadConsistency.LINEARIZABLE);
		pass(Duration.ofMillis(15_010));
		assertThat(failure(late)).isInstanceOf(UnknownOutcomeException.class).hasMessageContaining("101/1");
		assertThat(failure(read)).isInstanceOf(UnavailableException.class);
		this.gateway.setApplyCommands(true);
		CompletableFuture<Result> next = add(1);
		pass(Duration.ofSeconds(10));
		assertThat(next).isCompletedWithValue(new LongMessages.Updated(true, 1, 2));
	}

	@Test
	void lostCommandsAreSentAgainAlthoughTheLinkStays() {
		connect();
		this.gateway.setApplyCommands(false);
		CompletableFuture<Result> future = add(1);
		this.gateway.settle();
		this.gateway.setApplyCommands(true);
		pass(Duration.ofSeconds(6));
		assertThat(future).isCompletedWithValue(new LongMessages.Updated(true, 0, 1));
		assertThat(this.gateway.connections()).isEqualTo(2);
	}

	@Test
	void silentLeaderIsLeft() {
		connect();
		this.gateway.setAnswerKeepAlives(false);
		pass(Duration.ofMillis(7450));
		assertThat(this.gateway.connections()).isEqualTo(1);
		this.gateway.setAnswerKeepAlives(true);
		pass(Duration.ofSeconds(5));
		assertThat(this.gateway.connections()).isEqualTo(2);
		assertThat(this.session.isLive()).isTrue();
		assertThat(this.log).containsExactly("101 CONNECTED");
	}

	@Test
	void silentMemberIsLeftSoon() {
		this.gateway.setSilent(true);
		this.session.start();
		pass(Duration.ofMillis(2100));
		assertThat(this.gateway.connections()).isEqualTo(2);
	}

	@Test
	void eventsAreDeliveredOnceAndInOrder() {
		connect();
		this.log.clear();
		ServerFrame.Applied first = applied(1, 2);
		this.gateway.sendToAll(first);
		this.gateway.sendToAll(first);
		this.gateway.sendToAll(applied(2, 3));
		this.gateway.settle();
		assertThat(this.log).containsExactly("event 1", "event 2", "event 3");
	}

	@Test
	void gapInTheEventsIsFilledByANewLink() {
		connect();
		this.gateway.setSilent(true);
		this.gateway.emitToAll(changed(1));
		this.gateway.settle();
		this.log.clear();
		this.gateway.setSilent(false);
		this.gateway.sendToAll(applied(5, 5));
		this.gateway.settle();
		pass(Duration.ofMillis(100));
		this.gateway.emitToAll(changed(2));
		this.gateway.settle();
		assertThat(this.log).containsExactly("event 2");
		assertThat(this.gateway.received(ClientFrame.Resume.class)).containsExactly(new ClientFrame.Resume(101, 1));
	}

	@Test
	void resyncIsToldToAll() {
		connect();
		this.log.clear();
		this.session.subscribe(PrimitiveId.of(PrimitiveType.MAP, "m"), new EventHandler() {

			@Override
			public void onEvent(Event event) {
				SessionClientTests.this.log.add("other " + event);
			}

			@Override
			public void onState(long id, SessionState state) {
			}

		});
		this.gateway.emitToAll(new Event.Resync());
		this.gateway.settle();
		assertThat(this.log).containsExactlyInAnyOrder("Resync", "other Resync[]");
	}

	@Test
	void throwingHandlerHarmsNobody() {
		this.session = session(null);
		this.session.subscribe(X, new EventHandler() {

			@Override
			public void onEvent(Event event) {
				throw new IllegalStateException("event");
			}

			@Override
			public void onState(long id, SessionState state) {
				throw new IllegalStateException("state");
			}

		});
		connect();
		CompletableFuture<Result> future = add(1);
		this.gateway.settle();
		assertThat(future).isCompleted();
		assertThat(this.log).containsExactly("101 CONNECTED", "event 1", "done 1");
	}

	@Test
	void closedSubscriptionGetsNothing() {
		connect();
		List<Event> events = new ArrayList<>();
		try (var registration = this.session.subscribe(X, new EventHandler() {

			@Override
			public void onEvent(Event event) {
				events.add(event);
			}

			@Override
			public void onState(long id, SessionState state) {
			}

		})) {
			add(1);
			this.gateway.settle();
		}
		add(1);
		this.gateway.settle();
		assertThat(events).hasSize(1);
	}

	@Test
	void refusalsAreExceptionsOfTheirOwn() {
		connect();
		CompletableFuture<Result> rejected = this.session.submit(new ElectionMessages.Anoint(X, "a"));
		CompletableFuture<Result> present = this.session.submit(new ElectionMessages.Campaign(X, "a"));
		CompletableFuture<Result> mismatch = this.session.submit(new Command.Create(X, List.of()));
		CompletableFuture<Result> limit = this.session.submit(new MapMessages.Clear(X));
		CompletableFuture<Result> query = this.session.query(new Query.ListSessions(), ReadConsistency.LINEARIZABLE);
		this.gateway.settle();
		assertThat(failure(rejected)).isInstanceOf(CommandRejectedException.class).hasMessage("no");
		assertThat(failure(present)).isInstanceOfSatisfying(CommandRejectedException.class,
				(ex) -> assertThat(ex.code()).isEqualTo(ErrorCode.CANDIDATE_EXISTS.code()));
		assertThat(failure(mismatch)).isInstanceOf(ConfigurationMismatchException.class);
		assertThat(failure(limit)).isInstanceOf(LimitExceededException.class);
		assertThat(failure(query)).isInstanceOf(CommandRejectedException.class);
	}

	@Test
	void commandOfAnUnknownSessionExpiresIt() {
		connect();
		CompletableFuture<Result> future = this.session.submit(new Command.Destroy(X));
		this.gateway.settle();
		assertThat(failure(future)).isInstanceOf(UnknownOutcomeException.class);
		assertThat(this.log).startsWith("101 CONNECTED", "101 EXPIRED");
	}

	@Test
	void tooLargeCommandsAreRefusedBeforeTheyAreSent() {
		connect();
		CompletableFuture<Result> large = this.session.submit(new ElectionMessages.Campaign(X, "x".repeat(10_000)));
		assertThat(failure(large)).isInstanceOf(LimitExceededException.class).hasMessageContaining("10000");
		this.session.submit(new ElectionMessages.Campaign(X, "x".repeat(9_900)));
		this.session.submit(new ElectionMessages.Campaign(X, "x".repeat(9_900)));
		assertThat(failure(this.session.submit(new ElectionMessages.Campaign(X, "x".repeat(500)))))
			.isInstanceOf(LimitExceededException.class);
		this.gateway.settle();
		CompletableFuture<Result> next = add(1);
		this.gateway.settle();
		assertThat(next).isCompleted();
	}

	@Test
	void redirectIsFollowedAtOnce() {
		this.gateway.refuseNext(new ServerFrame.Redirect("127.0.0.1:5001"));
		connect();
		assertThat(this.gateway.redirects()).containsExactly("127.0.0.1:5001");
		assertThat(this.gateway.connections()).isEqualTo(2);
	}

	@Test
	void onlyTheLossOfALinkThatServedIsToldToTheConnector() {
		this.gateway.setDown(true);
		this.session.start();
		pass(Duration.ofSeconds(2));
		assertThat(this.gateway.connections()).isGreaterThan(2);
		assertThat(this.gateway.losses()).isZero();
		this.gateway.setDown(false);
		pass(Duration.ofSeconds(2));
		add(1);
		pass(Duration.ofSeconds(1));
		assertThat(this.session.isLive()).isTrue();
		assertThat(this.gateway.losses()).isZero();
		this.gateway.setDown(true);
		this.gateway.breakLinks();
		pass(Duration.ofSeconds(2));
		assertThat(this.gateway.losses()).isEqualTo(1);
	}

	@Test
	void leaderlessMembersAreAskedAgainSoonButNotAtOnce() {
		for (int i = 0; i < 5; i++) {
			this.gateway.refuseNext(new ServerFrame.Redirect(null));
		}
		this.session.start();
		this.gateway.settle();
		assertThat(this.gateway.connections()).isEqualTo(1);
		pass(Duration.ofSeconds(1));
		assertThat(this.session.isLive()).isTrue();
		assertThat(this.gateway.connections()).isEqualTo(6);
	}

	@Test
	void membersThatPointAtEachOtherAreNotAskedInALoop() {
		for (int i = 0; i < 1000; i++) {
			this.gateway.refuseNext(new ServerFrame.Redirect("127.0.0.1:5001"));
		}
		this.session.start();
		this.gateway.settle();
		pass(Duration.ofSeconds(10));
		assertThat(this.gateway.connections()).isBetween(8, 40);
	}

	@Test
	void refusalIsPartOfTheTimeout() {
		for (int i = 0; i < 1000; i++) {
			this.gateway.refuseNext(new ServerFrame.Rejected("wrong cluster"));
		}
		this.session.start();
		CompletableFuture<Result> future = add(1);
		pass(Duration.ofSeconds(16));
		assertThat(failure(future)).isInstanceOf(UnavailableException.class).hasMessageContaining("wrong cluster");
	}

	@Test
	void sessionThatNobodyAcceptsExpires() {
		connect();
		for (int i = 0; i < 1000; i++) {
			this.gateway.refuseNext(new ServerFrame.Rejected("wrong cluster"));
		}
		this.gateway.breakLinks();
		pass(Duration.ofSeconds(25));
		assertThat(this.log).containsExactly("101 CONNECTED", "101 SUSPENDED", "101 EXPIRED");
		assertThat(this.session.id()).isZero();
	}

	@Test
	void otherClusterIsNeverJoined() {
		connect();
		this.gateway.setClusterId("00000000-0000-0000-0000-000000000000");
		this.gateway.expireAll(true);
		pass(Duration.ofSeconds(5));
		assertThat(this.session.isLive()).isFalse();
		assertThat(this.gateway.received(ClientFrame.Open.class)).hasSize(1);
	}

	@Test
	void busyLeaderIsLeftAlone() {
		this.gateway.refuseNext(new ServerFrame.Busy("too much"));
		this.session.start();
		this.gateway.settle();
		pass(Duration.ofMillis(400));
		assertThat(this.gateway.connections()).isEqualTo(1);
		pass(Duration.ofMillis(700));
		assertThat(this.session.isLive()).isTrue();
	}

	@Test
	void openIsRepeatedWithTheSameToken() {
		this.session.start();
		this.gateway.settleOne();
		this.gateway.loseNext();
		pass(Duration.ofSeconds(6));
		assertThat(this.session.isLive()).isTrue();
		List<ClientFrame.Open> opens = this.gateway.received(ClientFrame.Open.class);
		assertThat(opens).hasSize(1);
		assertThat(this.gateway.sessionCount()).isEqualTo(1);
	}

	@Test
	void linearizableQuerySeesTheCommandsBefore() {
		connect();
		for (int i = 0; i < 5; i++) {
			add(1);
		}
		CompletableFuture<Result> read = this.session.query(new LongMessages.Get(X), ReadConsistency.LINEARIZABLE);
		this.gateway.settle();
		assertThat(read).isCompletedWithValue(new Result.Number(5));
	}

	@Test
	void queryAnsweredTooEarlyIsAskedAgain() {
		connect();
		this.gateway.setApplyCommands(false);
		add(1);
		CompletableFuture<Result> read = this.session.query(new LongMessages.Get(X), ReadConsistency.LINEARIZABLE);
		this.gateway.settle();
		assertThat(this.gateway.received(ClientFrame.Ask.class)).hasSize(1);
		assertThat(read).isNotDone();
		this.gateway.setApplyCommands(true);
		this.gateway.breakLinks();
		this.gateway.settle();
		pass(Duration.ofMillis(50));
		assertThat(read).isCompletedWithValue(new Result.Number(1));
	}

	@Test
	void sequentialQueryIsAnsweredInThisProcess() {
		List<Long> indices = new ArrayList<>();
		this.session = session((minIndex, session, query) -> {
			indices.add(minIndex);
			return CompletableFuture.completedFuture(this.gateway.readLocally(0, query));
		});
		connect();
		add(7);
		this.gateway.settle();
		CompletableFuture<Result> read = this.session.query(new LongMessages.Get(X), ReadConsistency.SEQUENTIAL);
		assertThat(read).isCompletedWithValue(new Result.Number(7));
		assertThat(indices).containsExactly(1001L);
		assertThat(this.gateway.received(ClientFrame.Ask.class)).isEmpty();
	}

	@Test
	void sequentialQueryFallsBackToTheLeader() {
		CompletableFuture<LocalReader.Answer> local = new CompletableFuture<>();
		this.session = session((minIndex, session, query) -> local);
		connect();
		CompletableFuture<Result> read = this.session.query(new LongMessages.Get(X), ReadConsistency.SEQUENTIAL);
		this.gateway.settle();
		assertThat(read).isNotDone();
		local.completeExceptionally(new IllegalStateException("not here"));
		this.gateway.settle();
		assertThat(read).isCompletedWithValue(new Result.Number(0));
		assertThat(this.gateway.received(ClientFrame.Ask.class)).extracting(ClientFrame.Ask::linearizable)
			.containsExactly(false);
	}

	@Test
	void localAnswerThatComesLaterCounts() {
		CompletableFuture<LocalReader.Answer> local = new CompletableFuture<>();
		this.session = session((minIndex, session, query) -> local);
		connect();
		CompletableFuture<Result> read = this.session.query(new LongMessages.Get(X), ReadConsistency.SEQUENTIAL);
		local.complete(new LocalReader.Answer(5000, 0, new Result.Number(3)));
		assertThat(read).isCompletedWithValue(new Result.Number(3));
	}

	@Test
	void readAheadOfTheEventsIsNoticedUntilTheyCame() {
		AtomicLong events = new AtomicLong();
		List<Long> sessions = new ArrayList<>();
		this.session = session((minIndex, asking, query) -> {
			sessions.add(asking);
			return CompletableFuture.completedFuture(this.gateway.readLocally(events.get(), query));
		});
		connect();
		this.session.query(new LongMessages.Get(X), ReadConsistency.SEQUENTIAL).join();
		assertThat(sessions).containsExactly(this.session.id());
		assertThat(this.session.isCaughtUp()).isTrue();
		events.set(2);
		this.session.query(new LongMessages.Get(X), ReadConsistency.SEQUENTIAL).join();
		assertThat(this.session.isCaughtUp()).isFalse();
		this.gateway.emitToAll(changed(1));
		this.gateway.settle();
		assertThat(this.session.isCaughtUp()).isFalse();
		this.gateway.emitToAll(changed(2));
		this.gateway.settle();
		assertThat(this.session.isCaughtUp()).isTrue();
		events.set(Long.MAX_VALUE);
		this.session.query(new LongMessages.Get(X), ReadConsistency.SEQUENTIAL).join();
		assertThat(this.session.isCaughtUp()).as("this member knows that the session has ended").isFalse();
		this.gateway.expireAll(true);
		pass(Duration.ofMillis(500));
		assertThat(this.session.state()).isEqualTo(SessionState.CONNECTED);
		assertThat(this.session.isCaughtUp()).isTrue();
	}

	@Test
	void stopEndsEverythingAndTheSessionCanStartAgain() {
		connect();
		CompletableFuture<Result> sent = add(1);
		add(1);
		CompletableFuture<Result> queued = add(1);
		CompletableFuture<Result> read = this.session.query(new LongMessages.Get(X), ReadConsistency.LINEARIZABLE);
		this.session.stop();
		assertThat(failure(sent)).isInstanceOf(UnknownOutcomeException.class);
		assertThat(failure(queued)).isInstanceOf(UnavailableException.class);
		assertThat(failure(read)).isInstanceOf(UnavailableException.class);
		assertThat(this.session.state()).isEqualTo(SessionState.CLOSED);
		assertThat(this.session.id()).isZero();
		assertThat(this.timer.pending()).isZero();
		assertThat(this.gateway.closes()).isEqualTo(1);
		this.gateway.settle();
		assertThat(this.gateway.received(ClientFrame.Close.class)).hasSize(1);
		assertThat(this.gateway.sessionCount()).isZero();
		this.log.clear();
		connect();
		assertThat(this.log).containsExactly("0 SUSPENDED", "102 CONNECTED");
	}

	private void connectPatiently() {
		SessionConfig config = SessionConfig.of("test", "n1")
			.withTimeout(TIMEOUT)
			.withCloseTimeout(Duration.ofSeconds(30));
		this.session = new SessionClient(config, this.gateway, null, () -> this.timer, new Random(1));
		connect();
	}

	private CompletableFuture<Void> stopUnanswered() {
		this.gateway.setSilent(true);
		CompletableFuture<Void> stopped = CompletableFuture.runAsync(this.session::stop);
		await().until(() -> {
			this.gateway.settle();
			return !this.gateway.received(ClientFrame.Close.class).isEmpty();
		});
		this.gateway.setSilent(false);
		return stopped;
	}

	@Test
	void linkOpenedWhileTheSessionClosesIsNotBlamedForTheOneBefore() {
		connectPatiently();
		this.gateway.setAnswerKeepAlives(false);
		pass(Duration.ofMillis(5100));
		CompletableFuture<Void> stopped = stopUnanswered();
		this.gateway.breakLinks();
		while (this.gateway.received(ClientFrame.Resume.class).isEmpty()) {
			this.gateway.settleOne();
		}
		this.gateway.setSilent(true);
		pass(Duration.ofMillis(2500));
		assertThat(this.gateway.received(ClientFrame.Close.class)).hasSize(2);
		assertThat(this.gateway.connections()).isEqualTo(2);
		this.gateway.setSilent(false);
		this.gateway.expireAll(true);
		this.gateway.settle();
		assertThat(stopped).succeedsWithin(Duration.ofSeconds(15));
	}

	@Test
	void stopDoesNotWaitForASessionThatNobodyAccepts() {
		connectPatiently();
		this.timer.freeze(Duration.ofSeconds(25));
		CompletableFuture<Void> stopped = stopUnanswered();
		this.gateway.refuseNext(new ServerFrame.Rejected("wrong cluster"));
		this.gateway.breakLinks();
		this.gateway.settle();
		assertThat(stopped).succeedsWithin(Duration.ofSeconds(15));
		assertThat(this.session.state()).isEqualTo(SessionState.CLOSED);
	}

	@Test
	void closedSessionCannotBeStarted() {
		this.session.close();
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(this.session::start);
		assertThat(failure(add(1))).isInstanceOf(PrimitiveClosedException.class);
	}

	@Test
	void blockingOnAnInternalThreadFailsFast() {
		connect();
		CompletableFuture<Result> never = new CompletableFuture<>();
		List<Throwable> failures = new ArrayList<>();
		this.session.submit(new LongMessages.Add(X, 1)).whenComplete((result, failure) -> {
			try {
				this.session.await(never);
			}
			catch (IllegalStateException ex) {
				failures.add(ex);
			}
		});
		this.gateway.settle();
		assertThat(failures).singleElement().asString().contains("would deadlock");
	}

	@Test
	void scheduledTaskRunsAndCanBeCancelled() {
		connect();
		List<String> runs = new ArrayList<>();
		this.session.schedule(Duration.ofMillis(50), () -> runs.add("kept"));
		this.session.schedule(Duration.ofMillis(50), () -> runs.add("cancelled")).close();
		this.session.schedule(Duration.ofSeconds(Long.MAX_VALUE), () -> runs.add("never"));
		this.timer.advance(Duration.ofMillis(60));
		assertThat(runs).containsExactly("kept");
	}

	private static LongMessages.Changed changed(long value) {
		return new LongMessages.Changed(X, false, value - 1, value, value);
	}

	private static ServerFrame.Applied applied(long from, long to) {
		List<NumberedEvent> events = new ArrayList<>();
		for (long number = from; number <= to; number++) {
			events.add(new NumberedEvent(number, changed(number)));
		}
		return new ServerFrame.Applied(2000 + to, events, List.of());
	}

}
