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
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.docs.SingleMember;
import io.github.atomixspring.lock.LockHandle;
import io.github.atomixspring.lock.LockLostException;
import io.github.atomixspring.spring.annotation.Locked;
import io.github.atomixspring.spring.annotation.Otherwise;
import io.github.atomixspring.spring.lock.HeldLock;
import io.github.atomixspring.spring.lock.LockNotAcquiredException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Locked @Locked} on methods with asynchronous results.
 */
@ExtendWith(SingleMember.class)
class LockedResultsTests {

	private static final Duration LONG = Duration.ofMinutes(1);

	private final Atomix atomix = SharedNode.atomix();

	private final State state = new State();

	@AfterEach
	void lockIsFree() {
		await().until(() -> !this.atomix.lock("result").isLocked());
		assertThat(this.atomix.lock("result").queueLength()).isZero();
	}

	@Test
	void futureHoldsTheLockUntilItIsCompleted() {
		run((work) -> {
			CompletableFuture<String> future = work.future(null);
			assertThat(isLocked()).isTrue();
			assertThat(this.state.held.isHeld()).isTrue();
			assertThat(HeldLock.current()).isEmpty();
			this.state.future.complete("done");
			assertThat(future.join()).isEqualTo("done");
			assertThat(isLocked()).isFalse();
		});
	}

	@Test
	void futureThatFailsReleasesTheLock() {
		run((work) -> {
			CompletableFuture<String> future = work.future(null);
			this.state.future.completeExceptionally(new IllegalStateException("expected by the test"));
			assertThat(future).failsWithin(LONG).withThrowableThat().withCauseInstanceOf(IllegalStateException.class);
			assertThat(isLocked()).isFalse();
		});
	}

	@Test
	void cancellationOfTheFutureReachesTheMethodAndReleasesTheLock() {
		run((work) -> {
			work.future(null).cancel(true);
			assertThat(this.state.future).isCancelled();
			await().until(() -> !isLocked());
		});
	}

	@Test
	void methodThatThrowsInsteadOfReturningAFutureReleasesTheLock() {
		run((work) -> assertThatExceptionOfType(IllegalStateException.class).isThrownBy(work::stage));
	}

	@Test
	void futureFailsWhenTheLockIsNotAcquired() {
		run((work) -> {
			try (LockHandle other = hold()) {
				assertThat(work.futureAtOnce()).failsWithin(LONG)
					.withThrowableThat()
					.withCauseInstanceOf(LockNotAcquiredException.class);
				assertThat(work.skippedFuture()).isCompletedWithValue(null);
			}
			assertThat(work.skippedFuture().join()).isEqualTo("done");
			await().until(() -> !isLocked());
		});
	}

	@Test
	void futureFailsWhenTheLockWasLostMeanwhile() {
		run((work) -> {
			CompletableFuture<String> future = work.future(null);
			this.atomix.lock("result").destroy();
			await().until(() -> !this.state.held.isHeld());
			this.state.future.complete("done");
			assertThat(future).failsWithin(LONG).withThrowableThat().withCauseInstanceOf(LockLostException.class);
		});
	}

	@Test
	void waitForTheFutureIsInterruptible() {
		LockHandle other = hold();
		run((work) -> {
			CompletableFuture<CompletableFuture<String>> returned = new CompletableFuture<>();
			Thread waiter = new Thread(() -> returned.complete(work.patientFuture()), "waiter");
			waiter.start();
			await().until(() -> this.atomix.lock("result").queueLength() == 1);
			waiter.interrupt();
			assertThat(returned.join()).failsWithin(LONG)
				.withThrowableThat()
				.withCauseInstanceOf(LockNotAcquiredException.class)
				.withMessageContaining("interrupted");
		});
		other.close();
	}

	@Test
	void monoAcquiresTheLockForEachSubscription() {
		run((work) -> {
			Mono<String> mono = work.mono(null);
			assertThat(this.state.calls).hasValue(0);
			assertThat(isLocked()).isFalse();
			assertThat(mono.block(LONG)).isEqualTo("locked");
			assertThat(isLocked()).isFalse();
			long token = this.state.held.fencingToken();
			assertThat(mono.block(LONG)).isEqualTo("locked");
			assertThat(this.state.held.fencingToken()).isGreaterThan(token);
			assertThat(this.state.calls).hasValue(2);
		});
	}

	@Test
	void monoWithoutValueReleasesTheLock() {
		run((work) -> assertThat(work.emptyMono().blockOptional(LONG)).isEmpty());
	}

	@Test
	void fluxHoldsTheLockUntilItEnds() {
		run((work) -> {
			CompletableFuture<Integer> count = work.flux().collectList().map((items) -> items.size()).toFuture();
			await().until(() -> this.state.sink.currentSubscriberCount() == 1);
			this.state.sink.tryEmitNext("a");
			assertThat(isLocked()).isTrue();
			this.state.sink.tryEmitNext("b");
			this.state.sink.tryEmitComplete();
			assertThat(count.join()).isEqualTo(2);
			assertThat(isLocked()).isFalse();
		});
	}

	@Test
	void cancelledSubscriptionReleasesTheLock() {
		run((work) -> {
			Disposable subscription = work.flux().subscribe();
			await().until(() -> this.state.sink.currentSubscriberCount() == 1);
			assertThat(isLocked()).isTrue();
			subscription.dispose();
			await().until(() -> !isLocked());
			assertThat(this.state.sink.currentSubscriberCount()).isZero();
		});
	}

	@Test
	void cancelledSubscriptionWithdrawsTheWait() {
		LockHandle other = hold();
		run((work) -> {
			Disposable subscription = work.flux().subscribe();
			await().until(() -> this.atomix.lock("result").queueLength() == 1);
			assertThat(CompletableFuture.runAsync(subscription::dispose)).succeedsWithin(LONG);
			await().until(() -> this.atomix.lock("result").queueLength() == 0);
			other.close();
			assertThat(isLocked()).isFalse();
			assertThat(this.state.calls).hasValue(0);
		});
	}

	@Test
	void cancellationThatCrossesTheGrantLeavesNothing() {
		run((work) -> {
			for (int i = 0; i < 200; i++) {
				work.mono(null).subscribe().dispose();
			}
			await().until(() -> !isLocked());
		});
	}

	@Test
	void publisherFailsOrIsEmptyWhenTheLockIsNotAcquired() {
		run((work) -> {
			try (LockHandle other = hold()) {
				assertThatExceptionOfType(LockNotAcquiredException.class)
					.isThrownBy(() -> work.monoAtOnce().block(LONG));
				assertThat(work.skippedFlux().collectList().block(LONG)).isEmpty();
				assertThat(this.state.calls).hasValue(0);
			}
			assertThat(work.skippedFlux().collectList().block(LONG)).containsExactly("done");
		});
	}

	@Test
	void publisherFailsWhenTheLockWasLostMeanwhile() {
		run((work) -> {
			CompletableFuture<String> last = work.flux().last().toFuture();
			await().until(() -> this.state.sink.currentSubscriberCount() == 1);
			this.atomix.lock("result").destroy();
			await().until(() -> !this.state.held.isHeld());
			this.state.sink.tryEmitNext("a");
			this.state.sink.tryEmitComplete();
			assertThat(last).failsWithin(LONG).withThrowableThat().withCauseInstanceOf(LockLostException.class);
		});
		run((work) -> assertThatExceptionOfType(LockLostException.class)
			.isThrownBy(() -> work.losingMono(this.atomix).block(LONG)));
	}

	@Test
	void failureOfThePublisherIsThatOfTheMethod() {
		run((work) -> assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> work.failingMono().block(LONG))
			.withMessage("expected by the test"));
	}

	private void run(Consumer<Work> body) {
		SharedNode.contextRunner()
			.withBean(Work.class, () -> new Work(this.state))
			.run((context) -> body.accept(context.getBean(Work.class)));
	}

	private boolean isLocked() {
		return this.atomix.lock("result").isLocked();
	}

	private LockHandle hold() {
		return this.atomix.lock("result").async().lock().join();
	}

	/**
	 * What a test and the bean share.
	 */
	private static final class State {

		private final CompletableFuture<String> future = new CompletableFuture<>();

		private final Sinks.Many<String> sink = Sinks.many().multicast().onBackpressureBuffer();

		private final AtomicInteger calls = new AtomicInteger();

		private volatile HeldLock held;

	}

	static class Work {

		private final State state;

		Work(State state) {
			this.state = state;
		}

		@Locked("result")
		CompletableFuture<String> future(@Nullable HeldLock held) {
			assertThat(HeldLock.current()).containsSame(held);
			this.state.held = held;
			return this.state.future;
		}

		@Locked("result")
		CompletionStage<String> stage() {
			throw new IllegalStateException("expected by the test");
		}

		@Locked(lock = "result", maxWait = "0", otherwise = Otherwise.SKIP)
		CompletableFuture<String> skippedFuture() {
			return CompletableFuture.completedFuture("done");
		}

		@Locked(lock = "result", maxWait = "1m")
		CompletableFuture<String> patientFuture() {
			return CompletableFuture.completedFuture("done");
		}

		@Locked("result")
		Mono<String> mono(@Nullable HeldLock held) {
			assertThat(HeldLock.current()).containsSame(held);
			this.state.calls.incrementAndGet();
			this.state.held = held;
			return Mono.deferContextual((context) -> {
				context.get(HeldLock.class).ensureHeld();
				return Mono.just("locked");
			});
		}

		@Locked(lock = "result", maxWait = "0")
		CompletableFuture<String> futureAtOnce() {
			return this.state.future;
		}

		@Locked(lock = "result", maxWait = "0")
		Mono<String> monoAtOnce() {
			this.state.calls.incrementAndGet();
			return Mono.empty();
		}

		@Locked("result")
		Mono<String> emptyMono() {
			return Mono.empty();
		}

		@Locked("result")
		Mono<String> failingMono() {
			return Mono.error(new IllegalStateException("expected by the test"));
		}

		@Locked("result")
		Mono<String> losingMono(Atomix atomix) {
			HeldLock held = HeldLock.current().orElseThrow();
			return Mono.fromCallable(() -> {
				atomix.lock("result").destroy();
				await().until(() -> !held.isHeld());
				return "done";
			});
		}

		@Locked(lock = "result", maxWait = "1h")
		Flux<String> flux() {
			this.state.calls.incrementAndGet();
			this.state.held = HeldLock.current().orElseThrow();
			return this.state.sink.asFlux();
		}

		@Locked(lock = "result", maxWait = "0", otherwise = Otherwise.SKIP)
		Flux<String> skippedFlux() {
			return Flux.just("done");
		}

	}

}
