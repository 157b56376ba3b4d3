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

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WarmUp}.
 */
class WarmUpTests {

	@Test
	void goesOnWhileTheRateGrows() {
		WarmUp warmUp = new WarmUp(Duration.ZERO, Duration.ofMinutes(1));
		for (int i = 0; i < 6; i++) {
			warmUp.add(100 + 10 * i);
			assertThat(warmUp.goesOn()).isTrue();
		}
		warmUp.add(151);
		warmUp.add(150);
		assertThat(warmUp.goesOn()).isTrue();
		warmUp.add(149);
		assertThat(warmUp.goesOn()).isFalse();
		assertThat(warmUp.describe()).contains("no longer grew");
	}

	@Test
	void doesNotEndBeforeItsTime() {
		WarmUp warmUp = new WarmUp(Duration.ofMinutes(1), Duration.ofMinutes(2));
		for (int i = 0; i < 6; i++) {
			warmUp.add(100);
		}
		assertThat(warmUp.goesOn()).isTrue();
	}

	@Test
	void endsAtTheLatest() {
		WarmUp warmUp = new WarmUp(Duration.ZERO, Duration.ZERO);
		assertThat(warmUp.goesOn()).isFalse();
		warmUp.add(100);
		assertThat(warmUp.describe()).contains("still growing");
	}

}
