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

import java.util.ArrayList;
import java.util.List;

import io.github.atomixspring.faults.workload.Judgement;
import io.github.atomixspring.faults.workload.Outcome;
import io.github.atomixspring.faults.workload.Workload;

/**
 * A workload under the faults of a round.
 *
 * @param workload the workload
 * @param judgement what its histories say
 * @param liveness how long it stood still
 * @param failures why the cell has not passed; none if it has
 */
record Cell(Workload workload, Judgement judgement, Liveness liveness, List<String> failures) {

	private static final long MAX_GAP = 15_000;

	private static final long MAX_RECOVERY = 10_000;

	private static final long MIN_SUCCESSES = 50;

	Cell {
		failures = List.copyOf(failures);
	}

	/**
	 * Decides.
	 * @param workload the workload
	 * @param judgement what its histories say
	 * @param liveness how long it stood still
	 * @param common what is wrong with all cells of the round
	 * @param slack how many times as long as promised it may stand still
	 * @return the cell
	 */
	static Cell of(Workload workload, Judgement judgement, Liveness liveness, List<String> common, int slack) {
		List<String> failures = new ArrayList<>(common);
		if (!judgement.verdict().isValid()) {
			failures.add(judgement.verdict().toString());
		}
		if (judgement.count(Outcome.OK) < MIN_SUCCESSES) {
			failures.add("only %d calls succeeded".formatted(judgement.count(Outcome.OK)));
		}
		if (liveness.longestGapMillis() > slack * MAX_GAP) {
			failures.add("nothing succeeded for %d ms although a majority was up and connected"
				.formatted(liveness.longestGapMillis()));
		}
		Long recovery = liveness.slowestRecoveryMillis();
		if (recovery != null && recovery > slack * MAX_RECOVERY) {
			failures.add((recovery == Liveness.NEVER) ? "nothing succeeded after the loss of a leader"
					: "the first success came %d ms after the loss of a leader".formatted(recovery));
		}
		return new Cell(workload, judgement, liveness, failures);
	}

	boolean passed() {
		return this.failures.isEmpty();
	}

	@Override
	public String toString() {
		Long recovery = this.liveness.slowestRecoveryMillis();
		return "%-10s %s %6d ok %5d failed %5d unknown, longest gap %5d ms%s".formatted(this.workload.id(),
				(passed()) ? "passed" : "FAILED", this.judgement.count(Outcome.OK),
				this.judgement.count(Outcome.FAILED), this.judgement.count(Outcome.UNKNOWN),
				this.liveness.longestGapMillis(),
				(recovery != null) ? ", first success %d ms after the loss of a leader".formatted(recovery) : "");
	}

}
