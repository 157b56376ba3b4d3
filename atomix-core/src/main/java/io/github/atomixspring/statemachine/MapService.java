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
import java.util.NavigableMap;

import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.KeyValue;
import io.github.atomixspring.protocol.MapMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Setting;
import io.github.atomixspring.statemachine.Cells.Cell;
import org.jspecify.annotations.Nullable;

/**
 * The replicated state of a map, and what kinds of maps have in common.
 */
class MapService extends CellService {

	MapService(PrimitiveId id) {
		super(id);
	}

	@Override
	Result apply(Command command, long session, Context context) {
		if (command instanceof MapMessages.Update update) {
			return cells().update(new Bytes(update.key()), update.value(), timeToLive(update.timeToLive()),
					update.condition(), update.wantOld(), context);
		}
		if (command instanceof MapMessages.PutAll putAll) {
			if (putAll.timeToLive() < 0) {
				return ErrorCode.ILLEGAL.failure("The time to live must not be negative");
			}
			for (KeyValue entry : putAll.entries()) {
				cells().put(new Bytes(entry.key()), entry.value(), timeToLive(putAll.timeToLive()), context);
			}
			return new Result.Done();
		}
		if (command instanceof MapMessages.Clear) {
			cells().clear(context);
			return new Result.Done();
		}
		return misfit(command);
	}

	@Override
	Result.@Nullable Failure refusal(Command write) {
		return (write instanceof MapMessages.Update update) ? Cells.refusal(update.timeToLive(), update.condition())
				: super.refusal(write);
	}

	private long timeToLive(long timeToLive) {
		return (timeToLive != 0) ? timeToLive : Math.max(0, setting(Setting.TIME_TO_LIVE, 0));
	}

	@Override
	Result read(Query query, Context context) {
		NavigableMap<Bytes, Cell> map = cells().map();
		if (query instanceof MapMessages.Get get) {
			return page(() -> get.keys().stream().map((key) -> map.get(new Bytes(key))).iterator(), Integer.MAX_VALUE);
		}
		if (query instanceof MapMessages.Size) {
			return new Result.Number(map.size());
		}
		if (query instanceof MapMessages.ContainsValue contains) {
			return new Result.Flag(
					map.values().stream().anyMatch((cell) -> Arrays.equals(cell.value(), contains.value())));
		}
		if (query instanceof MapMessages.Page page) {
			byte[] after = page.after();
			return page(((after != null) ? map.tailMap(new Bytes(after), false) : map).values(), page.limit());
		}
		return misfit(query);
	}

	/**
	 * Answers with entries, up to a limit of bytes.
	 * @param cells the cells; null for one that does not exist
	 * @param limit the largest number of entries
	 * @return the entries
	 */
	static Result.Entries page(Iterable<@Nullable Cell> cells, int limit) {
		List<KeyValue> entries = new ArrayList<>();
		int bytes = 0;
		for (Cell cell : cells) {
			if (entries.size() >= Math.max(1, limit) || bytes >= MapMessages.MAX_ANSWER_BYTES) {
				break;
			}
			if (cell != null) {
				KeyValue entry = entry(cell);
				entries.add(entry);
				bytes += entry.size();
			}
		}
		return new Result.Entries(entries);
	}

	static KeyValue entry(Cell cell) {
		return new KeyValue(cell.key().content(), cell.value(), cell.version());
	}

}
