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
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Event.EntryChanged;
import io.github.atomixspring.protocol.NavigableMapMessages;
import io.github.atomixspring.protocol.NavigableMapMessages.Range;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.statemachine.Cells.Cell;
import org.jspecify.annotations.Nullable;

/**
 * The replicated state of a navigable map. Every map is in the order of its encoded keys;
 * here ranges of that order can be read and written.
 */
final class NavigableMapService extends MapService {

	NavigableMapService(PrimitiveId id) {
		super(id);
	}

	@Override
	Result apply(Command command, long session, Context context) {
		if (command instanceof NavigableMapMessages.Poll poll) {
			NavigableMap<Bytes, Cell> view = view(poll.range());
			Map.Entry<Bytes, Cell> polled = poll.last() ? view.lastEntry() : view.firstEntry();
			if (polled == null) {
				return new Result.Entries(List.of());
			}
			cells().remove(polled.getKey(), EntryChanged.REMOVED, context);
			return new Result.Entries(List.of(entry(polled.getValue())));
		}
		if (command instanceof NavigableMapMessages.ClearRange clear) {
			for (Bytes key : List.copyOf(view(clear.range()).keySet())) {
				cells().remove(key, EntryChanged.REMOVED, context);
			}
			return new Result.Done();
		}
		return super.apply(command, session, context);
	}

	@Override
	Result read(Query query, Context context) {
		if (query instanceof NavigableMapMessages.RangePage page) {
			NavigableMap<Bytes, Cell> view = view(page.range());
			return page((page.descending() ? view.descendingMap() : view).values(), page.limit());
		}
		if (query instanceof NavigableMapMessages.RangeSize size) {
			return new Result.Number(view(size.range()).size());
		}
		return super.read(query, context);
	}

	private NavigableMap<Bytes, Cell> view(Range range) {
		NavigableMap<Bytes, Cell> map = cells().map();
		Bytes from = bytes(range.from());
		Bytes to = bytes(range.to());
		if (from != null && to != null) {
			return (from.compareTo(to) > 0) ? new TreeMap<>()
					: map.subMap(from, range.fromInclusive(), to, range.toInclusive());
		}
		if (from != null) {
			return map.tailMap(from, range.fromInclusive());
		}
		return (to != null) ? map.headMap(to, range.toInclusive()) : map;
	}

	private static @Nullable Bytes bytes(byte @Nullable [] content) {
		return (content != null) ? new Bytes(content) : null;
	}

}
