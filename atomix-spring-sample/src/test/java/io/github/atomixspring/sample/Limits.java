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

package io.github.atomixspring.sample;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.time.Duration;
import java.util.Locale;

/**
 * How long things may take: on a machine that is busy with other work more than on one
 * that is not.
 */
final class Limits {

	/**
	 * How long a test waits for what nobody promised a time for.
	 */
	static final Duration PATIENCE = Duration.ofMinutes(3);

	private Limits() {
	}

	/**
	 * So long the machine may stand still in between.
	 */
	private static final Duration STANDSTILL = Duration.ofSeconds(4);

	/**
	 * Returns what a promised time may be here: itself with {@code -Dsample.slack=1},
	 * otherwise twice as much and some seconds, and more if the processors are shared
	 * with other work.
	 * @param promised the time on a machine that does nothing else
	 * @return the limit
	 */
	static Duration of(Duration promised) {
		String slack = System.getProperty("sample.slack");
		if (slack != null) {
			return times(promised, Double.parseDouble(slack));
		}
		return times(promised, slack()).plus(STANDSTILL);
	}

	private static Duration times(Duration promised, double slack) {
		return Duration.ofMillis((long) (promised.toMillis() * slack));
	}

	private static double slack() {
		OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
		return 2 * Math.max(1, system.getSystemLoadAverage() / system.getAvailableProcessors());
	}

	/**
	 * Prints what was measured.
	 * @param what what it is
	 * @param nanos the time in nanoseconds
	 * @return the time
	 */
	static Duration measured(String what, long nanos) {
		System.out.printf(Locale.ROOT, "MEASURED %s: %.2f s%n", what, nanos / 1e9);
		return Duration.ofNanos(nanos);
	}

}
