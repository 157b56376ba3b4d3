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

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.docs.SingleMember;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.lock.LockHandle;
import io.github.atomixspring.lock.LockLostException;
import io.github.atomixspring.spring.annotation.Locked;
import io.github.atomixspring.spring.annotation.Otherwise;
import io.github.atomixspring.spring.lock.HeldLock;
import io.github.atomixspring.spring.lock.LockNotAcquiredException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.core.annotation.AliasFor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link Locked @Locked} on methods that return when their work has ended.
 */
@ExtendWith(SingleMember.class)
class LockedTests {

	private final Atomix atomix = SharedNode.atomix();

	@Test
	void runsUnderTheLockAndReleasesIt() {
		run((work) -> {
			HeldLock held = work.run("text", null);
			assertThat(held.name()).isEqualTo("locked");
			assertThat(held.fencingToken()).isPositive();
			assertThat(held.isHeld()).isFalse();
			assertThat(HeldLock.current()).isEmpty();
			assertThat(this.atomix.lock("locked").isLocked()).isFalse();
			assertThat(work.run("text", null).fencingToken()).isGreaterThan(held.fencingToken());
		});
	}

	@Test
	void throwsWhenTheLockIsNotAcquiredInTime() {
		run((work) -> {
			try (LockHandle other = hold("locked")) {
				assertThatExceptionOfType(LockNotAcquiredException.class).isThrownBy(work::impatient)
					.withMessageContaining("Work.impatient")
					.withMessageContaining("'locked'")
					.withMessageEndingWith("not free within 50ms");
				assertThatExceptionOfType(LockNotAcquiredException.class).isThrownBy(work::atOnce)
					.withMessageEndingWith("not free");
			}
			work.run("text", null);
		});
	}

	@Test
	void skipsWhenAskedTo() {
		run((work) -> {
			try (LockHandle other = hold("locked")) {
				assertThat(work.skipped()).isEmpty();
			}
			assertThat(work.skipped()).hasValue("done");
		});
	}

	@Test
	void waitsForTheLock() {
		run((work) -> {
			LockHandle other = hold("locked");
			CompletableFuture<Long> waiting = CompletableFuture.supplyAsync(work::patient);
			await().until(() -> this.atomix.lock("locked").queueLength() == 1);
			assertThat(waiting).isNotDone();
			other.close();
			assertThat(waiting.join()).isGreaterThan(other.fencingToken());
		});
	}

	@Test
	void nameDependsOnArgumentsPlaceholdersAndBeans() {
		run((work) -> {
			try (LockHandle other = hold("eu-order-7-text")) {
				assertThatExceptionOfType(LockNotAcquiredException.class).isThrownBy(() -> work.ship(7, "text"));
				assertThat(work.ship(8, "text")).isEqualTo("eu-order-8-text");
			}
			assertThat(work.ship(7, "text")).isEqualTo("eu-order-7-text");
			assertThatIllegalArgumentException().isThrownBy(() -> work.ship(7, null)).withMessageContaining("'#text'");
		});
	}

	@Test
	void instanceWithNameFromArgumentsIsClosedUnlessItIsUsed() {
		run((work) -> {
			DistributedLock unused = this.atomix.lock("eu-order-9-a");
			work.ship(9, "a");
			DistributedLock used = this.atomix.lock("eu-order-9-a");
			assertThat(used).isNotSameAs(unused);
			used.lock();
			assertThatExceptionOfType(LockNotAcquiredException.class)
				.isThrownBy(() -> inThread(() -> work.ship(9, "a")));
			assertThat(used.isHeldByCurrentThread()).isTrue();
			used.unlock();
		});
	}

	@Test
	void isReentrantForItsThreadAndSharesTheLockWithIt() {
		run((work) -> {
			DistributedLock lock = this.atomix.lock("locked");
			work.then(() -> {
				long token = HeldLock.current().orElseThrow().fencingToken();
				assertThat(work.run("text", null).fencingToken()).isEqualTo(token);
				assertThat(lock.tryLock()).isTrue();
				lock.unlock();
				assertThat(HeldLock.current().orElseThrow().isHeld()).isTrue();
			});
			lock.lock();
			assertThat(work.run("text", null).fencingToken()).isEqualTo(lock.fencingToken());
			assertThat(lock.isHeldByCurrentThread()).isTrue();
			lock.unlock();
			assertThat(lock.isLocked()).isFalse();
		});
	}

	@Test
	void innermostLockIsTheCurrentOne() {
		run((work) -> work.then(() -> {
			assertThat(work.ship(1, "a")).isEqualTo("eu-order-1-a");
			assertThat(HeldLock.current()).map(HeldLock::name).hasValue("locked");
		}));
	}

	@Test
	void heldLockIsKnownToOtherThreads() {
		run((work) -> work.then(() -> {
			HeldLock held = HeldLock.current().orElseThrow();
			inThread(() -> {
				assertThat(HeldLock.current()).isEmpty();
				assertThat(held.isHeld()).isTrue();
				try (var binding = held.bind()) {
					HeldLock.current().orElseThrow().ensureHeld();
				}
				return null;
			});
		}));
	}

	@Test
	void callerIsToldOfALockThatWasLostMeanwhile() {
		run((work) -> assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> work.then(() -> {
			HeldLock held = HeldLock.current().orElseThrow();
			this.atomix.lock("locked").destroy();
			await().until(() -> !held.isHeld());
			assertThatExceptionOfType(LockLostException.class).isThrownBy(held::ensureHeld);
		})).withMessageContaining("'locked'"));
	}

	@Test
	void failureOfTheMethodIsNotHiddenByALostLock() {
		IllegalStateException failure = new IllegalStateException("expected by the test");
		run((work) -> {
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> work.then(() -> {
				HeldLock held = HeldLock.current().orElseThrow();
				this.atomix.lock("locked").destroy();
				await().until(() -> !held.isHeld());
				throw failure;
			})).isSameAs(failure);
			assertThat(failure.getSuppressed()).singleElement().isInstanceOf(LockLostException.class);
			assertThat(this.atomix.lock("locked").isLocked()).isFalse();
		});
	}

	@Test
	void failureOfTheMethodReleasesTheLock() {
		run((work) -> {
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> work.then(() -> {
				throw new IllegalStateException("expected by the test");
			}));
			assertThat(this.atomix.lock("locked").isLocked()).isFalse();
		});
	}

	@Test
	void lockIsLostWhenTheLeaseHasRunOut() {
		run((work) -> assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> work.leased(() -> {
			HeldLock held = HeldLock.current().orElseThrow();
			await().until(() -> !held.isHeld());
		})).withMessageContaining("lease"));
	}

	@Test
	void interruptEndsTheWaitAndIsKept() throws Exception {
		LockHandle other = hold("locked");
		run((work) -> {
			FutureTask<Boolean> task = new FutureTask<>(() -> {
				try {
					work.patient();
					return false;
				}
				catch (LockNotAcquiredException ex) {
					return ex.getCause() instanceof InterruptedException && Thread.currentThread().isInterrupted();
				}
			});
			interruptWaiter(task);
			assertThat(task.get(1, TimeUnit.MINUTES)).isTrue();
			FutureTask<Long> declared = new FutureTask<>(work::interruptible);
			interruptWaiter(declared);
			assertThat(declared).failsWithin(Duration.ofMinutes(1))
				.withThrowableOfType(Exception.class)
				.withCauseInstanceOf(InterruptedException.class);
			await().until(() -> this.atomix.lock("locked").queueLength() == 0);
		});
		other.close();
		assertThat(this.atomix.lock("locked").isLocked()).isFalse();
	}

	private void interruptWaiter(Runnable task) {
		Thread waiter = new Thread(task, "waiter");
		waiter.start();
		await().until(() -> this.atomix.lock("locked").queueLength() == 1);
		waiter.interrupt();
	}

	@Test
	void typeLevelAnnotationAndThatOfAMethodThatWins() {
		SharedNode.contextRunner().withUserConfiguration(Ledger.class).run((context) -> {
			Ledger ledger = context.getBean(Ledger.class);
			assertThat(ledger.one()).isEqualTo("ledger");
			assertThat(ledger.inherited()).isEqualTo("ledger");
			assertThat(ledger.other()).isEqualTo("other");
			assertThat(ledger.toString()).isEqualTo("no lock");
		});
	}

	@Test
	void inheritedMethodHasTheLockOfEachSubclass() {
		SharedNode.contextRunner().withUserConfiguration(Ledger.class, Journal.class).run((context) -> {
			assertThat(context.getBean(Ledger.class).inherited()).isEqualTo("ledger");
			assertThat(context.getBean(Journal.class).inherited()).isEqualTo("journal");
		});
	}

	@Test
	void supportsMetaAnnotation() {
		SharedNode.contextRunner().withUserConfiguration(Meta.class).run((context) -> {
			assertThat(context.getBean(Meta.class).run(5)).isEqualTo("meta-5");
			try (LockHandle other = hold("meta-5")) {
				assertThat(context.getBean(Meta.class).run(5)).isNull();
			}
		});
	}

	@Test
	void defaultWaitIsThatOfOperations() {
		try (LockHandle other = hold("ledger")) {
			SharedNode.contextRunner()
				.withUserConfiguration(Ledger.class)
				.withPropertyValues("atomix.session.operation-timeout=100ms")
				.run((context) -> assertThatExceptionOfType(LockNotAcquiredException.class)
					.isThrownBy(() -> context.getBean(Ledger.class).one())
					.withMessageEndingWith("within 100ms"));
		}
	}

	@Test
	void everyCallRunsWithoutNode() {
		SharedNode.contextRunner()
			.withPropertyValues("atomix.enabled=false")
			.withUserConfiguration(Ledger.class)
			.run((context) -> assertThat(context.getBean(Ledger.class).one()).isNull());
	}

	private void run(Body body) {
		SharedNode.contextRunner()
			.withPropertyValues("region=eu", "wait=50ms")
			.withUserConfiguration(Work.class)
			.run((context) -> body.run(context.getBean(Work.class)));
	}

	private LockHandle hold(String name) {
		return this.atomix.lock(name).async().lock().join();
	}

	private static <T> T inThread(Callable<T> task) {
		FutureTask<T> future = new FutureTask<>(task);
		new Thread(future).start();
		try {
			return future.get(1, TimeUnit.MINUTES);
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : new IllegalStateException(ex);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What a test does.
	 */
	interface Body {

		void run(Work work) throws Exception;

	}

	static class Work {

		@Locked("locked")
		HeldLock run(String text, @Nullable HeldLock held) {
			assertThat(text).isEqualTo("text");
			assertThat(held).isNotNull();
			held.ensureHeld();
			assertThat(HeldLock.current()).containsSame(held);
			return held;
		}

		@Locked(lock = "locked", maxWait = "${wait}")
		void impatient() {
		}

		@Locked(lock = "locked", maxWait = "0")
		int atOnce() {
			return 1;
		}

		@Locked(lock = "locked", maxWait = "0", otherwise = Otherwise.SKIP)
		Optional<String> skipped() {
			return Optional.of("done");
		}

		@Locked(lock = "locked", maxWait = "1m")
		long patient() {
			return HeldLock.current().orElseThrow().fencingToken();
		}

		@Locked(lock = "locked", maxWait = "1m")
		long interruptible() throws InterruptedException {
			return HeldLock.current().orElseThrow().fencingToken();
		}

		@Locked(lock = "${region}-order-#{#id}-#{#text}", maxWait = "0")
		String ship(int id, @Nullable String text) {
			return HeldLock.current().orElseThrow().name();
		}

		@Locked("locked")
		void then(Runnable next) {
			next.run();
		}

		@Locked(lock = "leased", lease = "200ms")
		void leased(Runnable next) {
			next.run();
		}

	}

	static class Base {

		@Nullable String inherited() {
			return HeldLock.current().map(HeldLock::name).orElse(null);
		}

	}

	@Locked("ledger")
	static class Ledger extends Base {

		@Nullable String one() {
			return inherited();
		}

		@Locked("other")
		@Nullable String other() {
			return inherited();
		}

		@Override
		public String toString() {
			return HeldLock.current().map(HeldLock::name).orElse("no lock");
		}

	}

	@Locked("journal")
	static class Journal extends Base {

	}

	@Locked(otherwise = Otherwise.SKIP)
	@Retention(RetentionPolicy.RUNTIME)
	@interface AtMostOnce {

		@AliasFor(annotation = Locked.class, attribute = "lock")
		String value();

		@AliasFor(annotation = Locked.class, attribute = "maxWait")
		String within() default "0";

	}

	static class Meta {

		@AtMostOnce("meta-#{#id}")
		@Nullable String run(int id) {
			return HeldLock.current().orElseThrow().name();
		}

	}

}
