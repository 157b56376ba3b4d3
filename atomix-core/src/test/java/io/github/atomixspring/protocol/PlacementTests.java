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

package io.github.atomixspring.protocol;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Placement}. The values are those of data that exists: they must never
 * change.
 */
class PlacementTests {

	@ParameterizedTest
	@CsvSource({ "a, 1, 2, 3, 27", "b, 0, 1, 0, 16", "c, 0, 0, 2, 14", "d, 0, 1, 2, 30", "orders, 1, 1, 1, 25",
			"orders{customer-7}, 0, 0, 2, 14", "customer-7, 0, 0, 2, 14", "prices, 1, 1, 3, 23", "{}, 1, 0, 1, 5",
			"größe, 1, 1, 1, 1", "leader, 0, 2, 2, 22" })
	void partitionsAreFixedForEver(String name, int ofTwo, int ofThree, int ofFour, int ofThirtyTwo) {
		assertThat(List.of(2, 3, 4, 32)).extracting((partitions) -> Placement.partitionOf(name, partitions))
			.containsExactly(ofTwo, ofThree, ofFour, ofThirtyTwo);
		assertThat(Placement.partitionOf(name, 1)).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "orders{customer-7}, customer-7", "{customer-7}orders, customer-7", "{a}{b}, a", "{{a}, {a",
			"x{}, x{}", "x{}{a}, x{}{a}", "x{a, x{a", "} {x, } {x", "}{a}, a", "{ }, ' '" })
	void tagIsWhatStandsInTheFirstBraces(String name, String tag) {
		assertThat(Placement.tagOf(name)).isEqualTo(tag);
	}

}
