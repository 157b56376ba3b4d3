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
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.KeyValue;
import io.github.atomixspring.protocol.LogEntry;
import io.github.atomixspring.protocol.MultimapMessages;
import io.github.atomixspring.protocol.NumberedResult;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.ProtocolException;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.QueueMessages;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Sequenced;
import io.github.atomixspring.protocol.SetMessages;
import io.github.atomixspring.protocol.Setting;
import io.github.atomixspring.protocol.Wire;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that damaged commands and queries of sets, queues and multimaps are answered, and
 * alike on all members.
 */
class DamagedCollectionCommandsTests {

	private static final byte[] BYTES = { 1, 2, 3 };

	private static final List<Setting> SETTINGS = List.of(new Setting(Setting.CAPACITY, "3"),
			new Setting(Setting.TIME_TO_LIVE, "7"));

	private final ReplicatedState first = new ReplicatedState();

	private final ReplicatedState second = new ReplicatedState();

	private final Random random = new Random(43);

	private long sequence;

	DamagedCollectionCommandsTests() {
		byte[] entry = Wire.LOG_ENTRY
			.encode(new LogEntry(1, 0, List.of(new LogEntry.Open("t", "n", 24 * 60 * 60 * 1000))));
		this.first.apply(entry);
		this.second.apply(entry);
	}

	private static List<Command> commands(PrimitiveId id) {
		return List.of(new Command.Create(id, List.of(new Setting(Setting.CAPACITY, "-x"))), new Command.Listen(id),
				new SetMessages.Add(id, List.of(BYTES, new byte[0]), 5), new SetMessages.Remove(id, List.of(BYTES)),
				new SetMessages.Retain(id, List.of()), new QueueMessages.Offer(id, List.of(BYTES, BYTES), SETTINGS),
				new QueueMessages.Put(id, 1, BYTES, SETTINGS), new QueueMessages.Poll(id, 1),
				new QueueMessages.Take(id, 2), new QueueMessages.Settle(id, 1), new QueueMessages.Withdraw(id, 2),
				new QueueMessages.RemoveFirst(id, BYTES), new QueueMessages.RemoveAt(id, List.of(1L)),
				new QueueMessages.Clear(id), new MultimapMessages.Put(id, BYTES, List.of(BYTES), 5, true),
				new MultimapMessages.Remove(id, BYTES, BYTES),
				new MultimapMessages.Replace(id, BYTES, List.of(BYTES), 7, false), new MultimapMessages.Clear(id),
				new Command.Unlisten(id), new Command.Destroy(id));
	}

	private static List<Query> queries(PrimitiveId id) {
		KeyValue entry = new KeyValue(BYTES, BYTES, 1);
		return List.of(new SetMessages.Contains(id, List.of(BYTES)), new SetMessages.Size(id),
				new SetMessages.Page(id, BYTES, -1), new QueueMessages.Size(id),
				new QueueMessages.Contains(id, List.of(BYTES)), new QueueMessages.Page(id, -1, Integer.MAX_VALUE),
				new MultimapMessages.Size(id, null), new MultimapMessages.Contains(id, null, null),
				new MultimapMessages.Page(id, entry, true, -1), new MultimapMessages.Keys(id, null, -1));
	}

	private static List<PrimitiveId> targets() {
		return Arrays.stream(PrimitiveType.values()).map((type) -> PrimitiveId.of(type, "c")).toList();
	}

	private Result apply(byte[] command) {
		this.sequence++;
		byte[] entry = Wire.LOG_ENTRY.encode(new LogEntry(1, this.sequence / 100,
				List.of(new LogEntry.Batch(1, this.sequence - 1, 0, List.of(new Sequenced(this.sequence, command))))));
		this.second.apply(entry);
		List<NumberedResult> results = this.first.apply(entry).deliveries().get(1L).results();
		assertThat(results).hasSize(1);
		return results.get(0).result();
	}

	private void assertSame() {
		assertThat(StateLog.digest(this.first)).isEqualTo(StateLog.digest(this.second));
		assertThat(StateLog.digest(StateLog.copy(this.first))).isEqualTo(StateLog.digest(this.first));
	}

	private byte[] damage(byte[] bytes) {
		byte[] damaged = bytes.clone();
		if (this.random.nextInt(4) == 0) {
			return Arrays.copyOf(damaged, this.random.nextInt(damaged.length));
		}
		damaged[this.random.nextInt(damaged.length)] ^= (byte) (1 << this.random.nextInt(8));
		return damaged;
	}

	@Test
	void damagedCommandsAreAnswered() {
		List<byte[]> encoded = new ArrayList<>();
		targets().forEach((id) -> commands(id).forEach((command) -> encoded.add(Wire.COMMAND.encode(command))));
		for (int i = 0; i < 20_000; i++) {
			byte[] command = encoded.get(this.random.nextInt(encoded.size()));
			assertThat(apply((i % 3 == 0) ? command : damage(command))).isNotNull();
			if (i % 1_000 == 0) {
				assertSame();
			}
		}
		assertSame();
	}

	@Test
	void commandsOfOtherPrimitivesAreRefused() {
		int refused = 0;
		for (PrimitiveId id : targets()) {
			for (Command command : commands(id)) {
				boolean common = command.getClass().getEnclosingClass() == Command.class;
				if (!common && apply(Wire.COMMAND.encode(command)) instanceof Result.Failure failure) {
					assertThat(failure.code()).isIn(ErrorCode.ILLEGAL.code(), ErrorCode.NOT_CREATED.code());
					refused++;
				}
			}
		}
		assertThat(refused).isEqualTo(16 * (PrimitiveType.values().length - 1));
	}

	@Test
	void damagedQueriesAreAnswered() {
		targets().forEach((id) -> commands(id).subList(0, 7).forEach((command) -> apply(Wire.COMMAND.encode(command))));
		List<byte[]> encoded = new ArrayList<>();
		for (PrimitiveId id : targets()) {
			for (Query query : queries(id)) {
				assertThat(this.first.read(query)).isNotNull();
				encoded.add(Wire.QUERY.encode(query));
			}
		}
		int read = 0;
		for (int i = 0; i < 20_000; i++) {
			try {
				byte[] query = damage(encoded.get(this.random.nextInt(encoded.size())));
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
