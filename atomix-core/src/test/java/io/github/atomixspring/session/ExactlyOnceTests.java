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

package io.github.atomixspring.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Many threads, links that break at random: every command takes effect once, in the order
 * of its thread, and every answer and event arrives once, in order.
 */
class ExactlyOnceTests {

	private static final int THREADS = 4;

	private static final int COMMANDS = 1000;

	private final FakeGateway gateway = new FakeGateway().start();

	private final SessionClient session = new SessionClient(
			SessionConfig.of("test", "n1").withOperationTimeout(Duration.ofSeconds(60)), this.gateway, null);

	@AfterEach
	void stop() {
		this.gateway.heal();
		this.session.close();
		this.gateway.shutdown();
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void commandsAreAppliedOnceAndInOrderWhileLinksBreak(long seed) throws Exception {
		this.gateway.setRecord(false);
		this.gateway.breakAtRandom(seed, 0.05);
		this.session.start();
		List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			PrimitiveId target = PrimitiveId.of(PrimitiveType.LONG, "t" + i);
			Thread thread = new Thread(() -> {
				Throwable failure = catchThrowable(() -> new Workload(target).run());
				if (failure != null) {
					failures.add(failure);
				}
			});
			threads.add(thread);
			thread.start();
		}
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(failures).isEmpty();
		for (int i = 0; i < THREADS; i++) {
			assertThat(this.gateway.number(PrimitiveId.of(PrimitiveType.LONG, "t" + i))).isEqualTo(COMMANDS);
		}
		assertThat(this.gateway.applications()).isEqualTo((long) THREADS * COMMANDS);
		assertThat(this.gateway.connections()).isGreaterThan(10);
	}

	@Test
	void commandsAreAppliedAtMostOnceWhileSessionsExpire() throws Exception {
		this.gateway.setRecord(false);
		this.session.start();
		PrimitiveId target = PrimitiveId.of(PrimitiveType.LONG, "x");
		AtomicInteger applied = new AtomicInteger();
		AtomicInteger unknown = new AtomicInteger();
		List<CompletableFuture<?>> futures = new ArrayList<>();
		for (int i = 0; i < 5000; i++) {
			if (i % 500 == 250) {
				this.gateway.expireAll(i % 1000 == 250);
			}
			futures.add(this.session.submit(new LongMessages.Add(target, 1)).handle((result, failure) -> {
				if (failure == null) {
					applied.incrementAndGet();
				}
				else {
					assertThat(failure).isInstanceOf(UnknownOutcomeException.class);
					unknown.incrementAndGet();
				}
				return null;
			}));
			if (i % 100 == 0) {
				futures.get(i).get(30, TimeUnit.SECONDS);
			}
		}
		CompletableFuture.allOf(futures.toArray(new CompletableFuture<?>[0])).get(30, TimeUnit.SECONDS);
		assertThat(this.gateway.applications()).isBetween((long) applied.get(), (long) applied.get() + unknown.get());
		assertThat(applied.get() + unknown.get()).isEqualTo(5000);
		assertThat(unknown.get()).isLessThan(2500);
	}

	/**
	 * What one thread does.
	 */
	private final class Workload {

		private final PrimitiveId target;

		private final Map<Long, Boolean> events = new ConcurrentHashMap<>();

		private final List<String> mistakes = Collections.synchronizedList(new ArrayList<>());

		private long lastEvent;

		private long lastCompletion = -1;

		Workload(PrimitiveId target) {
			this.target = target;
		}

		void run() throws Exception {
			SessionClient session = ExactlyOnceTests.this.session;
			session.subscribe(this.target, new EventHandler() {

				@Override
				public void onEvent(Event event) {
					changed((LongMessages.Changed) event);
				}

				@Override
				public void onState(long id, SessionState state) {
				}

			});
			List<CompletableFuture<?>> futures = new ArrayList<>();
			for (int i = 0; i < COMMANDS; i++) {
				long expected = i;
				futures.add(session.submit(new LongMessages.Add(this.target, 1))
					.whenComplete((result, failure) -> completed(expected, result, failure)));
				if (i % 7 == 0) {
					long atLeast = i + 1L;
					futures.add(session.query(new LongMessages.Get(this.target), ReadConsistency.LINEARIZABLE)
						.whenComplete((result, failure) -> read(atLeast, result, failure)));
				}
				if (i % 50 == 49) {
					futures.get(futures.size() - 1).get(60, TimeUnit.SECONDS);
				}
			}
			CompletableFuture.allOf(futures.toArray(new CompletableFuture<?>[0])).get(60, TimeUnit.SECONDS);
			assertThat(this.mistakes).isEmpty();
			assertThat(this.lastCompletion).isEqualTo(COMMANDS - 1L);
			assertThat(this.events).hasSize(COMMANDS);
		}

		private void changed(LongMessages.Changed event) {
			if (event.old() != this.lastEvent) {
				this.mistakes.add("event " + event + " after " + this.lastEvent);
			}
			this.lastEvent = event.value();
			this.events.put(event.value(), true);
		}

		private void completed(long expected, Result result, Throwable failure) {
			if (failure != null || !new LongMessages.Updated(true, expected, expected + 1).equals(result)) {
				this.mistakes.add("command " + expected + ": " + result + ", " + failure);
			}
			if (!this.events.containsKey(expected + 1)) {
				this.mistakes.add("command " + expected + " was completed before its event");
			}
			if (this.lastCompletion != expected - 1) {
				this.mistakes.add("command " + expected + " was completed after " + this.lastCompletion);
			}
			this.lastCompletion = expected;
		}

		private void read(long atLeast, Result result, Throwable failure) {
			if (!(result instanceof Result.Number number) || number.value() < atLeast) {
				this.mistakes.add("read " + result + " after " + atLeast + " commands, " + failure);
			}
		}

	}

}
