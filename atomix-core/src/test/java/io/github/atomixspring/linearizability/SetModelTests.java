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

import io.github.atomixspring.linearizability.SetModel.Input;
import io.github.atomixspring.linearizability.SetModel.Kind;
import io.github.atomixspring.linearizability.Verdict.Status;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link SetModel}.
 */
class SetModelTests extends AbstractModelTests {

	private final SetModel model = new SetModel();

	private static Operation<Input, ValueResult> call(long invoked, long returned, Kind kind, boolean output) {
		return known(invoked, returned, new Input(kind, "a"), ValueResult.of(output));
	}

	@Test
	void answersAreThoseOfASet() {
		assertThat(check(this.model, call(0, 1, Kind.CONTAINS, false), call(2, 3, Kind.ADD, true),
				call(4, 5, Kind.ADD, false), call(6, 7, Kind.CONTAINS, true), call(8, 9, Kind.REMOVE, true),
				call(10, 11, Kind.REMOVE, false)))
			.isEqualTo(Status.VALID);
	}

	@Test
	void lostAddAndTwoWinnersAreInvalid() {
		assertThat(check(this.model, call(0, 1, Kind.ADD, true), call(2, 3, Kind.CONTAINS, false)))
			.isEqualTo(Status.INVALID);
		assertThat(check(this.model, call(0, 9, Kind.ADD, true), call(1, 8, Kind.ADD, true))).isEqualTo(Status.INVALID);
	}

	@Test
	void unknownRemoveMayExplainAMissingElement() {
		assertThat(check(this.model, call(0, 1, Kind.ADD, true), unknown(2, new Input(Kind.REMOVE, "a")),
				call(5, 6, Kind.CONTAINS, false)))
			.isEqualTo(Status.VALID);
	}

}
