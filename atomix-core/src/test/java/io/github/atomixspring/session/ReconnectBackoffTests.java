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

package io.github.atomixspring.session;

import java.time.Duration;
import java.util.Random;
import java.util.function.LongSupplier;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReconnectBackoff}.
 */
class ReconnectBackoffTests {

	private final ReconnectBackoff backoff = new ReconnectBackoff(new Random(1));

	private static long millis(LongSupplier delay) {
		return Duration.ofNanos(delay.getAsLong()).toMillis();
	}

	@Test
	void firstFailureCostsNothing() {
		assertThat(this.backoff.failed()).isZero();
		assertThat(millis(this.backoff::failed)).isBetween(10L, 20L);
		assertThat(millis(this.backoff::failed)).isBetween(20L, 40L);
	}

	@Test
	void delaysGrowUpToASecond() {
		for (int i = 0; i < 26; i++) {
			assertThat(millis(this.backoff::failed)).isLessThanOrEqualTo(200);
		}
		for (int i = 0; i < 1000; i++) {
			assertThat(millis(this.backoff::failed)).isBetween(500L, 1000L);
		}
	}

	@Test
	void leaderlessMembersAreNeverAskedAtOnceButOften() {
		for (int i = 0; i < 1000; i++) {
			assertThat(millis(this.backoff::leaderless)).isBetween(10L, 200L);
		}
	}

	@Test
	void refusalIsRespected() {
		assertThat(millis(this.backoff::refused)).isBetween(500L, 1000L);
	}

	@Test
	void fewHopsAreFollowedAtOnce() {
		for (int i = 0; i < 3; i++) {
			assertThat(this.backoff.follow()).isZero();
		}
		this.backoff.follow();
		assertThat(this.backoff.follow()).isPositive();
	}

	@Test
	void resetStartsAgain() {
		this.backoff.refused();
		this.backoff.reset();
		assertThat(this.backoff.failed()).isZero();
	}

}
