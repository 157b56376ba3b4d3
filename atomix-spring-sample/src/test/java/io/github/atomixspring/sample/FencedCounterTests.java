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

package io.github.atomixspring.sample;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link FencedCounter}.
 */
class FencedCounterTests {

	@TempDir
	private Path directory;

	@Test
	void startsAtZero() {
		assertThat(counter().read(1)).isZero();
	}

	@Test
	void keepsWhatWasWritten() {
		counter().write(1, 5);
		assertThat(counter().read(1)).isEqualTo(5);
	}

	@Test
	void writeWithSmallerTokenThanThatOfTheLastWriterIsRejected() {
		FencedCounter counter = counter();
		counter.write(7, 1);
		assertThatExceptionOfType(StaleTokenException.class).isThrownBy(() -> counter.write(6, 2))
			.withMessageContaining("6")
			.withMessageContaining("7");
		assertThat(counter.read(7)).isEqualTo(1);
	}

	@Test
	void writeWithSmallerTokenThanThatOfTheLastReaderIsRejected() {
		FencedCounter counter = counter();
		counter.read(6);
		counter.read(7);
		assertThatExceptionOfType(StaleTokenException.class).isThrownBy(() -> counter.write(6, 1));
	}

	@Test
	void readWithSmallerTokenIsRejected() {
		FencedCounter counter = counter();
		counter.read(7);
		assertThatExceptionOfType(StaleTokenException.class).isThrownBy(() -> counter.read(6));
	}

	private FencedCounter counter() {
		return new FencedCounter(this.directory.resolve("data").resolve("counter"));
	}

}
