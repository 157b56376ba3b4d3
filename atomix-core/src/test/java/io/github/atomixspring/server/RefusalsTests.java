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

package io.github.atomixspring.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Condition;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.LockMessages;
import io.github.atomixspring.protocol.LogEntry;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.protocol.MapMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Sequenced;
import io.github.atomixspring.protocol.Wire;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Refusals}.
 */
class RefusalsTests {

	private static final Admission FULL = new Admission(Admission.Level.RELEASES, "full");

	private static final PrimitiveId MAP = PrimitiveId.of(PrimitiveType.MAP, "m");

	private static final byte[] PUT = Wire.COMMAND
		.encode(new MapMessages.Update(MAP, new byte[1], new byte[1], 0, Condition.always(), false));

	private static final byte[] REMOVE = Wire.COMMAND
		.encode(new MapMessages.Update(MAP, new byte[1], null, 0, Condition.always(), false));

	private static final byte[] ADD = Wire.COMMAND
		.encode(new LongMessages.Add(PrimitiveId.of(PrimitiveType.LONG, "n"), 1));

	private static final byte[] RELEASE = Wire.COMMAND
		.encode(new LockMessages.Release(PrimitiveId.of(PrimitiveType.LOCK, "l"), 1));

	private static final byte[] DESTROY = Wire.COMMAND
		.encode(new Command.Destroy(PrimitiveId.of(PrimitiveType.LOCK, "l")));

	private static LogEntry.Batch batch(long first, byte[]... commands) {
		List<Sequenced> sequenced = new ArrayList<>();
		for (int i = 0; i < commands.length; i++) {
			sequenced.add(new Sequenced(first + i, commands[i]));
		}
		return new LogEntry.Batch(9, 3, 4, sequenced);
	}

	private static LogEntry.Refusal refusal(long first, long last) {
		return new LogEntry.Refusal(9, 3, 4, first, last, ErrorCode.STORAGE.code(), "full");
	}

	@Test
	void commandsKeepTheirOrder() {
		Refusals.Divided divided = Refusals.divide(batch(5, ADD, ADD, RELEASE, DESTROY, new byte[] { 1 }, ADD, RELEASE),
				FULL);
		assertThat(divided.refused()).isEqualTo(4);
		assertThat(divided.items()).hasSize(4);
		assertThat(divided.items().get(0)).isEqualTo(refusal(5, 6));
		assertBatch(divided.items().get(1), 7L, 8L);
		assertThat(divided.items().get(2)).isEqualTo(refusal(9, 10));
		assertBatch(divided.items().get(3), 11L);
	}

	private static void assertBatch(LogEntry.Item item, Long... sequences) {
		assertThat(item).isInstanceOfSatisfying(LogEntry.Batch.class, (batch) -> {
			assertThat(batch.session()).isEqualTo(9);
			assertThat(batch.acknowledged()).isEqualTo(3);
			assertThat(batch.eventsSeen()).isEqualTo(4);
			assertThat(batch.commands()).extracting(Sequenced::sequence).containsExactly(sequences);
		});
	}

	@Test
	void removalsAreTakenWhileThereIsRoomOnTheDisks() {
		Admission removals = new Admission(Admission.Level.REMOVALS, "much");
		Refusals.Divided divided = Refusals.divide(batch(1, PUT, REMOVE, RELEASE, ADD), removals);
		assertThat(divided.items()).hasSize(3);
		assertThat(divided.items().get(0))
			.isEqualTo(new LogEntry.Refusal(9, 3, 4, 1, 1, ErrorCode.MEMORY.code(), "much"));
		assertBatch(divided.items().get(1), 2L, 3L);
		assertThat(divided.items().get(2))
			.isEqualTo(new LogEntry.Refusal(9, 3, 4, 4, 4, ErrorCode.MEMORY.code(), "much"));
		assertThat(Refusals.divide(batch(1, PUT, REMOVE), FULL).items()).containsExactly(refusal(1, 2));
	}

	@Test
	void aGapIsKept() {
		LogEntry.Batch batch = new LogEntry.Batch(9, 3, 4, List.of(new Sequenced(5, ADD), new Sequenced(7, ADD)));
		assertThat(Refusals.divide(batch, FULL).items()).containsExactly(refusal(5, 5), refusal(7, 7));
	}

	@Test
	void manyCommandsAreDivided() {
		byte[][] commands = new byte[LogEntry.Refusal.MAX_COMMANDS + 1][];
		Arrays.fill(commands, ADD);
		assertThat(Refusals.divide(batch(1, commands), FULL).items()).containsExactly(
				refusal(1, LogEntry.Refusal.MAX_COMMANDS),
				refusal(LogEntry.Refusal.MAX_COMMANDS + 1, LogEntry.Refusal.MAX_COMMANDS + 1));
	}

}
