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

package io.github.atomixspring.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.lock.LockLostException;
import io.github.atomixspring.session.SessionState;
import io.github.atomixspring.spring.annotation.Locked;
import io.github.atomixspring.spring.lock.HeldLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Integration tests for {@link Locked @Locked} in the applications of three members and
 * in one that is a client.
 */
class LockedClusterIntegrationTests {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final String CLIENT = "client";

	private static final int THREADS = 2;

	private static final int CALLS = 25;

	private final Map<String, ConfigurableApplicationContext> contexts = new LinkedHashMap<>();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	@BeforeEach
	void start(@TempDir Path directory) {
		List<String> ids = List.of("n1", "n2", "n3");
		String members = ids.stream()
			.map((id) -> id + "=127.0.0.1:" + FreePort.find())
			.collect(Collectors.joining(","));
		for (String id : ids) {
			this.contexts.put(id, run("atomix.node.id=" + id, "atomix.cluster.members=" + members,
					"atomix.storage.directory=" + directory.resolve(id)));
		}
		this.contexts.put(CLIENT, run("atomix.mode=client", "atomix.cluster.members=" + members));
		await().atMost(PATIENCE)
			.until(() -> this.contexts.values()
				.stream()
				.allMatch((context) -> atomix(context).session().state() == SessionState.CONNECTED));
	}

	private static ConfigurableApplicationContext run(String... properties) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			// A lock is waited for as long as the operation timeout says, which must be
			// longer than the session of a holder that is gone.
			.properties("atomix.session.timeout=10s", "atomix.session.operation-timeout=2m")
			.properties(properties)
			.run();
	}

	private static Atomix atomix(ConfigurableApplicationContext context) {
		return context.getBean(Atomix.class);
	}

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
		this.contexts.values().forEach(ConfigurableApplicationContext::close);
	}

	@Test
	void callsOfAllNodesExcludeEachOther() throws Exception {
		Calls calls = new Calls();
		List<Future<?>> callers = new ArrayList<>();
		this.contexts.forEach((node, context) -> {
			Work work = context.getBean(Work.class);
			for (int thread = 0; thread < THREADS; thread++) {
				callers.add(this.threads.submit(() -> {
					for (int i = 0; i < CALLS; i++) {
						work.run((held) -> calls.add(node, held));
					}
				}));
			}
		});
		for (Future<?> caller : callers) {
			caller.get();
		}
		assertThat(calls.overlaps).hasValue(0);
		assertThat(calls.tokens).hasSize(callers.size() * CALLS).isSorted().doesNotHaveDuplicates();
		assertThat(calls.nodes.values()).containsOnly(THREADS * CALLS).hasSize(this.contexts.size());
	}

	@Test
	void lockOfAMemberThatVanishesIsLostForItAndMovesOn() throws Exception {
		AtomixReplica replica = this.contexts.get("n1").getBean(AtomixReplica.class);
		String leader = await().atMost(PATIENCE).until(() -> replica.status().leader(), (id) -> id != null);
		ConfigurableApplicationContext vanishing = this.contexts.get(leader);
		CountDownLatch end = new CountDownLatch(1);
		CompletableFuture<HeldLock> first = new CompletableFuture<>();
		Future<?> running = this.threads.submit(() -> vanishing.getBean(Work.class).run((held) -> {
			first.complete(held);
			awaitEnd(end);
		}));
		HeldLock held = first.get();
		Future<Long> next = this.threads.submit(() -> {
			CompletableFuture<Long> token = new CompletableFuture<>();
			this.contexts.get(CLIENT).getBean(Work.class).run((other) -> token.complete(other.fencingToken()));
			return token.get();
		});
		await().atMost(PATIENCE).until(() -> atomix(this.contexts.get(CLIENT)).lock("work").queueLength() == 1);
		vanishing.getBean(AtomixReplica.class).terminate();
		assertThat(held.isHeld()).isFalse();
		assertThat(next.get()).isGreaterThan(held.fencingToken());
		end.countDown();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(running::get)
			.withCauseInstanceOf(LockLostException.class);
	}

	private static void awaitEnd(CountDownLatch end) {
		try {
			end.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What all calls together did. Not thread-safe: the lock is.
	 */
	private static final class Calls {

		private final AtomicInteger running = new AtomicInteger();

		private final AtomicInteger overlaps = new AtomicInteger();

		private final List<Long> tokens = new ArrayList<>();

		private final Map<String, Integer> nodes = new LinkedHashMap<>();

		void add(String node, HeldLock held) {
			if (this.running.getAndIncrement() != 0) {
				this.overlaps.incrementAndGet();
			}
			Thread.yield();
			this.tokens.add(held.fencingToken());
			this.nodes.merge(node, 1, Integer::sum);
			this.running.decrementAndGet();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(AtomixAutoConfiguration.class)
	static class Application {

		@Bean
		Work work() {
			return new Work();
		}

	}

	static class Work {

		@Locked("work")
		void run(Consumer<HeldLock> body) {
			body.accept(HeldLock.current().orElseThrow());
		}

	}

}
