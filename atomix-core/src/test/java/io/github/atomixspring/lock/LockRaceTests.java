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

package io.github.atomixspring.lock;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.github.atomixspring.proxy.Races;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Races of grants with timeouts, interrupts and cancellations of {@link LockProxy}.
 */
class LockRaceTests {

	private static final int ROUNDS = 10_000;

	private static final int THREADS = 8;

	private final Races races = new Races();

	private final List<DistributedLock> locks = List.of(Locks.create(this.races.connect("n1"), "a", () -> {
	}), Locks.create(this.races.connect("n2"), "a", () -> {
	}));

	private final AtomicInteger holders = new AtomicInteger();

	private final AtomicInteger violations = new AtomicInteger();

	private final AtomicInteger acquired = new AtomicInteger();

	private final AtomicLong lastToken = new AtomicLong();

	@AfterEach
	void stop() {
		this.races.close();
	}

	@Test
	void waitsThatEndEarlyNeverAcquireLater() throws Exception {
		this.races.run(THREADS, ROUNDS, (round, thread, random) -> round(this.locks.get(thread % 2), random));
		await().atMost(Duration.ofSeconds(10)).until(() -> !this.locks.get(0).isLocked());
		assertThat(this.locks.get(1).queueLength()).isZero();
		assertThat(this.violations).hasValue(0);
		assertThat(this.acquired).hasValueGreaterThan(ROUNDS / 100);
	}

	private void round(DistributedLock lock, Random random) throws Exception {
		switch (random.nextInt(4)) {
			case 0 -> {
				if (lock.tryLock(this.races.time(random))) {
					work(lock.fencingToken());
					lock.unlock();
				}
			}
			case 1 -> interrupted(lock, random);
			case 2 -> cancelled(lock.async().lock(), random);
			default -> {
				Optional<LockHandle> handle = lock.async().tryLock(Duration.ofNanos(random.nextInt(500_000))).get();
				if (handle.isPresent()) {
					work(handle.get().fencingToken());
					handle.get().unlock().get();
				}
			}
		}
	}

	private void interrupted(DistributedLock lock, Random random) throws Exception {
		boolean ended = this.races.interrupt(random, () -> {
			lock.lockInterruptibly();
			work(lock.fencingToken());
			lock.unlock();
		});
		assertThat(ended || !lock.isHeldByCurrentThread()).isTrue();
	}

	private void cancelled(CompletableFuture<LockHandle> wait, Random random) throws Exception {
		LockHandle handle = this.races.cancelLater(wait, random).handle((granted, ex) -> granted).get();
		if (handle != null) {
			work(handle.fencingToken());
			handle.unlock().get();
		}
	}

	private void work(long token) {
		if (this.holders.incrementAndGet() != 1 || this.lastToken.getAndSet(token) >= token) {
			this.violations.incrementAndGet();
		}
		this.acquired.incrementAndGet();
		this.holders.decrementAndGet();
	}

}
