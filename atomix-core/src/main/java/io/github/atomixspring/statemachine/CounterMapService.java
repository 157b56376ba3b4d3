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

import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.CounterMapMessages;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.protocol.MapMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.statemachine.Cells.Cell;
import org.jspecify.annotations.Nullable;

/**
 * The replicated state of a map of numbers: a map whose values have eight bytes.
 * Additions keep the time to live of a key; a set without one ends it.
 */
final class CounterMapService extends MapService {

	CounterMapService(PrimitiveId id) {
		super(id);
	}

	@Override
	Result apply(Command command, long session, Context context) {
		if (command instanceof CounterMapMessages.Add add) {
			Bytes key = new Bytes(add.key());
			Cell cell = cells().map().get(key);
			long old = number(cell);
			return put(key, old, old + add.delta(), (cell != null) ? cell.deadline() : 0, context);
		}
		if (command instanceof CounterMapMessages.CompareAndSet compareAndSet) {
			Bytes key = new Bytes(compareAndSet.key());
			long old = number(cells().map().get(key));
			return (old != compareAndSet.expected()) ? new LongMessages.Updated(false, old, old)
					: put(key, old, compareAndSet.value(), 0, context);
		}
		if ((command instanceof MapMessages.Update update && !isNumber(update.value()))
				|| (command instanceof MapMessages.PutAll putAll
						&& !putAll.entries().stream().allMatch((entry) -> isNumber(entry.value())))) {
			return ErrorCode.ILLEGAL.failure("A number must have " + Long.BYTES + " bytes");
		}
		return super.apply(command, session, context);
	}

	private static boolean isNumber(byte @Nullable [] value) {
		return value == null || value.length == Long.BYTES;
	}

	private static long number(@Nullable Cell cell) {
		return (cell != null) ? Bytes.toLong(cell.value()) : 0;
	}

	private Result put(Bytes key, long old, long value, long deadline, Context context) {
		cells().putUntil(key, Bytes.of(value).content(), deadline, context);
		return new LongMessages.Updated(true, old, value);
	}

}
