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
 * Tests for {@link LockModel}.
 */
class LockModelTests extends AbstractModelTests {

	private final LockModel model = new LockModel();

	@Test
	void grantsInTurnWithGrowingTokensAreValid() {
		assertThat(check(this.model, acquire("a", 0, 1, 3), refused("b", 2, 3), release("a", 4, 5, Answer.RELEASED),
				acquire("b", 0, 9, 7), release("a", 10, 11, Answer.NOT_OWNER), release("b", 12, 13, Answer.RELEASED)))
			.isEqualTo(Status.VALID);
	}

	@Test
	void reentrantGrantRepeatsItsToken() {
		assertThat(check(this.model, acquire("a", 0, 1, 3), acquire("a", 2, 3, 3), release("a", 4, 5, Answer.RELEASED),
				refused("b", 6, 7), release("a", 8, 9, Answer.RELEASED), acquire("b", 10, 11, 4)))
			.isEqualTo(Status.VALID);
		assertThat(check(this.model, acquire("a", 0, 1, 3), acquire("a", 2, 3, 3), release("a", 4, 5, Answer.RELEASED),
				acquire("b", 6, 7, 4)))
			.isEqualTo(Status.INVALID);
	}

	@Test
	void secondGrantWithoutReleaseOrExpiryIsInvalid() {
		assertThat(check(this.model, acquire("a", 0, 1, 1), acquire("b", 2, 3, 2))).isEqualTo(Status.INVALID);
		assertThat(check(this.model, acquire("a", 0, 9, 1), acquire("b", 1, 8, 2))).isEqualTo(Status.INVALID);
	}

	@Test
	void secondThreadOfTheSameSessionIsAnotherOwner() {
		assertThat(check(this.model, acquire("a", 0, 1, 1),
				known(2, 3, Input.acquire("l", "a", "other"), Output.granted(1))))
			.isEqualTo(Status.INVALID);
	}

	@Test
	void tokenThatRepeatsOrGoesBackIsInvalid() {
		for (long token = 3; token <= 5; token++) {
			assertThat(check(this.model, acquire("a", 0, 1, 4), release("a", 2, 3, Answer.RELEASED),
					acquire("b", 4, 5, token)))
				.isEqualTo((token > 4) ? Status.VALID : Status.INVALID);
		}
	}

	@Test
	void grantAfterPossibleExpiryIsValidOnlyOnceTheFaultHasBegun() {
		assertThat(check(this.model, acquire("a", 0, 1, 1), unknown(2, Input.expire("a")), refused("b", 3, 4),
				acquire("b", 5, 6, 2), release("a", 7, 8, Answer.NOT_OWNER)))
			.isEqualTo(Status.VALID);
		assertThat(check(this.model, acquire("a", 0, 1, 1), acquire("b", 5, 6, 2), unknown(7, Input.expire("a"))))
			.isEqualTo(Status.INVALID);
	}

	@Test
	void grantToADeadSessionIsInvalid() {
		Operation<Input, Output> expired = known(0, 3, Input.expire("a"), Output.of(Answer.EXPIRED));
		assertThat(check(this.model, expired, acquire("a", 2, 5, 1))).isEqualTo(Status.VALID);
		assertThat(check(this.model, expired, acquire("a", 4, 5, 1))).isEqualTo(Status.INVALID);
	}

	@Test
	void grantToASessionWhoseLockWasTakenByExpiryIsInvalid() {
		assertThat(check(this.model, acquire("a", 0, 1, 1), unknown(2, Input.expire("a")), acquire("b", 3, 4, 2),
				release("b", 5, 6, Answer.RELEASED), acquire("a", 7, 8, 3)))
			.isEqualTo(Status.INVALID);
	}

	@Test
	void releaseByTheOldHolderAfterExpiryIsInvalid() {
		assertThat(check(this.model, acquire("a", 0, 1, 1), unknown(2, Input.expire("a")), acquire("b", 3, 4, 2),
				release("a", 5, 6, Answer.RELEASED)))
			.isEqualTo(Status.INVALID);
	}

	@Test
	void refusalOrNotOwnerWithoutReasonIsInvalid() {
		assertThat(check(this.model, refused("a", 0, 1), acquire("b", 2, 3, 1))).isEqualTo(Status.INVALID);
		assertThat(check(this.model, acquire("a", 0, 1, 1), release("a", 2, 3, Answer.NOT_OWNER)))
			.isEqualTo(Status.INVALID);
	}

	@Test
	void unknownAcquisitionMayHoldTheLockAndBeGivenBackUnseen() {
		Operation<Input, Output> lost = unknown(0, Input.acquire("l", "a", "t"));
		assertThat(check(this.model, lost, refused("b", 1, 2), acquire("b", 3, 4, 2))).isEqualTo(Status.VALID);
		assertThat(
				check(this.model, lost, refused("b", 1, 2), release("a", 3, 4, Answer.RELEASED), acquire("b", 5, 6, 1)))
			.isEqualTo(Status.VALID);
	}

	@Test
	void unknownReleaseMayTakeEffectOnce() {
		Operation<Input, Output> release = unknown(2, Input.release("l", "a", "t"));
		assertThat(check(this.model, acquire("a", 0, 1, 1), release, refused("b", 3, 4), acquire("b", 5, 6, 2)))
			.isEqualTo(Status.VALID);
		assertThat(check(this.model, acquire("a", 0, 1, 1), release, acquire("a", 5, 6, 2), acquire("b", 7, 8, 3)))
			.isEqualTo(Status.INVALID);
	}

	@Test
	void lostClaimMayBeTakenBackAtAnyTime() {
		assertThat(check(this.model, acquire("a", 0, 1, 1), release("a", 2, 3, Answer.LOST), refused("b", 4, 5),
				acquire("b", 6, 7, 2)))
			.isEqualTo(Status.VALID);
	}

	@Test
	void expiryConcernsEveryLockOfTheSession() {
		Operation<Input, Output> held = known(0, 1, Input.acquire("other", "a", "t"), Output.granted(1));
		Operation<Input, Output> taken = known(5, 6, Input.acquire("other", "b", "t"), Output.granted(2));
		assertThat(check(this.model, held, acquire("a", 0, 1, 1), unknown(2, Input.expire("a")), taken,
				acquire("b", 5, 6, 2)))
			.isEqualTo(Status.VALID);
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
