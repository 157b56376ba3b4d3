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

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Histories of a register, a counter, a map and a lock, recorded on all members and a
 * client while leaders fail.
 */
@Tag("fault")
@Tag("linearizability")
class HistoriesIntegrationTests {

	@ParameterizedTest
	@EnumSource
	void areLinearizableWhileTheLeaderFails(Fault fault) throws Exception {
		String name = fault.name().toLowerCase(Locale.ROOT);
		try (HistoryRun run = HistoryRun.start(name, 1, loads(name))) {
			run.strike(fault, HistoryRun.SHORT);
			run.strike(fault, HistoryRun.LONG);
			run.judge(300);
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 11, 12, 13, 14, 15 })
	@Tag("long")
	void areLinearizableWhileLeadersFailInManyWays(long seed) throws Exception {
		String name = "mixed-" + seed;
		try (HistoryRun run = HistoryRun.start(name, seed, loads(name))) {
			run.strikeForAMinute(seed);
			run.judge(300);
		}
	}

	private static Function<Nodes, List<Load>> loads(String name) {
		return (nodes) -> List.of(new RegisterLoad(nodes, "register-" + name),
				new CounterLoad(nodes, "counter-" + name), new MapLoad(nodes, "map-" + name),
				new LockLoad(nodes, "lock-" + name));
	}

}
