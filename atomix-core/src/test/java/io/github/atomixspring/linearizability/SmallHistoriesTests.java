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

import java.util.List;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Comparison of the {@link LinearizabilityChecker} with one that tries everything.
 */
class SmallHistoriesTests {

	private static final int SEEDS = 3000;

	@Test
	void registerIsJudgedAsByBruteForce() {
		judge(new RegisterModel(), () -> new RegisterWorkload(1, 3));
	}

	@Test
	void counterIsJudgedAsByBruteForce() {
		judge(new CounterModel(), CounterWorkload::new);
	}

	@Test
	void mapIsJudgedAsByBruteForce() {
		judge(new MapModel(), () -> new MapWorkload(1));
	}

	@Test
	void lockIsJudgedAsByBruteForce() {
		judge(new LockModel(), LockWorkload::new);
	}

	@Test
	void bankIsJudgedAsByBruteForce() {
		judge(new BankModel(), BankWorkload::new);
	}

	private static <S, I, O> void judge(Model<S, I, O> model, Supplier<Workload<I, O>> workloads) {
		LinearizabilityChecker<S, I, O> checker = new LinearizabilityChecker<>(model);
		BruteForceChecker<S, I, O> bruteForce = new BruteForceChecker<>(model);
		int invalid = 0;
		for (int seed = 0; seed < SEEDS; seed++) {
			Simulation<I, O> simulation = new Simulation<>(workloads.get(), seed, 0.2);
			List<Operation<I, O>> history = simulation.run(3, 7);
			assertThat(checker.check(history)).as("seed %d: %s", seed, history).matches(Verdict::isValid);
			if (!history.isEmpty()) {
				List<Operation<I, O>> mutated = simulation.mutate(history);
				Verdict verdict = checker.check(mutated);
				assertThat(verdict.isValid()).as("seed %d: %s%n%s", seed, mutated, verdict)
					.isEqualTo(bruteForce.isLinearizable(mutated));
				invalid += (verdict.isValid()) ? 0 : 1;
			}
		}
		assertThat(invalid).isBetween(SEEDS / 10, SEEDS * 9 / 10);
	}

}
