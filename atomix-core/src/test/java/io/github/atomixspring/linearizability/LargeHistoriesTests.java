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

package io.github.atomixspring.linearizability;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the {@link LinearizabilityChecker} decides histories of the size that fault
 * tests record.
 */
class LargeHistoriesTests {

	private static final int OPERATIONS = 3000;

	private static final int PROCESSES = 10;

	private static final double UNKNOWN = 0.05;

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void registersAreDecided(long seed) {
		decide(new RegisterModel(), () -> new RegisterWorkload(10, 5), seed);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void counterIsDecided(long seed) {
		decide(new CounterModel(), CounterWorkload::new, seed);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void mapIsDecided(long seed) {
		decide(new MapModel(), () -> new MapWorkload(10), seed);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void lockIsDecided(long seed) {
		decide(new LockModel(), LockWorkload::new, seed);
	}

	@Test
	void budgetThatIsUsedUpLeavesTheHistoryUndecided() {
		List<Operation<CounterModel.Input, Long>> history = new Simulation<>(new CounterWorkload(), 1, UNKNOWN)
			.run(PROCESSES, OPERATIONS);
		Verdict verdict = new LinearizabilityChecker<>(new CounterModel()).withBudget(Duration.ofMinutes(1), 100)
			.check(history);
		assertThat(verdict.status()).isEqualTo(Verdict.Status.UNDECIDED);
		assertThat(verdict.isValid()).isFalse();
	}

	private static <S, I, O> void decide(Model<S, I, O> model, Supplier<Workload<I, O>> workload, long seed) {
		LinearizabilityChecker<S, I, O> checker = new LinearizabilityChecker<>(model);
		Simulation<I, O> simulation = new Simulation<>(workload.get(), seed, UNKNOWN);
		List<Operation<I, O>> history = simulation.run(PROCESSES, OPERATIONS);
		assertThat(checker.check(history)).matches(Verdict::isValid);
		for (int mutation = 0; mutation < 10; mutation++) {
			Verdict verdict = checker.check(simulation.mutate(history));
			assertThat(verdict.status()).as(verdict.toString()).isNotEqualTo(Verdict.Status.UNDECIDED);
		}
	}

}
