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

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Judges when entries with a time to live were seen and when they were gone.
 * <p>
 * An entry lives from some moment between the begin and the end of its put. So whoever
 * finds it gone must do so its time to live after the begin at least, and whoever finds
 * it must have asked until its time to live, and a while, after the end. Times in which
 * no call of anybody succeeded do not count: there may have been no leader.
 */
public final class TimesToLive {

	private static final long WHILE = TimeUnit.SECONDS.toNanos(2);

	/**
	 * A longer time without success counts as one without a leader.
	 */
	private static final long SILENCE = TimeUnit.MILLISECONDS.toNanos(250);

	private TimesToLive() {
	}

	/**
	 * Judges observations.
	 * @param timeToLive the time to live of all entries
	 * @param observations what was seen
	 * @param successes when calls ended with success
	 * @return what was wrong, one text for each mistake
	 */
	public static List<String> mistakes(Duration timeToLive, Collection<Observation> observations,
			Collection<Long> successes) {
		TreeSet<Long> times = new TreeSet<>(successes);
		List<String> mistakes = new ArrayList<>();
		for (Observation seen : observations) {
			Entry entry = seen.entry;
			long early = entry.begun + timeToLive.toNanos() - seen.ended;
			long late = seen.begun - entry.ended - timeToLive.toNanos() - WHILE;
			if (!seen.present && early > 0) {
				mistakes.add(entry.key + " was gone " + early + " ns early");
			}
			if (seen.present && late > 0 && late > silence(times, entry.ended, seen.begun)) {
				mistakes.add(entry.key + " was there " + late + " ns after all the time it had");
			}
		}
		return mistakes;
	}

	/**
	 * Returns how much of a time was without success for a while.
	 */
	private static long silence(TreeSet<Long> times, long from, long to) {
		long silence = 0;
		long last = from;
		for (long time : times.subSet(from, to)) {
			silence += (time - last > SILENCE) ? time - last : 0;
			last = time;
		}
		return silence + ((to - last > SILENCE) ? to - last : 0);
	}

	/**
	 * An entry.
	 *
	 * @param key the key
	 * @param begun when its put began
	 * @param ended when its put ended
	 */
	public record Entry(String key, long begun, long ended) {

	}

	/**
	 * A look for an entry.
	 *
	 * @param entry the entry
	 * @param begun when the look began
	 * @param ended when it ended
	 * @param present whether the entry was there
	 */
	public record Observation(Entry entry, long begun, long ended, boolean present) {

	}

}
