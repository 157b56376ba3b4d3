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

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import io.github.atomixspring.faults.workload.Completion;
import io.github.atomixspring.faults.workload.Outcome;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LivenessTests {

	@Test
	void theLongestGapIsBetweenSuccesses() {
		Liveness liveness = measure(successes(1, 2, 7, 8), List.of());
		assertThat(liveness.longestGapMillis()).isEqualTo(5_000);
		assertThat(liveness.slowestRecoveryMillis()).isNull();
	}

	@Test
	void theTimeBeforeTheFirstAndAfterTheLastCounts() {
		assertThat(measure(successes(4), List.of()).longestGapMillis()).isEqualTo(6_000);
	}

	@Test
	void whatIsNoSuccessDoesNotEndAGap() {
		Completion failed = new Completion(seconds(5), seconds(5), Outcome.FAILED);
		assertThat(measure(List.of(failed), List.of()).longestGapMillis()).isEqualTo(10_000);
	}

	@Test
	void aTimeWithoutMajorityDoesNotCount() {
		Band band = band(2, 8, false, false);
		assertThat(measure(successes(1, 9), List.of(band)).longestGapMillis()).isEqualTo(1_000);
	}

	@Test
	void aTimeWithMajorityCountsAlthoughThereIsAFault() {
		Band band = band(2, 8, false, true);
		assertThat(measure(successes(1, 9), List.of(band)).longestGapMillis()).isEqualTo(8_000);
	}

	@Test
	void theRecoveryIsUntilASuccessThatBeganAfterTheLoss() {
		Completion before = new Completion(seconds(2), seconds(4), Outcome.OK);
		Completion after = new Completion(seconds(5), seconds(6), Outcome.OK);
		Liveness liveness = measure(List.of(before, after), List.of(band(3, 8, true, true)));
		assertThat(liveness.slowestRecoveryMillis()).isEqualTo(3_000);
	}

	@Test
	void thereIsNoRecoveryWithoutASuccess() {
		Liveness liveness = measure(successes(1), List.of(band(3, 8, true, true)));
		assertThat(liveness.slowestRecoveryMillis()).isEqualTo(Liveness.NEVER);
	}

	private static Liveness measure(List<Completion> completions, List<Band> bands) {
		return Liveness.measure(completions, bands, 0, seconds(10));
	}

	private static List<Completion> successes(long... seconds) {
		return LongStream.of(seconds)
			.mapToObj((second) -> new Completion(seconds(second), seconds(second), Outcome.OK))
			.toList();
	}

	private static Band band(long from, long to, boolean leaderLost, boolean majority) {
		return new Band(Fault.KILL_LEADER, seconds(from), seconds(from), seconds(to), List.of("n1"), leaderLost,
				majority, true, "");
	}

	private static long seconds(long seconds) {
		return TimeUnit.SECONDS.toNanos(seconds);
	}

}
