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

package io.github.atomixspring.faulttolerance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import io.github.atomixspring.linearizability.LinearizabilityChecker;
import io.github.atomixspring.linearizability.LockModel;
import io.github.atomixspring.linearizability.LockModel.Answer;
import io.github.atomixspring.linearizability.LockModel.Input;
import io.github.atomixspring.linearizability.LockModel.Output;
import io.github.atomixspring.linearizability.Operation;
import io.github.atomixspring.linearizability.Verdict;
import io.github.atomixspring.link.LinkAcceptor;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.LockMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.server.EngineSeams;
import io.github.atomixspring.server.TestMembers;
import io.github.atomixspring.session.EventHandler;
import io.github.atomixspring.session.SessionClient;
import io.github.atomixspring.session.SessionState;
import io.github.atomixspring.testing.TestCluster;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Locks whose waiters have died while they waited.
 */
@Tag("fault")
@Tag("linearizability")
class DeadSessionsIntegrationTests {

	private static final PrimitiveId LOCK = PrimitiveId.of(PrimitiveType.LOCK, "lock");

	private static final int WAITERS = 100;

	/**
	 * Long enough for a dead session to have waited before it ends, also if the machine
	 * stands still meanwhile.
	 */
	private static final Duration LIFE = Duration.ofSeconds(4);

	@Test
	void areNeverGrantedALock() throws Exception {
		boolean linked = false;
		for (int attempt = 0; attempt < 4 && !linked; attempt++) {
			try {
				linked = letWaitersDie();
			}
			catch (ExecutionException ex) {
				// Their leader has fallen: the machine stood still for very long.
				assertThat(ex).hasMessageContaining("The link was closed");
			}
		}
		assertThat(linked).as("the links were there until the end").isTrue();
	}

	/**
	 * Lets waiters die, and releases the lock for which they have waited.
	 * @return whether their links were there until the end
	 */
	private static boolean letWaitersDie() throws Exception {
		try (Nodes nodes = Nodes.startPatient(TestMembers::withEngine)) {
			String leader = nodes.cluster().awaitLeader();
			LinkAcceptor gateway = EngineSeams.gateway(nodes.cluster().member(leader));
			SessionClient holder = nodes.session(Nodes.CLIENT);
			LockMessages.Reply held = acquire(holder, 1, false);
			assertThat(held.status()).isEqualTo(LockMessages.Reply.GRANTED);
			List<RawSession> waiters = new ArrayList<>();
			for (int i = 0; i < WAITERS; i++) {
				waiters
					.add(new RawSession(gateway, LIFE.toMillis() + 10 * i, new LockMessages.Acquire(LOCK, 1, true, 0)));
			}
			for (RawSession waiter : waiters) {
				LockMessages.Reply reply = (LockMessages.Reply) waiter.answered().get(60, TimeUnit.SECONDS);
				assertThat(reply.status()).isEqualTo(LockMessages.Reply.QUEUED);
			}
			SessionClient alive = nodes.session(nodes.others(leader).get(0));
			CompletableFuture<Long> granted = expectGrant(alive);
			assertThat(acquire(alive, 1, true).status()).isEqualTo(LockMessages.Reply.QUEUED);
			for (RawSession waiter : waiters) {
				waiter.expired().get(60, TimeUnit.SECONDS);
			}
			assertThat(release(holder, 1)).isEqualTo(LockMessages.Released.RELEASED);
			assertThat(granted.get(60, TimeUnit.SECONDS)).isGreaterThan(held.token());
			assertThat(release(alive, 1)).isEqualTo(LockMessages.Released.RELEASED);
			assertThat(waiters).allMatch((waiter) -> waiter.grants() == 0);
			nodes.awaitEqualDigests();
			return nodes.cluster().awaitLeader().equals(leader);
		}
	}

	@Test
	void areNotTakenForHolders() throws Exception {
		assertThat(waitAndDie(UnaryOperator.identity())).isEqualTo(Verdict.Status.VALID);
	}

	@Test
	void theCheckerNoticesAGrantToADeadSession() throws Exception {
		assertThat(waitAndDie(DetachedCommands::new)).isEqualTo(Verdict.Status.INVALID);
	}

	/**
	 * Lets a waiter die without its node being told, releases the lock and takes it
	 * elsewhere.
	 */
	private static Verdict.Status waitAndDie(UnaryOperator<LinkAcceptor> bug) throws Exception {
		FaultyLinks links = new FaultyLinks();
		String name = Nodes.CLIENT + "-waiter";
		try (Nodes nodes = Nodes.startPatient(EngineSeams.withLinks((gateway) -> links.apply(bug.apply(gateway))));
				SessionClient waiter = nodes.newSession(name, LIFE)) {
			List<Operation<Input, Output>> history = new ArrayList<>();
			SessionClient holder = nodes.session("n1");
			long began = System.nanoTime();
			LockMessages.Reply held = acquire(holder, 1, false);
			assertThat(held.status()).isEqualTo(LockMessages.Reply.GRANTED);
			history.add(known(began, Input.acquire("lock", "holder", "1"), Output.granted(held.token())));
			CompletableFuture<Long> granted = expectGrant(waiter);
			long waits = System.nanoTime();
			assertThat(acquire(waiter, 2, true).status()).isEqualTo(LockMessages.Reply.QUEUED);
			long died = System.nanoTime();
			long id = waiter.id();
			links.silence(Nodes.sessionName(name));
			Awaitility.await()
				.atMost(TestCluster.PATIENCE)
				.until(() -> sessions(holder).stream().noneMatch((session) -> session.id() == id));
			assertThat(waiter.id()).as("the node was not told").isEqualTo(id);
			history.add(known(died, Input.expire("waiter"), Output.of(Answer.EXPIRED)));
			long releases = System.nanoTime();
			assertThat(release(holder, 1)).isEqualTo(LockMessages.Released.RELEASED);
			history.add(known(releases, Input.release("lock", "holder", "1"), Output.of(Answer.RELEASED)));
			long tries = System.nanoTime();
			LockMessages.Reply other = acquire(nodes.session("n2"), 3, false);
			history.add(known(tries, Input.acquire("lock", "other", "3"), (other.status() == LockMessages.Reply.GRANTED)
					? Output.granted(other.token()) : Output.of(Answer.REFUSED)));
			history.add(new Operation<>("waiter", waits, (granted.isDone()) ? System.nanoTime() : Operation.NEVER,
					Input.acquire("lock", "waiter", "2"), (granted.isDone()) ? Output.granted(granted.join()) : null));
			Verdict verdict = new LinearizabilityChecker<>(new LockModel()).check(history);
			System.out.println(">> " + verdict);
			return verdict.status();
		}
	}

	private static Operation<Input, Output> known(long invoked, Input input, Output output) {
		return new Operation<>(input.session(), invoked, System.nanoTime(), input, output);
	}

	private static List<Result.SessionInfo> sessions(SessionClient session) throws Exception {
		Result result = session.query(new Query.ListSessions(), ReadConsistency.LINEARIZABLE).get(60, TimeUnit.SECONDS);
		return ((Result.Sessions) result).sessions();
	}

	private static LockMessages.Reply acquire(SessionClient session, long acquisition, boolean queue) throws Exception {
		return (LockMessages.Reply) session.submit(new LockMessages.Acquire(LOCK, acquisition, queue, 0))
			.get(60, TimeUnit.SECONDS);
	}

	private static int release(SessionClient session, long acquisition) throws Exception {
		return ((LockMessages.Released) session.submit(new LockMessages.Release(LOCK, acquisition))
			.get(60, TimeUnit.SECONDS)).status();
	}

	private static CompletableFuture<Long> expectGrant(SessionClient session) {
		CompletableFuture<Long> grant = new CompletableFuture<>();
		session.subscribe(LOCK, new EventHandler() {

			@Override
			public void onEvent(Event event) {
				if (event instanceof LockMessages.Granted granted) {
					grant.complete(granted.token());
				}
			}

			@Override
			public void onState(long id, SessionState state) {
				// Only the grant matters.
			}

		});
		return grant;
	}

}
