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

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.atomixspring.boot.autoconfigure.AtomixAutoConfiguration;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.spring.annotation.LeaderOnly;
import io.github.atomixspring.spring.annotation.Primitive;
import io.github.atomixspring.spring.election.Leadership;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The examples of {@code README.md}.
 */
class ReadmeSnippetsTests {

	@TempDir
	private Path directory;

	@Test
	void examplesRun() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AtomixAutoConfiguration.class))
			.withPropertyValues("atomix.storage.directory=" + this.directory,
					"atomix.node.address=127.0.0.1:" + SingleMember.freePort())
			.withUserConfiguration(Scheduling.class, Settlement.class, Invoicing.class)
			.withBean(Ledger.class, Ledger::new)
			.withBean(Store.class, Store::new)
			.run((context) -> {
				Invoicing invoicing = context.getBean(Invoicing.class);
				invoicing.prices.put("tea", 3);
				invoicing.write("tea");
				assertThat(context.getBean(Store.class).written).containsExactly("tea for 3");
				await().atMost(Duration.ofMinutes(1)).until(() -> !context.getBean(Ledger.class).terms.isEmpty());
			});
	}

	@Configuration(proxyBeanMethods = false)
	@EnableScheduling
	static class Scheduling {

	}

	static class Settlement {

		private final Ledger ledger;

		Settlement(Ledger ledger) {
			this.ledger = ledger;
		}

		// tag::leader-only[]
		@Scheduled(fixedRate = 5_000)
		@LeaderOnly // on one node of the cluster at a time
		void settle() {
			long term = Leadership.current().orElseThrow().term();
			this.ledger.settle(term); // the term is a fencing token
		}
		// end::leader-only[]

	}

	static class Invoicing {

		private final Store store;

		private final DistributedLock lock;

		private final DistributedMap<String, Integer> prices;

		// tag::lock[]
		Invoicing(Store store, @Primitive("invoices") DistributedLock lock,
				@Primitive("prices") DistributedMap<String, Integer> prices) {
			this.store = store;
			this.lock = lock;
			this.prices = prices;
		}

		void write(String item) {
			this.lock.lock();
			try { // the store rejects a smaller token than it has seen
				this.store.write(item, this.prices.get(item), this.lock.fencingToken());
			}
			finally {
				this.lock.unlock();
			}
		}
		// end::lock[]

	}

	static class Ledger {

		final List<Long> terms = new CopyOnWriteArrayList<>();

		void settle(long term) {
			this.terms.add(term);
		}

	}

	static class Store {

		final List<String> written = new CopyOnWriteArrayList<>();

		void write(String item, int price, long token) {
			assertThat(token).isPositive();
			this.written.add(item + " for " + price);
		}

	}

}
