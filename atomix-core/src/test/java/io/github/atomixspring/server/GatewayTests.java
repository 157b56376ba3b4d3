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
import java.util.concurrent.atomic.AtomicInteger;

import io.github.atomixspring.link.LinkHandler;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.ClientFrame;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Condition;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.LogEntry;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.protocol.MapMessages;
import io.github.atomixspring.protocol.NumberedEvent;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Sequenced;
import io.github.atomixspring.protocol.ServerFrame;
import io.github.atomixspring.protocol.Wire;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Gateway} and its links over a log in memory.
 */
class GatewayTests {

	private static final PrimitiveId LONG = PrimitiveId.of(PrimitiveType.LONG, "n");

	private static final Command INCREMENT = new LongMessages.Add(LONG, 1);

	private static final Query GET = new LongMessages.Get(LONG);

	private final MemoryMember member = new MemoryMember();

	private final Gateway gateway = this.member.gateway();

	@AfterEach
	void close() {
		this.member.close();
	}

	@Test
	void whatComesWhileEntriesAreInFlightLeavesTogether() {
		this.member.lead();
		List<TestLink> links = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			links.add(TestLink.open(this.gateway, "t" + i));
		}
		int before = this.member.entries().size();
		this.member.hold();
		links.get(0).submit(1, INCREMENT);
		Awaitility.await().until(() -> this.member.inFlight() == 1);
		links.get(1).submit(1, INCREMENT);
		Awaitility.await().until(() -> this.member.inFlight() == 2);
		links.subList(2, 20).forEach((link) -> link.submit(1, INCREMENT));
		this.member.release();
		links.forEach((link) -> assertThat(link.result(1)).isInstanceOf(LongMessages.Updated.class));
		assertThat(this.member.entries()).hasSize(before + 3);
		assertThat(this.member.entries().get(before + 2).items()).hasSize(18);
		assertThat(this.member.mostInFlight()).isEqualTo(2);
	}

	@Test
	void commandsOfLinkKeepTheirOrder() {
		this.member.lead();
		TestLink link = TestLink.open(this.gateway, "t");
		for (int i = 1; i <= 2_000; i++) {
			link.submit(i, INCREMENT);
		}
		long next = 1;
		while (next <= 2_000) {
			for (var result : link.next(ServerFrame.Applied.class).results()) {
				assertThat(result.sequence()).isEqualTo(next);
				assertThat(result.result()).isEqualTo(new LongMessages.Updated(true, next - 1, next));
				next++;
			}
		}
		assertThat(this.member.mostInFlight()).isLessThanOrEqualTo(2);
	}

	@Test
	void keepAliveIsAnsweredOnceItIsApplied() {
		this.member.lead();
		TestLink link = TestLink.open(this.gateway, "t");
		this.member.hold();
		link.send(new ClientFrame.KeepAlive(link.session(), 7, 0, 0));
		Awaitility.await().until(() -> this.member.inFlight() == 1);
		assertThat(link.poll(50)).isNull();
		this.member.release();
		assertThat(link.next(ServerFrame.Alive.class).number()).isEqualTo(7);
	}

	@Test
	void clientsLearnTheMembersAndTheirChanges() {
		this.member.members(List.of("a:1", "b:1"));
		this.member.lead();
		TestLink link = new TestLink(this.gateway);
		link.hello("test", MemoryMember.CLUSTER_ID);
		assertThat(link.next(ServerFrame.Welcome.class).members()).containsExactly("a:1", "b:1");
		link.open("t", 60_000);
		link.send(new ClientFrame.KeepAlive(link.session(), 1, 0, 0));
		assertThat(link.next(ServerFrame.Alive.class).members()).isNull();
		this.member.members(List.of("b:1", "c:1"));
		link.send(new ClientFrame.KeepAlive(link.session(), 2, 0, 0));
		assertThat(link.next(ServerFrame.Alive.class).members()).containsExactly("b:1", "c:1");
		link.send(new ClientFrame.KeepAlive(link.session(), 3, 0, 0));
		assertThat(link.next(ServerFrame.Alive.class).members()).isNull();
	}

	@Test
	void keepAliveOfEndedSessionIsAnsweredByExpired() {
		this.member.lead();
		TestLink link = TestLink.welcomed(this.gateway);
		long session = link.open("t", 50);
		assertThat(link.next(ServerFrame.Expired.class).session()).isEqualTo(session);
		link.send(new ClientFrame.Resume(session, 0));
		assertThat(link.next(ServerFrame.Expired.class).session()).isEqualTo(session);
		link.send(new ClientFrame.KeepAlive(session, 1, 0, 0));
		assertThat(link.open("u", 60_000)).isGreaterThan(session);
	}

	@Test
	void closedSessionIsAnsweredByExpired() {
		this.member.lead();
		TestLink link = TestLink.open(this.gateway, "t");
		link.send(new ClientFrame.Close(link.session()));
		assertThat(link.next(ServerFrame.Expired.class).session()).isEqualTo(link.session());
	}

	@Test
	void resumedSessionGetsTheEventsItHasNotSeenAndThoseThatFollow() {
		this.member.lead();
		TestLink first = TestLink.open(this.gateway, "t");
		TestLink writer = TestLink.open(this.gateway, "w");
		first.submit(1, new Command.Listen(LONG));
		first.result(1);
		first.close();
		first.awaitClosed();
		for (int i = 1; i <= 3; i++) {
			writer.submit(i, INCREMENT);
			writer.result(i);
		}
		TestLink second = TestLink.welcomed(this.gateway);
		second.send(new ClientFrame.Resume(first.session(), 1));
		assertThat(second.next(ServerFrame.Resumed.class).session()).isEqualTo(first.session());
		assertThat(second.next(ServerFrame.Applied.class).events()).extracting(NumberedEvent::number)
			.containsExactly(2L, 3L);
		writer.submit(4, INCREMENT);
		assertThat(second.next(ServerFrame.Applied.class).events()).extracting(NumberedEvent::number)
			.containsExactly(4L);
	}

	@Test
	void sessionBroughtToAnotherLinkClosesTheFirst() {
		this.member.lead();
		TestLink first = TestLink.open(this.gateway, "t");
		TestLink second = TestLink.welcomed(this.gateway);
		second.send(new ClientFrame.Resume(first.session(), 0));
		second.next(ServerFrame.Resumed.class);
		first.awaitClosed();
		second.send(new ClientFrame.Submit(first.session(), 0, 0,
				List.of(new Sequenced(1, Wire.COMMAND.encode(INCREMENT)))));
		assertThat(second.result(1)).isEqualTo(new LongMessages.Updated(true, 0, 1));
	}

	@Test
	void repeatedOpeningOnAnotherLinkIsTheSameSession() {
		this.member.lead();
		TestLink first = TestLink.open(this.gateway, "t");
		TestLink second = TestLink.open(this.gateway, "t");
		assertThat(second.session()).isEqualTo(first.session());
		first.awaitClosed();
	}

	@Test
	void linksAreRedirectedAtTheEndOfTheReignAndNewOnesWhileNobodyLeads() {
		TestLink early = new TestLink(this.gateway);
		early.hello("test", null);
		assertThat(early.next(ServerFrame.Redirect.class).leader()).isEqualTo("leader:1");
		early.awaitClosed();
		this.member.lead();
		TestLink link = TestLink.open(this.gateway, "t");
		TestLink idle = TestLink.welcomed(this.gateway);
		this.member.stepDown();
		assertThat(link.next(ServerFrame.Redirect.class).leader()).isEqualTo("leader:1");
		link.awaitClosed();
		idle.next(ServerFrame.Redirect.class);
		idle.awaitClosed();
		this.member.lead();
		TestLink next = TestLink.welcomed(this.gateway);
		next.send(new ClientFrame.Resume(link.session(), 0));
		next.next(ServerFrame.Resumed.class);
	}

	@Test
	void nextReignBeginsAfterAnEntryWasLost() {
		this.member.lead();
		TestLink link = TestLink.open(this.gateway, "t");
		AtomicInteger lost = new AtomicInteger(1);
		this.member
			.fault((callId) -> (lost.getAndDecrement() > 0) ? MemoryMember.Outcome.LOST : MemoryMember.Outcome.APPLIED);
		link.submit(1, INCREMENT);
		link.next(ServerFrame.Redirect.class);
		Awaitility.await().until(this.gateway::isServing);
		TestLink next = TestLink.open(this.gateway, "t");
		assertThat(next.session()).isEqualTo(link.session());
		next.submit(1, INCREMENT);
		assertThat(next.result(1)).isEqualTo(new LongMessages.Updated(true, 0, 1));
	}

	@Test
	void failuresOfTheLogAndOfTheRevivalDoNotEndTheGateway() {
		this.member.lead();
		TestLink link = TestLink.open(this.gateway, "t");
		this.member.failRevival(new IllegalStateException("not yet"));
		AtomicInteger thrown = new AtomicInteger(1);
		this.member.fault((callId) -> (thrown.getAndDecrement() > 0) ? MemoryMember.Outcome.THROWN
				: MemoryMember.Outcome.APPLIED);
		int revivals = this.member.revivals();
		link.submit(1, INCREMENT);
		link.next(ServerFrame.Redirect.class);
		Awaitility.await().until(() -> this.member.revivals() > revivals + 1);
		this.member.failRevival(null);
		Awaitility.await().until(this.gateway::isServing);
		TestLink next = TestLink.open(this.gateway, "t");
		next.submit(1, INCREMENT);
		assertThat(next.result(1)).isEqualTo(new LongMessages.Updated(true, 0, 1));
	}

	@Test
	void commandWhoseEntryWasAppliedWithoutAnAnswerTakesEffectOnce() {
		this.member.lead();
		TestLink link = TestLink.open(this.gateway, "t");
		AtomicInteger unknown = new AtomicInteger(1);
		this.member.fault((callId) -> (unknown.getAndDecrement() > 0) ? MemoryMember.Outcome.APPLIED_UNKNOWN
				: MemoryMember.Outcome.APPLIED);
		link.submit(1, INCREMENT);
		link.awaitClosed();
		Awaitility.await().until(this.gateway::isServing);
		TestLink next = TestLink.open(this.gateway, "t");
		next.submit(1, INCREMENT, INCREMENT);
		assertThat(next.next(ServerFrame.Applied.class).results()).extracting((result) -> (Object) result.result())
			.containsExactly(new LongMessages.Updated(true, 0, 1), new LongMessages.Updated(true, 1, 2));
	}

	@Test
	void entryAppliedBeforeItsRequestIsKnownIsCompleted() {
		this.member.lead();
		this.member.fault((callId) -> MemoryMember.Outcome.APPLIED_UNRELATED);
		TestLink link = TestLink.open(this.gateway, "t");
		link.send(new ClientFrame.KeepAlive(link.session(), 3, 0, 0));
		assertThat(link.next(ServerFrame.Alive.class).number()).isEqualTo(3);
		link.submit(1, INCREMENT);
		assertThat(link.result(1)).isEqualTo(new LongMessages.Updated(true, 0, 1));
	}

	@Test
	void queryWaitsForTheConfirmation() {
		this.member.lead();
		TestLink link = TestLink.open(this.gateway, "t");
		link.submit(1, INCREMENT);
		link.result(1);
		int before = this.member.entries().size();
		CompletableFuture<@Nullable Void> confirmed = new CompletableFuture<>();
		this.member.confirmation(() -> confirmed);
		link.ask(5, GET);
		assertThat(link.poll(50)).isNull();
		confirmed.complete(null);
		ServerFrame.Answer answer = link.next(ServerFrame.Answer.class);
		assertThat(answer.id()).isEqualTo(5);
		assertThat(answer.result()).isEqualTo(new Result.Number(1));
		assertThat(answer.index()).isGreaterThanOrEqualTo(before);
		assertThat(this.member.entries()).hasSize(before);
	}

	@Test
	void queriesThatComeDuringARoundWaitForTheNext() {
		this.member.lead();
		TestLink link = TestLink.open(this.gateway, "t");
		List<CompletableFuture<@Nullable Void>> rounds = new ArrayList<>();
		this.member.confirmation(() -> {
			rounds.add(new CompletableFuture<>());
			return rounds.get(rounds.size() - 1);
		});
		link.ask(1, GET);
		link.ask(2, GET);
		link.ask(3, GET);
		assertThat(rounds).hasSize(1);
		rounds.get(0).complete(null);
		assertThat(link.next(ServerFrame.Answer.class).id()).isEqualTo(1);
		assertThat(link.poll(50)).isNull();
		assertThat(rounds).hasSize(2);
		rounds.get(1).complete(null);
		assertThat(link.next(ServerFrame.Answer.class).id()).isEqualTo(2);
		assertThat(link.next(ServerFrame.Answer.class).id()).isEqualTo(3);
	}

	@Test
	void queryGoesThroughTheLogWhenTheConfirmationFails() {
		this.member.lead();
		TestLink link = TestLink.open(this.gateway, "t");
		int before = this.member.entries().size();
		this.member.confirmation(() -> CompletableFuture.failedFuture(new IllegalStateException()));
		link.ask(1, GET);
		assertThat(link.next(ServerFrame.Answer.class).result()).isEqualTo(new Result.Number(0));
		assertThat(this.member.entries()).hasSize(before + 1);
		this.member.confirmation(() -> {
			throw new IllegalStateException();
		});
		link.ask(2, GET);
		assertThat(link.next(ServerFrame.Answer.class).id()).isEqualTo(2);
		link.ask(3, GET);
		assertThat(link.next(ServerFrame.Answer.class).id()).isEqualTo(3);
	}

	@Test
	void querySeesTheCommandsBeforeItOnItsLink() {
		this.member.lead();
		TestLink link = TestLink.open(this.gateway, "t");
		assertCommandIsSeen(link, 1, 1);
		link.send(new ClientFrame.Close(link.session()));
		link.next(ServerFrame.Expired.class);
		link.open("u", 60_000);
		assertCommandIsSeen(link, 1, 2);
	}

	private void assertCommandIsSeen(TestLink link, long sequence, long value) {
		this.member.hold();
		link.submit(sequence, INCREMENT);
		link.ask(9, GET);
		Awaitility.await().until(() -> this.member.inFlight() > 0);
		assertThat(link.poll(20)).isNull();
		this.member.release();
		assertThat(link.result(sequence)).isEqualTo(new LongMessages.Updated(true, value - 1, value));
		assertThat(link.next(ServerFrame.Answer.class).result()).isEqualTo(new Result.Number(value));
	}

	@Test
	void malformedQueryIsAnsweredByFailure() {
		this.member.lead();
		TestLink link = TestLink.open(this.gateway, "t");
		link.send(new ClientFrame.Ask(4, true, 0, new byte[] { (byte) 0xff }));
		ServerFrame.Answer answer = link.next(ServerFrame.Answer.class);
		assertThat(answer.id()).isEqualTo(4);
		assertThat(answer.result()).isInstanceOf(Result.Failure.class);
	}

	@Test
	void entriesAreAppendedOnlyForWhatFallsDue() {
		this.member.lead();
		TestLink link = TestLink.open(this.gateway, "t");
		PrimitiveId map = PrimitiveId.of(PrimitiveType.MAP, "m");
		link.submit(1, new Command.Listen(map));
		link.result(1);
		int before = this.member.entries().size();
		assertThat(link.poll(300)).isNull();
		assertThat(this.member.entries()).hasSize(before);
		for (int i = 0; i < 3; i++) {
			link.submit(2 + i,
					new MapMessages.Update(map, new byte[] { 1 }, new byte[] { 2 }, 100, Condition.always(), false));
			link.result(2 + i);
			List<NumberedEvent> events = link.next(ServerFrame.Applied.class).events();
			assertThat(((Event.EntryChanged) events.get(0).event()).kind()).isEqualTo(Event.EntryChanged.EXPIRED);
		}
		List<LogEntry> entries = this.member.entries().subList(before, this.member.entries().size());
		assertThat(entries).hasSize(6);
		for (int i = 0; i < 6; i += 2) {
			assertThat(entries.get(i + 1).items()).isEmpty();
			assertThat(entries.get(i + 1).stamp()).isGreaterThanOrEqualTo(entries.get(i).stamp() + 100);
		}
	}

	@Test
	void deadlinesOfTheLastReignFallDueInTheNext() {
		this.member.lead();
		TestLink link = TestLink.welcomed(this.gateway);
		long session = link.open("t", 200);
		this.member.stepDown();
		link.awaitClosed();
		this.member.lead();
		TestLink next = TestLink.welcomed(this.gateway);
		Awaitility.await().until(() -> {
			next.send(new ClientFrame.Resume(session + 1, 0));
			next.next(ServerFrame.Expired.class);
			return this.member.entries().stream().anyMatch((entry) -> entry.items().isEmpty());
		});
		next.send(new ClientFrame.Resume(session, 0));
		next.next(ServerFrame.Expired.class);
	}

	@Test
	void fullQueueIsBusyForCommandsAndQueries() {
		this.member.lead();
		TestLink link = TestLink.open(this.gateway, "t");
		TestLink reader = TestLink.open(this.gateway, "r");
		this.member.hold();
		this.member.confirmation(() -> CompletableFuture.failedFuture(new IllegalStateException()));
		byte[] large = new byte[GatewayLink.MAX_COMMAND_BYTES];
		// As many entries as may be in flight, so that nothing leaves the queue
		// meanwhile.
		for (int i = 1; i <= 2; i++) {
			link.send(new ClientFrame.Submit(link.session(), 0, 0, List.of(new Sequenced(i, large))));
			int entries = i;
			Awaitility.await().until(() -> this.member.inFlight() == entries);
		}
		for (int i = 3; i <= 40; i++) {
			link.send(new ClientFrame.Submit(link.session(), 0, 0, List.of(new Sequenced(i, large))));
		}
		link.next(ServerFrame.Busy.class);
		link.awaitClosed();
		TestLink filler = TestLink.welcomed(this.gateway);
		for (int i = 0; i < 40_000 && !filler.isClosed(); i++) {
			filler.send(new ClientFrame.KeepAlive(1, i, 0, 0));
		}
		filler.next(ServerFrame.Busy.class);
		reader.ask(1, GET);
		reader.next(ServerFrame.Busy.class);
		reader.awaitClosed();
		this.member.release();
		Awaitility.await().until(() -> this.member.inFlight() == 0);
		TestLink next = TestLink.open(this.gateway, "n");
		next.submit(1, INCREMENT);
		assertThat(next.result(1)).isEqualTo(new LongMessages.Updated(true, 0, 1));
	}

	@Test
	void whatTheLogCannotTakeIsRejected() {
		this.member.lead();
		TestLink link = TestLink.open(this.gateway, "t");
		link.send(new ClientFrame.Submit(link.session(), 0, 0,
				List.of(new Sequenced(1, new byte[GatewayLink.MAX_COMMAND_BYTES + 1]))));
		assertThat(link.next(ServerFrame.Rejected.class).reason())
			.contains(String.valueOf(GatewayLink.MAX_COMMAND_BYTES));
		link.awaitClosed();
		TestLink many = TestLink.open(this.gateway, "u");
		List<Sequenced> commands = new ArrayList<>();
		for (int i = 1; i <= 3; i++) {
			commands.add(new Sequenced(i, new byte[GatewayLink.MAX_COMMAND_BYTES]));
		}
		many.send(new ClientFrame.Submit(many.session(), 0, 0, commands));
		many.next(ServerFrame.Rejected.class);
		TestLink named = TestLink.welcomed(this.gateway);
		named.send(new ClientFrame.Open("v", "x".repeat(1_000), 1_000));
		named.next(ServerFrame.Rejected.class);
	}

	@Test
	void sessionOfAnotherLinkIsRejected() {
		this.member.lead();
		TestLink link = TestLink.open(this.gateway, "t");
		link.send(new ClientFrame.Submit(link.session() + 1, 0, 0, List.of()));
		link.next(ServerFrame.Rejected.class);
		link.awaitClosed();
	}

	@Test
	void linkMustBeginWithFittingHello() {
		this.member.lead();
		TestLink mute = new TestLink(this.gateway);
		mute.send(new ClientFrame.Resume(1, 0));
		mute.next(ServerFrame.Rejected.class);
		mute.awaitClosed();
		TestLink other = new TestLink(this.gateway);
		other.hello("prod", null);
		assertThat(other.next(ServerFrame.Rejected.class).reason()).contains("'prod'", "'test'");
		TestLink younger = new TestLink(this.gateway);
		younger.send(new ClientFrame.Hello(GatewayLink.VERSION + 1, "test", null, "young", 1));
		assertThat(younger.next(ServerFrame.Rejected.class).reason()).isEqualTo(
				"This member speaks version 1 of the protocol, node 'young' version 2: upgrade the members first");
		TestLink stranger = new TestLink(this.gateway);
		stranger.hello("test", "another-id");
		assertThat(stranger.next(ServerFrame.Rejected.class).reason()).contains("another-id", MemoryMember.CLUSTER_ID);
		stranger.awaitClosed();
	}

	@Test
	void nameOfANodeThatCouldForgeALineOfALogIsRefused() {
		this.member.lead();
		TestLink link = TestLink.welcomed(this.gateway);
		link.send(new ClientFrame.Open("t", "n1\r\nERROR", 1000));
		assertThat(link.next(ServerFrame.Rejected.class).reason()).contains("control characters");
		link.awaitClosed();
	}

	@Test
	void failingHandlerDoesNotHarmOtherLinks() {
		this.member.lead();
		CompletableFuture<Void> closed = new CompletableFuture<>();
		TestLink listener = TestLink.open(this.gateway, "t");
		listener.submit(1, new Command.Listen(LONG));
		listener.result(1);
		var failing = this.gateway.accept(new LinkHandler() {

			@Override
			public void received(ServerFrame frame) {
				if (!(frame instanceof ServerFrame.Welcome)) {
					throw new IllegalStateException("failing handler");
				}
			}

			@Override
			public void closed(@Nullable Throwable cause) {
				closed.complete(null);
			}

		});
		failing.send(new ClientFrame.Hello(1, "test", null, "f", 1));
		failing.send(new ClientFrame.Resume(listener.session(), 0));
		closed.join();
		listener.awaitClosed();
		TestLink next = TestLink.welcomed(this.gateway);
		next.send(new ClientFrame.Resume(listener.session(), 0));
		next.next(ServerFrame.Resumed.class);
	}

	@Test
	void verificationIsOneItem() {
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> this.gateway.verify().get())
			.withMessageContaining("does not lead");
		this.member.lead();
		long index = this.gateway.verify().join();
		assertThat(this.member.entries().get((int) index - 1).items()).containsExactly(new LogEntry.Verify());
	}

	@Test
	void closedGatewayClosesItsLinksAndLateOnes() {
		this.member.lead();
		TestLink link = TestLink.open(this.gateway, "t");
		this.gateway.close();
		link.next(ServerFrame.Redirect.class);
		link.awaitClosed();
		this.member.lead();
		assertThat(this.gateway.isServing()).isFalse();
		TestLink late = new TestLink(this.gateway);
		late.hello("test", null);
		late.next(ServerFrame.Redirect.class);
		late.awaitClosed();
	}

}
