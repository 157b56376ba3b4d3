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

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.boot.autoconfigure.AtomixAutoConfiguration;
import io.github.atomixspring.lock.LockHandle;
import io.github.atomixspring.spring.annotation.Locked;
import io.github.atomixspring.spring.annotation.Otherwise;
import io.github.atomixspring.spring.lock.HeldLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AliasFor;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The examples of {@code docs/locked.md}.
 */
class LockedSnippetsTests {

	@TempDir
	private Path directory;

	private ApplicationContextRunner contextRunner;

	@BeforeEach
	void prepare() {
		this.contextRunner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AtomixAutoConfiguration.class))
			.withPropertyValues("region=eu", "atomix.storage.directory=" + this.directory,
					"atomix.node.address=127.0.0.1:" + SingleMember.freePort())
			.withBean(Ledger.class, Ledger::new);
	}

	@Test
	void methodsRunUnderTheirLocks() {
		this.contextRunner.withUserConfiguration(Orders.class, Scheduling.class, Cleaner.class, Import.class)
			.withBean(Executor.class, ForkJoinPool::commonPool)
			.withUserConfiguration(Reports.class, Backup.class)
			.run((context) -> {
				Ledger ledger = context.getBean(Ledger.class);
				Orders orders = context.getBean(Orders.class);
				orders.ship(7, null);
				orders.take(new Item("tea", "north"));
				context.getBean(Import.class).run(List.of("x", "y"), null);
				assertThat(ledger.entries).contains("shipped 7", "taken", "x", "y");
				Reports reports = context.getBean(Reports.class);
				assertThat(reports.report().join()).isEqualTo("report");
				assertThat(reports.price("tea").block()).isEqualTo(3);
				await().until(() -> ledger.entries.contains("cleaned"));
				try (LockHandle other = context.getBean(Atomix.class).lock("backup").async().lock().join()) {
					assertThat(context.getBean(Backup.class).run()).isNull();
				}
				assertThat(context.getBean(Backup.class).run()).isEqualTo("done");
			});
	}

	@Configuration(proxyBeanMethods = false)
	@EnableScheduling
	static class Scheduling {

	}

	static class Ledger {

		final List<String> entries = new CopyOnWriteArrayList<>();

		void write(String entry, long token) {
			assertThat(token).isPositive();
			this.entries.add(entry);
		}

	}

	/**
	 * Something in stock.
	 *
	 * @param name what it is
	 * @param warehouse where it is
	 */
	record Item(String name, String warehouse) {

	}

	static class Orders {

		private final Ledger ledger;

		Orders(Ledger ledger) {
			this.ledger = ledger;
		}

		// tag::basic[]
		@Locked("order-#{#id}")
		void ship(int id, @Nullable HeldLock lock) {
			this.ledger.write("shipped " + id, lock.fencingToken());
		}
		// end::basic[]

		// tag::names[]
		@Locked("stock-${region}-#{#item.warehouse()}-#{#p0.name()}")
		void take(Item item) {
			this.ledger.write("taken", HeldLock.current().orElseThrow().fencingToken());
		}
		// end::names[]

	}

	static class Cleaner {

		private final Ledger ledger;

		Cleaner(Ledger ledger) {
			this.ledger = ledger;
		}

		// tag::scheduled[]
		@Scheduled(fixedRate = 100)
		@Locked(lock = "cleanup", maxWait = "0", otherwise = Otherwise.SKIP)
		void cleanUp() {
			HeldLock lock = HeldLock.current().orElseThrow();
			this.ledger.write("cleaned", lock.fencingToken());
		}
		// end::scheduled[]

	}

	static class Import {

		private final Ledger ledger;

		Import(Ledger ledger) {
			this.ledger = ledger;
		}

		// tag::long-job[]
		@Locked(lock = "import", maxWait = "1m")
		void run(List<String> files, @Nullable HeldLock lock) {
			for (String file : files) {
				lock.ensureHeld();
				this.ledger.write(file, lock.fencingToken());
			}
		}
		// end::long-job[]

	}

	static class Reports {

		private final Executor executor;

		Reports(Executor executor) {
			this.executor = executor;
		}

		// tag::future[]
		@Locked("report")
		CompletableFuture<String> report() {
			return CompletableFuture.supplyAsync(() -> "report", this.executor);
		}

		@Locked(lock = "price-#{#item}", maxWait = "5s")
		Mono<Integer> price(String item) {
			return Mono.fromCallable(() -> lookUp(item));
		}
		// end::future[]

		private int lookUp(String item) {
			return item.length();
		}

	}

	// tag::meta[]
	@Locked(maxWait = "0", otherwise = Otherwise.SKIP)
	@Retention(RetentionPolicy.RUNTIME)
	@interface OneAtATime {

		@AliasFor(annotation = Locked.class, attribute = "lock")
		String value();

	}
	// end::meta[]

	static class Backup {

		@OneAtATime("backup")
		@Nullable String run() {
			return "done";
		}

	}

}
