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

import io.github.atomixspring.linearizability.QueueModel.Input;
import io.github.atomixspring.linearizability.Verdict.Status;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link QueueModel}.
 */
class QueueModelTests extends AbstractModelTests {

	private final QueueModel model = new QueueModel();

	private static Operation<Input, ValueResult> offer(long invoked, long returned, String value) {
		return known(invoked, returned, Input.offer("q", value), ValueResult.of(true));
	}

	private static Operation<Input, ValueResult> poll(long invoked, long returned, String value) {
		return known(invoked, returned, Input.poll("q"), ValueResult.of(value));
	}

	@Test
	void valuesComeOutInOrder() {
		assertThat(check(this.model, offer(0, 1, "a"), offer(2, 3, "b"), poll(4, 5, "a"), poll(6, 7, "b"),
				poll(8, 9, null)))
			.isEqualTo(Status.VALID);
		assertThat(check(this.model, offer(0, 1, "a"), offer(2, 3, "b"), poll(4, 5, "b"))).isEqualTo(Status.INVALID);
		assertThat(check(this.model, offer(0, 3, "a"), offer(1, 2, "b"), poll(4, 5, "b"))).isEqualTo(Status.VALID);
	}

	@Test
	void lostValueIsInvalid() {
		assertThat(check(this.model, offer(0, 1, "a"), poll(2, 3, null))).isEqualTo(Status.INVALID);
	}

	@Test
	void valueThatIsTakenTwiceIsInvalid() {
		assertThat(check(this.model, offer(0, 1, "a"), poll(2, 5, "a"), poll(3, 4, "a"))).isEqualTo(Status.INVALID);
	}

	@Test
	void unknownTakeMayExplainAMissingValue() {
		assertThat(check(this.model, offer(0, 1, "a"), unknown(2, Input.poll("q")), poll(5, 6, null)))
			.isEqualTo(Status.VALID);
		assertThat(check(this.model, offer(0, 1, "a"), poll(5, 6, null), unknown(7, Input.poll("q"))))
			.isEqualTo(Status.INVALID);
	}

	@Test
	void unknownOfferMayExplainAValue() {
		assertThat(check(this.model, unknown(0, Input.offer("q", "a")), poll(1, 2, null), poll(3, 4, "a")))
			.isEqualTo(Status.VALID);
		assertThat(check(this.model, poll(3, 4, "a"))).isEqualTo(Status.INVALID);
	}

	@Test
	void valueThatIsPutBackKeepsItsPlace() {
		Operation<Input, ValueResult> reserve = known(4, 9, Input.reserve("q"), ValueResult.of("a"));
		Operation<Input, ValueResult> putBack = known(8, 9, Input.putBack("q", "a"), ValueResult.of(true));
		assertThat(check(this.model, offer(0, 1, "a"), offer(2, 3, "b"), offer(2, 3, "c"), reserve, poll(5, 6, "b"),
				putBack, poll(10, 11, "a"), poll(12, 13, "c")))
			.isEqualTo(Status.VALID);
		assertThat(check(this.model, offer(0, 1, "a"), offer(2, 3, "b"), reserve, putBack, poll(10, 11, "b")))
			.isEqualTo(Status.INVALID);
		assertThat(check(this.model, offer(0, 1, "a"), reserve, putBack, poll(10, 11, null))).isEqualTo(Status.INVALID);
	}

}
