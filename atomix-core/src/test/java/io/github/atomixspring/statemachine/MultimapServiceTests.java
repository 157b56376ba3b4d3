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
import java.util.Arrays;
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
import io.github.atomixspring.protocol.MultimapMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Setting;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link MultimapService}.
 */
class MultimapServiceTests {

	private static final PrimitiveId MULTIMAP = PrimitiveId.of(PrimitiveType.MULTIMAP, "tags");

	private static final long LONG_TIMEOUT = 24 * 60 * 60 * 1000L;

	private final StateLog log = new StateLog(true);

	private final long session = this.log.open("a", LONG_TIMEOUT);

	private static byte[] bytes(int element) {
		return new byte[] { (byte) element };
	}

	private static List<byte[]> all(int... elements) {
		return Arrays.stream(elements).mapToObj(MultimapServiceTests::bytes).toList();
	}

	private boolean put(int key, long timeToLive, int... values) {
		return flag(new MultimapMessages.Put(MULTIMAP, bytes(key), all(values), timeToLive, false));
	}

	private boolean remove(int key, int value) {
		return flag(new MultimapMessages.Remove(MULTIMAP, bytes(key), bytes(value)));
	}

	private boolean flag(Command command) {
		return ((Result.Flag) this.log.submit(this.session, command)).value();
	}

	private List<Integer> replace(int key, long timeToLive, int... values) {
		Result.Values replaced = (Result.Values) this.log.submit(this.session,
				new MultimapMessages.Replace(MULTIMAP, bytes(key), all(values), timeToLive, false));
		assertThat(replaced.more()).isFalse();
		return replaced.values().stream().map((value) -> (int) value[0]).toList();
	}

	private void natural() {
		this.log.submit(this.session, new Command.Create(MULTIMAP, List.of(Setting.NATURAL_ORDER)));
	}

	private List<Integer> values(int key) {
		return page(new KeyValue(bytes(key), new byte[0], 0), true, 1000).stream()
			.map((entry) -> (int) entry.value()[0])
			.toList();
	}

	private List<KeyValue> page(@Nullable KeyValue after, boolean within, int limit) {
		return ((Result.Entries) this.log.state().read(new MultimapMessages.Page(MULTIMAP, after, within, limit)))
			.entries();
	}

	/**
	 * Returns all entries, read in pages.
	 */
	private List<String> entries(int limit) {
		List<String> entries = new ArrayList<>();
		KeyValue after = null;
		for (List<KeyValue> page = page(null, false, limit); !page.isEmpty(); page = page(after, false, limit)) {
			page.forEach((entry) -> entries.add(entry.key()[0] + "=" + entry.value()[0]));
			after = page.get(page.size() - 1);
		}
		return entries;
	}

	private List<String> keys() {
		Result.Entries keys = (Result.Entries) this.log.state().read(new MultimapMessages.Keys(MULTIMAP, null, 1000));
		return keys.entries().stream().map((entry) -> entry.key()[0] + "x" + entry.version()).toList();
	}

	private boolean contains(byte @Nullable [] key, byte @Nullable [] value) {
		return ((Result.Flag) this.log.state().read(new MultimapMessages.Contains(MULTIMAP, key, value))).value();
	}

	private Result size(byte @Nullable [] key) {
		return this.log.state().read(new MultimapMessages.Size(MULTIMAP, key));
	}

	private void assertNothingIsLeft() {
		assertThat(this.log.state().read(new Query.ListPrimitives(0))).isEqualTo(new Result.Primitives(List.of()));
		assertThat(this.log.state().nextDeadline()).isGreaterThanOrEqualTo(LONG_TIMEOUT);
	}

	@Test
	void keyHasEachValueOnce() {
		assertThat(put(1, 0, 5)).isTrue();
		assertThat(put(1, 0, 5)).isFalse();
		assertThat(put(1, 0, 5, 4)).isTrue();
		assertThat(put(2, 0, 5)).isTrue();
		assertThat(put(2, 0)).isFalse();
		assertThat(values(1)).containsExactly(5, 4);
		assertThat(size(null)).isEqualTo(new Result.Number(3));
		assertThat(size(bytes(1))).isEqualTo(new Result.Number(2));
		assertThat(size(bytes(3))).isEqualTo(new Result.Number(0));
		assertThat(remove(1, 9)).isFalse();
		assertThat(remove(3, 5)).isFalse();
		assertThat(remove(1, 5)).isTrue();
		assertThat(keys()).containsExactly("1x1", "2x1");
		this.log.submit(this.session, new MultimapMessages.Clear(MULTIMAP));
		assertNothingIsLeft();
	}

	@Test
	void defectOf108ContainsEntryAndContainsValueWork() {
		put(1, 0, 5);
		put(2, 0, 6);
		assertThat(contains(bytes(1), null)).isTrue();
		assertThat(contains(bytes(3), null)).isFalse();
		assertThat(contains(null, bytes(6))).isTrue();
		assertThat(contains(null, bytes(7))).isFalse();
		assertThat(contains(bytes(1), bytes(5))).isTrue();
		assertThat(contains(bytes(1), bytes(6))).isFalse();
		assertThat(contains(bytes(3), bytes(6))).isFalse();
		assertThat(contains(null, null)).isTrue();
	}

	@Test
	void defectOf108ExpiryRemovesAnEmptyKey() {
		put(1, 20, 5);
		put(1, 30, 6);
		put(2, 0, 7);
		this.log.restart();
		this.log.tick(20);
		assertThat(keys()).containsExactly("1x1", "2x1");
		this.log.tick(10);
		assertThat(keys()).containsExactly("2x1");
		assertThat(contains(bytes(1), null)).isFalse();
		remove(2, 7);
		assertNothingIsLeft();
	}

	@Test
	void presentValueKeepsItsTimeToLive() {
		put(1, 20, 5);
		put(1, 0, 5);
		put(1, 90, 5);
		this.log.tick(19);
		assertThat(values(1)).containsExactly(5);
		this.log.tick(1);
		assertThat(values(1)).isEmpty();
		put(1, 20, 5);
		remove(1, 5);
		put(1, 0, 5);
		this.log.tick(100);
		assertThat(values(1)).containsExactly(5);
	}

	@Test
	void valuesAreInTheOrderOfTheConfiguration() {
		put(1, 0, 3, 1, 2);
		assertThat(values(1)).containsExactly(3, 1, 2);
		this.log.restart();
		assertThat(values(1)).containsExactly(3, 1, 2);
		natural();
		assertThat(values(1)).containsExactly(1, 2, 3);
		this.log.restart();
		put(1, 0, 0);
		assertThat(values(1)).containsExactly(0, 1, 2, 3);
		assertThat(replace(1, 0)).containsExactly(0, 1, 2, 3);
		assertThat(((Result.Failure) this.log.submit(this.session, new Command.Create(MULTIMAP, List.of()))).code())
			.isEqualTo(ErrorCode.CONFIGURATION.code());
	}

	@Test
	void writerThatMissedTheDestructionCreatesTheMultimapAsItKnowsIt() {
		flag(new MultimapMessages.Put(MULTIMAP, bytes(1), all(3, 1), 0, true));
		assertThat(values(1)).containsExactly(1, 3);
	}

	@Test
	void replaceRemovesAllAndAddsAll() {
		put(1, 0, 3, 1);
		this.log.submit(this.session, new Command.Listen(MULTIMAP));
		assertThat(replace(1, 20, 1, 7)).containsExactly(3, 1);
		assertThat(values(1)).containsExactly(1, 7);
		assertThat(this.log.events(this.session).stream().map(MultimapServiceTests::text)).containsExactly("1 1=3",
				"1 1=1", "0 1=1", "0 1=7");
		this.log.tick(20);
		assertThat(keys()).isEmpty();
		assertThat(replace(1, 0)).isEmpty();
	}

	@Test
	void replacementOfManyBytesTakesSeveralSteps() {
		byte[] large = new byte[400_000];
		for (int i = 0; i < 5; i++) {
			large[0] = (byte) i;
			flag(new MultimapMessages.Put(MULTIMAP, bytes(1), List.of(large), 0, false));
		}
		MultimapMessages.Replace replace = new MultimapMessages.Replace(MULTIMAP, bytes(1), all(9), 0, false);
		Result.Values first = (Result.Values) this.log.submit(this.session, replace);
		assertThat(first.values()).hasSize(3);
		assertThat(first.more()).isTrue();
		assertThat(size(bytes(1))).isEqualTo(new Result.Number(2));
		Result.Values second = (Result.Values) this.log.submit(this.session, replace);
		assertThat(second.values()).hasSize(2);
		assertThat(second.more()).isFalse();
		assertThat(values(1)).containsExactly(9);
	}

	@Test
	void destructionStopsTimers() {
		put(1, 20, 5);
		this.log.submit(this.session, new Command.Destroy(MULTIMAP));
		assertNothingIsLeft();
	}

	@Test
	void illegalArgumentsChangeNothing() {
		for (Command command : List.of(new MultimapMessages.Put(MULTIMAP, bytes(1), all(1), -1, true),
				new MultimapMessages.Replace(MULTIMAP, bytes(1), all(1), Long.MIN_VALUE, true))) {
			assertThat(((Result.Failure) this.log.submit(this.session, command)).code())
				.isEqualTo(ErrorCode.ILLEGAL.code());
		}
		assertThat(page(new KeyValue(bytes(1), bytes(1), Long.MIN_VALUE), false, -1)).isEmpty();
		assertNothingIsLeft();
		put(1, Long.MAX_VALUE, 1);
		assertThat(page(new KeyValue(bytes(1), bytes(1), -1), true, Integer.MIN_VALUE)).hasSize(1);
		assertThat(page(new KeyValue(bytes(1), bytes(1), Long.MAX_VALUE), true, 9)).isEmpty();
	}

	@Test
	void behavesLikeTheModelInTheOrderOfInsertion() {
		behavesLikeTheModel(false, new Random(37));
	}

	@Test
	void behavesLikeTheModelInNaturalOrder() {
		natural();
		behavesLikeTheModel(true, new Random(41));
	}

	private void behavesLikeTheModel(boolean natural, Random random) {
		Model model = new Model(natural);
		this.log.submit(this.session, new Command.Listen(MULTIMAP));
		for (int i = 0; i < 60_000; i++) {
			if (random.nextInt(6) == 0) {
				this.log.elapse(random.nextInt(20));
			}
			model.advance(this.log.now());
			int key = random.nextInt(5);
			int value = random.nextInt(8);
			int[] values = random.ints(random.nextInt(4), 0, 8).toArray();
			long timeToLive = random.nextBoolean() ? 0 : 1 + random.nextInt(60);
			switch (random.nextInt(60)) {
				case 0 -> {
					this.log.restart();
					this.log.append();
				}
				case 1 -> {
					this.log.submit(this.session, new MultimapMessages.Clear(MULTIMAP));
					model.clear();
				}
				case 2, 3, 4, 5 ->
					assertThat(replace(key, timeToLive, values)).isEqualTo(model.replace(key, timeToLive, values));
				default -> {
					if (random.nextInt(3) == 0) {
						assertThat(remove(key, value)).isEqualTo(model.remove(key, value, EntryChanged.REMOVED));
					}
					else {
						assertThat(put(key, timeToLive, values)).isEqualTo(model.put(key, timeToLive, values));
					}
				}
			}
			assertThat(this.log.events(this.session).stream().map(MultimapServiceTests::text))
				.isEqualTo(model.events());
			assertThat(contains(bytes(key), bytes(value))).isEqualTo(model.values(key).contains(value));
			if (i % 64 == 0) {
				assertThat(values(key)).isEqualTo(model.values(key));
				assertThat(entries(1 + random.nextInt(5))).isEqualTo(model.entries());
				assertThat(size(null)).isEqualTo(new Result.Number(model.entries().size()));
			}
		}
		assertThat(model.expired).isGreaterThan(500);
		ReplicatedState replayed = new ReplicatedState();
		this.log.entries().forEach(replayed::apply);
		assertThat(StateLog.digest(replayed)).isEqualTo(this.log.digest());
	}

	private static String text(Event event) {
		EntryChanged changed = (EntryChanged) event;
		byte[] value = (changed.kind() == EntryChanged.WRITTEN) ? changed.value() : changed.old();
		return changed.kind() + " " + changed.key()[0] + "=" + ((value != null) ? value[0] : "");
	}

	/**
	 * A value of the model.
	 */
	private record Item(int value, int age, long deadline) {

	}

	/**
	 * The multimap in plain Java.
	 */
	private static final class Model {

		private final boolean natural;

		private final Map<Integer, List<Item>> items = new TreeMap<>();

		private final List<String> events = new ArrayList<>();

		private long now;

		private int age;

		private int expired;

		Model(boolean natural) {
			this.natural = natural;
		}

		List<String> events() {
			List<String> sent = List.copyOf(this.events);
			this.events.clear();
			return sent;
		}

		private List<Item> items(int key) {
			List<Item> sorted = new ArrayList<>(this.items.getOrDefault(key, List.of()));
			sorted.sort(this.natural ? Comparator.comparing(Item::value) : Comparator.comparing(Item::age));
			return sorted;
		}

		List<Integer> values(int key) {
			return items(key).stream().map(Item::value).toList();
		}

		List<String> entries() {
			List<String> entries = new ArrayList<>();
			this.items.keySet().forEach((key) -> values(key).forEach((value) -> entries.add(key + "=" + value)));
			return entries;
		}

		void advance(long time) {
			this.now = time;
			Map<Item, Integer> due = new TreeMap<>(Comparator.comparing(Item::deadline).thenComparing(Item::age));
			this.items.forEach((key, list) -> list.stream()
				.filter((item) -> item.deadline <= time)
				.forEach((item) -> due.put(item, key)));
			due.forEach((item, key) -> {
				this.expired++;
				remove(key, item.value, EntryChanged.EXPIRED);
			});
		}

		boolean remove(int key, int value, int kind) {
			List<Item> list = this.items.getOrDefault(key, new ArrayList<>());
			boolean removed = list.removeIf((item) -> item.value == value);
			if (list.isEmpty()) {
				this.items.remove(key);
			}
			if (removed) {
				this.events.add(kind + " " + key + "=" + value);
			}
			return removed;
		}

		void clear() {
			List.copyOf(this.items.keySet()).forEach((key) -> replace(key, 0));
		}

		List<Integer> replace(int key, long timeToLive, int... values) {
			List<Integer> old = values(key);
			old.forEach((value) -> remove(key, value, EntryChanged.REMOVED));
			put(key, timeToLive, values);
			return old;
		}

		boolean put(int key, long timeToLive, int... values) {
			boolean added = false;
			for (int value : values) {
				if (!values(key).contains(value)) {
					this.items.computeIfAbsent(key, (absent) -> new ArrayList<>())
						.add(new Item(value, this.age++, (timeToLive != 0) ? this.now + timeToLive : Long.MAX_VALUE));
					this.events.add(EntryChanged.WRITTEN + " " + key + "=" + value);
					added = true;
				}
			}
			return added;
		}

	}

}
