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

package io.github.atomixspring.benchmarks;

import java.time.Duration;
import java.util.List;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Report} and {@link Spread}.
 */
class ReportTests {

	@Test
	void ratiosAreThoseOfTheRounds() {
		Subject plain = new Subject("ratis", Place.CLIENT);
		Subject ours = new Subject("atomix", Place.LEADER);
		Measurements measurements = new Measurements(List.of(plain, ours));
		for (int round = 1; round <= 3; round++) {
			measurements.add(ours, Step.PUT_1, sample(20 * round, 1));
			measurements.add(plain, Step.PUT_1, sample(10 * round, 4));
		}
		String report = new Report(measurements, List.of(Step.PUT_1)).format(List.of("here"));
		assertThat(report).contains("- here")
			.contains("| put, 1 thread | **20.0** [10.0..30.0] 4.00 / 4.00 | **40.0** [20.0..60.0] 1.00 / 1.00 |")
			.contains("| put, 1 thread | **2.00** [2.00..2.00] |")
			.contains("| put, 1 thread | **0.25** [0.25..0.25] |");
	}

	@Test
	void stepsOfOneSystemAreCompared() {
		Subject ours = new Subject("atomix", Place.CLIENT);
		Measurements measurements = new Measurements(List.of(ours));
		measurements.add(ours, Step.PUT_32, sample(10, 4));
		measurements.add(ours, Step.GET_32, sample(25, 4));
		String report = new Report(measurements, List.of(Step.values())).format(List.of());
		assertThat(report).contains("| get / put at 32 threads, rate | **2.50** [2.50..2.50] |")
			.contains("| hand-over / put at 1 thread, p50 | - |");
	}

	@Test
	void medianOfEvenCountIsTheMiddle() {
		assertThat(Spread.of(List.of(4.0, 1.0, 3.0, 2.0))).isEqualTo(new Spread(2.5, 1, 4));
	}

	private static Sample sample(int count, int millis) {
		Histogram histogram = new Histogram(3);
		histogram.recordValueWithCount(Duration.ofMillis(millis).toNanos(), count);
		return new Sample(new StepResult(histogram, Duration.ofSeconds(1), 0, 0, null), Duration.ofMillis(10));
	}

}
