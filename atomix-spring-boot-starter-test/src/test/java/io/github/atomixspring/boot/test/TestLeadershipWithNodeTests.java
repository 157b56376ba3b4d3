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

import java.util.Map;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.spring.annotation.LeaderOnly;
import io.github.atomixspring.spring.annotation.Primitive;
import io.github.atomixspring.spring.election.Leadership;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.json.JsonTest;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AutoConfigureTestLeadership} together with
 * {@link AutoConfigureAtomix}, in a slice.
 */
@JsonTest
@AutoConfigureAtomix
@AutoConfigureTestLeadership
@Import(TestLeadershipWithNodeTests.Work.class)
class TestLeadershipWithNodeTests {

	@Test
	void leadershipIsThatOfTheTestAndEverythingElseIsReal(@Autowired Atomix atomix, @Autowired Work work,
			@Autowired TestLeadership leadership) {
		assertThat(atomix).isInstanceOf(AtomixReplica.class);
		work.run();
		assertThat(work.terms()).isEmpty();
		long term = leadership.grant("main").term();
		work.run();
		assertThat(work.terms()).containsOnly(Map.entry("last", term));
	}

	static class Work {

		private final DistributedMap<String, Long> terms;

		Work(@Primitive("terms") DistributedMap<String, Long> terms) {
			this.terms = terms;
		}

		Map<String, Long> terms() {
			return this.terms;
		}

		@LeaderOnly("main")
		void run() {
			this.terms.put("last", Leadership.current().orElseThrow().term());
		}

	}

}
