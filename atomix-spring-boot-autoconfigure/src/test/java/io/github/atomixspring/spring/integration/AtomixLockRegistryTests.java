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

package io.github.atomixspring.spring.integration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.lock.LockLostException;
import io.github.atomixspring.primitive.PrimitiveClosedException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link AtomixLockRegistry}: what Spring Integration tests of its registries,
 * and what ours promises beyond.
 */
class AtomixLockRegistryTests {

	/**
	 * Long enough not to run out between two statements of a test, also if the machine
	 * stands still for some seconds meanwhile.
	 */
	private static final Duration MORTAL = Duration.ofSeconds(5);

	/**
	 * After this time what lives that long is over.
	 */
	private static final Duration OVER = MORTAL.plusMillis(200);

	private static LocalCluster cluster;

	private static Atomix node;

	private static Atomix otherNode;

	private final String key = UUID.randomUUID().toString();

	private final AtomixLockRegistry registry = new AtomixLockRegistry(node);

	private final AtomixLockRegistry other = new AtomixLockRegistry(otherNode);

	private final AtomixLock lock = this.registry.obtain(this.key);

	private final AtomixLock otherLock = this.other.obtain(this.key);

	private final ExecutorService executor = Executors.newCachedThreadPool();

	@BeforeAll
	static void start() {
		cluster = new LocalCluster();
		node = cluster.replica();
		otherNode = cluster.client("other");
	}

	@AfterAll
	static void stop() {
		cluster.close();
	}

	@AfterEach
	void end() {
		this.executor.shutdownNow();
	}

	@Test
	void lockCanBeAcquiredAgainAndAgain() throws InterruptedException {
		for (int i = 0; i < 3; i++) {
			this.lock.lock();
			assertThat(this.otherLock.tryLock()).isFalse();
			this.lock.unlock();
			this.lock.lockInterruptibly();
			assertThat(this.otherLock.tryLock()).isFalse();
			this.lock.unlock();
			assertThat(this.lock.tryLock()).isTrue();
			this.lock.unlock();
			assertThat(this.lock.tryLock(1, TimeUnit.MINUTES)).isTrue();
			this.lock.unlock();
			assertThat(this.otherLock.tryLock()).isTrue();
			this.otherLock.unlock();
		}
	}

	@Test
	void lockIsReentrant() throws Exception {
		AtomixLock same = this.registry.obtain(this.key);
		assertThat(same).isEqualTo(this.lock).hasSameHashCodeAs(this.lock);
		this.lock.lock();
		same.lock();
		same.lockInterruptibly();
		assertThat(same.tryLock()).isTrue();
		assertThat(same.tryLock(1, TimeUnit.MINUTES)).isTrue();
		assertThat(same.fencingToken()).isEqualTo(this.lock.fencingToken());
		for (int i = 0; i < 4; i++) {
			this.lock.unlock();
			assertThat(same.isHeldByCurrentThread()).isTrue();
			assertThat(this.otherLock.tryLock()).isFalse();
		}
		same.unlock();
		assertThat(same.isHeldByCurrentThread()).isFalse();
		assertThat(this.otherLock.tryLock()).isTrue();
		this.otherLock.unlock();
	}

	@Test
	void locksOfOtherKeysAndRegistriesAreOthers() {
		AtomixLock invoices = this.registry.obtain(this.key + "-invoices");
		AtomixLock elsewhere = new AtomixLockRegistry(node, "elsewhere:", null).obtain(this.key);
		assertThat(invoices).isNotEqualTo(this.lock);
		assertThat(this.otherLock).isNotEqualTo(this.lock);
		this.lock.lock();
		invoices.lock();
		elsewhere.lock();
		assertThat(node.lock("elsewhere:" + this.key).isLocked()).isTrue();
		assertThat(node.lock("integration:" + this.key).isLocked()).isTrue();
		elsewhere.unlock();
		invoices.unlock();
		this.lock.unlock();
	}

	@Test
	void secondThreadDoesNotGetTheLock() throws Exception {
		this.lock.lockInterruptibly();
		inThread(() -> {
			assertThat(this.registry.obtain(this.key).tryLock(200, TimeUnit.MILLISECONDS)).isFalse();
			assertThat(this.lock.tryLock()).isFalse();
			assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(this.lock::unlock)
				.withMessageContaining(this.key)
				.withMessageContaining("is not held by the thread");
			assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(this.lock::fencingToken);
			assertThat(this.lock.isHeldByCurrentThread()).isFalse();
			return null;
		});
		assertThat(this.lock.isHeldByCurrentThread()).isTrue();
		this.lock.unlock();
		assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(this.lock::unlock);
	}

	@Test
	void threadsOfOneRegistryTakeTurns() throws Exception {
		takeTurns(this.registry);
	}

	@Test
	void threadsOfTwoRegistriesOfOneNodeTakeTurns() throws Exception {
		takeTurns(new AtomixLockRegistry(node));
	}

	@Test
	void threadsOfTwoNodesTakeTurns() throws Exception {
		takeTurns(this.other);
	}

	private void takeTurns(AtomixLockRegistry second) throws Exception {
		long token;
		Future<Long> waiter;
		this.lock.lock();
		try {
			token = this.lock.fencingToken();
			waiter = this.executor.submit(() -> {
				AtomixLock waiting = second.obtain(this.key);
				waiting.lockInterruptibly();
				try {
					return waiting.fencingToken();
				}
				finally {
					waiting.unlock();
				}
			});
			await().atMost(LocalCluster.PATIENCE)
				.until(() -> otherNode.lock("integration:" + this.key).queueLength() == 1);
			assertThat(waiter).isNotDone();
		}
		finally {
			this.lock.unlock();
		}
		assertThat(waiter.get(1, TimeUnit.MINUTES)).isGreaterThan(token);
	}

	@Test
	void registriesOfOneNodeDoNotTakeLocksFromEachOther() {
		AtomixLock second = new AtomixLockRegistry(node).obtain(this.key);
		this.lock.lock();
		assertThat(second.tryLock()).isFalse();
		assertThat(this.lock.isHeldByCurrentThread()).isTrue();
		this.lock.unlock();
		assertThat(second.tryLock()).isTrue();
		assertThat(this.lock.tryLock()).isFalse();
		assertThat(second.isHeldByCurrentThread()).isTrue();
		second.unlock();
	}

	@Test
	void manyThreadsExcludeEachOther() throws Exception {
		AtomicInteger inside = new AtomicInteger();
		AtomicInteger passed = new AtomicInteger();
		List<Future<?>> threads = new ArrayList<>();
		for (AtomixLockRegistry each : List.of(this.registry, this.other, new AtomixLockRegistry(node))) {
			for (int i = 0; i < 4; i++) {
				threads.add(this.executor.submit(() -> {
					for (int j = 0; j < 10; j++) {
						AtomixLock mine = each.obtain(this.key);
						mine.lock();
						assertThat(inside.incrementAndGet()).isEqualTo(1);
						passed.incrementAndGet();
						inside.decrementAndGet();
						mine.unlock();
					}
				}));
			}
		}
		for (Future<?> thread : threads) {
			thread.get(2, TimeUnit.MINUTES);
		}
		assertThat(passed).hasValue(120);
	}

	@Test
	void nothingIsKeptOfLocksThatNobodyUses() {
		DistributedLock instance = node.lock("integration:" + this.key);
		this.lock.lock();
		assertThat(instance.isLocked()).isTrue();
		this.registry.expireUnusedOlderThan(0);
		assertThat(this.lock.isHeldByCurrentThread()).isTrue();
		this.lock.unlock();
		assertThat(this.registry.holds()).isEmpty();
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(instance::isLocked);
		this.otherLock.lock();
		DistributedLock refused = node.lock("integration:" + this.key);
		assertThat(this.lock.tryLock()).isFalse();
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(refused::isLocked);
		this.otherLock.unlock();
		this.lock.lock();
		this.lock.unlock();
	}

	@Test
	void executesUnderTheLock() throws Exception {
		assertThat(this.registry.<Boolean, RuntimeException>executeLocked(this.key, this.lock::isHeldByCurrentThread))
			.isTrue();
		this.otherLock.lock();
		assertThatExceptionOfType(TimeoutException.class)
			.isThrownBy(() -> this.registry.executeLocked(this.key, Duration.ofMillis(50), () -> {
			}));
		this.otherLock.unlock();
		assertThat(this.lock.isHeldByCurrentThread()).isFalse();
	}

	@Test
	void interruptionEndsAWaitForGood() throws Exception {
		this.otherLock.lock();
		CountDownLatch interrupted = new CountDownLatch(2);
		List<Thread> waiters = List.of(new Thread(() -> {
			assertThatExceptionOfType(InterruptedException.class).isThrownBy(this.lock::lockInterruptibly);
			interrupted.countDown();
		}), new Thread(() -> {
			assertThatExceptionOfType(InterruptedException.class)
				.isThrownBy(() -> this.lock.tryLock(1, TimeUnit.MINUTES));
			interrupted.countDown();
		}));
		waiters.forEach(Thread::start);
		await().atMost(LocalCluster.PATIENCE).until(() -> otherNode.lock("integration:" + this.key).queueLength() == 2);
		waiters.forEach(Thread::interrupt);
		assertThat(interrupted.await(1, TimeUnit.MINUTES)).isTrue();
		this.otherLock.unlock();
		await().atMost(LocalCluster.PATIENCE).until(() -> !otherNode.lock("integration:" + this.key).isLocked());
		assertThat(this.registry.holds()).isEmpty();
	}

	@Test
	void interruptionThatCrossesTheGrantLeaksNothing() throws Exception {
		for (int i = 0; i < 100; i++) {
			Thread waiter = new Thread(() -> {
				try {
					this.lock.lockInterruptibly();
					this.lock.unlock();
				}
				catch (InterruptedException ex) {
					// Then it is not held.
				}
			});
			waiter.start();
			LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(3_000_000));
			waiter.interrupt();
			waiter.join();
		}
		assertThat(this.registry.holds()).isEmpty();
		assertThat(this.otherLock.tryLock(1, TimeUnit.MINUTES)).isTrue();
		this.otherLock.unlock();
	}

	@Test
	void interruptedThreadDoesNotBeginToWait() {
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(this.lock::lockInterruptibly);
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> this.lock.tryLock(1, TimeUnit.SECONDS));
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> this.lock.tryLock(MORTAL, MORTAL));
	}

	@Test
	void lockAndUnlockKeepTheInterruption() {
		Thread.currentThread().interrupt();
		this.lock.lock();
		assertThat(Thread.currentThread().isInterrupted()).isTrue();
		this.lock.unlock();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.otherLock.tryLock()).isTrue();
		this.otherLock.unlock();
	}

	@Test
	void timeToLiveOfTheRegistryEndsAHold() throws Exception {
		AtomixLock mortal = new AtomixLockRegistry(node, AtomixLockRegistry.DEFAULT_PREFIX, MORTAL).obtain(this.key);
		mortal.lock();
		assertThat(mortal.isHeldByCurrentThread()).isTrue();
		assertThat(this.otherLock.tryLock(1, TimeUnit.MINUTES)).isTrue();
		assertThat(mortal.isHeldByCurrentThread()).isFalse();
		assertThatLost(mortal::fencingToken).withMessageContaining("time to live has run out");
		assertThatLost(mortal::tryLock);
		assertThatLost(mortal::unlock).withMessageContaining("integrity of data protected by this lock")
			.withCauseInstanceOf(LockLostException.class);
		assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(mortal::unlock);
		assertThat(mortal.tryLock()).isFalse();
		this.otherLock.unlock();
		assertThat(mortal.tryLock()).isTrue();
		mortal.unlock();
	}

	@Test
	void timeToLiveOfACallWinsOverThatOfTheRegistry() throws InterruptedException {
		AtomixLock mortal = new AtomixLockRegistry(node, AtomixLockRegistry.DEFAULT_PREFIX, Duration.ofMillis(1))
			.obtain(this.key);
		mortal.lock(Duration.ofHours(1));
		assertThat(this.otherLock.tryLock(200, TimeUnit.MILLISECONDS)).isFalse();
		assertThatNoException().isThrownBy(mortal::unlock);
		assertThat(mortal.tryLock(MORTAL, Duration.ofDays(1_000_000))).isTrue();
		assertThat(this.otherLock.tryLock(200, TimeUnit.MILLISECONDS)).isFalse();
		assertThatNoException().isThrownBy(mortal::unlock);
		this.lock.lock(Duration.ofMillis(1));
		assertThat(this.otherLock.tryLock(1, TimeUnit.MINUTES)).isTrue();
		this.otherLock.unlock();
		assertThatLost(this.lock::unlock);
	}

	@Test
	void eachUnlockOfALostHoldTells() throws InterruptedException {
		this.lock.lock(MORTAL);
		this.lock.lock();
		assertThat(this.otherLock.tryLock(1, TimeUnit.MINUTES)).isTrue();
		this.otherLock.unlock();
		assertThatLost(this.lock::unlock);
		assertThatLost(this.lock::unlock);
		assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(this.lock::unlock);
	}

	@Test
	void acquiringAgainProlongsAndNeverShortens() throws InterruptedException {
		this.lock.lock(MORTAL);
		this.lock.lock(Duration.ofHours(1));
		this.lock.lock(Duration.ofMillis(1));
		assertThat(this.otherLock.tryLock(OVER.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
		assertThat(this.lock.isHeldByCurrentThread()).isTrue();
		this.lock.unlock();
		this.lock.unlock();
		this.lock.unlock();
		this.lock.lock();
		this.lock.lock(Duration.ofMillis(1));
		assertThat(this.otherLock.tryLock(200, TimeUnit.MILLISECONDS)).isFalse();
		this.lock.unlock();
		this.lock.unlock();
	}

	@Test
	void renewalBeginsTheTimeToLiveAnew() throws Exception {
		assertThatExceptionOfType(IllegalMonitorStateException.class)
			.isThrownBy(() -> this.registry.renewLock(this.key));
		this.lock.lock(MORTAL);
		for (int i = 0; i < 6; i++) {
			assertThat(this.otherLock.tryLock(1, TimeUnit.SECONDS)).isFalse();
			this.registry.renewLock(this.key);
		}
		inThread(() -> {
			assertThatExceptionOfType(IllegalMonitorStateException.class)
				.isThrownBy(() -> this.registry.renewLock(this.key));
			return null;
		});
		this.registry.renewLock(this.key, Duration.ofHours(1));
		assertThat(this.otherLock.tryLock(200, TimeUnit.MILLISECONDS)).isFalse();
		this.registry.renewLock(this.key, Duration.ofMillis(1));
		assertThat(this.otherLock.tryLock(1, TimeUnit.MINUTES)).isTrue();
		assertThatLost(() -> this.registry.renewLock(this.key));
		assertThatLost(this.lock::unlock);
		this.otherLock.unlock();
	}

	@Test
	void renewalOfAHoldWithoutTimeToLiveChangesNothing() {
		this.lock.lock();
		this.registry.renewLock(this.key);
		assertThat(this.lock.isHeldByCurrentThread()).isTrue();
		this.lock.unlock();
	}

	@Test
	void schedulerRenewsForAsLongAsTheThreadLives() throws Exception {
		try (SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler()) {
			this.registry.setRenewalTaskScheduler(scheduler);
			CountDownLatch work = new CountDownLatch(1);
			CompletableFuture<Boolean> locked = new CompletableFuture<>();
			Thread forgetful = new Thread(() -> {
				locked.complete(acquire(MORTAL));
				awaitUninterruptibly(work);
			});
			forgetful.start();
			assertThat(locked.get(1, TimeUnit.MINUTES)).isTrue();
			assertThat(this.otherLock.tryLock(OVER.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
			work.countDown();
			assertThat(this.otherLock.tryLock(1, TimeUnit.MINUTES)).isTrue();
			this.otherLock.unlock();
		}
	}

	private boolean acquire(Duration timeToLive) {
		this.lock.lock(timeToLive);
		return true;
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void lockThatWasTakenAwayIsLost() {
		this.lock.lock();
		this.lock.lock();
		otherNode.lock("integration:" + this.key).destroy();
		await().atMost(LocalCluster.PATIENCE).until(() -> !this.lock.isHeldByCurrentThread());
		assertThat(this.otherLock.tryLock()).isTrue();
		assertThatLost(this.lock::lock);
		assertThatLost(this.lock::unlock);
		assertThatLost(this.lock::unlock);
		this.otherLock.unlock();
		this.lock.lock();
		this.lock.unlock();
	}

	@Test
	void locksAreLostWhenTheNodeIsStopped() throws Exception {
		Atomix stopped = cluster.client("stopped");
		AtomixLockRegistry registry = new AtomixLockRegistry(stopped);
		AtomixLock held = registry.obtain(this.key);
		held.lock();
		stopped.stop();
		assertThat(held.isHeldByCurrentThread()).isFalse();
		assertThat(this.lock.tryLock(1, TimeUnit.MINUTES)).isTrue();
		assertThatLost(held::unlock);
		stopped.start();
		LocalCluster.awaitConnected(stopped);
		assertThat(held.tryLock()).isFalse();
		this.lock.unlock();
		assertThat(held.tryLock(1, TimeUnit.MINUTES)).isTrue();
		held.unlock();
		stopped.close();
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(held::tryLock);
	}

	@Test
	void stopOfTheNodeEndsWaits() throws Exception {
		Atomix stopped = cluster.client("stopped-waiter");
		AtomixLock waiting = new AtomixLockRegistry(stopped).obtain(this.key);
		this.lock.lock();
		Future<?> waiter = this.executor.submit(() -> waiting.lock());
		await().atMost(LocalCluster.PATIENCE).until(() -> node.lock("integration:" + this.key).queueLength() == 1);
		stopped.stop();
		assertThat(waiter).failsWithin(LocalCluster.PATIENCE)
			.withThrowableThat()
			.withCauseInstanceOf(PrimitiveClosedException.class);
		this.lock.unlock();
	}

	@Test
	void wrongArgumentsAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.registry.obtain(42))
			.withMessageContaining("must be a string");
		assertThatIllegalArgumentException().isThrownBy(() -> this.lock.lock(Duration.ZERO))
			.withMessageContaining("must be positive");
		assertThatIllegalArgumentException().isThrownBy(() -> this.lock.tryLock(MORTAL, Duration.ofMillis(-1)));
		assertThatIllegalArgumentException().isThrownBy(() -> this.lock.tryLock(null, MORTAL));
		assertThatIllegalArgumentException().isThrownBy(() -> this.lock.lock(null));
		assertThatIllegalArgumentException().isThrownBy(() -> this.registry.renewLock(this.key, Duration.ZERO));
		assertThatIllegalArgumentException().isThrownBy(() -> new AtomixLockRegistry(node, "p".repeat(129), null))
			.withMessageContaining("at most 128 characters");
		assertThatIllegalArgumentException().isThrownBy(() -> new AtomixLockRegistry(node, "p", Duration.ZERO));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(this.lock::newCondition);
	}

	private static ThrowableAssertAlternative<ConcurrentModificationException> assertThatLost(ThrowingCallable call) {
		return assertThatExceptionOfType(ConcurrentModificationException.class).isThrownBy(call);
	}

	private <T> T inThread(Callable<T> task) throws Exception {
		return this.executor.submit(task).get(1, TimeUnit.MINUTES);
	}

}
