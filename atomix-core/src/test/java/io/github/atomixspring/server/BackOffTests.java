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

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link BackOff}.
 */
class BackOffTests {

	private final BackOff backOff = new BackOff();

	@Test
	void isOverBeforeTheFirstFailure() {
		assertThat(this.backOff.isOver()).isTrue();
	}

	@Test
	void pausesDoubleUpToThirtySeconds() {
		assertThat(this.backOff.failed()).isEqualTo(1000);
		assertThat(this.backOff.failed()).isEqualTo(2000);
		for (int i = 0; i < 10; i++) {
			this.backOff.failed();
		}
		assertThat(this.backOff.failed()).isEqualTo(30_000);
		assertThat(this.backOff.isOver()).isFalse();
	}

}
