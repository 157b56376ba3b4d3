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

package io.github.atomixspring.server;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Warnings}.
 */
class WarningsTests {

	@Test
	void eachSourceIsNamedOnceInAnInterval() {
		Warnings warnings = new Warnings(TimeUnit.HOURS.toNanos(1));
		assertThat(warnings.isDue("a")).isTrue();
		assertThat(warnings.isDue("b")).isTrue();
		assertThat(warnings.isDue("a")).isFalse();
	}

	@Test
	void manySourcesNeitherFillTheMemoryNorTheLog() {
		Warnings warnings = new Warnings(TimeUnit.HOURS.toNanos(1));
		int said = 0;
		for (int i = 0; i < 10_000; i++) {
			said += (warnings.isDue("source " + i)) ? 1 : 0;
		}
		assertThat(said).isEqualTo(100);
	}

	@Test
	void oldSourcesMakeRoom() {
		Warnings warnings = new Warnings(0);
		for (int i = 0; i < 1000; i++) {
			assertThat(warnings.isDue("source " + i)).isTrue();
		}
	}

}
