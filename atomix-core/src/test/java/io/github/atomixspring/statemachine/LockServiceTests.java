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

package io.github.atomixspring.statemachine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.LockMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LockService}.
 */
class LockServiceTests {

	private static final PrimitiveId LOCK = PrimitiveId.of(PrimitiveType.LOCK, "orders");

	private static final long LONG_TIMEOUT = 24 * 60 * 60 * 1000L;

	private final StateLog log = new StateLog();

	@Test
	void behavesLikeTheModel() {
		Random random = new Random(7);
		List<Long> sessions = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			sessions.add(this.log.open("n" + i, LONG_TIMEOUT));
		}
		Model model = new Model();
		for (int i = 0; i < 100_000; i++) {
			if (random.nextInt(8) == 0) {
				this.log.elapse(random.nextInt(30));
			}
			model.advance(this.log.now());
			long session = sessions.get(random.nextInt(sessions.size()));
			int acquisition = random.nextInt(4);
			switch (random.nextInt(60)) {
				case 0 -> {
					model.destroy();
					this.log.submit(session, new Command.Destroy(LOCK));
				}
				case 1 -> {
					model.end(session);
					this.log.close(session);
					sessions.remove(session);
					sessions.add(this.log.open("n", LONG_TIMEOUT));
				}
				case 2 -> {
					this.log.restart();
					this.log.append();
				}
				case 3 -> {
					long token = model.token - random.nextInt(2);
					assertThat(this.log.submit(session, new LockMessages.ForceRelease(LOCK, token)))
						.isEqualTo(new Result.Flag(model.force(token)));
				}
				default -> {
					if (random.nextInt(3) == 0) {
						assertThat(this.log.submit(session, new LockMessages.Release(LOCK, acquisition)))
							.isEqualTo(new LockMessages.Released(model.release(session, acquisition)));
					}
					else {
						boolean queue = random.nextInt(3) > 0;
						long lease = random.nextBoolean() ? 0 : 1 + random.nextInt(60);
						assertThat(this.log.submit(session, new LockMessages.Acquire(LOCK, acquisition, queue, lease)))
							.isEqualTo(model.acquire(session, acquisition, queue, lease));
					}
				}
			}
			for (long each : sessions) {
				assertThat(this.log.events(each)).isEqualTo(model.events(each));
			}
			LockMessages.State read = (LockMessages.State) this.log.state().read(new LockMessages.Info(LOCK));
			assertThat(read.token()).isEqualTo(model.token);
			assertThat(read.held()).isEqualTo(model.holder != null);
			assertThat(read.queueLength()).isEqualTo(model.waiters.size());
		}
		assertThat(model.number).isGreaterThan(4_000);
	}

	@Test
	void endOfSessionReleasesInOrderAndGrantsItsWaitersNothing() {
		long first = this.log.open("a", 1000);
		long second = this.log.open("b", 5000);
		PrimitiveId other = PrimitiveId.of(PrimitiveType.LOCK, "aaa");
		this.log.submit(first, new LockMessages.Acquire(LOCK, 1, true, 0));
		this.log.submit(first, new LockMessages.Acquire(other, 1, true, 0));
		this.log.submit(first, new LockMessages.Acquire(LOCK, 2, true, 0));
		this.log.submit(second, new LockMessages.Acquire(LOCK, 1, true, 0));
		this.log.submit(second, new LockMessages.Acquire(other, 1, true, 0));
		this.log.tick(999);
		assertThat(this.log.state().hasSession(first)).isTrue();
		assertThat(this.log.tick(1).ended()).containsExactly(first);
		assertThat(this.log.events(first)).isEmpty();
		assertThat(this.log.events(second)).containsExactly(new LockMessages.Granted(other, 1, 3),
				new LockMessages.Granted(LOCK, 1, 4));
	}

	@Test
	void leaseBeginsWithTheGrantAndNeverEndsEarly() {
		long session = this.log.open("a", LONG_TIMEOUT);
		this.log.submit(session, new LockMessages.Acquire(LOCK, 1, true, 100));
		this.log.submit(session, new LockMessages.Acquire(LOCK, 2, true, 100));
		this.log.tick(99);
		assertThat(this.log.events(session)).isEmpty();
		this.log.tick(1);
		assertThat(this.log.events(session)).containsExactly(new LockMessages.Lost(LOCK, 1, 1),
				new LockMessages.Granted(LOCK, 2, 2));
		this.log.restart();
		this.log.tick(99);
		assertThat(this.log.events(session)).isEmpty();
		this.log.tick(1);
		assertThat(this.log.events(session)).containsExactly(new LockMessages.Lost(LOCK, 2, 2));
	}

	@Test
	void tokensGrowAcrossDestructionAndRestore() {
		long session = this.log.open("a", LONG_TIMEOUT);
		long last = 0;
		for (int i = 1; i < 50; i++) {
			LockMessages.Reply reply = (LockMessages.Reply) this.log.submit(session,
					new LockMessages.Acquire(LOCK, i, false, 0));
			assertThat(reply.token()).isGreaterThan(last);
			last = reply.token();
			this.log.submit(session, (i % 2 == 0) ? new Command.Destroy(LOCK) : new LockMessages.Release(LOCK, i));
			this.log.restart();
		}
	}

	@Test
	void idleLocksLeaveNothing() {
		long session = this.log.open("a", LONG_TIMEOUT);
		for (int i = 0; i < 100_000; i++) {
			PrimitiveId lock = PrimitiveId.of(PrimitiveType.LOCK, "lock-" + i);
			this.log.submit(session, new LockMessages.Acquire(lock, i, false, 0));
			this.log.submit(session, new LockMessages.Release(lock, i));
		}
		assertThat(this.log.state().read(new Query.ListPrimitives(0))).isEqualTo(new Result.Primitives(List.of()));
		assertThat(StateLog.encode(this.log.state())).hasSize(2);
	}

	@Test
	void locksLostByLeaseLeaveNothing() {
		long session = this.log.open("a", LONG_TIMEOUT);
		for (int i = 0; i < 1_000; i++) {
			this.log.submit(session,
					new LockMessages.Acquire(PrimitiveId.of(PrimitiveType.LOCK, "lock-" + i), i, false, 10));
		}
		this.log.tick(10);
		assertThat(this.log.state().read(new Query.ListPrimitives(0))).isEqualTo(new Result.Primitives(List.of()));
		assertThat(this.log.state().interests(session)).isZero();
	}

	@Test
	void lockTakenByForceLeavesNothing() {
		long session = this.log.open("a", LONG_TIMEOUT);
		LockMessages.Reply reply = (LockMessages.Reply) this.log.submit(session,
				new LockMessages.Acquire(LOCK, 1, false, 10));
		long operator = this.log.open("b", LONG_TIMEOUT);
		this.log.submit(operator, new LockMessages.ForceRelease(LOCK, reply.token()));
		assertThat(this.log.events(session)).containsExactly(new LockMessages.Lost(LOCK, 1, reply.token()));
		assertThat(this.log.state().read(new Query.ListPrimitives(0))).isEqualTo(new Result.Primitives(List.of()));
		assertThat(this.log.state().interests(session)).isZero();
		assertThat(this.log.state().interests(operator)).isZero();
		this.log.tick(10);
		assertThat(this.log.events(session)).isEmpty();
	}

	@Test
	void manyWaitersDoNotSlowEachOther() {
		long session = this.log.open("a", LONG_TIMEOUT);
		for (int i = 0; i < 50_000; i++) {
			this.log.submit(session, new LockMessages.Acquire(LOCK, i, true, 0));
		}
		for (int i = 0; i < 50_000; i++) {
			this.log.submit(session, new LockMessages.Release(LOCK, i));
		}
		assertThat(this.log.events(session)).hasSize(49_999);
		assertThat(this.log.state().read(new Query.ListPrimitives(0))).isEqualTo(new Result.Primitives(List.of()));
	}

	/**
	 * The lock in plain Java.
	 */
	private static final class Model {

		private final Map<List<Long>, Long> waiters = new LinkedHashMap<>();

		private final Map<Long, List<Event>> events = new TreeMap<>();

		private @Nullable List<Long> holder;

		private long token;

		private long number;

		private long deadline;

		private long now;

		List<Event> events(long session) {
			List<Event> sent = this.events.remove(session);
			return (sent != null) ? sent : List.of();
		}

		private void send(long session, Event event) {
			this.events.computeIfAbsent(session, (id) -> new ArrayList<>()).add(event);
		}

		void advance(long time) {
			this.now = time;
			while (this.holder != null && this.deadline <= time) {
				send(this.holder.get(0), new LockMessages.Lost(LOCK, this.holder.get(1), this.token));
				next();
			}
		}

		boolean force(long given) {
			if (this.holder == null || given != this.token) {
				return false;
			}
			send(this.holder.get(0), new LockMessages.Lost(LOCK, this.holder.get(1), this.token));
			next();
			return true;
		}

		Result acquire(long session, long acquisition, boolean queue, long lease) {
			List<Long> request = List.of(session, acquisition);
			if (request.equals(this.holder)) {
				return new LockMessages.Reply(LockMessages.Reply.GRANTED, this.token);
			}
			if (this.holder == null) {
				grant(request, lease);
				return new LockMessages.Reply(LockMessages.Reply.GRANTED, this.token);
			}
			if (!queue && !this.waiters.containsKey(request)) {
				return new LockMessages.Reply(LockMessages.Reply.REFUSED, 0);
			}
			this.waiters.putIfAbsent(request, lease);
			return new LockMessages.Reply(LockMessages.Reply.QUEUED, 0);
		}

		private void grant(List<Long> request, long lease) {
			this.holder = request;
			this.token = ++this.number;
			this.deadline = (lease != 0) ? this.now + lease : Long.MAX_VALUE;
		}

		private void next() {
			this.holder = null;
			this.token = 0;
			if (!this.waiters.isEmpty()) {
				List<Long> request = this.waiters.keySet().iterator().next();
				grant(request, this.waiters.remove(request));
				send(request.get(0), new LockMessages.Granted(LOCK, request.get(1), this.token));
			}
		}

		int release(long session, long acquisition) {
			List<Long> request = List.of(session, acquisition);
			if (request.equals(this.holder)) {
				next();
				return LockMessages.Released.RELEASED;
			}
			return (this.waiters.remove(request) != null) ? LockMessages.Released.WITHDRAWN
					: LockMessages.Released.NOT_HELD;
		}

		void destroy() {
			if (this.holder != null) {
				send(this.holder.get(0), new LockMessages.Lost(LOCK, this.holder.get(1), this.token));
			}
			this.waiters.keySet()
				.forEach((request) -> send(request.get(0), new LockMessages.Lost(LOCK, request.get(1), 0)));
			this.waiters.clear();
			this.holder = null;
			this.token = 0;
		}

		void end(long session) {
			this.waiters.keySet().removeIf((request) -> request.get(0) == session);
			if (this.holder != null && this.holder.get(0) == session) {
				next();
			}
			this.events.remove(session);
		}

	}

}
