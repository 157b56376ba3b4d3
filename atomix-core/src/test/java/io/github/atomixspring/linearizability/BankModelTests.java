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

import java.util.Arrays;
import java.util.List;

import io.github.atomixspring.linearizability.BankModel.Input;
import io.github.atomixspring.linearizability.BankModel.Output;
import io.github.atomixspring.linearizability.Verdict.Status;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BankModel}.
 */
class BankModelTests extends AbstractModelTests {

	private final BankModel model = new BankModel();

	@Test
	void transferIsSeenAsAWholeOrNotAtAll() {
		assertThat(check(this.model, transfer(0, 9, 0, 1, 10, 100, 100), read(1, 2, 90, 110, 100, 100)))
			.isEqualTo(Status.VALID);
		assertThat(check(this.model, transfer(0, 9, 0, 1, 10, 100, 100), read(1, 2, 100, 100, 100, 100)))
			.isEqualTo(Status.VALID);
		assertThat(check(this.model, transfer(0, 9, 0, 1, 10, 100, 100), read(1, 2, 90, 100, 100, 100)))
			.isEqualTo(Status.INVALID);
	}

	@Test
	void lostUpdateAndWriteSkewAreInvalid() {
		assertThat(check(this.model, transfer(0, 9, 0, 1, 10, 100, 100), transfer(0, 9, 0, 2, 10, 100, 100)))
			.isEqualTo(Status.INVALID);
		assertThat(check(this.model, transfer(0, 9, 0, 1, 100, 100, 100), transfer(0, 9, 0, 1, 100, 0, 200)))
			.isEqualTo(Status.VALID);
	}

	@Test
	void oldStateAfterTheAnswerIsInvalid() {
		assertThat(check(this.model, transfer(0, 1, 0, 1, 10, 100, 100), read(2, 3, 100, 100, 100, 100)))
			.isEqualTo(Status.INVALID);
	}

	@Test
	void unknownTransferMayHaveHappenedOnce() {
		assertThat(check(this.model, unknown(0, Input.transfer("g", 0, 1, 10)), read(1, 2, 100, 100, 100, 100),
				read(3, 4, 90, 110, 100, 100)))
			.isEqualTo(Status.VALID);
		assertThat(check(this.model, unknown(0, Input.transfer("g", 0, 1, 10)), read(3, 4, 80, 120, 100, 100)))
			.isEqualTo(Status.INVALID);
	}

	private static Operation<Input, Output> transfer(long invoked, long returned, int from, int to, long amount,
			long seenFrom, long seenTo) {
		return known(invoked, returned, Input.transfer("g", from, to, amount), new Output(List.of(seenFrom, seenTo)));
	}

	private static Operation<Input, Output> read(long invoked, long returned, long... balances) {
		return known(invoked, returned, Input.read("g"), new Output(Arrays.stream(balances).boxed().toList()));
	}

}
