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

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.atomixspring.spring.annotation.LeaderOnly;
import io.github.atomixspring.spring.annotation.Otherwise;
import io.github.atomixspring.spring.election.Leadership;
import io.github.atomixspring.spring.election.LeadershipLostException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link LeaderOnly#interruptOnRevocation()}.
 */
class LeaderOnlyInterruptionTests {

	private static final Duration LONG = Duration.ofMinutes(1);

	private final TestAtomix node = TestAtomix.create();

	private final State state = new State();

	private final ExecutorService executor = Executors.newSingleThreadExecutor();

	@AfterEach
	void shutDown() {
		this.executor.shutdownNow();
	}

	@Test
	void runningMethodIsInterruptedAndItsCallerToldWhy() {
		run((work) -> {
			CompletableFuture<Void> running = CompletableFuture.runAsync(work::hang, this.executor);
			await().until(() -> this.state.begun.getCount() == 0);
			this.node.election("main").elect("other");
			assertThat(running).failsWithin(LONG)
				.withThrowableThat()
				.withCauseInstanceOf(LeadershipLostException.class)
				.withMessageContaining("Work.hang")
				.withMessageContaining("term 1");
		});
	}

	@Test
	void interruptDoesNotOutlastTheCall() {
		run((work) -> {
			// One task, because the executor clears the flag between two.
			CompletableFuture<String> running = CompletableFuture.supplyAsync(
					() -> "returned " + work.finish() + ", interrupted " + Thread.currentThread().isInterrupted(),
					this.executor);
			await().until(() -> this.state.begun.getCount() == 0);
			this.node.election("main").suspend();
			this.state.go.countDown();
			assertThat(running.join()).isEqualTo("returned true, interrupted false");
		});
	}

	@Test
	void ownExceptionAboutTheLossStays() {
		run((work) -> {
			CompletableFuture<Boolean> running = CompletableFuture.supplyAsync(work::check, this.executor);
			await().until(() -> this.state.begun.getCount() == 0);
			this.node.election("main").suspend();
			this.state.go.countDown();
			assertThat(running).failsWithin(LONG)
				.withThrowableThat()
				.withCauseInstanceOf(LeadershipLostException.class)
				.withMessageContaining("stop what it allowed");
		});
	}

	@Test
	void threadIsNotInterruptedAfterTheMethodHasReturned() {
		run((work) -> {
			work.quick();
			this.node.election("main").suspend();
			assertThat(Thread.interrupted()).isFalse();
		});
	}

	@Test
	void methodIsNotInterruptedUnlessAsked() {
		run((work) -> {
			CompletableFuture<Boolean> running = CompletableFuture.supplyAsync(work::unasked, this.executor);
			await().until(() -> this.state.begun.getCount() == 0);
			this.node.election("main").suspend();
			this.state.go.countDown();
			assertThat(running.join()).isFalse();
		});
	}

	@Test
	void futureFailsAndThatOfTheMethodIsCancelled() {
		run((work) -> {
			CompletableFuture<String> future = work.future();
			assertThat(future).isNotDone();
			this.node.election("main").suspend();
			assertThat(future).failsWithin(LONG).withThrowableThat().withCauseInstanceOf(LeadershipLostException.class);
			assertThat(this.state.future).isCancelled();
		});
	}

	@Test
	void futureThatEndsFirstIsNotTouched() {
		run((work) -> {
			CompletableFuture<String> future = work.future();
			this.state.future.complete("done");
			this.node.election("main").suspend();
			assertThat(future).isCompletedWithValue("done");
		});
	}

	@Test
	void publishersFailAndThoseOfTheMethodAreCancelled() {
		run((work) -> {
			CompletableFuture<String> first = work.mono().toFuture();
			CompletableFuture<String> last = work.flux().last().toFuture();
			this.state.sink.tryEmitNext("a");
			this.node.election("main").suspend();
			assertThat(first).failsWithin(LONG).withThrowableThat().withCauseInstanceOf(LeadershipLostException.class);
			assertThat(last).failsWithin(LONG).withThrowableThat().withCauseInstanceOf(LeadershipLostException.class);
			assertThat(this.state.sink.currentSubscriberCount()).isZero();
		});
	}

	@Test
	void publisherThatEndsFirstIsNotTouched() {
		run((work) -> {
			CompletableFuture<String> last = work.flux().last().toFuture();
			this.state.sink.tryEmitNext("a");
			this.state.sink.tryEmitComplete();
			this.node.election("main").suspend();
			assertThat(last).isCompletedWithValue("a");
		});
	}

	private void run(Consumer<Work> body) {
		this.node.contextRunner().withBean(Work.class, () -> new Work(this.state)).run((context) -> {
			await().until(() -> !this.node.election("main").candidates().isEmpty());
			this.node.election("main").electOurs();
			body.accept(context.getBean(Work.class));
		});
	}

	/**
	 * What a test and the bean share.
	 */
	private static final class State {

		private final CountDownLatch begun = new CountDownLatch(1);

		private final CountDownLatch go = new CountDownLatch(1);

		private final CompletableFuture<String> future = new CompletableFuture<>();

		private final Sinks.Many<String> sink = Sinks.many().multicast().onBackpressureBuffer();

	}

	static class Work {

		private final State state;

		Work(State state) {
			this.state = state;
		}

		@LeaderOnly(election = "main", interruptOnRevocation = true)
		void hang() {
			this.state.begun.countDown();
			try {
				this.state.go.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException(ex);
			}
		}

		@LeaderOnly(election = "main", interruptOnRevocation = true, otherwise = Otherwise.THROW)
		boolean finish() {
			return waitAndLook();
		}

		@LeaderOnly(election = "main", interruptOnRevocation = true, otherwise = Otherwise.THROW)
		boolean check() {
			waitAndLook();
			Leadership.current().orElseThrow().ensureLeader();
			return true;
		}

		@LeaderOnly(election = "main", otherwise = Otherwise.THROW)
		boolean unasked() {
			return waitAndLook();
		}

		@LeaderOnly(election = "main", interruptOnRevocation = true)
		void quick() {
		}

		private boolean waitAndLook() {
			this.state.begun.countDown();
			boolean interrupted = false;
			while (true) {
				try {
					this.state.go.await(1, TimeUnit.MINUTES);
					break;
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
			return interrupted;
		}

		@LeaderOnly(election = "main", interruptOnRevocation = true)
		CompletableFuture<String> future() {
			return this.state.future;
		}

		@LeaderOnly(election = "main", interruptOnRevocation = true)
		Mono<String> mono() {
			return Mono.never();
		}

		@LeaderOnly(election = "main", interruptOnRevocation = true)
		Flux<String> flux() {
			return this.state.sink.asFlux();
		}

	}

}
