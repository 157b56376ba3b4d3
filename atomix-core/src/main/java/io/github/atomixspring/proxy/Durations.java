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

package io.github.atomixspring.proxy;

import java.time.Duration;
import java.util.Objects;

/**
 * Checks durations and turns them into the milliseconds of the protocol.
 */
public final class Durations {

	/**
	 * The longest duration that makes a difference: a hundred years. Longer ones would
	 * overflow where they are added to a time.
	 */
	private static final Duration MAX = Duration.ofDays(36500);

	private Durations() {
	}

	/**
	 * Returns a positive duration in milliseconds, rounded up so that it never ends
	 * early.
	 * @param duration the duration
	 * @param name the name of the parameter
	 * @return the milliseconds, at least one
	 * @throws IllegalArgumentException if it is not positive
	 */
	public static long positiveMillis(Duration duration, String name) {
		Objects.requireNonNull(duration, () -> "'" + name + "' must not be null");
		if (duration.isNegative() || duration.isZero()) {
			throw new IllegalArgumentException("'" + name + "' must be positive, not " + duration);
		}
		return bounded(duration).plusNanos(999_999).toMillis();
	}

	/**
	 * Returns a duration that can be converted to nanoseconds.
	 * @param duration the duration
	 * @return the duration, or a hundred years if it is longer
	 */
	public static Duration bounded(Duration duration) {
		return (duration.compareTo(MAX) > 0) ? MAX : duration;
	}

}
