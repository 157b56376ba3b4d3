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
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.atomixspring.proxy.Races;
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

	private final Races races = new Races();

	private final List<DistributedSemaphore> semaphores = List.of(create("n1"), create("n2"));

	private final AtomicInteger out = new AtomicInteger();

	private final AtomicInteger violations = new AtomicInteger();

	private final AtomicInteger acquired = new AtomicInteger();

	private DistributedSemaphore create(String node) {
		return Synchronisers.createSemaphore(this.races.connect(node), "a", PERMITS, () -> {
		});
	}

	@AfterEach
	void stop() {
		this.races.close();
	}

	@Test
	void waitsThatEndEarlyNeverAcquireLater() throws Exception {
		this.races.run(THREADS, ROUNDS, (round, thread, random) -> round(this.semaphores.get(thread % 2), random));
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
				if (semaphore.tryAcquire(permits, this.races.time(random))) {
					work(permits);
					semaphore.release(permits);
				}
			}
			case 1 -> this.races.interrupt(random, () -> {
				semaphore.acquire(permits);
				work(permits);
				semaphore.release(permits);
			});
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

	private void cancelled(CompletableFuture<PermitHandle> wait, Random random) throws Exception {
		PermitHandle handle = this.races.cancelLater(wait, random).handle((granted, ex) -> granted).get();
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
