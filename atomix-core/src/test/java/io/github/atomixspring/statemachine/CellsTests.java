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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Condition;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.KeyValue;
import io.github.atomixspring.protocol.LogEntry;
import io.github.atomixspring.protocol.MapMessages;
import io.github.atomixspring.protocol.NumberedEvent;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Setting;
import io.github.atomixspring.protocol.ValueMessages;
import io.github.atomixspring.protocol.Wire;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Cells} as {@link MapService} and {@link ValueService} use them.
 */
class CellsTests {

	private static final PrimitiveId MAP = PrimitiveId.of(PrimitiveType.MAP, "prices");

	private static final PrimitiveId VALUE = PrimitiveId.of(PrimitiveType.VALUE, "price");

	private static final long LONG_TIMEOUT = 24 * 60 * 60 * 1000L;

	private static final byte[] NO_BYTES = {};

	private final StateLog log = new StateLog();

	private final long session = this.log.open("a", LONG_TIMEOUT);

	@Test
	void mapBehavesLikeTheModel() {
		behavesLikeTheModel(MAP, new Random(17));
	}

	@Test
	void valueBehavesLikeTheModel() {
		behavesLikeTheModel(VALUE, new Random(19));
	}

	private void behavesLikeTheModel(PrimitiveId target, Random random) {
		Model model = new Model(target);
		boolean map = target.equals(MAP);
		this.log.submit(this.session, new Command.Listen(target));
		for (int i = 0; i < 100_000; i++) {
			if (random.nextInt(6) == 0) {
				this.log.elapse(random.nextInt(20));
			}
			int operation = random.nextInt(100);
			if (operation == 0) {
				this.log.restart();
			}
			model.advance(this.log.now());
			if (operation == 1 && map) {
				this.log.submit(this.session, new MapMessages.Clear(target));
				model.clear();
			}
			else if (operation < 5 && map) {
				List<KeyValue> entries = List.of(new KeyValue(key(random), value(random), 0),
						new KeyValue(key(random), value(random), 0));
				this.log.submit(this.session, new MapMessages.PutAll(target, entries, 40));
				entries.forEach((entry) -> model.put(Arrays.toString(entry.key()), entry.key(), entry.value(), 40));
			}
			else {
				update(target, random, model, map);
			}
			assertThat(StateLog.text(this.log.events(this.session))).isEqualTo(StateLog.text(model.events()));
			if (i % 64 == 0) {
				Query query = map ? new MapMessages.Page(target, null, 100) : new ValueMessages.Get(target);
				assertThat(StateLog.text(this.log.state().read(query))).isEqualTo(StateLog.text(model.entries()));
			}
		}
		assertThat(model.expired).isGreaterThan(500);
	}

	private void update(PrimitiveId target, Random random, Model model, boolean map) {
		byte[] key = map ? key(random) : NO_BYTES;
		byte[] value = (random.nextInt(4) == 0) ? null : value(random);
		long timeToLive = random.nextBoolean() ? 0 : 1 + random.nextInt(60);
		Cell cell = model.cells.get(Arrays.toString(key));
		Condition condition = switch (random.nextInt(8)) {
			case 0 -> Condition.absent();
			case 1 -> Condition.present();
			case 2 -> Condition.value(random.nextBoolean() ? value(random) : null);
			case 3 -> Condition.value((cell != null) ? cell.value : null);
			case 4 -> Condition.version((cell != null) ? cell.version : 0);
			case 5 -> Condition.version(model.number);
			default -> Condition.always();
		};
		boolean wantOld = !map || random.nextBoolean();
		Result result = this.log.submit(this.session,
				map ? new MapMessages.Update(target, key, value, timeToLive, condition, wantOld)
						: new ValueMessages.Update(target, value, timeToLive, condition));
		assertThat(StateLog.text(result))
			.isEqualTo(StateLog.text(model.update(key, value, timeToLive, condition, wantOld)));
	}

	private static byte[] key(Random random) {
		return new byte[] { (byte) random.nextInt(12) };
	}

	private static byte[] value(Random random) {
		return new byte[] { (byte) random.nextInt(3) };
	}

	@Test
	void entryNeverExpiresEarlyAndExpiresInTheSameOrderAfterRestore() {
		this.log.submit(this.session, new Command.Listen(MAP));
		for (int i = 9; i >= 0; i--) {
			this.log.submit(this.session,
					new MapMessages.Update(MAP, new byte[] { (byte) i }, NO_BYTES, 50, Condition.always(), false));
		}
		this.log.events(this.session);
		ReplicatedState restored = StateLog.copy(this.log.state());
		assertThat(restored.nextDeadline()).isEqualTo(this.log.state().nextDeadline()).isEqualTo(50);
		this.log.tick(49);
		assertThat(this.log.events(this.session)).isEmpty();
		this.log.tick(1);
		List<Event> expired = this.log.events(this.session);
		assertThat(expired).hasSize(10)
			.allSatisfy(
					(event) -> assertThat(((Event.EntryChanged) event).kind()).isEqualTo(Event.EntryChanged.EXPIRED));
		Applied afterRestore = restored.apply(Wire.LOG_ENTRY.encode(new LogEntry(LogEntry.VERSION, 50, List.of())));
		assertThat(StateLog
			.text(afterRestore.deliveries().get(this.session).events().stream().map(NumberedEvent::event).toList()))
			.isEqualTo(StateLog.text(expired));
		assertThat(expired.stream().map((event) -> (int) ((Event.EntryChanged) event).key()[0])).containsExactly(0, 1,
				2, 3, 4, 5, 6, 7, 8, 9);
		assertThat(this.log.state().read(new MapMessages.Size(MAP))).isEqualTo(new Result.Number(0));
	}

	@Test
	void timeToLiveOfTheConfigurationIsTheDefault() {
		this.log.submit(this.session, new Command.Create(MAP, List.of(new Setting(Setting.TIME_TO_LIVE, "20"))));
		this.log.submit(this.session, new MapMessages.Update(MAP, NO_BYTES, NO_BYTES, 0, Condition.always(), false));
		this.log.restart();
		this.log.tick(19);
		assertThat(this.log.state().read(new MapMessages.Size(MAP))).isEqualTo(new Result.Number(1));
		this.log.tick(1);
		assertThat(this.log.state().read(new MapMessages.Size(MAP))).isEqualTo(new Result.Number(0));
		Result other = this.log.submit(this.session,
				new Command.Create(MAP, List.of(new Setting(Setting.TIME_TO_LIVE, "21"))));
		assertThat(((Result.Failure) other).code()).isEqualTo(ErrorCode.CONFIGURATION.code());
		assertThat(this.log.submit(this.session,
				new Command.Create(MAP, List.of(new Setting(Setting.TIME_TO_LIVE, "20")))))
			.isEqualTo(new Result.Done());
	}

	@Test
	void versionsGrowAcrossDestructionAndRestore() {
		long last = 0;
		for (int i = 0; i < 20; i++) {
			long version = ((Result.Updated) this.log.submit(this.session,
					new MapMessages.Update(MAP, NO_BYTES, NO_BYTES, 0, Condition.always(), false)))
				.version();
			assertThat(version).isGreaterThan(last);
			last = version;
			this.log.submit(this.session, new Command.Destroy(MAP));
			this.log.restart();
		}
	}

	@Test
	void pagesHoldAllEntriesInTheOrderOfTheirKeys() {
		byte[] large = new byte[400_000];
		for (int i = 0; i < 20; i++) {
			this.log.submit(this.session,
					new MapMessages.Update(MAP, new byte[] { (byte) (i * 12) }, large, 0, Condition.always(), false));
		}
		List<Integer> keys = new ArrayList<>();
		byte[] after = null;
		for (List<KeyValue> page = page(after); !page.isEmpty(); page = page(after)) {
			assertThat(page).hasSizeLessThanOrEqualTo(3);
			page.forEach((entry) -> keys.add(entry.key()[0] & 0xff));
			after = page.get(page.size() - 1).key();
		}
		assertThat(keys).hasSize(20).isSorted();
	}

	@Test
	void answerForSeveralKeysEndsAtALimitOfBytes() {
		byte[] large = new byte[400_000];
		List<byte[]> keys = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			keys.add(new byte[] { (byte) i });
			if (i % 2 == 0) {
				this.log.submit(this.session,
						new MapMessages.Update(MAP, keys.get(i), large, 0, Condition.always(), false));
			}
		}
		List<KeyValue> entries = ((Result.Entries) this.log.state().read(new MapMessages.Get(MAP, keys))).entries();
		assertThat(entries).extracting((entry) -> (int) entry.key()[0]).containsExactly(0, 2, 4);
		assertThat(entries.stream().mapToInt(KeyValue::size).sum()).isGreaterThan(MapMessages.MAX_ANSWER_BYTES);
	}

	@Test
	void numberOfTheLastEventIsThatOfTheSession() {
		assertThat(this.log.state().eventNumber(this.session)).isZero();
		this.log.submit(this.session, new Command.Listen(MAP));
		this.log.submit(this.session, new MapMessages.Update(MAP, NO_BYTES, NO_BYTES, 0, Condition.always(), false));
		assertThat(this.log.state().eventNumber(this.session)).isEqualTo(1);
		this.log.restart();
		assertThat(this.log.state().eventNumber(this.session)).isEqualTo(1);
		this.log.close(this.session);
		assertThat(this.log.state().eventNumber(this.session)).isEqualTo(Long.MAX_VALUE);
		assertThat(this.log.state().eventNumber(this.session + 1)).isZero();
		assertThat(this.log.state().eventNumber(0)).isZero();
	}

	private List<KeyValue> page(byte @Nullable [] after) {
		return ((Result.Entries) this.log.state().read(new MapMessages.Page(MAP, after, 50))).entries();
	}

	/**
	 * A cell of the model.
	 */
	private record Cell(byte[] key, byte[] value, long version, long deadline) {

	}

	/**
	 * The cells in plain Java.
	 */
	private static final class Model {

		private final PrimitiveId id;

		private final Map<String, Cell> cells = new TreeMap<>();

		private final List<Event> events = new ArrayList<>();

		private long number;

		private long now;

		private int expired;

		Model(PrimitiveId id) {
			this.id = id;
		}

		List<Event> events() {
			List<Event> sent = List.copyOf(this.events);
			this.events.clear();
			return sent;
		}

		Result.Entries entries() {
			return new Result.Entries(this.cells.values()
				.stream()
				.sorted((one, other) -> Arrays.compareUnsigned(one.key, other.key))
				.map((cell) -> new KeyValue(cell.key, cell.value, cell.version))
				.toList());
		}

		void advance(long time) {
			this.now = time;
			List<Cell> due = new ArrayList<>(
					this.cells.values().stream().filter((cell) -> cell.deadline <= time).toList());
			due.sort((one, other) -> (one.deadline != other.deadline) ? Long.compare(one.deadline, other.deadline)
					: Arrays.compareUnsigned(one.key, other.key));
			due.forEach((cell) -> {
				this.expired++;
				remove(cell, Event.EntryChanged.EXPIRED);
			});
		}

		private void remove(Cell cell, int kind) {
			this.cells.remove(Arrays.toString(cell.key));
			this.events.add(new Event.EntryChanged(this.id, kind, cell.key, cell.value, null, cell.version));
		}

		void clear() {
			entries().entries()
				.forEach((entry) -> remove(this.cells.get(Arrays.toString(entry.key())), Event.EntryChanged.REMOVED));
		}

		void put(String name, byte[] key, byte[] value, long timeToLive) {
			Cell cell = new Cell(key, value, ++this.number, (timeToLive != 0) ? this.now + timeToLive : Long.MAX_VALUE);
			Cell old = this.cells.put(name, cell);
			this.events.add(new Event.EntryChanged(this.id, Event.EntryChanged.WRITTEN, key,
					(old != null) ? old.value : null, value, cell.version));
		}

		Result update(byte[] key, byte @Nullable [] value, long timeToLive, Condition condition, boolean wantOld) {
			String name = Arrays.toString(key);
			Cell old = this.cells.get(name);
			long oldVersion = (old != null) ? old.version : 0;
			boolean holds = switch (condition.kind()) {
				case Condition.ABSENT -> old == null;
				case Condition.PRESENT -> old != null;
				case Condition.VALUE -> Arrays.equals((old != null) ? old.value : null, condition.value());
				case Condition.VERSION -> oldVersion == condition.version();
				default -> true;
			};
			byte[] oldValue = (old != null && (wantOld || !holds)) ? old.value : null;
			if (!holds) {
				return new Result.Updated(false, oldValue, oldVersion, oldVersion);
			}
			if (value != null) {
				put(name, key, value, timeToLive);
				return new Result.Updated(true, oldValue, oldVersion, this.number);
			}
			if (old != null) {
				remove(old, Event.EntryChanged.REMOVED);
			}
			return new Result.Updated(true, oldValue, oldVersion, 0);
		}

	}

}
