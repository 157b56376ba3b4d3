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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which faults come when. The seed decides, and nothing else.
 *
 * @param steps the steps, one after the other
 */
record FaultSchedule(List<Step> steps) {

	private static final long MIN_QUIET = 2_000;

	private static final long MAX_QUIET = 4_000;

	/**
	 * About what it takes to start processes again.
	 */
	private static final long RECOVERY = 2_000;

	FaultSchedule {
		steps = List.copyOf(steps);
	}

	/**
	 * Makes a schedule in which each fault comes at least once, and all equally often.
	 * @param seed decides
	 * @param faults the faults
	 * @param duration about how long it lasts
	 * @return the schedule
	 */
	static FaultSchedule of(long seed, List<Fault> faults, Duration duration) {
		Random random = new Random(seed);
		List<Step> steps = new ArrayList<>();
		long millis = 0;
		do {
			List<Fault> turn = new ArrayList<>(faults);
			Collections.shuffle(turn, random);
			for (Fault fault : turn) {
				long quiet = MIN_QUIET + random.nextLong(MAX_QUIET - MIN_QUIET);
				steps.add(new Step(fault, quiet, random.nextLong()));
				millis += quiet + fault.holdMillis() + RECOVERY;
			}
		}
		while (millis < duration.toMillis());
		return new FaultSchedule(steps);
	}

	/**
	 * A fault that is to come.
	 *
	 * @param fault the fault
	 * @param quietMillis how long nothing happens before it
	 * @param seed decides whom it hits
	 */
	record Step(Fault fault, long quietMillis, long seed) {

	}

}
