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
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.atomixspring.primitive.CommandRejectedException;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.ElectionMessages;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for which thread of {@link SessionClient} does what.
 */
class SessionThreadsTests {

	private static final PrimitiveId X = PrimitiveId.of(PrimitiveType.LONG, "x");

	/**
	 * Less than an operation without an answer takes.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final FakeGateway gateway = new FakeGateway().start();

	private SessionClient session = new SessionClient(config(), this.gateway, null);

	private static SessionConfig config() {
		return SessionConfig.of("test", "threads")
			.withTimeout(Duration.ofSeconds(10))
			.withOperationTimeout(Duration.ofSeconds(60))
			.withCloseTimeout(Duration.ofMillis(300));
	}

	@AfterEach
	void stop() {
		this.session.close();
		this.gateway.shutdown();
	}

	private CompletableFuture<Result> add() {
		return this.session.submit(new LongMessages.Add(X, 1));
	}

	private static List<String> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter(Thread::isAlive)
			.map(Thread::getName)
			.filter((name) -> name.contains("threads"))
			.toList();
	}

	@Test
	void stopLeavesNoThread() {
		this.session.start();
		this.session.await(this.session.expose(add()));
		this.session.schedule(Duration.ofSeconds(60), () -> {
		});
		assertThat(threads()).isNotEmpty().allMatch((name) -> name.startsWith("atomix-"));
		this.session.stop();
		// A pool says that it has ended a moment before its last thread has.
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(threads()).isEmpty());
		assertThat(this.gateway.sessionCount()).isZero();
	}

	@Test
	void sessionCanStartAgain() {
		this.session.start();
		this.session.await(add());
		long first = this.session.id();
		this.session.stop();
		this.session.start();
		this.session.await(add());
		assertThat(this.session.id()).isGreaterThan(first);
	}

	@Test
	void stopIsBoundedWhenNobodyAnswers() throws Exception {
		this.session.start();
		this.session.await(add());
		this.gateway.setSilent(true);
		CompletableFuture<Result> pending = add();
		long started = System.nanoTime();
		this.session.stop();
		assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(PATIENCE);
		assertThat(pending).failsWithin(PATIENCE)
			.withThrowableThat()
			.withCauseInstanceOf(UnknownOutcomeException.class);
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(threads()).isEmpty());
	}

	@Test
	void stopInterruptsCallbacksThatDoNotEnd() {
		this.session.start();
		this.session.await(add());
		CountDownLatch interrupted = new CountDownLatch(1);
		this.session.callbackExecutor().execute(() -> {
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				interrupted.countDown();
			}
		});
		this.session.stop();
		await().atMost(PATIENCE).until(() -> interrupted.getCount() == 0);
	}

	@Test
	void stopWithinACallbackWorks() {
		this.session.start();
		this.session.await(add());
		CompletableFuture.runAsync(this.session::stop, this.session.callbackExecutor())
			.orTimeout(30, TimeUnit.SECONDS)
			.join();
		assertThat(this.session.state()).isEqualTo(SessionState.CLOSED);
	}

	@Test
	void exposedFutureRunsItsStagesOnTheCallbackExecutorAndTheyMayBlock() {
		this.session.start();
		List<String> names = new ArrayList<>();
		CompletableFuture<Result> source = new CompletableFuture<>();
		CompletableFuture<Result> all = this.session.expose(source).thenApply((result) -> {
			names.add(Thread.currentThread().getName());
			return this.session.await(add());
		}).thenApply((result) -> {
			names.add(Thread.currentThread().getName());
			return this.session.await(this.session.expose(add()));
		});
		// Only now: a stage that is added to a completed future runs on the thread that
		// adds
		// it.
		source.complete(this.session.await(add()));
		assertThat(all.orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo(new LongMessages.Updated(true, 2, 3));
		assertThat(names).hasSize(2).allMatch((name) -> name.startsWith("atomix-callback-threads-"));
	}

	@Test
	void exposedFutureFailsWithTheExceptionOfTheOperation() {
		this.session.start();
		CompletableFuture<Result> exposed = this.session
			.expose(this.session.submit(new ElectionMessages.Anoint(X, "a")));
		assertThat(exposed).failsWithin(PATIENCE)
			.withThrowableThat()
			.withCauseExactlyInstanceOf(CommandRejectedException.class);
	}

	@Test
	void cancellingAnExposedFutureCancelsItsSource() {
		CompletableFuture<Result> source = new CompletableFuture<>();
		this.session.expose(source).cancel(true);
		assertThat(source).isCancelled();
	}

	@Test
	void listenersAreToldInOrderAndMayBlock() {
		Queue<String> states = new ConcurrentLinkedQueue<>();
		CountDownLatch never = new CountDownLatch(1);
		try (var blocked = this.session.addListener((id, state) -> {
			try {
				never.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		})) {
			this.session.addListener((id, state) -> {
				this.session.await(add());
				states.add(id + " " + state);
				throw new IllegalStateException("listeners may throw");
			});
			this.session.start();
			await().atMost(PATIENCE).until(() -> states.contains("101 CONNECTED"));
			this.gateway.expireAll(true);
			await().atMost(PATIENCE).until(() -> states.size() == 3);
			assertThat(states).containsExactly("101 CONNECTED", "101 EXPIRED", "102 CONNECTED");
		}
		finally {
			never.countDown();
		}
	}

	@Test
	void awaitKeepsTheInterruption() {
		this.session.start();
		Thread.currentThread().interrupt();
		assertThat(this.session.await(add())).isEqualTo(new LongMessages.Updated(true, 0, 1));
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void interruptibleAwaitEndsButTheOperationGoesOn() {
		this.gateway.setSilent(true);
		this.session.start();
		CompletableFuture<Result> pending = add();
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(InterruptedException.class)
			.isThrownBy(() -> this.session.awaitInterruptibly(pending));
		this.gateway.setSilent(false);
		assertThat(this.session.await(pending)).isEqualTo(new LongMessages.Updated(true, 0, 1));
	}

	@Test
	void awaitThrowsTheExceptionOfTheOperation() {
		this.session.start();
		assertThatExceptionOfType(CommandRejectedException.class)
			.isThrownBy(() -> this.session.await(this.session.submit(new ElectionMessages.Anoint(X, "a"))))
			.withMessage("no");
	}

	@Test
	void blockingInAScheduledTaskFailsFast() {
		this.session.start();
		CompletableFuture<Throwable> failure = new CompletableFuture<>();
		this.session.schedule(Duration.ZERO, () -> {
			try {
				this.session.await(new CompletableFuture<>());
			}
			catch (IllegalStateException ex) {
				failure.complete(ex);
			}
		});
		assertThat(failure).succeedsWithin(PATIENCE).asString().contains("deadlock");
	}

	@Test
	void givenExecutorIsUsedAndItsRefusalLosesNothing() {
		Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
		Executor executor = (task) -> {
			tasks.add(task);
			throw new RejectedExecutionException("full");
		};
		this.session = new SessionClient(config().withCallbackExecutor(executor), this.gateway, null);
		this.session.start();
		assertThat(this.session.expose(add())).succeedsWithin(PATIENCE);
		assertThat(tasks).isNotEmpty();
	}

	@Test
	void serialExecutorKeepsTheOrderAndSurvivesExceptions() {
		this.session.start();
		Executor serial = this.session.newSerialExecutor();
		Queue<Integer> order = new ConcurrentLinkedQueue<>();
		List<Integer> expected = new ArrayList<>();
		for (int i = 0; i < 1000; i++) {
			int number = i;
			expected.add(i);
			serial.execute(() -> {
				order.add(number);
				if (number % 10 == 0) {
					throw new IllegalStateException("tasks may throw");
				}
			});
		}
		await().atMost(PATIENCE).until(() -> order.size() == 1000);
		assertThat(order).containsExactlyElementsOf(expected);
	}

	@Test
	void tasksForWhichThereWasNoThreadComeBeforeTheNext() {
		AtomicInteger refusals = new AtomicInteger(2);
		Executor serial = new SerialExecutor((task) -> {
			if (refusals.getAndDecrement() > 0) {
				throw new OutOfMemoryError("unable to create native thread");
			}
			task.run();
		});
		List<Integer> order = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			int number = i;
			serial.execute(() -> order.add(number));
		}
		assertThat(order).containsExactly(0, 1, 2, 3);
	}

	@Test
	void errorsOfListenersHarmNobody() {
		Queue<SessionState> told = new ConcurrentLinkedQueue<>();
		for (Error error : List.of(new OutOfMemoryError("expected by the test"),
				new StackOverflowError("expected by the test"), new NoClassDefFoundError("expected by the test"))) {
			this.session.addListener((session, state) -> {
				throw error;
			});
			this.session.addListener((session, state) -> told.add(state));
		}
		this.session.start();
		await().atMost(PATIENCE).until(() -> told.stream().filter(SessionState.CONNECTED::equals).count() == 3);
		this.gateway.expireAll(true);
		await().atMost(PATIENCE).until(() -> told.stream().filter(SessionState.EXPIRED::equals).count() == 3);
		CompletableFuture<Result> exposed = this.session.expose(add());
		exposed.thenRun(() -> {
			throw new StackOverflowError("expected by the test");
		});
		assertThat(exposed).succeedsWithin(PATIENCE);
		assertThat(this.session.expose(add())).succeedsWithin(PATIENCE);
	}

}
