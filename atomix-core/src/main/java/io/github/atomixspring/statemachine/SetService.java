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
import java.util.NavigableMap;
import java.util.TreeSet;

import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Event.EntryChanged;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.SetMessages;
import io.github.atomixspring.protocol.Setting;
import io.github.atomixspring.statemachine.Cells.Cell;
import org.jspecify.annotations.Nullable;

/**
 * The replicated state of a set: cells whose keys are the elements.
 */
final class SetService extends CellService {

	private static final byte[] NOTHING = new byte[0];

	SetService(PrimitiveId id) {
		super(id);
	}

	@Override
	Result apply(Command command, long session, Context context) {
		if (command instanceof SetMessages.Add add) {
			return add(add.elements(), add.timeToLive(), context);
		}
		if (command instanceof SetMessages.Remove remove) {
			return removed(remove.elements().stream().map(Bytes::new).toList(), context);
		}
		if (command instanceof SetMessages.Retain retain) {
			TreeSet<Bytes> others = new TreeSet<>(cells().map().keySet());
			retain.elements().forEach((element) -> others.remove(new Bytes(element)));
			return removed(others, context);
		}
		return misfit(command);
	}

	@Override
	Result.@Nullable Failure refusal(Command write) {
		if (write instanceof SetMessages.Add add) {
			return Cells.refusal(add.timeToLive());
		}
		return (write instanceof SetMessages.Remove) ? null : super.refusal(write);
	}

	private Result add(List<byte[]> elements, long timeToLive, Context context) {
		Result.Failure refusal = Cells.refusal(timeToLive);
		if (refusal != null) {
			return refusal;
		}
		long effective = (timeToLive != 0) ? timeToLive : Math.max(0, setting(Setting.TIME_TO_LIVE, 0));
		int before = cells().map().size();
		for (byte[] element : elements) {
			Bytes key = new Bytes(element);
			if (!cells().map().containsKey(key)) {
				cells().put(key, NOTHING, effective, context);
			}
		}
		return new Result.Flag(cells().map().size() != before);
	}

	private Result removed(Iterable<Bytes> elements, Context context) {
		int before = cells().map().size();
		elements.forEach((element) -> cells().remove(element, EntryChanged.REMOVED, context));
		return new Result.Flag(cells().map().size() != before);
	}

	@Override
	Result read(Query query, Context context) {
		NavigableMap<Bytes, Cell> map = cells().map();
		if (query instanceof SetMessages.Get get) {
			return MapService.page(
					() -> get.elements().stream().map((element) -> map.get(new Bytes(element))).iterator(),
					Integer.MAX_VALUE);
		}
		if (query instanceof SetMessages.Contains contains) {
			return new Result.Flag(
					contains.elements().stream().allMatch((element) -> map.containsKey(new Bytes(element))));
		}
		if (query instanceof SetMessages.Size) {
			return new Result.Number(map.size());
		}
		if (query instanceof SetMessages.Page page) {
			byte[] after = page.after();
			return MapService.page(((after != null) ? map.tailMap(new Bytes(after), false) : map).values(),
					page.limit());
		}
		return misfit(query);
	}

}
