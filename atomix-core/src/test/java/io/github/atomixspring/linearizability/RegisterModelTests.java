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

import io.github.atomixspring.linearizability.RegisterModel.Input;
import io.github.atomixspring.linearizability.Verdict.Status;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RegisterModel}.
 */
class RegisterModelTests extends AbstractModelTests {

	private static final ValueResult DONE = ValueResult.of((String) null);

	private final RegisterModel model = new RegisterModel();

	@Test
	void sequentialOperationsAreValid() {
		assertThat(check(this.model, known(0, 1, Input.read("k"), ValueResult.of((String) null)), write(2, 3, "a"),
				known(4, 5, Input.compareAndSet("k", "a", "b"), ValueResult.of(true)),
				known(6, 7, Input.compareAndSet("k", "a", "c"), ValueResult.of(false)), read(8, 9, "b")))
			.isEqualTo(Status.VALID);
	}

	@Test
	void staleReadAfterCompletedWriteIsInvalid() {
		assertThat(check(this.model, write(0, 1, "a"), write(2, 3, "b"), read(4, 5, "a"))).isEqualTo(Status.INVALID);
	}

	@Test
	void readConcurrentWithWriteMayReturnEither() {
		assertThat(check(this.model, write(0, 1, "a"), write(2, 9, "b"), read(3, 4, "a"), read(5, 6, "b")))
			.isEqualTo(Status.VALID);
	}

	@Test
	void readGoingBackInTimeIsInvalid() {
		assertThat(check(this.model, write(0, 1, "a"), write(2, 9, "b"), read(3, 4, "b"), read(5, 6, "a")))
			.isEqualTo(Status.INVALID);
	}

	@Test
	void equalTimesAreConcurrent() {
		assertThat(check(this.model, write(0, 1, "a"), write(1, 2, "b"), read(3, 4, "a"))).isEqualTo(Status.VALID);
	}

	@Test
	void twoSuccessfulCompareAndSetsOfTheSameValueAreInvalid() {
		assertThat(check(this.model, write(0, 1, "a"),
				known(2, 9, Input.compareAndSet("k", "a", "b"), ValueResult.of(true)),
				known(3, 8, Input.compareAndSet("k", "a", "c"), ValueResult.of(true))))
			.isEqualTo(Status.INVALID);
	}

	@Test
	void lostUpdateIsInvalid() {
		assertThat(check(this.model, write(0, 1, "0"),
				known(2, 9, Input.compareAndSet("k", "0", "1"), ValueResult.of(true)),
				known(10, 11, Input.compareAndSet("k", "1", "2"), ValueResult.of(true)), read(12, 13, "1")))
			.isEqualTo(Status.INVALID);
	}

	@Test
	void unknownWriteMayBeSeenLater() {
		assertThat(check(this.model, write(0, 1, "a"), unknown(2, Input.write("k", "b")), read(3, 4, "a"),
				read(50, 60, "b")))
			.isEqualTo(Status.VALID);
	}

	@Test
	void unknownWriteMustNotBeSeenBeforeItsInvocation() {
		assertThat(check(this.model, read(0, 1, "b"), unknown(2, Input.write("k", "b")))).isEqualTo(Status.INVALID);
	}

	@Test
	void unknownWriteTakesEffectAtMostOnce() {
		assertThat(check(this.model, unknown(0, Input.write("k", "b")), read(1, 2, "b"), write(3, 4, "a"),
				read(5, 6, "b")))
			.isEqualTo(Status.INVALID);
	}

	@Test
	void twoUnknownWritesMayTakeEffectInEitherOrder() {
		assertThat(check(this.model, unknown(0, Input.write("k", "a")), unknown(0, Input.write("k", "b")),
				read(1, 2, "b"), read(3, 4, "a")))
			.isEqualTo(Status.VALID);
		assertThat(check(this.model, unknown(0, Input.write("k", "a")), unknown(0, Input.write("k", "b")),
				read(1, 2, "b"), read(3, 4, "a"), read(5, 6, "b")))
			.isEqualTo(Status.INVALID);
	}

	@Test
	void unknownReadIsIgnored() {
		assertThat(check(this.model, unknown(0, Input.read("k")), write(1, 2, "a"))).isEqualTo(Status.VALID);
	}

	@Test
	void keysAreIndependent() {
		Operation<Input, ValueResult> other = known(4, 5, Input.read("other"), ValueResult.of("x"));
		assertThat(check(this.model, write(0, 1, "a"), read(2, 3, "a"))).isEqualTo(Status.VALID);
		assertThat(check(this.model, write(0, 1, "a"), read(2, 3, "a"), other)).isEqualTo(Status.INVALID);
	}

	private static Operation<Input, ValueResult> write(long invoked, long returned, String value) {
		return known(invoked, returned, Input.write("k", value), DONE);
	}

	private static Operation<Input, ValueResult> read(long invoked, long returned, String value) {
		return known(invoked, returned, Input.read("k"), ValueResult.of(value));
	}

}
