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

import io.github.atomixspring.linearizability.CounterModel.Input;
import io.github.atomixspring.linearizability.Verdict.Status;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CounterModel}.
 */
class CounterModelTests extends AbstractModelTests {

	private final CounterModel model = new CounterModel();

	@Test
	void concurrentIncrementsWithDistinctResultsAreValid() {
		assertThat(check(this.model, add(0, 9, 2), add(1, 8, 3), add(2, 7, 1), get(10, 11, 3))).isEqualTo(Status.VALID);
	}

	@Test
	void duplicateIncrementThatSkipsAResultIsInvalid() {
		assertThat(check(this.model, add(0, 1, 1), add(2, 3, 3))).isEqualTo(Status.INVALID);
	}

	@Test
	void lostIncrementIsInvalid() {
		assertThat(check(this.model, add(0, 9, 1), add(1, 8, 1))).isEqualTo(Status.INVALID);
		assertThat(check(this.model, add(0, 1, 1), add(2, 3, 2), get(4, 5, 1))).isEqualTo(Status.INVALID);
	}

	@Test
	void unknownIncrementsExplainASkippedResultOnceEach() {
		assertThat(check(this.model, unknown(0, Input.addAndGet("k", 1)), add(1, 2, 1), add(3, 4, 3)))
			.isEqualTo(Status.VALID);
		assertThat(check(this.model, unknown(0, Input.addAndGet("k", 1)), add(1, 2, 2), add(3, 4, 4)))
			.isEqualTo(Status.INVALID);
	}

	private static Operation<Input, Long> add(long invoked, long returned, long result) {
		return known(invoked, returned, Input.addAndGet("k", 1), result);
	}

	private static Operation<Input, Long> get(long invoked, long returned, long result) {
		return known(invoked, returned, Input.get("k"), result);
	}

}
