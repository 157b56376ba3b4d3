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

import io.github.atomixspring.linearizability.MapModel.Input;
import io.github.atomixspring.linearizability.Verdict.Status;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MapModel}.
 */
class MapModelTests extends AbstractModelTests {

	private final MapModel model = new MapModel();

	@Test
	void oldValuesAreThoseOfAConcurrentMap() {
		assertThat(check(this.model, known(0, 1, Input.put("k", "a"), none()),
				known(2, 3, Input.put("k", "b"), ValueResult.of("a")),
				known(4, 5, Input.putIfAbsent("k", "c"), ValueResult.of("b")),
				known(6, 7, Input.replace("k", "b", "d"), ValueResult.of(true)),
				known(8, 9, Input.replace("k", "b", "e"), ValueResult.of(false)),
				known(10, 11, Input.remove("k"), ValueResult.of("d")), known(12, 13, Input.remove("k"), none()),
				known(14, 15, Input.putIfAbsent("k", "f"), none()), known(16, 17, Input.get("k"), ValueResult.of("f"))))
			.isEqualTo(Status.VALID);
	}

	@Test
	void staleReadAfterCompletedPutIsInvalid() {
		assertThat(check(this.model, known(0, 1, Input.put("k", "a"), none()), known(2, 3, Input.get("k"), none())))
			.isEqualTo(Status.INVALID);
	}

	@Test
	void lostPutIsInvalid() {
		assertThat(
				check(this.model, known(0, 9, Input.put("k", "a"), none()), known(1, 8, Input.put("k", "b"), none())))
			.isEqualTo(Status.INVALID);
	}

	@Test
	void twoWinnersOfPutIfAbsentAreInvalid() {
		assertThat(check(this.model, known(0, 9, Input.putIfAbsent("k", "a"), none()),
				known(1, 8, Input.putIfAbsent("k", "b"), none())))
			.isEqualTo(Status.INVALID);
	}

	@Test
	void resurrectedValueIsInvalid() {
		assertThat(check(this.model, known(0, 1, Input.put("k", "a"), none()),
				known(2, 3, Input.remove("k"), ValueResult.of("a")),
				known(4, 5, Input.replace("k", "a", "b"), ValueResult.of(true))))
			.isEqualTo(Status.INVALID);
	}

	@Test
	void unknownRemoveMayExplainAMissingValue() {
		Operation<Input, ValueResult> put = known(0, 1, Input.put("k", "a"), none());
		Operation<Input, ValueResult> miss = known(5, 6, Input.get("k"), none());
		assertThat(check(this.model, put, unknown(2, Input.remove("k")), miss)).isEqualTo(Status.VALID);
		assertThat(check(this.model, put, unknown(7, Input.remove("k")), miss)).isEqualTo(Status.INVALID);
	}

	private static ValueResult none() {
		return ValueResult.of((String) null);
	}

}
