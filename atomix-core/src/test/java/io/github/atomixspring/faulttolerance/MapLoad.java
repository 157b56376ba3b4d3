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

package io.github.atomixspring.faulttolerance;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.atomixspring.linearizability.HistoryFormat;
import io.github.atomixspring.linearizability.MapModel;
import io.github.atomixspring.linearizability.MapModel.Input;
import io.github.atomixspring.linearizability.ValueResult;
import io.github.atomixspring.protocol.Condition;
import io.github.atomixspring.session.SessionClient;
import org.jspecify.annotations.Nullable;

/**
 * Reads and changes entries of a map.
 */
final class MapLoad extends RecordedLoad<Input, ValueResult> {

	private final Map<String, String> lastRead = new ConcurrentHashMap<>();

	private final AtomicInteger values = new AtomicInteger();

	MapLoad(Nodes nodes, String name) {
		super(nodes, name, new MapModel(), new HistoryFormat<>(Input.class, ValueResult.class));
	}

	@Override
	void call(Caller caller, SessionClient session) throws Exception {
		String key = key("k", 600) + "-" + caller.random().nextInt(3);
		String value = "v" + this.values.incrementAndGet();
		switch (caller.random().nextInt(6)) {
			case 0 -> perform(caller, Input.put(key, value),
					() -> Operations.mapUpdate(session, key, value, Condition.always()));
			case 1 -> perform(caller, Input.putIfAbsent(key, value),
					() -> Operations.mapUpdate(session, key, value, Condition.absent()));
			case 2 ->
				perform(caller, Input.remove(key), () -> Operations.mapUpdate(session, key, null, Condition.always()));
			case 3 -> {
				String expected = this.lastRead.getOrDefault(key, "none");
				perform(caller, Input.replace(key, expected, value),
						() -> Operations.mapUpdate(session, key, value, Condition.value(Operations.bytes(expected))));
			}
			default -> {
				@Nullable ValueResult read = perform(caller, Input.get(key), () -> Operations.mapGet(session, key));
				if (read != null && read.value() != null) {
					this.lastRead.put(key, read.value());
				}
			}
		}
	}

}
