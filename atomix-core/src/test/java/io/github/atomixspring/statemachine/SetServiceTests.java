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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.Event.EntryChanged;
import io.github.atomixspring.protocol.KeyValue;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.SetMessages;
import io.github.atomixspring.protocol.Setting;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link SetService}.
 */
class SetServiceTests {

	private static final PrimitiveId SET = PrimitiveId.of(PrimitiveType.SET, "tags");

	private static final long LONG_TIMEOUT = 24 * 60 * 60 * 1000L;

	private final StateLog log = new StateLog(true);

	private final long session = this.log.open("a", LONG_TIMEOUT);

	private boolean submit(Command command) {
		return ((Result.Flag) this.log.submit(this.session, command)).value();
	}

	private static SetMessages.Add add(int... elements) {
		return new SetMessages.Add(SET, bytes(elements), 0);
	}

	private static List<byte[]> bytes(int... elements) {
		List<byte[]> bytes = new ArrayList<>();
		for (int element : elements) {
			bytes.add(new byte[] { (byte) element });
		}
		return bytes;
	}

	private List<Integer> elements() {
		return page(null, 1000).stream().map((entry) -> (int) entry.key()[0]).toList();
	}

	private List<KeyValue> page(byte @Nullable [] after, int limit) {
		return ((Result.Entries) this.log.state().read(new SetMessages.Page(SET, after, limit))).entries();
	}

	@Test
	void defectOf108AddReturnsTrueWhenItAdded() {
		assertThat(submit(add(1))).isTrue();
		assertThat(submit(add(1))).isFalse();
		assertThat(submit(add(1, 2))).isTrue();
		assertThat(submit(add())).isFalse();
		assertThat(elements()).containsExactly(1, 2);
	}

	@Test
	void removeTellsWhetherAnyWasThere() {
		submit(add(1, 2, 3));
		assertThat(submit(new SetMessages.Remove(SET, bytes(4)))).isFalse();
		assertThat(submit(new SetMessages.Remove(SET, bytes(4, 2)))).isTrue();
		assertThat(submit(new SetMessages.Retain(SET, bytes(1, 3, 5)))).isFalse();
		assertThat(submit(new SetMessages.Retain(SET, bytes(3, 5)))).isTrue();
		assertThat(elements()).containsExactly(3);
		assertThat(submit(new SetMessages.Retain(SET, List.of()))).isTrue();
		assertThat(this.log.state().read(new Query.ListPrimitives(0))).isEqualTo(new Result.Primitives(List.of()));
	}

	@Test
	void presentElementKeepsItsTimeToLive() {
		submit(new SetMessages.Add(SET, bytes(1), 50));
		submit(new SetMessages.Add(SET, bytes(1), 500));
		submit(add(1));
		this.log.restart();
		this.log.tick(49);
		assertThat(elements()).containsExactly(1);
		this.log.tick(1);
		assertThat(elements()).isEmpty();
		assertThat(submit(add(1))).isTrue();
	}

	@Test
	void timeToLiveOfTheConfigurationIsTheDefault() {
		this.log.submit(this.session, new Command.Create(SET, List.of(new Setting(Setting.TIME_TO_LIVE, "20"))));
		submit(add(1));
		submit(new SetMessages.Add(SET, bytes(2), 30));
		this.log.tick(20);
		assertThat(elements()).containsExactly(2);
		this.log.tick(10);
		assertThat(elements()).isEmpty();
		Result refused = this.log.submit(this.session, new SetMessages.Add(SET, bytes(1), -1));
		assertThat(((Result.Failure) refused).code()).isEqualTo(ErrorCode.ILLEGAL.code());
	}

	@Test
	void pagesHoldAllElementsInTheOrderOfTheirBytes() {
		submit(add(5, 1, 4, 2, 3));
		assertThat(page(null, 2)).hasSize(2);
		List<Integer> all = new ArrayList<>();
		byte[] after = null;
		for (List<KeyValue> page = page(after, 2); !page.isEmpty(); page = page(after, 2)) {
			page.forEach((entry) -> all.add((int) entry.key()[0]));
			after = page.get(page.size() - 1).key();
		}
		assertThat(all).containsExactly(1, 2, 3, 4, 5);
	}

	@Test
	void behavesLikeTheModel() {
		Random random = new Random(23);
		Model model = new Model();
		this.log.submit(this.session, new Command.Listen(SET));
		for (int i = 0; i < 100_000; i++) {
			if (random.nextInt(6) == 0) {
				this.log.elapse(random.nextInt(20));
			}
			model.advance(this.log.now());
			int[] elements = random.ints(random.nextInt(4), 0, 12).toArray();
			switch (random.nextInt(50)) {
				case 0 -> {
					this.log.restart();
					this.log.append();
				}
				case 1, 2 -> {
					int[] retained = random.ints(8, 0, 12).toArray();
					assertThat(submit(new SetMessages.Retain(SET, bytes(retained)))).isEqualTo(model.retain(retained));
				}
				default -> {
					if (random.nextInt(3) == 0) {
						assertThat(submit(new SetMessages.Remove(SET, bytes(elements))))
							.isEqualTo(model.remove(elements));
					}
					else {
						long timeToLive = random.nextBoolean() ? 0 : 1 + random.nextInt(60);
						assertThat(submit(new SetMessages.Add(SET, bytes(elements), timeToLive)))
							.isEqualTo(model.add(timeToLive, elements));
					}
				}
			}
			assertThat(this.log.events(this.session).stream().map(SetServiceTests::text)).isEqualTo(model.events());
			int element = random.nextInt(12);
			assertThat(this.log.state().read(new SetMessages.Contains(SET, bytes(element))))
				.isEqualTo(new Result.Flag(model.deadlines.containsKey(element)));
			if (i % 64 == 0) {
				assertThat(elements()).containsExactlyElementsOf(model.deadlines.keySet());
				assertThat(this.log.state().read(new SetMessages.Size(SET)))
					.isEqualTo(new Result.Number(model.deadlines.size()));
			}
		}
		assertThat(model.expired).isGreaterThan(500);
		ReplicatedState replayed = new ReplicatedState();
		this.log.entries().forEach(replayed::apply);
		assertThat(StateLog.digest(replayed)).isEqualTo(this.log.digest());
	}

	private static String text(Event event) {
		EntryChanged changed = (EntryChanged) event;
		return changed.kind() + " " + changed.key()[0];
	}

	/**
	 * The set in plain Java.
	 */
	private static final class Model {

		private final Map<Integer, Long> deadlines = new TreeMap<>();

		private final List<String> events = new ArrayList<>();

		private long now;

		private int expired;

		List<String> events() {
			List<String> sent = List.copyOf(this.events);
			this.events.clear();
			return sent;
		}

		void advance(long time) {
			this.now = time;
			this.deadlines.entrySet()
				.stream()
				.filter((entry) -> entry.getValue() <= time)
				.map((entry) -> Map.entry(entry.getKey(), entry.getValue()))
				.sorted(Comparator.comparing(Map.Entry<Integer, Long>::getValue).thenComparing(Map.Entry::getKey))
				.toList()
				.forEach((entry) -> {
					this.expired++;
					this.deadlines.remove(entry.getKey());
					this.events.add(EntryChanged.EXPIRED + " " + entry.getKey());
				});
		}

		boolean add(long timeToLive, int... elements) {
			boolean added = false;
			for (int element : elements) {
				if (this.deadlines.putIfAbsent(element,
						(timeToLive != 0) ? this.now + timeToLive : Long.MAX_VALUE) == null) {
					this.events.add(EntryChanged.WRITTEN + " " + element);
					added = true;
				}
			}
			return added;
		}

		boolean remove(int... elements) {
			boolean removed = false;
			for (int element : elements) {
				if (this.deadlines.remove(element) != null) {
					this.events.add(EntryChanged.REMOVED + " " + element);
					removed = true;
				}
			}
			return removed;
		}

		boolean retain(int... elements) {
			List<Integer> others = new ArrayList<>(this.deadlines.keySet());
			for (int element : elements) {
				others.remove((Integer) element);
			}
			return remove(others.stream().mapToInt(Integer::intValue).toArray());
		}

	}

}
