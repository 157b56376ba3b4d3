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
import java.util.Random;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.BusMessages;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.DeliveryMessages;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.LogEntry;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.ProtocolException;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.ReceiptMessages;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Sequenced;
import io.github.atomixspring.protocol.Setting;
import io.github.atomixspring.protocol.TaskMessages;
import io.github.atomixspring.protocol.TopicMessages;
import io.github.atomixspring.protocol.Wire;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that damaged commands of topics, task queues and buses are applied without an
 * exception and the same on all members.
 */
class DamagedMessagingTests {

	private static final long[] NUMBERS = { Long.MIN_VALUE, -1, 0, 1, 2, 3, Integer.MAX_VALUE, Long.MAX_VALUE };

	private final ReplicatedState first = new ReplicatedState();

	private final ReplicatedState second = new ReplicatedState();

	private long sequence;

	DamagedMessagingTests() {
		apply(new LogEntry.Open("t", "n", 86_400_000));
		apply(new LogEntry.Open("u", "m", 86_400_000));
	}

	private Applied apply(LogEntry.Item item) {
		byte[] entry = Wire.LOG_ENTRY.encode(new LogEntry(LogEntry.VERSION, 0, List.of(item)));
		this.second.apply(entry);
		return this.first.apply(entry);
	}

	private Result command(byte[] command) {
		this.sequence++;
		return apply(new LogEntry.Batch(1, this.sequence - 1, 0, List.of(new Sequenced(this.sequence, command))))
			.deliveries()
			.get(1L)
			.results()
			.get(0)
			.result();
	}

	private void assertSame() {
		assertThat(StateLog.digest(this.first)).isEqualTo(StateLog.digest(this.second));
		assertThat(StateLog.digest(StateLog.copy(this.first))).isEqualTo(StateLog.digest(this.first));
	}

	private static List<PrimitiveId> targets() {
		return List.of(PrimitiveId.of(PrimitiveType.TOPIC, "t"), PrimitiveId.of(PrimitiveType.TASK_QUEUE, "q"),
				PrimitiveId.of(PrimitiveType.MESSAGE_BUS, "b"));
	}

	private static List<Command> commands(PrimitiveId id, long number) {
		byte[] bytes = { 1, 2, 3 };
		return List.of(new Command.Create(id, List.of(new Setting(TaskMessages.CAPACITY, "x"))), new Command.Listen(id),
				new DeliveryMessages.Consume(id, number, "a", (int) number),
				new DeliveryMessages.Consume(id, number, "a", 2), new TopicMessages.Publish(id, number, true, bytes),
				new TaskMessages.Submit(id, number, true, bytes), new BusMessages.Send(id, number, "a", bytes),
				new TopicMessages.Received(id, number), new TaskMessages.Settle(id, number, number % 2 == 0),
				new BusMessages.Reply(id, number, false, bytes), new ReceiptMessages.Check(id, number, number),
				new ReceiptMessages.Forget(id, number), new DeliveryMessages.Cancel(id, number),
				new Command.Unlisten(id), new Command.Destroy(id));
	}

	@Test
	void damagedCommandsAreAnswered() {
		Random random = new Random(9);
		List<byte[]> encoded = new ArrayList<>();
		targets().forEach((id) -> commands(id, 1).forEach((command) -> encoded.add(Wire.COMMAND.encode(command))));
		for (int i = 0; i < 20_000; i++) {
			byte[] command = encoded.get(random.nextInt(encoded.size())).clone();
			if (random.nextInt(8) == 0) {
				command = Arrays.copyOf(command, random.nextInt(command.length));
			}
			else if (random.nextBoolean()) {
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
	void extremeNumbersAreHandled() {
		Random random = new Random(10);
		for (int i = 0; i < 5_000; i++) {
			PrimitiveId id = targets().get(random.nextInt(3));
			List<Command> commands = commands(id, NUMBERS[random.nextInt(NUMBERS.length)]);
			// Destruction last and seldom.
			Command command = commands.get(random.nextInt((i % 50 == 0) ? commands.size() : commands.size() - 1));
			assertThat(command(Wire.COMMAND.encode(command))).isNotNull();
		}
		assertSame();
	}

	@Test
	void misfittingCommandsAreRefusedAndLeaveNothing() {
		PrimitiveId lock = PrimitiveId.of(PrimitiveType.LOCK, "l");
		for (Command command : commands(lock, 1).subList(2, 13)) {
			Result result = command(Wire.COMMAND.encode(command));
			assertThat(((Result.Failure) result).code()).isEqualTo(ErrorCode.ILLEGAL.code());
		}
		assertThat(this.first.read(new Query.ListPrimitives(0))).isEqualTo(new Result.Primitives(List.of()));
	}

	@Test
	void damagedQueriesAreAnswered() {
		Random random = new Random(13);
		List<byte[]> queries = new ArrayList<>();
		for (PrimitiveId id : targets()) {
			commands(id, 1).subList(1, 7).forEach((command) -> command(Wire.COMMAND.encode(command)));
			for (Query query : List.of(new DeliveryMessages.Content(id, 2), new TaskMessages.Count(id))) {
				assertThat(this.first.read(query)).isNotNull();
				queries.add(Wire.QUERY.encode(query));
			}
		}
		for (int i = 0; i < 10_000; i++) {
			byte[] query = queries.get(random.nextInt(queries.size())).clone();
			query[random.nextInt(query.length)] ^= (byte) (1 << random.nextInt(8));
			try {
				assertThat(this.first.read(Wire.QUERY.decode(query))).isNotNull();
			}
			catch (ProtocolException ex) {
				assertThat(ex.code()).isIn(ErrorCode.MALFORMED, ErrorCode.UNSUPPORTED);
			}
		}
		assertSame();
	}

}
