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

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.boot.autoconfigure.AtomixAutoConfiguration;
import io.github.atomixspring.boot.autoconfigure.integration.AtomixIntegrationAutoConfiguration;
import io.github.atomixspring.spring.integration.AtomixLeaderInitiator;
import io.github.atomixspring.spring.integration.AtomixLock;
import io.github.atomixspring.spring.integration.AtomixLockRegistry;
import io.github.atomixspring.spring.integration.AtomixMetadataStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.integration.autoconfigure.IntegrationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.dsl.Pollers;
import org.springframework.integration.file.dsl.Files;
import org.springframework.integration.file.filters.FileSystemPersistentAcceptOnceFileListFilter;
import org.springframework.integration.handler.advice.LockRequestHandlerAdvice;
import org.springframework.integration.leader.AbstractCandidate;
import org.springframework.integration.leader.Context;
import org.springframework.integration.metadata.ConcurrentMetadataStore;
import org.springframework.integration.metadata.MetadataStoreListenerAdapter;
import org.springframework.integration.selector.MetadataStoreSelector;
import org.springframework.integration.support.locks.DistributedLock;
import org.springframework.integration.support.locks.LockRegistry;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.support.MessageBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The examples of {@code docs/spring-integration.md}.
 */
@ExtendWith(SingleMember.class)
class SpringIntegrationSnippetsTests {

	@TempDir
	private Path directory;

	@Test
	void flows() throws IOException {
		File inbox = java.nio.file.Files.createDirectory(this.directory.resolve("inbox")).toFile();
		Billing billing = new Billing();
		Archive archive = new Archive();
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(AtomixAutoConfiguration.class, AtomixIntegrationAutoConfiguration.class,
							IntegrationAutoConfiguration.class, TaskSchedulingAutoConfiguration.class))
			.withPropertyValues("atomix.storage.directory=" + this.directory.resolve("data"),
					"atomix.node.address=127.0.0.1:" + SingleMember.freePort(), "atomix.leader.elections=billing")
			.withBean(Work.class, () -> new Work(inbox, billing, archive))
			.run((context) -> {
				java.nio.file.Files.writeString(inbox.toPath().resolve("invoice"), "text");
				await().until(() -> billing.done.contains("billed invoice"));
				await().until(() -> billing.done.contains("reminded of order 1"));
				MessageChannel orders = context.getBean("orders", MessageChannel.class);
				for (int i = 0; i < 2; i++) {
					orders.send(MessageBuilder.withPayload(new Order(7)).setHeader("orderId", "7").build());
				}
				assertThat(billing.done).containsOnlyOnce("billed order 7", "billed invoice");
				await().until(() -> archive.done.contains("began"));
			});
		assertThat(archive.done).containsExactly("began", "interrupted", "flushed");
	}

	@Test
	void lock() {
		AtomixLockRegistry registry = new AtomixLockRegistry(SingleMember.atomix());
		Ledger ledger = new Ledger();
		// tag::lock[]
		AtomixLock lock = registry.obtain("invoice 7");
		lock.lock();
		try {
			ledger.write("billed", lock.fencingToken());
		}
		finally {
			lock.unlock();
		}
		// end::lock[]
		assertThat(ledger.written).containsExactly("billed");
	}

	@Test
	void listener() {
		AtomixMetadataStore store = new AtomixMetadataStore(SingleMember.atomix());
		List<String> seen = new CopyOnWriteArrayList<>();
		// tag::listener[]
		store.addListener(new MetadataStoreListenerAdapter() {

			@Override
			public void onAdd(String key, String value) {
				seen.add(key + " = " + value);
			}

		});
		// end::listener[]
		store.put("last", "5");
		await().until(() -> seen.contains("last = 5"));
	}

	@Configuration(proxyBeanMethods = false)
	static class Work {

		private final File inbox;

		private final Billing billing;

		private final Archive archive;

		Work(File inbox, Billing billing, Archive archive) {
			this.inbox = inbox;
			this.billing = billing;
			this.archive = archive;
		}

		// tag::flow[]
		@Bean
		IntegrationFlow invoices(ConcurrentMetadataStore store, LockRegistry<DistributedLock> locks) {
			return IntegrationFlow
				.from(Files.inboundAdapter(this.inbox)
					.filter(new FileSystemPersistentAcceptOnceFileListFilter(store, "invoices:")),
						(endpoint) -> endpoint.poller(Pollers.fixedDelay(100)).autoStartup(false).role("billing"))
				.handle(File.class, (file, headers) -> this.billing.bill(file),
						(endpoint) -> endpoint.advice(new LockRequestHandlerAdvice(locks, "billing")))
				.get();
		}
		// end::flow[]

		// tag::idempotent[]
		@Bean
		IntegrationFlow orderFlow(ConcurrentMetadataStore store) {
			MetadataStoreSelector firstTime = new MetadataStoreSelector(
					(message) -> message.getHeaders().get("orderId", String.class), store);
			return IntegrationFlow.from("orders")
				.filter(firstTime)
				.handle(Order.class, (order, headers) -> this.billing.bill(order))
				.get();
		}
		// end::idempotent[]

		// tag::role[]
		@Bean
		IntegrationFlow reminders() {
			return IntegrationFlow
				.fromSupplier(this.billing::due,
						(endpoint) -> endpoint.poller(Pollers.fixedDelay(100)).autoStartup(false).role("billing"))
				.handle(Order.class, (order, headers) -> this.billing.remind(order))
				.get();
		}
		// end::role[]

		// tag::initiator[]
		@Bean
		AtomixLeaderInitiator archive(Atomix atomix) {
			return new AtomixLeaderInitiator(atomix, new AbstractCandidate("archive-1", "archive") {

				@Override
				public void onGranted(Context context) throws InterruptedException {
					Work.this.archive.run(context::isLeader);
				}

				@Override
				public void onRevoked(Context context) {
					Work.this.archive.flush();
				}

			});
		}
		// end::initiator[]

	}

	record Order(int number) {

	}

	/**
	 * Takes note of what was done.
	 */
	static class Billing {

		private final List<String> done = new CopyOnWriteArrayList<>();

		@Nullable Object bill(File file) {
			this.done.add("billed " + file.getName());
			return null;
		}

		@Nullable Object bill(Order order) {
			this.done.add("billed order " + order.number());
			return null;
		}

		Order due() {
			return new Order(1);
		}

		@Nullable Object remind(Order order) {
			this.done.add("reminded of order " + order.number());
			return null;
		}

	}

	/**
	 * Works until it is interrupted.
	 */
	static class Archive {

		private final List<String> done = new CopyOnWriteArrayList<>();

		void run(BooleanSupplier leads) throws InterruptedException {
			this.done.add((leads.getAsBoolean()) ? "began" : "began without leading");
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				this.done.add("interrupted");
				throw ex;
			}
		}

		void flush() {
			this.done.add("flushed");
		}

	}

	/**
	 * Takes what was written, with the token of the writer.
	 */
	static class Ledger {

		private final List<String> written = new CopyOnWriteArrayList<>();

		void write(String entry, long token) {
			assertThat(token).isPositive();
			this.written.add(entry);
		}

	}

}
