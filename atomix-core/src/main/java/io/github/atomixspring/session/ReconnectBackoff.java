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

package io.github.atomixspring.session;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next link.
 */
final class ReconnectBackoff {

	private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(20);

	private static final long LONGEST = TimeUnit.SECONDS.toNanos(1);

	/**
	 * The longest delay while an election is likely to be the cause. Elections are short.
	 */
	private static final long LONGEST_EARLY = TimeUnit.MILLISECONDS.toNanos(200);

	private static final int EARLY_FAILURES = 25;

	private static final int MAX_SHIFT = 10;

	private static final int MAX_HOPS = 3;

	private final RandomGenerator random;

	private int failures;

	private int hops;

	ReconnectBackoff(RandomGenerator random) {
		this.random = random;
	}

	/**
	 * A link served the session for a while: the next failure is a new one.
	 */
	void reset() {
		this.failures = 0;
		this.hops = 0;
	}

	/**
	 * A link was lost or could not be opened.
	 * @return the delay in nanoseconds; zero the first time
	 */
	long failed() {
		return next((this.failures <= EARLY_FAILURES) ? LONGEST_EARLY : LONGEST);
	}

	/**
	 * A member answered that there is no leader now.
	 * @return the delay in nanoseconds
	 */
	long leaderless() {
		this.failures = Math.max(this.failures, 1);
		return next(LONGEST_EARLY);
	}

	/**
	 * A member is there but will not help soon.
	 * @return the delay in nanoseconds
	 */
	long refused() {
		this.failures = Math.max(this.failures, EARLY_FAILURES);
		return next(LONGEST);
	}

	/**
	 * It is known how to go on. A few such answers in a row are followed at once; more
	 * are members that disagree.
	 * @return the delay in nanoseconds
	 */
	long follow() {
		return (this.hops++ < MAX_HOPS) ? 0 : next(LONGEST);
	}

	private long next(long longest) {
		int failure = this.failures++;
		if (failure == 0) {
			return 0;
		}
		long delay = Math.min(longest, FIRST << Math.min(failure - 1, MAX_SHIFT));
		return delay / 2 + this.random.nextLong(delay / 2 + 1);
	}

}
