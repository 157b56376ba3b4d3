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

package io.github.atomixspring.benchmarks;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link BenchmarkOptions}.
 */
class BenchmarkOptionsTests {

	@Test
	void bothSystemsByDefault() {
		BenchmarkOptions options = BenchmarkOptions.parse();
		assertThat(options.systems()).extracting(SystemSpec::type).containsExactly(SystemType.RATIS, SystemType.ATOMIX);
		assertThat(options.steps()).containsExactly(Step.values());
		assertThat(options.places(SystemType.RATIS)).containsExactly(Place.CLIENT);
		assertThat(options.places(SystemType.ATOMIX)).containsExactly(Place.values());
	}

	@Test
	void fullWarmsPlainRatisUpForFourMinutes() {
		BenchmarkOptions options = BenchmarkOptions.parse("--full");
		assertThat(options.minWarmUp(SystemType.RATIS)).isEqualTo(Duration.ofMinutes(4));
		assertThat(options.rounds()).isEqualTo(7);
	}

	@Test
	void variantsHaveNamesAndOptions() {
		BenchmarkOptions options = BenchmarkOptions.parse("--system", "ratis", "--system", "atomix:fast:-Da=b:c;-Dd=e",
				"--steps", "put_1,get_32", "--places", "leader", "--rounds", "5");
		assertThat(options.systems()).containsExactly(new SystemSpec("ratis", SystemType.RATIS, List.of()),
				new SystemSpec("fast", SystemType.ATOMIX, List.of("-Da=b:c", "-Dd=e")));
		assertThat(options.steps()).containsExactly(Step.PUT_1, Step.GET_32);
		assertThat(options.places(SystemType.ATOMIX)).containsExactly(Place.LEADER);
		assertThat(options.rounds()).isEqualTo(5);
	}

	@Test
	void unknownOptionIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> BenchmarkOptions.parse("--slow"))
			.withMessageContaining("--slow");
	}

	@Test
	void missingValueIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> BenchmarkOptions.parse("--rounds"))
			.withMessageContaining("--rounds");
	}

}
