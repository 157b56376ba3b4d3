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

package io.github.atomixspring.docs;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.election.DistributedLeaderElection;
import io.github.atomixspring.election.Leadership;
import io.github.atomixspring.primitive.Registration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The examples of {@code docs/elections.md}.
 */
@ExtendWith(SingleMember.class)
class ElectionsSnippetsTests {

	private final Atomix atomix = SingleMember.atomix();

	@Test
	void basic() {
		List<Long> terms = new CopyOnWriteArrayList<>();
		Atomix atomix = this.atomix;
		// tag::basic[]
		DistributedLeaderElection election = atomix.election("billing");
		Registration observation = election.observe((event) -> {
			Leadership leadership = event.leadership();
			if (leadership.isLedBy("billing-1") && election.isLeader("billing-1")) {
				terms.add(leadership.term());
			}
		});
		election.campaign("billing-1");
		// end::basic[]
		await().untilAsserted(() -> assertThat(terms).isNotEmpty());
		observation.close();
		election.resign("billing-1");
		assertThat(election.leadership().leader()).isNull();
	}

	@Test
	void operator() {
		DistributedLeaderElection election = this.atomix.election("operator");
		election.campaign("a");
		election.campaign("b");
		election.campaign("c");
		// tag::operator[]
		election.promote("c");
		List<String> succession = election.leadership().candidates();
		election.anoint("b");
		election.evict("a");
		// end::operator[]
		assertThat(succession).containsExactly("a", "c", "b");
		Leadership leadership = election.leadership();
		assertThat(leadership.leader()).isEqualTo("b");
		assertThat(leadership.candidates()).containsExactly("b", "c");
		election.close();
	}

	@Test
	void async() {
		DistributedLeaderElection election = this.atomix.election("async");
		List<Long> terms = new CopyOnWriteArrayList<>();
		// tag::async[]
		election.async()
			.campaign("billing-1")
			.thenCompose((entered) -> election.async().leadership())
			.thenAccept((leadership) -> terms.add(leadership.term()));
		// end::async[]
		await()
			.untilAsserted(() -> assertThat(terms).singleElement().satisfies((term) -> assertThat(term).isPositive()));
		election.close();
	}

}
