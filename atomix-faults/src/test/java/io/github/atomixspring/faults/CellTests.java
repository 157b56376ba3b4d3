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

import java.util.Collections;
import java.util.List;

import io.github.atomixspring.faults.workload.Completion;
import io.github.atomixspring.faults.workload.Judgement;
import io.github.atomixspring.faults.workload.Outcome;
import io.github.atomixspring.faults.workload.Workload;
import io.github.atomixspring.linearizability.Verdict;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CellTests {

	private static final Liveness LIVELY = new Liveness(15_000, 10_000L);

	@Test
	void passesAtTheLimits() {
		assertThat(cell(Verdict.Status.VALID, 50, LIVELY).passed()).isTrue();
	}

	@Test
	void failsIfItsHistoryIsNotProvenToBeValid() {
		assertThat(cell(Verdict.Status.UNDECIDED, 50, LIVELY).passed()).isFalse();
		assertThat(cell(Verdict.Status.INVALID, 50, LIVELY).passed()).isFalse();
	}

	@Test
	void failsIfItDidNothing() {
		assertThat(cell(Verdict.Status.VALID, 49, LIVELY).passed()).isFalse();
	}

	@Test
	void failsIfItStoodStillForTooLong() {
		assertThat(cell(Verdict.Status.VALID, 50, new Liveness(15_001, null)).passed()).isFalse();
		assertThat(cell(Verdict.Status.VALID, 50, new Liveness(0, 10_001L)).passed()).isFalse();
	}

	@Test
	void mayStandStillForLongerWhereThereIsSlack() {
		assertThat(withSlack(new Liveness(30_000, 20_000L)).passed()).isTrue();
		assertThat(withSlack(new Liveness(30_001, null)).passed()).isFalse();
		assertThat(withSlack(new Liveness(0, 20_001L)).passed()).isFalse();
		assertThat(withSlack(new Liveness(0, Liveness.NEVER)).passed()).isFalse();
	}

	private static Cell withSlack(Liveness liveness) {
		return Cell.of(Workload.SET, judgement(Verdict.Status.VALID, 50), liveness, List.of(), 2);
	}

	@Test
	void failsWithItsRound() {
		Cell cell = Cell.of(Workload.SET, judgement(Verdict.Status.VALID, 50), LIVELY, List.of("not hit"), 1);
		assertThat(cell.failures()).containsExactly("not hit");
	}

	private static Cell cell(Verdict.Status status, int successes, Liveness liveness) {
		return Cell.of(Workload.SET, judgement(status, successes), liveness, List.of(), 1);
	}

	private static Judgement judgement(Verdict.Status status, int successes) {
		return new Judgement(new Verdict(status, successes, 0, ""),
				Collections.nCopies(successes, new Completion(0, 1, Outcome.OK)));
	}

}
