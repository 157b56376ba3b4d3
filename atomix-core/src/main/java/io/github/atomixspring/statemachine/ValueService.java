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

import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.KeyValue;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.ValueMessages;
import io.github.atomixspring.statemachine.Cells.Cell;
import org.jspecify.annotations.Nullable;

/**
 * The replicated state of a value: one cell.
 */
final class ValueService extends CellService {

	ValueService(PrimitiveId id) {
		super(id);
	}

	@Override
	Result apply(Command command, long session, Context context) {
		if (command instanceof ValueMessages.Update update) {
			return cells().update(Bytes.EMPTY, update.value(), update.timeToLive(), update.condition(), true, context);
		}
		return misfit(command);
	}

	@Override
	Result.@Nullable Failure refusal(Command write) {
		return (write instanceof ValueMessages.Update update) ? Cells.refusal(update.timeToLive(), update.condition())
				: super.refusal(write);
	}

	@Override
	Result read(Query query, Context context) {
		if (query instanceof ValueMessages.Get) {
			Cell cell = cells().map().get(Bytes.EMPTY);
			return new Result.Entries((cell != null)
					? List.of(new KeyValue(cell.key().content(), cell.value(), cell.version())) : List.of());
		}
		return misfit(query);
	}

}
