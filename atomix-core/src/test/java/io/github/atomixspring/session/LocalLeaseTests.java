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

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LocalLease}.
 */
class LocalLeaseTests {

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	private final LocalLease lease = new LocalLease(Duration.ofSeconds(10));

	@Test
	void isNotHeldBeforeTheFirstAnswer() {
		assertThat(this.lease.isValid(0)).isFalse();
		assertThat(this.lease.isValid(Long.MIN_VALUE)).isFalse();
	}

	@Test
	void endsAMarginBeforeTheTimeoutCountedFromTheSending() {
		this.lease.renew(0);
		assertThat(this.lease.isValid(9 * SECOND - 1)).isTrue();
		assertThat(this.lease.isValid(9 * SECOND)).isFalse();
	}

	@Test
	void marginIsAtLeastATenthOfASecond() {
		LocalLease small = new LocalLease(Duration.ofMillis(300));
		small.renew(0);
		assertThat(small.isValid(Duration.ofMillis(200).toNanos() - 1)).isTrue();
		assertThat(small.isValid(Duration.ofMillis(200).toNanos())).isFalse();
	}

	@Test
	void olderAnswerDoesNotShortenIt() {
		this.lease.renew(5 * SECOND);
		this.lease.renew(0);
		assertThat(this.lease.isValid(13 * SECOND)).isTrue();
	}

	@Test
	void survivesTheOverflowOfTheClock() {
		this.lease.renew(Long.MAX_VALUE - SECOND);
		assertThat(this.lease.isValid(Long.MAX_VALUE)).isTrue();
		assertThat(this.lease.isValid(Long.MIN_VALUE)).isTrue();
		assertThat(this.lease.isValid(Long.MIN_VALUE + 8 * SECOND)).isFalse();
	}

	@Test
	void clearedIsNotHeld() {
		this.lease.renew(0);
		this.lease.clear();
		assertThat(this.lease.isValid(0)).isFalse();
		this.lease.renew(-20 * SECOND);
		assertThat(this.lease.isValid(0)).isFalse();
	}

}
