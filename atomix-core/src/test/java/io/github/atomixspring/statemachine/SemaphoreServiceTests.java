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
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.SemaphoreMessages.Acquire;
import io.github.atomixspring.protocol.SemaphoreMessages.Granted;
import io.github.atomixspring.protocol.SemaphoreMessages.Info;
import io.github.atomixspring.protocol.SemaphoreMessages.Portion;
import io.github.atomixspring.protocol.SemaphoreMessages.Release;
import io.github.atomixspring.protocol.SemaphoreMessages.Reply;
import io.github.atomixspring.protocol.SemaphoreMessages.Resize;
import io.github.atomixspring.protocol.SemaphoreMessages.State;
import io.github.atomixspring.protocol.SemaphoreMessages.Withdraw;
import io.github.atomixspring.protocol.Setting;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SemaphoreService}.
 */
class SemaphoreServiceTests {

	private static final PrimitiveId SEMAPHORE = PrimitiveId.of(PrimitiveType.SEMAPHORE, "printers");

	private static final long LONG_TIMEOUT = 24 * 60 * 60 * 1000L;

	private static final Reply QUEUED = new Reply(Reply.QUEUED, 0, 0);

	private static final Reply REFUSED = new Reply(Reply.REFUSED, 0, 0);

	private final StateLog log = new StateLog(true);

	private final long session = this.log.open("a", LONG_TIMEOUT);

	private final long other = this.log.open("b", 5_000);

	private Result create(int permits) {
		return this.log.submit(this.session, new Command.Create(SEMAPHORE, settings(permits)));
	}

	private static List<Setting> settings(int permits) {
		return List.of(new Setting(Setting.PERMITS, Integer.toString(permits)));
	}

	private Result acquire(long owner, long acquisition, int permits) {
		return this.log.submit(owner, new Acquire(SEMAPHORE, acquisition, permits, true));
	}

	private State state() {
		return (State) this.log.state().read(new Info(SEMAPHORE, this.session));
	}

	@Test
	void behavesLikeTheModel() {
		Random random = new Random(23);
		List<Long> sessions = new ArrayList<>(List.of(this.session));
		for (int i = 0; i < 4; i++) {
			sessions.add(this.log.open("n" + i, LONG_TIMEOUT));
		}
		Model model = new Model();
		for (int i = 0; i < 100_000; i++) {
			long owner = sessions.get(random.nextInt(sessions.size()));
			step(random, model, sessions, owner);
			for (long each : sessions) {
				assertThat(this.log.events(each)).isEqualTo(model.events(each));
			}
			Result read = this.log.state().read(new Info(SEMAPHORE, owner));
			assertThat(read).isEqualTo(model.read(owner));
		}
		assertThat(model.number).isGreaterThan(4_000);
		ReplicatedState replayed = new ReplicatedState();
		this.log.entries().forEach(replayed::apply);
		assertThat(StateLog.digest(replayed)).isEqualTo(this.log.digest());
	}

	private void step(Random random, Model model, List<Long> sessions, long owner) {
		int acquisition = random.nextInt(5);
		switch (random.nextInt(70)) {
			case 0 -> {
				model.destroy();
				this.log.submit(owner, new Command.Destroy(SEMAPHORE));
			}
			case 1 -> {
				model.end(owner);
				this.log.close(owner);
				sessions.remove(owner);
				sessions.add(this.log.open("n", LONG_TIMEOUT));
			}
			case 2 -> this.log.restart();
			case 3, 4, 5, 6 -> {
				if (model.created) {
					int change = random.nextInt(7) - 3;
					assertThat(text(this.log.submit(owner, new Resize(SEMAPHORE, change))))
						.isEqualTo(text(model.resize(change)));
				}
				else {
					int permits = random.nextInt(8);
					this.log.submit(owner, new Command.Create(SEMAPHORE, settings(permits)));
					model.create(permits);
				}
			}
			default -> {
				if (random.nextInt(3) == 0) {
					assertThat(text(this.log.submit(owner, new Withdraw(SEMAPHORE, acquisition))))
						.isEqualTo(text(model.withdraw(owner, acquisition)));
				}
				else if (random.nextInt(3) == 0) {
					List<Portion> portions = List.of(new Portion(acquisition, random.nextInt(4) - 1),
							new Portion(random.nextInt(5), random.nextInt(3)));
					assertThat(text(this.log.submit(owner, new Release(SEMAPHORE, portions))))
						.isEqualTo(text(model.release(owner, portions)));
				}
				else {
					boolean queue = random.nextInt(3) > 0;
					int permits = random.nextInt(5);
					assertThat(text(this.log.submit(owner, new Acquire(SEMAPHORE, acquisition, permits, queue))))
						.isEqualTo(text(model.acquire(owner, acquisition, permits, queue)));
				}
			}
		}
	}

	private static String text(Result result) {
		return (result instanceof Result.Failure failure) ? "failure " + failure.code() : result.toString();
	}

	@Test
	void everythingIsRefusedUntilItWasCreated() {
		Result refused = acquire(this.session, 1, 1);
		assertThat(((Result.Failure) refused).code()).isEqualTo(ErrorCode.NOT_CREATED.code());
		assertThat(((Result.Failure) this.log.state().read(new Info(SEMAPHORE, 0))).code())
			.isEqualTo(ErrorCode.NOT_CREATED.code());
		assertThat(this.log.state().read(new Query.ListPrimitives(0))).isEqualTo(new Result.Primitives(List.of()));
		create(2);
		assertThat(acquire(this.session, 1, 1)).isEqualTo(new Reply(Reply.GRANTED, 1, 1));
		this.log.submit(this.other, new Command.Destroy(SEMAPHORE));
		assertThat(((Result.Failure) acquire(this.session, 2, 1)).code()).isEqualTo(ErrorCode.NOT_CREATED.code());
	}

	@Test
	void otherNumberOfPermitsIsRefused() {
		create(3);
		assertThat(create(3)).isEqualTo(new Result.Done());
		this.log.restart();
		Result.Failure failure = (Result.Failure) create(5);
		assertThat(failure.code()).isEqualTo(ErrorCode.CONFIGURATION.code());
		assertThat(failure.message()).contains("3").contains("5");
	}

	@Test
	void nobodyOvertakes() {
		create(3);
		acquire(this.session, 1, 2);
		assertThat(acquire(this.other, 1, 2)).isEqualTo(QUEUED);
		assertThat(acquire(this.session, 2, 1)).isEqualTo(QUEUED);
		assertThat(this.log.submit(this.session, new Acquire(SEMAPHORE, 3, 1, false))).isEqualTo(REFUSED);
		assertThat(this.log.submit(this.session, new Acquire(SEMAPHORE, 3, 0, false))).isEqualTo(REFUSED);
		this.log.submit(this.session, new Withdraw(SEMAPHORE, 1));
		assertThat(this.log.events(this.other)).containsExactly(new Granted(SEMAPHORE, 1, 2, 2));
		assertThat(this.log.events(this.session)).containsExactly(new Granted(SEMAPHORE, 2, 1, 3));
	}

	@Test
	void endOfASessionReturnsItsPermitsAndGrantsItNothing() {
		create(2);
		acquire(this.other, 1, 2);
		acquire(this.other, 2, 1);
		acquire(this.session, 1, 2);
		this.log.tick(4_999);
		assertThat(this.log.events(this.session)).isEmpty();
		this.log.tick(1);
		assertThat(this.log.events(this.other)).isEmpty();
		assertThat(this.log.events(this.session)).containsExactly(new Granted(SEMAPHORE, 1, 2, 2));
		assertThat(state()).isEqualTo(new State(2, 0, 0, List.of(1L)));
	}

	@Test
	void withdrawalOfTheFirstWaiterLetsTheNextOnePass() {
		create(1);
		acquire(this.session, 1, 2);
		acquire(this.other, 1, 1);
		assertThat(state().queueLength()).isEqualTo(2);
		assertThat(this.log.submit(this.session, new Withdraw(SEMAPHORE, 1))).isEqualTo(new Result.Number(0));
		assertThat(this.log.events(this.other)).containsExactly(new Granted(SEMAPHORE, 1, 1, 1));
	}

	@Test
	void sessionReleasesOnlyWhatItHolds() {
		create(3);
		acquire(this.session, 1, 2);
		acquire(this.other, 1, 1);
		List<Portion> portions = List.of(new Portion(1, 5), new Portion(2, 1), new Portion(1, 1));
		assertThat(this.log.submit(this.session, new Release(SEMAPHORE, portions))).isEqualTo(new Result.Number(2));
		assertThat(state()).isEqualTo(new State(3, 2, 0, List.of()));
	}

	@Test
	void shrunkSemaphoreGrantsAgainWhenEnoughCameBack() {
		create(3);
		acquire(this.session, 1, 3);
		assertThat(this.log.submit(this.other, new Resize(SEMAPHORE, -2))).isEqualTo(new Result.Number(1));
		assertThat(state().available()).isEqualTo(-2);
		acquire(this.other, 1, 1);
		this.log.submit(this.session, new Release(SEMAPHORE, List.of(new Portion(1, 2))));
		assertThat(this.log.events(this.other)).isEmpty();
		this.log.submit(this.session, new Release(SEMAPHORE, List.of(new Portion(1, 1))));
		assertThat(this.log.events(this.other)).hasSize(1);
		assertThat(this.log.submit(this.other, new Resize(SEMAPHORE, -2))).isInstanceOf(Result.Failure.class);
		assertThat(this.log.submit(this.other, new Resize(SEMAPHORE, Integer.MAX_VALUE)))
			.isInstanceOf(Result.Failure.class);
		assertThat(state().total()).isEqualTo(1);
	}

	@Test
	void destructionIsToldToThoseConcernedOnly() {
		long third = this.log.open("c", LONG_TIMEOUT);
		create(1);
		acquire(this.session, 1, 1);
		acquire(this.other, 1, 1);
		this.log.submit(third, new Command.Destroy(SEMAPHORE));
		assertThat(this.log.events(this.session)).containsExactly(new Event.Destroyed(SEMAPHORE));
		assertThat(this.log.events(this.other)).containsExactly(new Event.Destroyed(SEMAPHORE));
		assertThat(this.log.events(third)).isEmpty();
		assertThat(this.log.state().interests(this.session)).isZero();
		assertThat(this.log.state().interests(this.other)).isZero();
	}

	@Test
	void acquisitionsHaveALimit() {
		create(Waiters.LIMIT / 2);
		for (int i = 0; i < Waiters.LIMIT; i++) {
			assertThat(acquire(this.session, i, 1)).isInstanceOf(Reply.class);
		}
		assertThat(((Result.Failure) acquire(this.session, -1, 1)).code()).isEqualTo(ErrorCode.LIMIT.code());
		for (int i = 0; i < Waiters.LIMIT; i++) {
			this.log.submit(this.session, new Withdraw(SEMAPHORE, i));
		}
		assertThat(state()).isEqualTo(new State(Waiters.LIMIT / 2, Waiters.LIMIT / 2, 0, List.of()));
		assertThat(this.log.state().interests(this.session)).isZero();
	}

	@Test
	void nonsenseIsRefused() {
		this.log.submit(this.session, new Command.Create(SEMAPHORE, List.of(new Setting(Setting.PERMITS, "x"))));
		assertThat(state().total()).isZero();
		assertThat(acquire(this.session, 1, -1)).isInstanceOf(Result.Failure.class);
		assertThat(acquire(this.session, 1, Integer.MIN_VALUE)).isInstanceOf(Result.Failure.class);
		assertThat(this.log.submit(this.session, new Resize(SEMAPHORE, Integer.MIN_VALUE)))
			.isInstanceOf(Result.Failure.class);
	}

	/**
	 * The semaphore in plain Java.
	 */
	private static final class Model {

		private final Map<List<Long>, Integer> waiters = new LinkedHashMap<>();

		private final Map<List<Long>, int[]> held = new TreeMap<>((one, two) -> one.get(0).equals(two.get(0))
				? Long.compare(one.get(1), two.get(1)) : Long.compare(one.get(0), two.get(0)));

		private final Map<Long, List<Event>> events = new TreeMap<>();

		private boolean created;

		private int total;

		private int number;

		void create(int permits) {
			this.created = true;
			this.total = permits;
		}

		List<Event> events(long session) {
			List<Event> sent = this.events.remove(session);
			return (sent != null) ? sent : List.of();
		}

		private void send(long session, Event event) {
			this.events.computeIfAbsent(session, (id) -> new ArrayList<>()).add(event);
		}

		private int available() {
			return this.total - this.held.values().stream().mapToInt((holding) -> holding[0]).sum();
		}

		Result read(long session) {
			if (!this.created) {
				return ErrorCode.NOT_CREATED.failure("'printers' was not created, or was destroyed");
			}
			return new State(this.total, available(), this.waiters.size(),
					this.held.keySet()
						.stream()
						.filter((key) -> key.get(0) == session)
						.map((key) -> key.get(1))
						.toList());
		}

		Result acquire(long session, long acquisition, int permits, boolean queue) {
			if (!this.created) {
				return ErrorCode.NOT_CREATED.failure("");
			}
			List<Long> request = List.of(session, acquisition);
			int[] holding = this.held.get(request);
			if (holding != null) {
				return new Reply(Reply.GRANTED, holding[0], holding[1]);
			}
			if (this.waiters.containsKey(request)) {
				return QUEUED;
			}
			if (this.waiters.isEmpty() && available() > 0 && available() >= permits) {
				int granted = (permits != 0) ? permits : available();
				this.held.put(request, new int[] { granted, ++this.number });
				return new Reply(Reply.GRANTED, granted, this.number);
			}
			if (permits == 0 || !queue) {
				return REFUSED;
			}
			this.waiters.put(request, permits);
			return QUEUED;
		}

		private void serve() {
			while (!this.waiters.isEmpty()) {
				Map.Entry<List<Long>, Integer> first = this.waiters.entrySet().iterator().next();
				List<Long> request = first.getKey();
				int permits = first.getValue();
				if (permits > available()) {
					return;
				}
				this.waiters.remove(request);
				this.held.put(request, new int[] { permits, ++this.number });
				send(request.get(0), new Granted(SEMAPHORE, request.get(1), permits, this.number));
			}
		}

		private int take(List<Long> request, int permits) {
			int[] holding = this.held.get(request);
			if (holding == null || permits <= 0) {
				return 0;
			}
			int taken = Math.min(holding[0], permits);
			holding[0] -= taken;
			if (holding[0] == 0) {
				this.held.remove(request);
			}
			return taken;
		}

		Result withdraw(long session, long acquisition) {
			if (!this.created) {
				return ErrorCode.NOT_CREATED.failure("");
			}
			List<Long> request = List.of(session, acquisition);
			this.waiters.remove(request);
			int taken = take(request, Integer.MAX_VALUE);
			serve();
			return new Result.Number(taken);
		}

		Result release(long session, List<Portion> portions) {
			if (!this.created) {
				return ErrorCode.NOT_CREATED.failure("");
			}
			int taken = 0;
			for (Portion portion : portions) {
				taken += take(List.of(session, portion.acquisition()), portion.permits());
			}
			serve();
			return new Result.Number(taken);
		}

		Result resize(int change) {
			if (this.total + change < 0) {
				return ErrorCode.ILLEGAL.failure("");
			}
			this.total += change;
			serve();
			return new Result.Number(this.total);
		}

		void destroy() {
			List<Long> concerned = new ArrayList<>();
			this.held.keySet().forEach((key) -> concerned.add(key.get(0)));
			this.waiters.keySet().forEach((key) -> concerned.add(key.get(0)));
			concerned.stream().distinct().forEach((session) -> send(session, new Event.Destroyed(SEMAPHORE)));
			this.held.clear();
			this.waiters.clear();
			this.created = false;
		}

		void end(long session) {
			this.waiters.keySet().removeIf((key) -> key.get(0) == session);
			this.held.keySet().removeIf((key) -> key.get(0) == session);
			this.events.remove(session);
			serve();
		}

	}

}
