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

package io.github.atomixspring.benchmarks.micro;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Condition;
import io.github.atomixspring.protocol.LogEntry;
import io.github.atomixspring.protocol.MapMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Sequenced;
import io.github.atomixspring.protocol.Wire;

/**
 * Messages as the cluster benchmark causes them.
 */
final class Samples {

	static final PrimitiveId MAP = PrimitiveId.of(PrimitiveType.MAP, "benchmark");

	private static final int KEYS = 10_000;

	private static final int VALUE_BYTES = 100;

	private Samples() {
	}

	/**
	 * Returns a put of one of 10,000 keys.
	 * @param number the number of the put
	 * @return the command
	 */
	static Command put(long number) {
		return new MapMessages.Update(MAP, ("key-" + number % KEYS).getBytes(StandardCharsets.UTF_8),
				new byte[VALUE_BYTES], 0, Condition.always(), true);
	}

	/**
	 * Returns encoded puts with consecutive numbers.
	 * @param first the first number
	 * @param count how many
	 * @return the commands
	 */
	static List<Sequenced> puts(long first, int count) {
		List<Sequenced> commands = new ArrayList<>(count);
		for (long number = first; number < first + count; number++) {
			commands.add(new Sequenced(number, Wire.COMMAND.encode(put(number))));
		}
		return commands;
	}

	/**
	 * Returns an entry with a batch of one session.
	 * @param session the session
	 * @param commands its commands
	 * @return the entry
	 */
	static LogEntry entry(long session, List<Sequenced> commands) {
		long acknowledged = commands.get(0).sequence() - 1;
		return new LogEntry(LogEntry.VERSION, 1,
				List.of(new LogEntry.Batch(session, acknowledged, acknowledged, commands)));
	}

}
