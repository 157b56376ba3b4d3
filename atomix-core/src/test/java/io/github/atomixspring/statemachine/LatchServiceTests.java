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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.LatchMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Setting;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LatchService}.
 */
class LatchServiceTests {

	private static final PrimitiveId LATCH = PrimitiveId.of(PrimitiveType.COUNT_DOWN_LATCH, "ready");

	private static final long LONG_TIMEOUT = 24 * 60 * 60 * 1000L;

	private final StateLog log = new StateLog(true);

	private final long session = this.log.open("a", LONG_TIMEOUT);

	private final long other = this.log.open("b", 5_000);

	private void create(String count) {
		create(this.session, count);
	}

	private void create(long owner, String count) {
		this.log.submit(owner, new Command.Create(LATCH, List.of(new Setting(Setting.COUNT, count))));
	}

	private Result await(long owner, long number) {
		return this.log.submit(owner, new LatchMessages.Await(LATCH, number));
	}

	private Result countDown() {
		return this.log.submit(this.session, new LatchMessages.CountDown(LATCH));
	}

	@Test
	void behavesLikeTheModel() {
		Random random = new Random(29);
		List<Long> sessions = new ArrayList<>(List.of(this.session));
		for (int i = 0; i < 3; i++) {
			sessions.add(this.log.open("n" + i, LONG_TIMEOUT));
		}
		Model model = new Model();
		for (int i = 0; i < 100_000; i++) {
			long owner = sessions.get(random.nextInt(sessions.size()));
			long number = random.nextInt(4);
			switch (random.nextInt(40)) {
				case 0 -> {
					this.log.submit(owner, new Command.Destroy(LATCH));
					model.destroy();
				}
				case 1 -> {
					this.log.close(owner);
					model.end(owner);
					sessions.remove(owner);
					sessions.add(this.log.open("n", LONG_TIMEOUT));
				}
				case 2 -> this.log.restart();
				default -> {
					if (model.left < 0) {
						model.left = random.nextInt(6);
						create(owner, Integer.toString(model.left));
					}
					else if (random.nextInt(4) == 0) {
						assertThat(this.log.submit(owner, new LatchMessages.CountDown(LATCH)))
							.isEqualTo(model.countDown());
					}
					else if (random.nextInt(4) == 0) {
						this.log.submit(owner, new LatchMessages.Leave(LATCH, number));
						model.waiters.remove(List.of(owner, number));
					}
					else {
						assertThat(await(owner, number)).isEqualTo(model.await(owner, number));
					}
				}
			}
			for (long each : sessions) {
				assertThat(this.log.events(each)).isEqualTo(model.events(each));
			}
		}
		assertThat(model.opened).isGreaterThan(500);
		ReplicatedState replayed = new ReplicatedState();
		this.log.entries().forEach(replayed::apply);
		assertThat(StateLog.digest(replayed)).isEqualTo(this.log.digest());
	}

	@Test
	void everythingIsRefusedUntilItWasCreated() {
		assertThat(((Result.Failure) countDown()).code()).isEqualTo(ErrorCode.NOT_CREATED.code());
		assertThat(((Result.Failure) await(this.session, 1)).code()).isEqualTo(ErrorCode.NOT_CREATED.code());
		assertThat(this.log.state().read(new LatchMessages.Get(LATCH))).isInstanceOf(Result.Failure.class);
	}

	@Test
	void openingTellsAllWaitersAndLeavesNothingOfThem() {
		create("1");
		await(this.other, 1);
		await(this.session, 1);
		await(this.other, 2);
		await(this.other, 2);
		assertThat(countDown()).isEqualTo(new Result.Number(0));
		assertThat(this.log.events(this.other)).containsExactly(new LatchMessages.Opened(LATCH, 1),
				new LatchMessages.Opened(LATCH, 2));
		assertThat(this.log.events(this.session)).containsExactly(new LatchMessages.Opened(LATCH, 1));
		assertThat(this.log.state().interests(this.other)).isZero();
		assertThat(this.log.state().interests(this.session)).isZero();
		assertThat(countDown()).isEqualTo(new Result.Number(0));
		this.log.restart();
		assertThat(await(this.other, 2)).isEqualTo(new Result.Flag(true));
	}

	@Test
	void countStaysWhenItsSessionEnds() {
		create("2");
		this.log.submit(this.other, new LatchMessages.CountDown(LATCH));
		await(this.other, 1);
		this.log.tick(5_000);
		assertThat(this.log.state().hasSession(this.other)).isFalse();
		assertThat(this.log.state().read(new LatchMessages.Get(LATCH))).isEqualTo(new Result.Number(1));
	}

	@Test
	void nonsenseIsZeroAndHugeCountsAreCounted() {
		create("x");
		assertThat(await(this.session, 1)).isEqualTo(new Result.Flag(true));
		this.log.submit(this.session, new Command.Destroy(LATCH));
		create(Long.toString(Long.MAX_VALUE));
		assertThat(countDown()).isEqualTo(new Result.Number(Long.MAX_VALUE - 1));
		this.log.submit(this.session, new Command.Destroy(LATCH));
		create(Long.toString(Long.MIN_VALUE));
		assertThat(countDown()).isEqualTo(new Result.Number(0));
	}

	@Test
	void waitersHaveALimit() {
		create("1");
		for (int i = 0; i < Waiters.LIMIT; i++) {
			await(this.session, i);
		}
		assertThat(((Result.Failure) await(this.other, 1)).code()).isEqualTo(ErrorCode.LIMIT.code());
		assertThat(await(this.session, 7)).isEqualTo(new Result.Flag(false));
	}

	/**
	 * The latch in plain Java.
	 */
	private static final class Model {

		private final Set<List<Long>> waiters = new LinkedHashSet<>();

		private final Map<Long, List<Event>> events = new TreeMap<>();

		private int left = -1;

		private int opened;

		List<Event> events(long session) {
			List<Event> sent = this.events.remove(session);
			return (sent != null) ? sent : List.of();
		}

		private void send(long session, Event event) {
			this.events.computeIfAbsent(session, (id) -> new ArrayList<>()).add(event);
		}

		Result await(long session, long number) {
			if (this.left > 0) {
				this.waiters.add(List.of(session, number));
			}
			return new Result.Flag(this.left == 0);
		}

		Result countDown() {
			if (this.left > 0) {
				this.left--;
				if (this.left == 0) {
					this.opened++;
					this.waiters.forEach((key) -> send(key.get(0), new LatchMessages.Opened(LATCH, key.get(1))));
					this.waiters.clear();
				}
			}
			return new Result.Number(this.left);
		}

		void destroy() {
			this.waiters.stream()
				.map((key) -> key.get(0))
				.distinct()
				.forEach((session) -> send(session, new Event.Destroyed(LATCH)));
			this.waiters.clear();
			this.left = -1;
		}

		void end(long session) {
			this.waiters.removeIf((key) -> key.get(0) == session);
			this.events.remove(session);
		}

	}

}
