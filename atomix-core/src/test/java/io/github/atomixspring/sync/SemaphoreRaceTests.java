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

package io.github.atomixspring.sync;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.atomixspring.proxy.FakeCluster;
import io.github.atomixspring.proxy.FakeSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Races of grants with timeouts, interrupts and cancellations of semaphores.
 */
class SemaphoreRaceTests {

	private static final int ROUNDS = 10_000;

	private static final int THREADS = 8;

	private static final int PERMITS = 4;

	private final FakeCluster cluster = new FakeCluster();

	private final ExecutorService transport1 = Executors.newSingleThreadExecutor();

	private final ExecutorService transport2 = Executors.newSingleThreadExecutor();

	private final ExecutorService callbacks = Executors.newCachedThreadPool();

	private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(2);

	private final List<DistributedSemaphore> semaphores = List.of(create("n1", this.transport1),
			create("n2", this.transport2));

	private final AtomicInteger out = new AtomicInteger();

	private final AtomicInteger violations = new AtomicInteger();

	private final AtomicInteger acquired = new AtomicInteger();

	private DistributedSemaphore create(String node, ExecutorService transport) {
		FakeSession session = this.cluster.connect(node)
			.withTransport(transport)
			.withCallbackExecutor(this.callbacks)
			.withTimers((delay, task) -> {
				ScheduledFuture<?> scheduled = this.timers.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
				return () -> scheduled.cancel(false);
			});
		return Synchronisers.createSemaphore(session, "a", PERMITS, () -> {
		});
	}

	@AfterEach
	void stop() {
		List.of(this.transport1, this.transport2, this.callbacks, this.timers).forEach(ExecutorService::shutdownNow);
	}

	@Test
	void waitsThatEndEarlyNeverAcquireLater() throws Exception {
		ExecutorService pool = Executors.newFixedThreadPool(THREADS);
		List<Future<?>> workers = new ArrayList<>();
		AtomicInteger rounds = new AtomicInteger();
		for (int i = 0; i < THREADS; i++) {
			int seed = i;
			workers.add(pool.submit(() -> {
				Random random = new Random(seed);
				while (rounds.getAndIncrement() < ROUNDS) {
					round(this.semaphores.get(seed % 2), random);
				}
				return null;
			}));
		}
		for (Future<?> worker : workers) {
			worker.get(2, TimeUnit.MINUTES);
		}
		pool.shutdownNow();
		await().atMost(Duration.ofSeconds(30)).until(() -> this.semaphores.get(0).availablePermits() == PERMITS);
		assertThat(this.semaphores.get(1).queueLength()).isZero();
		assertThat(this.semaphores).extracting(DistributedSemaphore::heldPermits).containsOnly(0);
		assertThat(this.violations).hasValue(0);
		assertThat(this.acquired).hasValueGreaterThan(ROUNDS / 100);
	}

	private void round(DistributedSemaphore semaphore, Random random) throws Exception {
		int permits = 1 + random.nextInt(PERMITS);
		switch (random.nextInt(4)) {
			case 0 -> {
				if (semaphore.tryAcquire(permits, Duration.ofNanos(1 + random.nextInt(1_000_000)))) {
					work(permits);
					semaphore.release(permits);
				}
			}
			case 1 -> interrupted(semaphore, permits, random);
			case 2 -> cancelled(semaphore.async().acquire(permits), random);
			default -> {
				Optional<PermitHandle> handle = semaphore.async()
					.tryAcquire(permits, Duration.ofNanos(random.nextInt(500_000)))
					.get();
				if (handle.isPresent()) {
					work(permits);
					handle.get().release().get();
				}
			}
		}
	}

	private void interrupted(DistributedSemaphore semaphore, int permits, Random random) {
		Thread self = Thread.currentThread();
		AtomicBoolean armed = new AtomicBoolean(true);
		this.timers.schedule(() -> {
			synchronized (armed) {
				if (armed.get()) {
					self.interrupt();
				}
			}
		}, random.nextInt(1_000_000), TimeUnit.NANOSECONDS);
		try {
			semaphore.acquire(permits);
			work(permits);
			semaphore.release(permits);
		}
		catch (InterruptedException ex) {
			assertThat(armed).isTrue();
		}
		finally {
			synchronized (armed) {
				armed.set(false);
			}
			Thread.interrupted();
		}
	}

	private void cancelled(CompletableFuture<PermitHandle> wait, Random random) throws Exception {
		if (random.nextBoolean()) {
			this.timers.schedule(() -> wait.cancel(false), random.nextInt(1_000_000), TimeUnit.NANOSECONDS);
		}
		else {
			wait.orTimeout(random.nextInt(1_000_000), TimeUnit.NANOSECONDS);
		}
		PermitHandle handle = wait.handle((granted, ex) -> granted).get();
		if (handle != null) {
			work(handle.permits());
			handle.release().get();
		}
	}

	private void work(int permits) {
		if (this.out.addAndGet(permits) > PERMITS) {
			this.violations.incrementAndGet();
		}
		this.acquired.incrementAndGet();
		this.out.addAndGet(-permits);
	}

}
