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
import java.util.function.Function;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that queues and sets are linearizable while leaders fail: nothing is lost,
 * nothing comes twice, and all in order.
 */
@Tag("fault")
@Tag("linearizability")
class CollectionHistoriesIntegrationTests {

	@Test
	@Tag("long")
	void areLinearizableWhileTheLeaderFails() throws Exception {
		try (HistoryRun run = HistoryRun.start("collections", 1, loads("collections"))) {
			run.strike(Fault.KILL, HistoryRun.SHORT);
			run.strike(Fault.ISOLATE, HistoryRun.LONG);
			run.strike(Fault.PAUSE, HistoryRun.SHORT);
			run.judge(200);
		}
	}

	@Test
	void areLinearizableAcrossAnInstalledSnapshot() throws Exception {
		try (HistoryRun run = HistoryRun.startWithSmallLogs("collections-installed", 2,
				loads("collections-installed"))) {
			run.installSnapshot();
			run.judge(200);
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 21, 22, 23 })
	@Tag("long")
	void areLinearizableWhileLeadersFailInManyWays(long seed) throws Exception {
		String name = "collections-" + seed;
		try (HistoryRun run = HistoryRun.start(name, seed, loads(name))) {
			run.strikeForAMinute(seed);
			run.judge(300);
		}
	}

	private static Function<Nodes, List<Load>> loads(String name) {
		return (nodes) -> List.of(new QueueLoad(nodes, "queue-" + name), new SetLoad(nodes, "set-" + name));
	}

}
