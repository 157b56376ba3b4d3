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

package io.github.atomixspring.faults;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FaultScheduleTests {

	private static final List<Fault> ALL = List.of(Fault.values());

	@Test
	void isTheSameForTheSameSeed() {
		assertThat(FaultSchedule.of(7, ALL, Duration.ofSeconds(60)))
			.isEqualTo(FaultSchedule.of(7, ALL, Duration.ofSeconds(60)));
	}

	@Test
	void isAnotherForAnotherSeed() {
		assertThat(FaultSchedule.of(7, ALL, Duration.ofSeconds(60)))
			.isNotEqualTo(FaultSchedule.of(8, ALL, Duration.ofSeconds(60)));
	}

	@Test
	void hasEachFaultHoweverShortItIs() {
		assertThat(FaultSchedule.of(1, ALL, Duration.ZERO).steps()).extracting(FaultSchedule.Step::fault)
			.containsExactlyInAnyOrder(Fault.values());
	}

	@Test
	void repeatsAFaultAsLongAsItLasts() {
		assertThat(FaultSchedule.of(1, List.of(Fault.KILL_LEADER), Duration.ofSeconds(60)).steps())
			.hasSizeGreaterThanOrEqualTo(6);
	}

}
