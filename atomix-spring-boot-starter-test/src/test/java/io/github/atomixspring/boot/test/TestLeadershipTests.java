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

package io.github.atomixspring.boot.test;

import io.github.atomixspring.spring.election.Leadership;
import io.github.atomixspring.spring.election.LeadershipLostException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link TestLeadership} without an application context.
 */
class TestLeadershipTests {

	private final TestLeadership leadership = new TestLeadership();

	@AfterEach
	void close() {
		this.leadership.close();
	}

	@Test
	void grantedLeadershipLastsUntilItIsRevoked() {
		Leadership granted = this.leadership.grant("main");
		assertThat(granted.election()).isEqualTo("main");
		assertThat(granted.isLeader()).isTrue();
		granted.ensureLeader();
		this.leadership.revoke("main");
		assertThat(granted.isLeader()).isFalse();
		assertThatExceptionOfType(LeadershipLostException.class).isThrownBy(granted::ensureLeader);
		assertThat(this.leadership.elections().isLeader("main")).isFalse();
	}

	@Test
	void termsGrowOverAllElections() {
		long first = this.leadership.grant("one").term();
		long second = this.leadership.grant("two").term();
		this.leadership.revoke("one");
		assertThat(first).isPositive();
		assertThat(second).isGreaterThan(first);
		assertThat(this.leadership.grant("one").term()).isGreaterThan(second);
	}

	@Test
	void grantOfWhatIsLedAlreadyDoesNothing() {
		long term = this.leadership.grant("main").term();
		assertThat(this.leadership.grant("main").term()).isEqualTo(term);
	}

	@Test
	void revokeOfWhatIsNotLedDoesNothing() {
		this.leadership.revoke("main");
		this.leadership.revoke();
		assertThat(this.leadership.elections().isLeader("main")).isFalse();
	}

	@Test
	void allElectionsAreGrantedAndRevokedTogether() {
		this.leadership.elections().enter("one");
		this.leadership.elections().enter("two");
		this.leadership.grant();
		assertThat(this.leadership.elections().isLeader("one")).isTrue();
		assertThat(this.leadership.elections().isLeader("two")).isTrue();
		this.leadership.revoke();
		assertThat(this.leadership.elections().isLeader("one")).isFalse();
		assertThat(this.leadership.elections().isLeader("two")).isFalse();
	}

	@Test
	void grantWithoutElectionSaysWhatToDo() {
		assertThatIllegalStateException().isThrownBy(this.leadership::grant)
			.withMessageContaining("candidate of no election")
			.withMessageContaining("Name the election");
		assertThatIllegalArgumentException().isThrownBy(() -> this.leadership.grant(" "))
			.withMessage("'election' must not be blank");
	}

	@Test
	void grantAfterCloseSaysWhatIsWrong() {
		Leadership granted = this.leadership.grant("main");
		this.leadership.close();
		assertThat(granted.isLeader()).isFalse();
		assertThatIllegalStateException().isThrownBy(() -> this.leadership.grant("main"))
			.withMessageContaining("Leadership of 'main' cannot be granted")
			.withMessageContaining("is stopped");
	}

	@Test
	void leadershipCanBeMadeCurrent() {
		Leadership granted = this.leadership.grant("main");
		try (var binding = granted.bind()) {
			assertThat(Leadership.current()).containsSame(granted);
		}
		assertThat(Leadership.current()).isEmpty();
	}

}
