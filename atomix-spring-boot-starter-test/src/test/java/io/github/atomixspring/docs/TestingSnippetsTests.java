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

package io.github.atomixspring.docs;

import io.github.atomixspring.boot.test.AutoConfigureAtomix;
import io.github.atomixspring.boot.test.AutoConfigureTestLeadership;
import io.github.atomixspring.boot.test.TestLeadership;
import io.github.atomixspring.boot.test.WithLeadership;
import io.github.atomixspring.docs.Shop.Prices;
import io.github.atomixspring.docs.Shop.Settlement;
import io.github.atomixspring.spring.election.Leadership;
import io.github.atomixspring.spring.election.LeadershipLostException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.json.JsonTest;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The examples of {@code docs/testing.md}.
 */
class TestingSnippetsTests {

	// tag::unit[]
	@Test
	void leaderThatWasDeposedWritesNothing() {
		Settlement settlement = new Settlement();
		try (TestLeadership leadership = new TestLeadership()) {
			Leadership granted = leadership.grant("settlement");
			settlement.write(granted);
			leadership.revoke();
			assertThatExceptionOfType(LeadershipLostException.class).isThrownBy(() -> settlement.write(granted));
		}
	}
	// end::unit[]

	@Nested
	// tag::node[]
	@SpringBootTest
	@AutoConfigureAtomix
	class PricesTests {

		@Test
		void pricesAreShared(@Autowired Prices prices) {
			prices.set("tea", 3);
			assertThat(prices.of("tea")).isEqualTo(3);
		}

	}
	// end::node[]

	@Nested
	// tag::slice[]
	@JsonTest
	@AutoConfigureAtomix
	@Import(Prices.class)
	class PricesSliceTests {

		// end::slice[]

		@Test
		void pricesAreShared(@Autowired Prices prices) {
			prices.set("tea", 3);
			assertThat(prices.of("tea")).isEqualTo(3);
		}

	}

	@Nested
	// tag::leadership[]
	@SpringBootTest
	@AutoConfigureTestLeadership
	class SettlementTests {

		@Autowired
		private TestLeadership leadership;

		@Autowired
		private Settlement settlement;

		@Test
		void onlyTheLeaderSettles() {
			this.settlement.settle();
			assertThat(this.settlement.terms()).isEmpty();
			long term = this.leadership.grant("settlement").term();
			this.settlement.settle();
			assertThat(this.settlement.terms()).containsExactly(term);
			this.leadership.revoke("settlement");
			this.settlement.settle();
			assertThat(this.settlement.terms()).hasSize(1);
		}

	}
	// end::leadership[]

	@Nested
	@SpringBootTest(properties = "other=true")
	@AutoConfigureTestLeadership
	class AnnotatedSettlementTests {

		@Autowired
		private Settlement settlement;

		// tag::with-leadership[]
		@Test
		@WithLeadership("settlement")
		void leaderSettles() {
			this.settlement.settle();
			assertThat(this.settlement.terms()).hasSize(1);
		}
		// end::with-leadership[]

	}

}
