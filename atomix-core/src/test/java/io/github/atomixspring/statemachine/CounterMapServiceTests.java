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

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Condition;
import io.github.atomixspring.protocol.CounterMapMessages;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.KeyValue;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.protocol.MapMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CounterMapService}.
 */
class CounterMapServiceTests {

	private static final PrimitiveId MAP = PrimitiveId.of(PrimitiveType.COUNTER_MAP, "counts");

	private final StateLog log = new StateLog(true);

	private final long session = this.log.open("a", 24 * 60 * 60 * 1000L);

	private static byte[] key(int number) {
		return new byte[] { (byte) number };
	}

	private static byte[] bytes(long number) {
		return Bytes.of(number).content();
	}

	private Result update(int key, @Nullable Long value, Condition condition) {
		return update(key, value, 0, condition);
	}

	private Result update(int key, @Nullable Long value, long timeToLive, Condition condition) {
		return this.log.submit(this.session, new MapMessages.Update(MAP, key(key),
				(value != null) ? bytes(value) : null, timeToLive, condition, true));
	}

	@Test
	void behavesLikeTheModel() {
		Random random = new Random(29);
		TreeMap<Integer, Long> model = new TreeMap<>();
		TreeMap<Integer, Long> deadlines = new TreeMap<>();
		this.log.submit(this.session, new Command.Listen(MAP));
		int events = 0;
		int expired = 0;
		for (int i = 0; i < 100_000; i++) {
			if (random.nextInt(10) == 0) {
				this.log.tick(random.nextInt(40));
				for (int over : List.copyOf(deadlines.keySet())) {
					if (deadlines.get(over) <= this.log.now()) {
						deadlines.remove(over);
						model.remove(over);
						expired++;
						events++;
					}
				}
			}
			int key = random.nextInt(10);
			int timeToLive = Math.max(0, random.nextInt(200) - 100);
			Long present = model.get(key);
			long old = (present != null) ? present : 0;
			long value = random.nextInt(5) - 2;
			switch (random.nextInt(7)) {
				case 0 -> {
					long delta = (random.nextInt(50) == 0) ? Long.MAX_VALUE : value;
					assertThat(this.log.submit(this.session, new CounterMapMessages.Add(MAP, key(key), delta)))
						.isEqualTo(new LongMessages.Updated(true, old, old + delta));
					model.put(key, old + delta);
					events++;
				}
				case 1 -> {
					boolean equal = old == value;
					assertThat(this.log.submit(this.session,
							new CounterMapMessages.CompareAndSet(MAP, key(key), value, i)))
						.isEqualTo(new LongMessages.Updated(equal, old, equal ? i : old));
					if (equal) {
						model.put(key, (long) i);
						deadlines.remove(key);
						events++;
					}
				}
				case 2 -> {
					assertUpdated(update(key, value, timeToLive, Condition.always()), true, present);
					model.put(key, value);
					note(deadlines, key, timeToLive);
					events++;
				}
				case 3 -> {
					assertUpdated(update(key, value, timeToLive, Condition.absent()), present == null, present);
					if (model.putIfAbsent(key, value) == null) {
						note(deadlines, key, timeToLive);
						events++;
					}
				}
				case 4 -> {
					boolean equal = present != null && present == value;
					assertUpdated(update(key, null, Condition.value(bytes(value))), equal, present);
					if (equal) {
						model.remove(key);
						deadlines.remove(key);
						events++;
					}
				}
				case 5 -> {
					assertUpdated(update(key, null, Condition.always()), true, present);
					events += (model.remove(key) != null) ? 1 : 0;
					deadlines.remove(key);
				}
				default -> assertThat(this.log.state().read(new MapMessages.Size(MAP)))
					.isEqualTo(new Result.Number(model.size()));
			}
			List<Event> sent = this.log.events(this.session);
			events -= sent.size();
			assertThat(events).isZero();
			if (i % 500 == 0) {
				this.log.restart();
				assertThat(entries()).isEqualTo(model);
			}
		}
		assertThat(expired).isGreaterThan(1_000);
		assertThat(replayed()).isEqualTo(this.log.digest());
	}

	private void note(Map<Integer, Long> deadlines, int key, int timeToLive) {
		deadlines.remove(key);
		if (timeToLive != 0) {
			deadlines.put(key, this.log.now() + timeToLive);
		}
	}

	private static void assertUpdated(Result result, boolean updated, @Nullable Long old) {
		Result.Updated outcome = (Result.Updated) result;
		assertThat(outcome.updated()).isEqualTo(updated);
		byte[] bytes = outcome.old();
		assertThat((bytes != null) ? Bytes.toLong(bytes) : null).isEqualTo(old);
	}

	private Map<Integer, Long> entries() {
		Map<Integer, Long> entries = new TreeMap<>();
		((Result.Entries) this.log.state().read(new MapMessages.Page(MAP, null, 100))).entries()
			.forEach((entry) -> entries.put((int) entry.key()[0], Bytes.toLong(entry.value())));
		return entries;
	}

	private String replayed() {
		ReplicatedState state = new ReplicatedState();
		this.log.entries().forEach(state::apply);
		return StateLog.digest(state);
	}

	@Test
	void numberOfZeroIsThereUntilItIsRemoved() {
		this.log.submit(this.session, new CounterMapMessages.Add(MAP, key(1), 0));
		assertThat(entries()).containsExactly(Map.entry(1, 0L));
		update(1, null, Condition.always());
		assertThat(this.log.state().read(new Query.ListPrimitives(0))).isEqualTo(new Result.Primitives(List.of()));
	}

	@Test
	void whatIsNoNumberIsRefused() {
		byte[] odd = new byte[7];
		assertIllegal(new MapMessages.Update(MAP, key(1), odd, 0, Condition.always(), true));
		assertIllegal(new MapMessages.PutAll(MAP,
				List.of(new KeyValue(key(1), bytes(1), 0), new KeyValue(key(2), odd, 0)), 0));
		assertThat(entries()).isEmpty();
		PrimitiveId map = PrimitiveId.of(PrimitiveType.MAP, "counts");
		assertIllegal(new CounterMapMessages.Add(map, key(1), 1));
		assertIllegal(new CounterMapMessages.CompareAndSet(map, key(1), 1, 1));
		assertIllegal(new LongMessages.Add(MAP, 1));
	}

	private void assertIllegal(Command command) {
		assertThat(this.log.submit(this.session, command)).isInstanceOfSatisfying(Result.Failure.class,
				(failure) -> assertThat(failure.code()).isEqualTo(ErrorCode.ILLEGAL.code()));
	}

}
