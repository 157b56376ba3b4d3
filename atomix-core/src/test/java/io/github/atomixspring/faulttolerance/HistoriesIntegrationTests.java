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
import java.util.Random;
import java.util.concurrent.TimeUnit;

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
		try (HistoryRun run = start(fault.name().toLowerCase(Locale.ROOT), 1)) {
			run.strike(fault, HistoryRun.SHORT);
			run.strike(fault, HistoryRun.LONG);
			run.judge(2);
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 11, 12, 13, 14, 15 })
	@Tag("long")
	void areLinearizableWhileLeadersFailInManyWays(long seed) throws Exception {
		Random random = new Random(seed);
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
		int cycles = 0;
		try (HistoryRun run = start("mixed-" + seed, seed)) {
			while (System.nanoTime() < end) {
				run.strike(Fault.values()[random.nextInt(Fault.values().length)],
						HistoryRun.SHORT + random.nextInt((int) (HistoryRun.LONG - HistoryRun.SHORT)));
				cycles++;
			}
			run.judge(cycles);
		}
	}

	private static HistoryRun start(String name, long seed) {
		return new HistoryRun(name, seed,
				(nodes) -> List.of(new RegisterLoad(nodes, "register-" + name),
						new CounterLoad(nodes, "counter-" + name), new MapLoad(nodes, "map-" + name),
						new LockLoad(nodes, "lock-" + name)));
	}

}
