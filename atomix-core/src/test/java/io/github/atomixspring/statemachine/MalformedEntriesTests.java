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
import java.util.Objects;
import java.util.Random;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.BarrierMessages;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Condition;
import io.github.atomixspring.protocol.CounterMapMessages;
import io.github.atomixspring.protocol.ElectionMessages;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.GroupMessages;
import io.github.atomixspring.protocol.KeyValue;
import io.github.atomixspring.protocol.LatchMessages;
import io.github.atomixspring.protocol.LockMessages;
import io.github.atomixspring.protocol.LogEntry;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.protocol.MapMessages;
import io.github.atomixspring.protocol.NavigableMapMessages;
import io.github.atomixspring.protocol.NumberedResult;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.ProtocolException;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.SemaphoreMessages;
import io.github.atomixspring.protocol.Sequenced;
import io.github.atomixspring.protocol.Setting;
import io.github.atomixspring.protocol.TreeMessages;
import io.github.atomixspring.protocol.ValueMessages;
import io.github.atomixspring.protocol.Wire;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.dataformat.cbor.CBORMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that whatever the log holds is applied without an exception and the same on all
 * members.
 */
class MalformedEntriesTests {

	private static final PrimitiveId MAP = PrimitiveId.of(PrimitiveType.MAP, "m");

	private final CBORMapper mapper = new CBORMapper();

	private final ReplicatedState first = new ReplicatedState();

	private final ReplicatedState second = new ReplicatedState();

	private long sequence;

	MalformedEntriesTests() {
		apply(Wire.LOG_ENTRY.encode(new LogEntry(1, 0, List.of(new LogEntry.Open("t", "n", 86_400_000)))));
	}

	private Applied apply(byte[] entry) {
		Applied applied = this.first.apply(entry);
		Applied same = this.second.apply(entry);
		if (!Objects.equals(same.failure(), applied.failure()) || !same.ended().equals(applied.ended())) {
			throw new AssertionError(same + " instead of " + applied);
		}
		return applied;
	}

	/**
	 * Applies a command and returns its answer.
	 */
	private @Nullable Result command(byte[] command) {
		this.sequence++;
		Applied applied = apply(Wire.LOG_ENTRY.encode(new LogEntry(1, 0,
				List.of(new LogEntry.Batch(1, this.sequence - 1, 0, List.of(new Sequenced(this.sequence, command)))))));
		Applied.Delivery delivery = applied.deliveries().get(1L);
		List<NumberedResult> results = (delivery != null) ? delivery.results() : List.of();
		return results.isEmpty() ? null : results.get(0).result();
	}

	private byte[] cbor(Object value) {
		return this.mapper.writeValueAsBytes(value);
	}

	private void assertSame() {
		assertThat(StateLog.digest(this.first)).isEqualTo(StateLog.digest(this.second));
		assertThat(StateLog.digest(StateLog.copy(this.first))).isEqualTo(StateLog.digest(this.first));
	}

	private static List<Command> commands() {
		PrimitiveId lock = PrimitiveId.of(PrimitiveType.LOCK, "l");
		PrimitiveId election = PrimitiveId.of(PrimitiveType.ELECTION, "e");
		PrimitiveId number = PrimitiveId.of(PrimitiveType.LONG, "n");
		PrimitiveId value = PrimitiveId.of(PrimitiveType.VALUE, "v");
		PrimitiveId semaphore = PrimitiveId.of(PrimitiveType.SEMAPHORE, "s");
		PrimitiveId latch = PrimitiveId.of(PrimitiveType.COUNT_DOWN_LATCH, "c");
		PrimitiveId barrier = PrimitiveId.of(PrimitiveType.CYCLIC_BARRIER, "b");
		PrimitiveId group = PrimitiveId.of(PrimitiveType.GROUP, "g");
		byte[] bytes = { 1, 2, 3 };
		List<Command> commands = new ArrayList<>();
		PrimitiveId navigable = PrimitiveId.of(PrimitiveType.NAVIGABLE_MAP, "o");
		PrimitiveId counts = PrimitiveId.of(PrimitiveType.COUNTER_MAP, "c");
		PrimitiveId tree = PrimitiveId.of(PrimitiveType.TREE, "t");
		NavigableMapMessages.Range range = new NavigableMapMessages.Range(bytes, true, bytes, false);
		for (PrimitiveId id : List.of(lock, election, number, value, MAP, semaphore, latch, barrier, navigable, counts,
				tree, group)) {
			commands.addAll(List.of(
					new Command.Create(id,
							List.of(new Setting("count", "3"), new Setting("parties", "2"),
									new Setting("time-to-live", "x"))),
					new Command.Listen(id), new LockMessages.Acquire(id, 1, true, 5), new LockMessages.Release(id, 1),
					new ElectionMessages.Campaign(id, "a"), new ElectionMessages.Resign(id, "a"),
					new ElectionMessages.Anoint(id, "a"), new ElectionMessages.Promote(id, "a"),
					new ElectionMessages.Evict(id, "a"),
					new MapMessages.Update(id, bytes, bytes, 5, Condition.always(), true),
					new MapMessages.Update(id, bytes, null, 0, Condition.value(bytes), true),
					new MapMessages.PutAll(id, List.of(new KeyValue(bytes, bytes, 0)), 9), new MapMessages.Clear(id),
					new ValueMessages.Update(id, bytes, 7, Condition.version(1)), new LongMessages.Add(id, -1),
					new LongMessages.Set(id, 4, 5), new LongMessages.CompareAndSet(id, 4, 5),
					new SemaphoreMessages.Resize(id, 4), new SemaphoreMessages.Acquire(id, 1, 3, true),
					new SemaphoreMessages.Acquire(id, 2, 0, false), new SemaphoreMessages.Acquire(id, 3, 7, true),
					new SemaphoreMessages.Release(id, List.of(new SemaphoreMessages.Portion(1, 2))),
					new SemaphoreMessages.Withdraw(id, 1), new LatchMessages.Await(id, 1),
					new LatchMessages.CountDown(id), new LatchMessages.Leave(id, 1), new BarrierMessages.Arrive(id, 1),
					new BarrierMessages.Leave(id, 1), new BarrierMessages.Reset(id),
					new CounterMapMessages.Add(id, bytes, 1), new CounterMapMessages.CompareAndSet(id, bytes, 1, 2),
					new NavigableMapMessages.Poll(id, range, true), new NavigableMapMessages.ClearRange(id, range),
					new TreeMessages.Update(id, "/a/b", bytes, 7, Condition.always(), true),
					new TreeMessages.Remove(id, "/a/b", Condition.version(1)),
					new GroupMessages.Join(id, "m", true, List.of(new GroupMessages.Attribute("k", "v"))),
					new GroupMessages.Attach(id, "m", "c"),
					new GroupMessages.Send(id, 1, "c", GroupMessages.Send.DIRECT, "m", GroupMessages.Send.SYNC, 7,
							bytes),
					new GroupMessages.Send(id, 2, "c", GroupMessages.Send.RANDOM, null, GroupMessages.Send.ASYNC, 7,
							bytes),
					new GroupMessages.Settle(id, "m", "c", 5, GroupMessages.Outcome.REPLIED, bytes),
					new GroupMessages.Inquire(id, 1), new GroupMessages.Forget(id, 1),
					new GroupMessages.Detach(id, "m", "c"), new GroupMessages.Leave(id, "m"),
					new GroupMessages.Remove(id, "m"), new Command.Unlisten(id), new Command.Destroy(id)));
		}
		return commands;
	}

	@Test
	void rubbishIsRefused() {
		Random random = new Random(3);
		byte[][] fixed = { {}, { (byte) 0xff }, { (byte) 0xf6 }, { 0 }, { (byte) 0x80 }, { (byte) 0x9f },
				{ (byte) 0xa0 }, { (byte) 0x83, 1, 0 } };
		for (byte[] entry : fixed) {
			assertThat(apply(entry).failure()).isNotNull();
		}
		for (int i = 0; i < 20_000; i++) {
			byte[] entry = new byte[random.nextInt(60)];
			random.nextBytes(entry);
			if (entry.length > 3 && random.nextBoolean()) {
				entry[0] = (byte) 0x83;
				entry[1] = 1;
				entry[2] = 0;
			}
			apply(entry);
		}
		assertSame();
	}

	@Test
	void absurdLengthsAndDepthsAreRefused() {
		for (int major = 0x40; major <= 0xa0; major += 0x20) {
			for (byte[] length : new byte[][] { { 0x1a, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff },
					{ 0x1b, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff,
							(byte) 0xff },
					{ 0x1b, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff,
							(byte) 0xff } }) {
				length[0] |= (byte) major;
				assertThat(apply(length).failure()).isNotNull();
				byte[] inside = Arrays.copyOf(new byte[] { (byte) 0x83, 1, 0 }, 3 + length.length);
				System.arraycopy(length, 0, inside, 3, length.length);
				assertThat(apply(inside).failure()).isNotNull();
			}
		}
		byte[] deep = new byte[1 << 20];
		Arrays.fill(deep, (byte) 0x81);
		assertThat(apply(deep).failure()).isNotNull();
		assertThat(command(deep)).isInstanceOf(Result.Failure.class);
		assertSame();
	}

	@Test
	void damagedEntriesChangeNothingOrTheSame() {
		Random random = new Random(5);
		List<byte[]> entries = new ArrayList<>();
		long number = 0;
		for (Command command : commands()) {
			entries.add(Wire.LOG_ENTRY.encode(new LogEntry(1, 50,
					List.of(new LogEntry.Open("u" + number, "n", 5000),
							new LogEntry.Batch(1, 0, 0, List.of(new Sequenced(++number, Wire.COMMAND.encode(command)))),
							new LogEntry.KeepAlive(1, 0, 0), new LogEntry.Verify()))));
		}
		for (int i = 0; i < 20_000; i++) {
			byte[] entry = entries.get(random.nextInt(entries.size())).clone();
			if (random.nextInt(4) == 0) {
				entry = Arrays.copyOf(entry, random.nextInt(entry.length));
			}
			else {
				for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
					entry[random.nextInt(entry.length)] ^= (byte) (1 << random.nextInt(8));
				}
			}
			apply(entry);
			if (i % 1_000 == 0) {
				assertSame();
			}
		}
		assertSame();
	}

	@Test
	void damagedCommandsAreAnswered() {
		Random random = new Random(9);
		List<byte[]> encoded = commands().stream().map(Wire.COMMAND::encode).toList();
		for (int i = 0; i < 20_000; i++) {
			byte[] command = encoded.get(random.nextInt(encoded.size())).clone();
			if (random.nextInt(4) == 0) {
				command = Arrays.copyOf(command, random.nextInt(command.length));
			}
			else {
				command[random.nextInt(command.length)] ^= (byte) (1 << random.nextInt(8));
			}
			assertThat(command(command)).isNotNull();
			if (i % 1_000 == 0) {
				assertSame();
			}
		}
		assertSame();
	}

	@Test
	void nullInPlaceOfEachComponentIsAnswered() {
		for (Command command : commands()) {
			Object[] typed = this.mapper.readValue(Wire.COMMAND.encode(command), Object[].class);
			nulls(typed, () -> assertThat(command(cbor(typed))).isNotNull());
		}
		assertSame();
	}

	/**
	 * Runs an action with each element, also of inner lists, replaced by null in turn.
	 */
	private static void nulls(Object[] elements, Runnable action) {
		for (int i = 0; i < elements.length; i++) {
			Object element = elements[i];
			elements[i] = null;
			action.run();
			elements[i] = element;
			if (element instanceof List<?> list) {
				Object[] inner = list.toArray();
				elements[i] = inner;
				nulls(inner, action);
				elements[i] = element;
			}
		}
	}

	@Test
	void entryWithoutItemsIsRefused() {
		assertThat(apply(cbor(new Object[] { 1, 5 })).failure()).isNotNull();
		assertThat(apply(cbor(new Object[] { 1, 5, null })).failure()).isNotNull();
		assertThat(apply(cbor(new Object[] { 1, 5, new Object[] { null } })).failure()).isNotNull();
		assertThat(this.first.time()).isZero();
	}

	@Test
	void otherVersionIsRefusedWithBothVersions() {
		assertThat(apply(cbor(new Object[] { 2, 5, new Object[0] })).failure()).contains("2").contains("1");
		assertThat(apply(cbor(new Object[] { 0, 5, new Object[0] })).failure()).isNotNull();
		assertThat(apply(cbor(new Object[] { -1, 5, new Object[0] })).failure()).isNotNull();
		assertThat(this.first.time()).isZero();
	}

	@Test
	void textOfUnknownTypeIsNotKept() {
		Result.Failure failure = (Result.Failure) command(cbor(new Object[] { "x".repeat(100_000), new Object[0] }));
		assertThat(failure).isNotNull();
		assertThat(failure.code()).isEqualTo(ErrorCode.UNSUPPORTED.code());
		assertThat(failure.message()).hasSizeLessThan(100);
		assertThat(((Result.Failure) command(cbor(new Object[] { "4711", new Object[0] }))).message()).contains("4711");
	}

	@Test
	void textThatCannotBeWrittenAgainIsRefused() {
		byte[] command = Wire.COMMAND.encode(new Command.Listen(PrimitiveId.of(PrimitiveType.MAP, "\u0800")));
		int position = 0;
		while (command[position] != (byte) 0xe0) {
			position++;
		}
		command[position] = (byte) 0xed;
		assertThat(command(command)).isInstanceOf(Result.Failure.class);
		assertSame();
	}

	@Test
	void misfittingCommandsAreRefusedAndLeaveNothing() {
		int refused = 0;
		for (Command command : commands()) {
			if (!(command instanceof Command.Listen) && !(command instanceof Command.Create)
					&& command(Wire.COMMAND.encode(command)) instanceof Result.Failure failure) {
				assertThat(failure.code()).isIn(ErrorCode.ILLEGAL.code(), ErrorCode.NOT_CREATED.code());
				refused++;
			}
		}
		assertThat(refused).isEqualTo(479);
		assertThat(this.first.read(new Query.ListPrimitives(0))).isEqualTo(new Result.Primitives(List.of()));
	}

	@Test
	void extremeNumbersAreHandled() {
		long[] numbers = { Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE - 1, Long.MAX_VALUE };
		for (long number : numbers) {
			for (Command command : List.of(
					new MapMessages.Update(MAP, new byte[] { 1 }, new byte[] { 2 }, number, Condition.always(), true),
					new MapMessages.PutAll(MAP, List.of(new KeyValue(new byte[] { 3 }, new byte[0], number)), number),
					new MapMessages.Update(MAP, new byte[0], new byte[0], 0, new Condition((int) number, null, number),
							false),
					new ValueMessages.Update(PrimitiveId.of(PrimitiveType.VALUE, "v"), new byte[] { 2 }, number,
							Condition.version(number)),
					new LongMessages.Set(PrimitiveId.of(PrimitiveType.LONG, "n"), number, number),
					new LongMessages.Add(PrimitiveId.of(PrimitiveType.LONG, "n"), number),
					new LockMessages.Acquire(PrimitiveId.of(PrimitiveType.LOCK, "l"), number, true, number),
					new LockMessages.Release(PrimitiveId.of(PrimitiveType.LOCK, "l"), number))) {
				assertThat(command(Wire.COMMAND.encode(command))).isNotNull();
			}
			apply(Wire.LOG_ENTRY.encode(new LogEntry(1, 0,
					List.of(new LogEntry.Batch(number ^ 64, number, number,
							List.of(new Sequenced(number, new byte[0]))),
							new LogEntry.KeepAlive(number ^ 64, number, number), new LogEntry.Close(number ^ 64),
							new LogEntry.Open("t" + number, "n", number)))));
		}
		assertSame();
		apply(Wire.LOG_ENTRY.encode(new LogEntry(1, Long.MIN_VALUE, List.of())));
		assertThat(this.first.time()).isZero();
		for (int i = 0; i < 3; i++) {
			apply(Wire.LOG_ENTRY.encode(new LogEntry(1, Long.MAX_VALUE,
					List.of(new LogEntry.Open("last" + i, "n", Long.MAX_VALUE), new LogEntry.KeepAlive(9, 0, 0)))));
			assertSame();
		}
	}

	@Test
	void damagedQueriesAreAnswered() {
		Random random = new Random(13);
		for (Command command : commands()) {
			command(Wire.COMMAND.encode(command));
		}
		List<byte[]> queries = new ArrayList<>();
		for (PrimitiveType type : PrimitiveType.values()) {
			PrimitiveId id = PrimitiveId.of(type, "m");
			for (Query query : List.of(new LockMessages.Info(id), new ElectionMessages.Info(id),
					new MapMessages.Get(id, List.of(new byte[] { 1 })), new MapMessages.Size(id),
					new MapMessages.ContainsValue(id, new byte[0]), new MapMessages.Page(id, new byte[] { 0 }, -1),
					new MapMessages.Page(id, null, Integer.MAX_VALUE), new ValueMessages.Get(id),
					new LongMessages.Get(id), new Query.ListPrimitives(-3), new Query.ListSessions())) {
				assertThat(this.first.read(query)).isNotNull();
				queries.add(Wire.QUERY.encode(query));
			}
		}
		int read = 0;
		for (int i = 0; i < 30_000; i++) {
			byte[] query = queries.get(random.nextInt(queries.size())).clone();
			query[random.nextInt(query.length)] ^= (byte) (1 << random.nextInt(8));
			try {
				assertThat(this.first.read(Wire.QUERY.decode(query))).isNotNull();
				read++;
			}
			catch (ProtocolException ex) {
				assertThat(ex.code()).isIn(ErrorCode.MALFORMED, ErrorCode.UNSUPPORTED);
			}
		}
		assertThat(read).isGreaterThan(1_000);
		assertSame();
	}

}
