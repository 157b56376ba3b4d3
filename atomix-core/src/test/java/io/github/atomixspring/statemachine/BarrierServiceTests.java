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
import io.github.atomixspring.protocol.BarrierMessages.Arrive;
import io.github.atomixspring.protocol.BarrierMessages.Ended;
import io.github.atomixspring.protocol.BarrierMessages.Info;
import io.github.atomixspring.protocol.BarrierMessages.Leave;
import io.github.atomixspring.protocol.BarrierMessages.Reply;
import io.github.atomixspring.protocol.BarrierMessages.Reset;
import io.github.atomixspring.protocol.BarrierMessages.State;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Setting;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BarrierService}.
 */
class BarrierServiceTests {

	private static final PrimitiveId BARRIER = PrimitiveId.of(PrimitiveType.CYCLIC_BARRIER, "step");

	private static final long LONG_TIMEOUT = 24 * 60 * 60 * 1000L;

	private static final Reply BROKEN = new Reply(Reply.BROKEN);

	private static final Reply TRIPPED = new Reply(Reply.TRIPPED);

	private static final Reply WAITING = new Reply(Reply.WAITING);

	private final StateLog log = new StateLog(true);

	private final long session = this.log.open("a", LONG_TIMEOUT);

	private final long other = this.log.open("b", 5_000);

	private void create(long owner, String parties) {
		this.log.submit(owner, new Command.Create(BARRIER, List.of(new Setting(Setting.PARTIES, parties))));
	}

	private Result arrive(long owner, long arrival) {
		return this.log.submit(owner, new Arrive(BARRIER, arrival));
	}

	private State state() {
		return (State) this.log.state().read(new Info(BARRIER, this.session, 1));
	}

	@Test
	void behavesLikeTheModel() {
		Random random = new Random(31);
		List<Long> sessions = new ArrayList<>(List.of(this.session));
		for (int i = 0; i < 4; i++) {
			sessions.add(this.log.open("n" + i, LONG_TIMEOUT));
		}
		Model model = new Model();
		for (int i = 0; i < 100_000; i++) {
			long owner = sessions.get(random.nextInt(sessions.size()));
			long arrival = random.nextInt(4);
			switch (random.nextInt(80)) {
				case 0 -> {
					this.log.submit(owner, new Command.Destroy(BARRIER));
					model.end(true);
					model.parties = 0;
					model.broken = false;
				}
				case 1 -> {
					this.log.close(owner);
					model.close(owner);
					sessions.remove(owner);
					sessions.add(this.log.open("n", LONG_TIMEOUT));
				}
				case 2 -> this.log.restart();
				default -> {
					if (model.parties == 0) {
						model.parties = 1 + random.nextInt(5);
						create(owner, Integer.toString(model.parties));
					}
					else if (random.nextInt(10) == 0) {
						assertThat(this.log.submit(owner, new Leave(BARRIER, arrival)))
							.isEqualTo(new Result.Flag(model.leave(owner, arrival)));
					}
					else if (random.nextInt(8) == 0) {
						this.log.submit(owner, new Reset(BARRIER));
						model.end(true);
						model.broken = false;
					}
					else {
						assertThat(arrive(owner, arrival)).isEqualTo(model.arrive(owner, arrival));
					}
				}
			}
			for (long each : sessions) {
				assertThat(this.log.events(each)).isEqualTo(model.events(each));
			}
			if (model.parties != 0) {
				assertThat(this.log.state().read(new Info(BARRIER, owner, arrival))).isEqualTo(new State(
						model.waiters.size(), model.broken, model.waiters.containsKey(List.of(owner, arrival))));
			}
		}
		assertThat(model.trips).isGreaterThan(5_000);
		ReplicatedState replayed = new ReplicatedState();
		this.log.entries().forEach(replayed::apply);
		assertThat(StateLog.digest(replayed)).isEqualTo(this.log.digest());
	}

	@Test
	void everythingIsRefusedUntilItWasCreated() {
		assertThat(((Result.Failure) arrive(this.session, 1)).code()).isEqualTo(ErrorCode.NOT_CREATED.code());
		assertThat(this.log.state().read(new Info(BARRIER, 0, 0))).isInstanceOf(Result.Failure.class);
	}

	@Test
	void lastPartyTripsTheBarrierAndLeavesNothingOfTheOthers() {
		create(this.session, "3");
		assertThat(arrive(this.session, 1)).isEqualTo(WAITING);
		assertThat(arrive(this.session, 1)).isEqualTo(WAITING);
		assertThat(arrive(this.other, 1)).isEqualTo(WAITING);
		assertThat(state()).isEqualTo(new State(2, false, true));
		this.log.restart();
		assertThat(arrive(this.session, 2)).isEqualTo(TRIPPED);
		assertThat(this.log.events(this.session)).containsExactly(new Ended(BARRIER, 1, false, 2));
		assertThat(this.log.events(this.other)).containsExactly(new Ended(BARRIER, 1, false, 1));
		assertThat(this.log.state().interests(this.session)).isZero();
		assertThat(this.log.state().interests(this.other)).isZero();
		assertThat(state()).isEqualTo(new State(0, false, false));
	}

	@Test
	void deadPartyBreaksTheBarrierForTheOthers() {
		create(this.session, "3");
		arrive(this.session, 1);
		arrive(this.other, 1);
		this.log.tick(4_999);
		assertThat(this.log.events(this.session)).isEmpty();
		this.log.tick(1);
		assertThat(this.log.events(this.session)).containsExactly(new Ended(BARRIER, 1, true, 2));
		assertThat(state()).isEqualTo(new State(0, true, false));
		assertThat(arrive(this.session, 2)).isEqualTo(BROKEN);
		this.log.restart();
		assertThat(arrive(this.session, 3)).isEqualTo(BROKEN);
		this.log.submit(this.session, new Reset(BARRIER));
		assertThat(arrive(this.session, 4)).isEqualTo(WAITING);
	}

	@Test
	void deadSessionThatDoesNotWaitBreaksNothing() {
		create(this.session, "2");
		this.log.submit(this.other, new Command.Listen(BARRIER));
		arrive(this.session, 1);
		this.log.tick(5_000);
		assertThat(state()).isEqualTo(new State(1, false, true));
	}

	@Test
	void partyThatHasPassedBreaksNothingWhenItLeaves() {
		create(this.session, "2");
		arrive(this.session, 1);
		arrive(this.other, 1);
		assertThat(this.log.submit(this.session, new Leave(BARRIER, 1))).isEqualTo(new Result.Flag(false));
		assertThat(state().broken()).isFalse();
	}

	@Test
	void waitersHaveALimit() {
		create(this.session, Integer.toString(Integer.MAX_VALUE));
		for (int i = 0; i < Waiters.LIMIT; i++) {
			arrive(this.session, i);
		}
		assertThat(((Result.Failure) arrive(this.session, -1)).code()).isEqualTo(ErrorCode.LIMIT.code());
	}

	@Test
	void nonsenseIsOneParty() {
		create(this.session, "x");
		assertThat(arrive(this.session, 1)).isEqualTo(TRIPPED);
		this.log.submit(this.session, new Command.Destroy(BARRIER));
		create(this.session, Long.toString(Long.MIN_VALUE));
		assertThat(arrive(this.session, 1)).isEqualTo(TRIPPED);
		this.log.submit(this.session, new Command.Destroy(BARRIER));
		create(this.session, Long.toString(Long.MAX_VALUE));
		assertThat(arrive(this.session, 1)).isEqualTo(WAITING);
	}

	/**
	 * The barrier in plain Java.
	 */
	private static final class Model {

		private final Map<List<Long>, Integer> waiters = new LinkedHashMap<>();

		private final Map<Long, List<Event>> events = new TreeMap<>();

		private int parties;

		private boolean broken;

		private int trips;

		List<Event> events(long session) {
			List<Event> sent = this.events.remove(session);
			return (sent != null) ? sent : List.of();
		}

		void end(boolean byBreak) {
			this.waiters.forEach((key, index) -> this.events.computeIfAbsent(key.get(0), (id) -> new ArrayList<>())
				.add(new Ended(BARRIER, key.get(1), byBreak, index)));
			this.waiters.clear();
		}

		Result arrive(long session, long arrival) {
			if (this.waiters.containsKey(List.of(session, arrival))) {
				return WAITING;
			}
			if (this.broken) {
				return BROKEN;
			}
			if (this.waiters.size() == this.parties - 1) {
				this.trips++;
				end(false);
				return TRIPPED;
			}
			this.waiters.put(List.of(session, arrival), this.parties - 1 - this.waiters.size());
			return WAITING;
		}

		boolean leave(long session, long arrival) {
			boolean waited = this.waiters.remove(List.of(session, arrival)) != null;
			if (waited) {
				this.broken = true;
				end(true);
			}
			return waited;
		}

		void close(long session) {
			if (this.waiters.keySet().removeIf((key) -> key.get(0) == session)) {
				this.broken = true;
				end(true);
			}
			this.events.remove(session);
		}

	}

}
