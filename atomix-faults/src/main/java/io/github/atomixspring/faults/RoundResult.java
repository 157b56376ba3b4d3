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

import io.github.atomixspring.faults.workload.Judgement;
import io.github.atomixspring.linearizability.Verdict;

/**
 * What was seen in a round.
 *
 * @param name the name of the round
 * @param members how many members there were
 * @param begin when the workloads had begun
 * @param end when they were told to stop
 * @param bands the faults
 * @param leaders who led
 * @param digests the digests in the end
 * @param cells what is said about the workloads
 * @param obstacle why it was not played, empty if it was
 */
record RoundResult(String name, int members, long begin, long end, List<Band> bands, List<LeaderChange> leaders,
		Digests digests, List<Cell> cells, String obstacle) {

	RoundResult {
		bands = List.copyOf(bands);
		leaders = List.copyOf(leaders);
		cells = List.copyOf(cells);
	}

	/**
	 * Returns the result of a round that could not be played to its end.
	 * @param round the round
	 * @param reason why
	 * @return the result: all cells have failed
	 */
	static RoundResult brokenOff(Round round, String reason) {
		Judgement none = new Judgement(new Verdict(Verdict.Status.UNDECIDED, 0, 0, ""), List.of());
		List<Cell> cells = round.workloads()
			.stream()
			.map((workload) -> new Cell(workload, none, new Liveness(Liveness.NEVER, null), List.of(reason)))
			.toList();
		return new RoundResult(round.name(), round.members(), 0, 0, List.of(), List.of(), new Digests(false, 0, reason),
				cells, "");
	}

	/**
	 * Returns the result of a round that cannot be played here.
	 * @param round the round
	 * @param obstacle why
	 * @return the result, which is no pass
	 */
	static RoundResult notPlayed(Round round, String obstacle) {
		return new RoundResult(round.name(), round.members(), 0, 0, List.of(), List.of(), new Digests(false, 0, ""),
				List.of(), obstacle);
	}

	boolean played() {
		return this.obstacle.isEmpty();
	}

	boolean passed() {
		return played() && this.cells.stream().allMatch(Cell::passed);
	}

}
