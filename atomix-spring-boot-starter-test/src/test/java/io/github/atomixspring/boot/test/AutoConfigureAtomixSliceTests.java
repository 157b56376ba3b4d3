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

import java.time.Duration;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.spring.annotation.LeaderOnly;
import io.github.atomixspring.spring.annotation.Primitive;
import io.github.atomixspring.spring.election.LeaderElections;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.autoconfigure.json.JsonTest;
import org.springframework.boot.test.json.JacksonTester;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link AutoConfigureAtomix} with a slice that knows nothing of it.
 */
@JsonTest
@AutoConfigureAtomix
@Import(AutoConfigureAtomixSliceTests.Prices.class)
class AutoConfigureAtomixSliceTests {

	private final Prices prices;

	private final JacksonTester<Price> json;

	AutoConfigureAtomixSliceTests(@Autowired Prices prices, @Autowired JacksonTester<Price> json) {
		this.prices = prices;
		this.json = json;
	}

	@Test
	void sliceHasBothItsOwnBeansAndANode() throws Exception {
		this.prices.set("tea", new Price(3, "EUR"));
		Price price = this.prices.get("tea");
		assertThat(price).isEqualTo(new Price(3, "EUR"));
		assertThat(this.json.write(price)).extractingJsonPathNumberValue("amount").isEqualTo(3);
	}

	@Test
	void leaderOnlyMethodsRun(@Autowired LeaderElections elections) {
		await().atMost(Duration.ofMinutes(1)).until(() -> elections.isLeader("prices"));
		assertThat(this.prices.count()).isNotNull();
	}

	@Test
	void nothingElseIsConfigured(@Autowired ApplicationContext context) {
		assertThat(context.getBean(Atomix.class)).isInstanceOf(AtomixReplica.class);
		assertThat(context.getBeanNamesForType(TaskExecutionAutoConfiguration.class)).isEmpty();
	}

	record Price(int amount, String currency) {

	}

	static class Prices {

		private final DistributedMap<String, Price> map;

		Prices(@Primitive("prices") DistributedMap<String, Price> map) {
			this.map = map;
		}

		void set(String item, Price price) {
			this.map.put(item, price);
		}

		@Nullable Price get(String item) {
			return this.map.get(item);
		}

		@LeaderOnly("prices")
		@Nullable Integer count() {
			return this.map.size();
		}

	}

}
