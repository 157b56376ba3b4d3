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

package io.github.atomixspring.contract;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.election.CandidateExistsException;
import io.github.atomixspring.election.DistributedLeaderElection;
import io.github.atomixspring.election.Leadership;
import io.github.atomixspring.election.LeadershipEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The contract of {@link DistributedLeaderElection}.
 */
class ElectionContractIntegrationTests extends AbstractContractTests {

	private DistributedLeaderElection election() {
		return node().election(this.name);
	}

	private DistributedLeaderElection otherElection() {
		return other().election(this.name);
	}

	@Test
	void candidatesSucceedInOrderWithGrowingTerms() {
		Leadership first = election().campaign("a");
		assertThat(first.isLedBy("a")).isTrue();
		await().until(() -> election().isLeader("a"));
		assertThat(otherElection().campaign("b").candidates()).containsExactly("a", "b");
		election().campaign("c");
		election().resign("a");
		await().until(() -> otherElection().isLeader("b"));
		Leadership second = election().leadership();
		assertThat(second.term()).isGreaterThan(first.term());
		assertThat(second.leaderNode()).isEqualTo(other().session().node());
		otherElection().resign("b");
		await().until(() -> election().isLeader("c"));
		election().resign("c");
		assertThat(otherElection().leadership().leader()).isNull();
	}

	@Test
	void observersOfAllNodesSeeTheSameChanges() {
		List<LeadershipEvent> here = new CopyOnWriteArrayList<>();
		List<LeadershipEvent> there = new CopyOnWriteArrayList<>();
		election().observe(here::add);
		otherElection().observe(there::add);
		await().until(() -> here.size() == 1 && there.size() == 1);
		election().campaign("a");
		otherElection().campaign("b");
		election().anoint("b");
		otherElection().evict("a");
		otherElection().resign("b");
		await().until(() -> here.size() == 6 && there.size() == 6);
		assertThat(here).isEqualTo(there);
		assertThat(here).extracting((event) -> event.leadership().leader())
			.containsExactly(null, "a", "a", "b", "b", null);
		assertThat(here.get(0).type()).isEqualTo(LeadershipEvent.Type.RESYNC);
		assertThat(here.subList(1, 6)).allMatch((event) -> event.type() == LeadershipEvent.Type.CHANGED);
	}

	@Test
	void nodeThatStopsIsSucceededAtOnce() {
		try (Atomix client = this.setUp.newClient(this.name)) {
			client.election(this.name).campaign("a");
			election().campaign("b");
			assertThatExceptionOfType(CandidateExistsException.class).isThrownBy(() -> election().campaign("a"));
			client.stop();
			await().until(() -> election().isLeader("b"));
			client.start();
			await().until(() -> election().leadership().candidates().equals(List.of("b", "a")));
		}
		election().resign("b");
	}

	@Test
	void destructionRevokesTheLeader() {
		long term = election().campaign("a").term();
		otherElection().destroy();
		await().until(() -> !election().isLeader("a"));
		assertThat(election().campaign("a").term()).isGreaterThan(term);
		election().resign("a");
	}

}
