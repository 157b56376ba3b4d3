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
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Workload} and {@link StepResult}.
 */
class WorkloadTests {

	private static final Duration DURATION = Duration.ofMillis(100);

	private static final Duration LONGEST = Duration.ofSeconds(30);

	@ParameterizedTest
	@EnumSource(Step.class)
	void everyStepCompletesOperations(Step step) throws InterruptedException {
		StepResult result = run(new InMemorySystem(), step, (attempt) -> attempt.latencies().getTotalCount() > 0);
		assertThat(result.errors()).isZero();
		assertThat(result.violations()).isZero();
		assertThat(result.latencies().getTotalCount()).isPositive();
		assertThat(result.rate()).isEqualTo(result.latencies().getTotalCount() * 1000.0 / result.elapsed().toMillis());
	}

	/**
	 * Runs a step, and again for longer if what is looked for did not happen: on a busy
	 * machine a short time can be over before a thread has begun.
	 */
	private static StepResult run(KeyValueSystem system, Step step, Predicate<StepResult> happened)
			throws InterruptedException {
		Duration duration = DURATION;
		StepResult result = new Workload(system, "test").run(step, duration);
		while (!happened.test(result) && duration.compareTo(LONGEST) < 0) {
			duration = duration.multipliedBy(4);
			result = new Workload(system, "test").run(step, duration);
		}
		return result;
	}

	@Test
	void lockWithTwoHoldersIsReported() throws InterruptedException {
		InMemorySystem system = new InMemorySystem() {

			@Override
			public BenchmarkLock lock(String name) {
				return new BenchmarkLock() {

					@Override
					public void lock() {
					}

					@Override
					public void unlock() {
					}

				};
			}

		};
		StepResult result = run(system, Step.HANDOVER_8, (attempt) -> attempt.violations() > 0);
		assertThat(result.violations()).isPositive();
	}

	@ParameterizedTest
	@EnumSource(value = Step.class, names = { "PUT_1", "PUT_32" })
	void failureIsReported(Step step) throws InterruptedException {
		InMemorySystem system = new InMemorySystem() {

			@Override
			public void put(String key, byte[] value) {
				throw new IllegalStateException("no\nleader");
			}

		};
		StepResult result = run(system, step, (attempt) -> attempt.errors() == step.concurrency());
		assertThat(result.errors()).isEqualTo(step.concurrency());
		assertThat(StepResult.parse(result.format()).problem()).contains("no leader");
	}

	@Test
	void resultSurvivesItsText() throws InterruptedException {
		StepResult result = new Workload(new InMemorySystem(), "test").run(Step.PUT_1, DURATION);
		StepResult parsed = StepResult.parse(result.format());
		assertThat(parsed.latencies()).isEqualTo(result.latencies());
		assertThat(parsed.elapsed()).isEqualTo(DURATION);
		assertThat(parsed.problem()).isNull();
		assertThat(result.format()).doesNotContain("\n");
	}

}
