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

package io.github.atomixspring.faults.workload;

import io.github.atomixspring.linearizability.HistoryFormat;
import io.github.atomixspring.linearizability.MapModel.Input;
import io.github.atomixspring.linearizability.ValueResult;
import io.github.atomixspring.map.AsyncDistributedMap;

/**
 * Gets, puts, replaces and removes.
 */
final class MapLoad extends RecordedLoad<Input, ValueResult> {

	static final String KIND = "map";

	static final HistoryFormat<Input, ValueResult> FORMAT = new HistoryFormat<>(Input.class, ValueResult.class);

	private static final int VALUES = 5;

	private static final int KEYS = 2;

	private static final long MILLIS = 3_000;

	private final AsyncDistributedMap<String, String> map;

	private final TimeToLiveLoad timesToLive;

	MapLoad(Surroundings surroundings) {
		super(surroundings, KIND, FORMAT);
		this.map = surroundings.atomix().map(KIND, String.class, String.class).async();
		this.timesToLive = new TimeToLiveLoad(surroundings);
	}

	@Override
	public void call(Caller caller) throws Exception {
		if (caller.random().nextInt(3) == 0) {
			this.timesToLive.call(caller);
			return;
		}
		String key = surroundings().key("k", MILLIS) + "-" + caller.random().nextInt(KEYS);
		String value = value(caller);
		switch (caller.random().nextInt(6)) {
			case 0, 1 -> perform(caller, Input.get(key), () -> this.map.get(key).thenApply(ValueResult::of));
			case 2 -> perform(caller, Input.put(key, value), () -> this.map.put(key, value).thenApply(ValueResult::of));
			case 3 -> perform(caller, Input.putIfAbsent(key, value),
					() -> this.map.putIfAbsent(key, value).thenApply(ValueResult::of));
			case 4 -> perform(caller, Input.remove(key), () -> this.map.remove(key).thenApply(ValueResult::of));
			default -> {
				String expected = value(caller);
				perform(caller, Input.replace(key, expected, value),
						() -> this.map.replace(key, expected, value).thenApply(ValueResult::of));
			}
		}
	}

	private static String value(Caller caller) {
		return "v" + caller.random().nextInt(VALUES);
	}

	@Override
	public void close() {
		this.timesToLive.close();
		super.close();
	}

}
