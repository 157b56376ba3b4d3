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

import io.github.atomixspring.linearizability.LockModel.Answer;
import io.github.atomixspring.linearizability.LockModel.Input;
import io.github.atomixspring.linearizability.LockModel.Output;
import io.github.atomixspring.linearizability.Verdict.Status;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SemaphoreModel}.
 */
class SemaphoreModelTests extends AbstractModelTests {

	private final SemaphoreModel model = new SemaphoreModel(2);

	@Test
	void asManyGrantsAsThereArePermitsAreValid() {
		assertThat(check(this.model, acquire("a", 0, 1, 1), acquire("b", 2, 3, 2), refused("c", 4, 5),
				release("a", 6, 7, Answer.RELEASED), acquire("c", 4, 9, 3)))
			.isEqualTo(Status.VALID);
		assertThat(check(this.model, acquire("a", 0, 1, 1), acquire("b", 2, 3, 2), acquire("c", 4, 5, 3)))
			.isEqualTo(Status.INVALID);
	}

	@Test
	void refusalOrNotOwnerWithoutReasonIsInvalid() {
		assertThat(check(this.model, acquire("a", 0, 1, 1), refused("b", 2, 3))).isEqualTo(Status.INVALID);
		assertThat(check(this.model, acquire("a", 0, 1, 1), release("a", 2, 3, Answer.NOT_OWNER)))
			.isEqualTo(Status.INVALID);
		assertThat(check(this.model, release("a", 2, 3, Answer.NOT_OWNER))).isEqualTo(Status.VALID);
	}

	@Test
	void releaseByOneWhoHoldsNothingIsInvalid() {
		assertThat(check(this.model, release("a", 2, 3, Answer.RELEASED))).isEqualTo(Status.INVALID);
		assertThat(check(this.model, acquire("a", 0, 1, 1), release("a", 2, 3, Answer.RELEASED),
				release("a", 4, 5, Answer.RELEASED)))
			.isEqualTo(Status.INVALID);
	}

	@Test
	void tokenThatRepeatsOrGoesBackIsInvalid() {
		for (long token = 3; token <= 5; token++) {
			assertThat(check(this.model, acquire("a", 0, 1, 4), acquire("b", 2, 3, token)))
				.isEqualTo((token > 4) ? Status.VALID : Status.INVALID);
		}
	}

	@Test
	void unknownAcquisitionMayHoldAPermitAndBeGivenBackUnseen() {
		Operation<Input, Output> lost = unknown(0, Input.acquire("l", "x", "t"));
		assertThat(check(this.model, lost, acquire("a", 1, 2, 1), refused("b", 3, 4), acquire("b", 5, 6, 3)))
			.isEqualTo(Status.VALID);
		assertThat(check(this.model, lost, acquire("a", 1, 2, 1), refused("b", 3, 4),
				release("x", 5, 6, Answer.RELEASED), refused("b", 7, 8)))
			.isEqualTo(Status.INVALID);
		assertThat(check(this.model, lost, refused("b", 3, 4))).isEqualTo(Status.INVALID);
	}

	@Test
	void expiryReturnsThePermitsOfTheSession() {
		assertThat(check(this.model, acquire("a", 0, 1, 1), acquire("b", 2, 3, 2), unknown(4, Input.expire("a")),
				refused("c", 5, 6), acquire("c", 7, 8, 3), release("a", 9, 10, Answer.NOT_OWNER)))
			.isEqualTo(Status.VALID);
		assertThat(check(this.model, acquire("a", 0, 1, 1), acquire("b", 2, 3, 2), unknown(9, Input.expire("a")),
				acquire("c", 7, 8, 3)))
			.isEqualTo(Status.INVALID);
		Operation<Input, Output> expired = known(0, 3, Input.expire("a"), Output.of(Answer.EXPIRED));
		assertThat(check(this.model, expired, acquire("a", 2, 5, 1))).isEqualTo(Status.VALID);
		assertThat(check(this.model, expired, acquire("a", 4, 5, 1))).isEqualTo(Status.INVALID);
	}

	@Test
	void unknownReleaseMayTakeEffectOnce() {
		Operation<Input, Output> release = unknown(4, Input.release("l", "a", "t"));
		assertThat(check(this.model, acquire("a", 0, 1, 1), acquire("b", 2, 3, 2), release, refused("c", 5, 6),
				acquire("c", 7, 8, 3)))
			.isEqualTo(Status.VALID);
		assertThat(check(this.model, acquire("a", 0, 1, 1), acquire("b", 2, 3, 2), release, acquire("c", 5, 6, 3),
				acquire("d", 7, 8, 4)))
			.isEqualTo(Status.INVALID);
	}

	private static Operation<Input, Output> acquire(String session, long invoked, long returned, long token) {
		return known(invoked, returned, Input.acquire("l", session, "t"), Output.granted(token));
	}

	private static Operation<Input, Output> refused(String session, long invoked, long returned) {
		return known(invoked, returned, Input.acquire("l", session, "t"), Output.of(Answer.REFUSED));
	}

	private static Operation<Input, Output> release(String session, long invoked, long returned, Answer answer) {
		return known(invoked, returned, Input.release("l", session, "t"), Output.of(answer));
	}

}
