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

import io.github.atomixspring.faults.node.Bug;
import io.github.atomixspring.faults.workload.Workload;
import io.github.atomixspring.linearizability.Verdict;

/**
 * Rounds with members in which a bug is sown. A suite that does not notice each of them
 * would notice none of its kind that is there by mistake.
 */
final class RedGate {

	/**
	 * So many that one of the followers is soon tired of waiting for a leader that is cut
	 * off and goes on for long.
	 */
	private static final int MANY = 5;

	private RedGate() {
	}

	/**
	 * Returns a round for each bug, with a fault that lets it show.
	 * @param members how many members clusters have
	 * @param seed decides what chance would
	 * @return the rounds
	 */
	static List<Round> rounds(int members, long seed) {
		return List.of(
				round(Bug.LOST_ELEMENT, List.of(Workload.QUEUE, Workload.SET), Fault.KILL_FOLLOWER, 1, members, seed),
				round(Bug.LOST_EVENT, List.of(Workload.EVENTS), Fault.KILL_FOLLOWER, 1, members, seed),
				round(Bug.DEDUPLICATION_OFF, List.of(Workload.COUNTER), Fault.KILL_LEADER, 1, members, seed),
				round(Bug.EARLY_END, List.of(Workload.MAP), Fault.KILL_FOLLOWER, 1, members, seed),
				round(Bug.DEAD_SESSION, List.of(Workload.LOCK, Workload.SEMAPHORE), Fault.KILL_LEADER, 1, members,
						seed),
				round(Bug.STALE_READS, List.of(Workload.REGISTER), Fault.ISOLATE_LEADER, 20, Math.max(MANY, members),
						seed));
	}

	private static Round round(Bug bug, List<Workload> workloads, Fault fault, int seconds, int members, long seed) {
		return new Round(bug.id() + " and " + fault.id(), workloads, List.of(fault), members,
				Duration.ofSeconds(seconds), seed, bug.id(), 1);
	}

	/**
	 * Returns whether the bug of a round was noticed, by what the histories say.
	 * @param result what was seen
	 * @return whether no workload passed for valid
	 */
	static boolean caught(RoundResult result) {
		return result.cells()
			.stream()
			.allMatch((cell) -> cell.judgement().verdict().status() == Verdict.Status.INVALID);
	}

}
