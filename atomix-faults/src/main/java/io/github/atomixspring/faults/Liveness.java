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
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.faults.workload.Completion;
import io.github.atomixspring.faults.workload.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * How long a workload stood still.
 *
 * @param longestGapMillis the longest time without a success while a majority was up and
 * connected
 * @param slowestRecoveryMillis the longest time from the loss of a leader to the first
 * success of a call that began after it, or null if no leader was lost
 */
record Liveness(long longestGapMillis, @Nullable Long slowestRecoveryMillis) {

	/**
	 * A time that is longer than any that is tolerated: there was no success at all.
	 */
	static final long NEVER = Long.MAX_VALUE;

	/**
	 * Measures.
	 * @param completions the calls of the workload
	 * @param bands the faults
	 * @param begin when the first success was to be seen
	 * @param end when the workload was told to stop
	 * @return what was measured
	 */
	static Liveness measure(List<Completion> completions, List<Band> bands, long begin, long end) {
		List<Completion> successes = completions.stream()
			.filter((completion) -> completion.outcome() == Outcome.OK)
			.sorted(Comparator.comparingLong(Completion::ended))
			.toList();
		return new Liveness(longestGap(successes, bands, begin, end), slowestRecovery(successes, bands));
	}

	/**
	 * Without a majority, the time begins anew when there is one again.
	 */
	private static long longestGap(List<Completion> successes, List<Band> bands, long begin, long end) {
		List<Long> marks = new ArrayList<>();
		marks.add(begin);
		successes.stream().map(Completion::ended).filter((time) -> time > begin && time < end).forEach(marks::add);
		marks.add(end);
		long longest = 0;
		for (int i = 1; i < marks.size(); i++) {
			longest = Math.max(longest, longestGap(marks.get(i - 1), marks.get(i), bands));
		}
		return TimeUnit.NANOSECONDS.toMillis(longest);
	}

	private static long longestGap(long from, long to, List<Band> bands) {
		long start = from;
		long longest = 0;
		for (Band band : bands) {
			if (!band.majority() && band.begin() < to && band.end() > from) {
				longest = Math.max(longest, band.begin() - start);
				start = Math.min(band.end(), to);
			}
		}
		return Math.max(longest, to - start);
	}

	private static @Nullable Long slowestRecovery(List<Completion> successes, List<Band> bands) {
		Long slowest = null;
		for (Band band : bands) {
			if (band.leaderLost()) {
				OptionalLong first = successes.stream()
					.filter((success) -> success.invoked() >= band.effective())
					.mapToLong(Completion::ended)
					.findFirst();
				long millis = first.isPresent() ? TimeUnit.NANOSECONDS.toMillis(first.getAsLong() - band.effective())
						: NEVER;
				slowest = (slowest == null || millis > slowest) ? millis : slowest;
			}
		}
		return slowest;
	}

}
