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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;

import io.github.atomixspring.boot.autoconfigure.AtomixAutoConfiguration;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.spring.annotation.LeaderOnly;
import io.github.atomixspring.spring.annotation.OnLeadershipGranted;
import io.github.atomixspring.spring.annotation.OnLeadershipRevoked;
import io.github.atomixspring.spring.annotation.Otherwise;
import io.github.atomixspring.spring.election.LeaderElections;
import io.github.atomixspring.spring.election.LeaderLifecycle;
import io.github.atomixspring.spring.election.Leadership;
import io.github.atomixspring.spring.election.LeadershipLostException;
import io.github.atomixspring.spring.election.NotLeaderException;
import io.github.atomixspring.spring.event.LeadershipGrantedEvent;
import io.github.atomixspring.spring.event.LeadershipRevokedEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.AliasFor;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The examples of {@code docs/leader-only.md}.
 */
class LeaderOnlySnippetsTests {

	@TempDir
	private Path directory;

	private ApplicationContextRunner contextRunner;

	@BeforeEach
	void prepare() {
		this.contextRunner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AtomixAutoConfiguration.class))
			.withPropertyValues("spring.application.name=shop", "region=eu",
					"atomix.storage.directory=" + this.directory,
					"atomix.node.address=127.0.0.1:" + SingleMember.freePort())
			.withBean(Ledger.class, Ledger::new);
	}

	@Test
	void onlyTheLeaderRuns() {
		this.contextRunner
			.withUserConfiguration(Scheduling.class, Settlement.class, Names.class, Reports.class, Guard.class)
			.withBean(Executor.class, ForkJoinPool::commonPool)
			.withUserConfiguration(Import.class, Announcements.class, Panel.class, Opener.class, Nights.class)
			.withUserConfiguration(Lifecycles.class, Watcher.class)
			.run((context) -> {
				Ledger ledger = context.getBean(Ledger.class);
				LeaderElections elections = context.getBean(LeaderElections.class);
				assertThat(elections.elections()).contains("shop", "billing-eu", "reports-shop", "cleanup");
				await().until(() -> elections.elections().stream().allMatch(elections::isLeader));
				await().until(() -> ledger.entries.stream().anyMatch((entry) -> entry.startsWith("settled in ")));
				Names names = context.getBean(Names.class);
				names.bill(null);
				names.report();
				assertThat(ledger.entries).contains("billed", "reported");
				assertThat(context.getBean(Reports.class).latest()).contains("latest");
				assertThat(context.getBean(Guard.class).delete("a")).isTrue();
				Import job = context.getBean(Import.class);
				job.run(List.of("x", "y"), null);
				assertThat(ledger.entries).contains("x", "y");
				job.handOn().join();
				assertThat(ledger.entries).contains("handed on");
				await().until(() -> ledger.entries.contains("granted shop"));
				assertThat(context.getBean(Panel.class).title()).isEqualTo("leader");
				await().until(() -> ledger.entries.contains("opened"));
				await().until(context.getBean(Poller.class)::isRunning);
				assertThat(context.getBean(Nights.class).run()).isEqualTo("done");
				closed(context.getSourceApplicationContext(), ledger, context.getBean(Watcher.class));
			});
	}

	private static void closed(ConfigurableApplicationContext context, Ledger ledger, Watcher watcher) {
		CompletableFuture<Void> watching = CompletableFuture.runAsync(() -> {
			try {
				watcher.watch(null);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
		watcher.change("change");
		await().until(() -> ledger.entries.contains("change"));
		Poller poller = context.getBean(Poller.class);
		context.close();
		assertThat(ledger.entries).contains("closed");
		assertThat(poller.isRunning()).isFalse();
		assertThat(watching).failsWithin(Duration.ofMinutes(1))
			.withThrowableThat()
			.withCauseInstanceOf(LeadershipLostException.class);
	}

	@Test
	void othersSkipOrThrow() {
		this.contextRunner.withPropertyValues("atomix.leader.campaign=false")
			.withUserConfiguration(Names.class, Reports.class, Guard.class)
			.run((context) -> {
				context.getBean(Names.class).report();
				assertThat(context.getBean(Ledger.class).entries).isEmpty();
				assertThat(context.getBean(Reports.class).latest()).isEmpty();
				Guard guard = context.getBean(Guard.class);
				assertThatExceptionOfType(NotLeaderException.class).isThrownBy(() -> guard.delete("a"));
			});
	}

	@Test
	void scheduledMethodTakesNoParameter() {
		this.contextRunner.withUserConfiguration(Scheduling.class, Wrong.class)
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("no-arg"));
	}

	@Test
	void ensureLeaderThrowsAfterTheEnd() {
		CompletableFuture<Leadership> kept = new CompletableFuture<>();
		this.contextRunner.withBean(Keeper.class, () -> new Keeper(kept)).run((context) -> {
			await().until(() -> context.getBean(LeaderElections.class).isLeader("keeper"));
			context.getBean(Keeper.class).keep(null);
		});
		assertThat(kept.join().isLeader()).isFalse();
		assertThatExceptionOfType(LeadershipLostException.class).isThrownBy(() -> kept.join().ensureLeader());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableScheduling
	static class Scheduling {

	}

	static class Wrong {

		@Scheduled(fixedRate = 60_000)
		@LeaderOnly
		void settle(Leadership leadership) {
			leadership.ensureLeader();
		}

	}

	static class Ledger {

		final List<String> entries = new CopyOnWriteArrayList<>();

		void write(String entry, long term) {
			assertThat(term).isPositive();
			this.entries.add(entry);
		}

	}

	static class Settlement {

		private final Ledger ledger;

		Settlement(Ledger ledger) {
			this.ledger = ledger;
		}

		// tag::scheduled[]
		@Scheduled(fixedRate = 100)
		@LeaderOnly
		void settle() {
			Leadership leadership = Leadership.current().orElseThrow();
			this.ledger.write("settled in " + leadership.term(), leadership.term());
		}
		// end::scheduled[]

	}

	static class Names {

		private final Ledger ledger;

		Names(Ledger ledger) {
			this.ledger = ledger;
		}

		// tag::names[]
		@LeaderOnly("billing-${region}")
		void bill(@Nullable Leadership leadership) {
			this.ledger.write("billed", leadership.term());
		}

		@LeaderOnly("reports-#{environment['spring.application.name']}")
		void report() {
			this.ledger.write("reported", Leadership.current().orElseThrow().term());
		}
		// end::names[]

	}

	// tag::type[]
	@LeaderOnly("reports")
	static class Reports {

		Optional<String> latest() {
			return Optional.of("latest");
		}

	}
	// end::type[]

	static class Guard {

		// tag::throw[]
		@LeaderOnly(election = "cleanup", otherwise = Otherwise.THROW)
		boolean delete(String file) {
			return !file.isEmpty();
		}
		// end::throw[]

	}

	static class Import {

		private final Ledger ledger;

		private final Executor executor;

		Import(Ledger ledger, Executor executor) {
			this.ledger = ledger;
			this.executor = executor;
		}

		// tag::long-job[]
		@LeaderOnly("import")
		void run(List<String> files, @Nullable Leadership leadership) {
			for (String file : files) {
				leadership.ensureLeader();
				this.ledger.write(file, leadership.term());
			}
		}
		// end::long-job[]

		// tag::hand-on[]
		@LeaderOnly("import")
		CompletableFuture<Void> handOn() {
			Leadership leadership = Leadership.current().orElseThrow();
			return CompletableFuture.runAsync(() -> {
				try (Registration binding = leadership.bind()) {
					writeNext();
				}
			}, this.executor);
		}

		private void writeNext() {
			Leadership leadership = Leadership.current().orElseThrow();
			leadership.ensureLeader();
			this.ledger.write("handed on", leadership.term());
		}
		// end::hand-on[]

	}

	static class Announcements {

		private final Ledger ledger;

		Announcements(Ledger ledger) {
			this.ledger = ledger;
		}

		// tag::events[]
		@EventListener
		void granted(LeadershipGrantedEvent event) {
			this.ledger.write("granted " + event.getElection(), event.getTerm());
		}

		@EventListener
		void revoked(LeadershipRevokedEvent event) {
			this.ledger.write("revoked " + event.getElection(), event.getTerm());
		}
		// end::events[]

	}

	static class Panel {

		private final LeaderElections elections;

		Panel(LeaderElections elections) {
			this.elections = elections;
		}

		// tag::ask[]
		String title() {
			return this.elections.isLeader("shop") ? "leader" : "standby";
		}
		// end::ask[]

	}

	static class Keeper {

		private final CompletableFuture<Leadership> kept;

		Keeper(CompletableFuture<Leadership> kept) {
			this.kept = kept;
		}

		@LeaderOnly("keeper")
		void keep(@Nullable Leadership leadership) {
			this.kept.complete(leadership);
		}

	}

	static class Opener {

		private final Ledger ledger;

		Opener(Ledger ledger) {
			this.ledger = ledger;
		}

		// tag::listeners[]
		@OnLeadershipGranted("import")
		void open(Leadership leadership) {
			this.ledger.write("opened", leadership.term());
		}

		@OnLeadershipRevoked("import")
		void close(Leadership leadership) {
			this.ledger.write("closed", leadership.term());
		}
		// end::listeners[]

	}

	static class Watcher {

		private final Ledger ledger;

		private final BlockingQueue<String> changes = new LinkedBlockingQueue<>();

		Watcher(Ledger ledger) {
			this.ledger = ledger;
		}

		// tag::interruption[]
		@LeaderOnly(election = "watch", interruptOnRevocation = true)
		void watch(@Nullable Leadership leadership) throws InterruptedException {
			while (true) {
				String change = this.changes.take();
				this.ledger.write(change, leadership.term());
			}
		}
		// end::interruption[]

		void change(String change) {
			this.changes.add(change);
		}

	}

	// tag::meta[]
	@LeaderOnly
	@Retention(RetentionPolicy.RUNTIME)
	@interface Nightly {

		@AliasFor(annotation = LeaderOnly.class, attribute = "election")
		String value() default "nightly";

	}
	// end::meta[]

	static class Nights {

		@Nightly
		@Nullable String run() {
			return "done";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Lifecycles {

		// tag::lifecycle[]
		@Bean
		LeaderLifecycle importLifecycle(LeaderElections elections, Poller poller) {
			return new LeaderLifecycle(elections, "import", poller);
		}
		// end::lifecycle[]

		@Bean
		Poller poller() {
			return new Poller();
		}

	}

	static class Poller implements SmartLifecycle {

		private volatile boolean running;

		@Override
		public void start() {
			this.running = true;
		}

		@Override
		public void stop() {
			this.running = false;
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public boolean isAutoStartup() {
			return false;
		}

	}

}
