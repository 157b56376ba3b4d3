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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.boot.autoconfigure.AtomixAutoConfiguration;
import io.github.atomixspring.boot.autoconfigure.integration.AtomixIntegrationAutoConfiguration;
import io.github.atomixspring.election.DistributedLeaderElection;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.map.DistributedTree;
import io.github.atomixspring.map.TreeNode;
import io.github.atomixspring.primitive.Versioned;
import io.github.atomixspring.spring.annotation.LeaderOnly;
import io.github.atomixspring.spring.annotation.Locked;
import io.github.atomixspring.spring.annotation.OnLeadershipGranted;
import io.github.atomixspring.spring.annotation.OnLeadershipRevoked;
import io.github.atomixspring.spring.annotation.Otherwise;
import io.github.atomixspring.spring.election.Leadership;
import io.github.atomixspring.spring.lock.HeldLock;
import io.github.atomixspring.sync.DistributedSemaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.support.locks.LockRegistry;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The examples of {@code docs/migrating.md}.
 */
@ExtendWith(SingleMember.class)
class MigratingSnippetsTests {

	@TempDir
	private Path directory;

	@Test
	void methodsOfAnApplication() {
		Import job = new Import();
		try {
			new ApplicationContextRunner()
				.withConfiguration(
						AutoConfigurations.of(AtomixAutoConfiguration.class, AtomixIntegrationAutoConfiguration.class))
				.withPropertyValues("atomix.storage.directory=" + this.directory,
						"atomix.node.address=127.0.0.1:" + SingleMember.freePort())
				.withBean(Ledger.class, Ledger::new)
				.withBean(Import.class, () -> job)
				.withUserConfiguration(Scheduling.class, Reports.class, CleanUp.class, Invoices.class)
				.run((context) -> {
					Ledger ledger = context.getBean(Ledger.class);
					await().until(() -> ledger.entries.containsAll(List.of("report", "clean-up")));
					context.getBean(Invoices.class).write("invoice 7");
					assertThat(ledger.entries).containsOnlyOnce("invoice 7");
					await().until(() -> job.running.getCount() == 0);
				});
			await().until(() -> job.interrupted);
		}
		finally {
			job.executor.shutdownNow();
		}
	}

	@Test
	void lockingTaskExecutorOfShedLock() {
		Ledger ledger = new Ledger();
		Atomix atomix = SingleMember.atomix();
		// tag::shedlock-executor[]
		DistributedLock lock = atomix.lock("report");
		if (lock.tryLock()) {
			try {
				ledger.write("report", lock.fencingToken());
			}
			finally {
				lock.unlock();
			}
		}
		// end::shedlock-executor[]
		assertThat(ledger.entries).containsExactly("report");
	}

	@Test
	void lockOfRedisson() throws InterruptedException {
		Ledger ledger = new Ledger();
		Atomix atomix = SingleMember.atomix();
		// tag::redisson-lock[]
		DistributedLock lock = atomix.lock("stock");
		if (lock.tryLock(Duration.ofSeconds(100), Duration.ofSeconds(10))) {
			try {
				ledger.write("tea", lock.fencingToken());
			}
			finally {
				lock.unlock();
			}
		}
		// end::redisson-lock[]
		assertThat(ledger.entries).containsExactly("tea");
	}

	@Test
	void mapAndSemaphoreOfRedisson() throws InterruptedException {
		List<String> printed = new ArrayList<>();
		Atomix atomix = SingleMember.atomix();
		// tag::redisson-map[]
		DistributedMap<String, Integer> prices = atomix.map("offers", String.class, Integer.class);
		prices.put("tea", 3, Duration.ofMinutes(10));
		Versioned<Integer> price = prices.getVersioned("tea").orElseThrow();
		boolean replaced = prices.replaceIfVersion("tea", price.version(), price.value() + 1);
		// end::redisson-map[]
		assertThat(replaced).isTrue();
		assertThat(prices.get("tea")).isEqualTo(4);
		// tag::redisson-semaphore[]
		DistributedSemaphore printers = atomix.semaphore("printers", 3);
		printers.acquire();
		try {
			printed.add("invoice 7");
		}
		finally {
			printers.release();
		}
		// end::redisson-semaphore[]
		assertThat(printed).containsExactly("invoice 7");
		assertThat(printers.availablePermits()).isEqualTo(3);
	}

	@Test
	void leaderLatchOfCurator() {
		Ledger ledger = new Ledger();
		Atomix atomix = SingleMember.atomix();
		// tag::curator-latch[]
		DistributedLeaderElection latch = atomix.election("import");
		latch.campaign("node-1");
		// end::curator-latch[]
		await().until(() -> latch.isLeader("node-1"));
		// tag::curator-latch-use[]
		long term = latch.leadership().term();
		if (latch.isLeader("node-1")) {
			ledger.write("imported", term);
		}
		latch.resign("node-1");
		// end::curator-latch-use[]
		assertThat(ledger.entries).containsExactly("imported");
		assertThat(latch.leadership().leader()).isNull();
	}

	@Test
	void nodesOfCurator() {
		Atomix atomix = SingleMember.atomix();
		// tag::curator-tree[]
		DistributedTree<String> settings = atomix.tree("shop", String.class);
		settings.createRecursive("/rates/eur", "1.00");
		TreeNode<String> rate = settings.get("/rates/eur").orElseThrow();
		boolean written = settings.replaceIfVersion("/rates/eur", rate.version(), "1.05");
		// end::curator-tree[]
		assertThat(written).isTrue();
		assertThat(settings.get("/rates/eur").map(TreeNode::value)).contains("1.05");
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

	static class Reports {

		private final Ledger ledger;

		Reports(Ledger ledger) {
			this.ledger = ledger;
		}

		// tag::shedlock-leader[]
		@Scheduled(fixedRate = 100)
		@LeaderOnly("report")
		void report() {
			this.ledger.write("report", Leadership.current().orElseThrow().term());
		}
		// end::shedlock-leader[]

	}

	static class CleanUp {

		private final Ledger ledger;

		CleanUp(Ledger ledger) {
			this.ledger = ledger;
		}

		// tag::shedlock-locked[]
		@Scheduled(fixedRate = 100)
		@Locked(lock = "clean-up", maxWait = "0", otherwise = Otherwise.SKIP)
		void cleanUp() {
			this.ledger.write("clean-up", HeldLock.current().orElseThrow().fencingToken());
		}
		// end::shedlock-locked[]

	}

	static class Invoices {

		private final LockRegistry<?> locks;

		private final Ledger ledger;

		Invoices(LockRegistry<?> locks, Ledger ledger) {
			this.locks = locks;
			this.ledger = ledger;
		}

		// tag::integration-lock[]
		void write(String invoice) throws InterruptedException, TimeoutException {
			this.locks.executeLocked(invoice, Duration.ofSeconds(5), () -> this.ledger.entries.add(invoice));
		}
		// end::integration-lock[]

	}

	static class Import {

		final CountDownLatch running = new CountDownLatch(1);

		final ExecutorService executor = Executors.newSingleThreadExecutor();

		volatile boolean interrupted;

		private Future<?> job = this.executor.submit(() -> {
		});

		// tag::curator-selector[]
		@OnLeadershipGranted("import")
		void take(Leadership leadership) {
			this.job = this.executor.submit(() -> run(leadership));
		}

		@OnLeadershipRevoked("import")
		void cancel() {
			this.job.cancel(true);
		}
		// end::curator-selector[]

		private void run(Leadership leadership) {
			assertThat(leadership.term()).isPositive();
			this.running.countDown();
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				this.interrupted = true;
			}
		}

	}

}
