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

package io.github.atomixspring.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.primitive.ConfigurationMismatchException;
import io.github.atomixspring.primitive.PrimitiveInfo;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.sync.DistributedSemaphore;
import io.github.atomixspring.sync.NotPermitHolderException;
import io.github.atomixspring.sync.PermitHandle;
import io.github.atomixspring.sync.PermitsLostException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The contract of {@link DistributedSemaphore}.
 */
class SemaphoreContractIntegrationTests extends AbstractContractTests {

	private static final int PERMITS = 3;

	private static final int RACES = 10_000;

	private DistributedSemaphore semaphore() {
		return node().semaphore(this.name, PERMITS);
	}

	private DistributedSemaphore otherSemaphore() {
		return other().semaphore(this.name, PERMITS);
	}

	@Test
	void neverMorePermitsAreOutThanThereAre() throws Exception {
		AtomicInteger out = new AtomicInteger();
		inThreads(8, (thread) -> {
			DistributedSemaphore semaphore = (thread % 2 == 0) ? semaphore() : otherSemaphore();
			for (int i = 0; i < 5; i++) {
				int permits = 1 + (thread + i) % PERMITS;
				semaphore.acquire(permits);
				assertThat(out.addAndGet(permits)).isLessThanOrEqualTo(PERMITS);
				assertThat(semaphore.heldPermits()).isBetween(permits, PERMITS);
				out.addAndGet(-permits);
				semaphore.release(permits);
			}
		});
		assertThat(semaphore().availablePermits()).isEqualTo(PERMITS);
		assertThat(semaphore().queueLength()).isZero();
	}

	@Test
	void waitersAreServedInOrderAcrossNodes() {
		PermitHandle holder = semaphore().async().acquire(PERMITS).join();
		List<CompletableFuture<PermitHandle>> waits = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			int length = i + 1;
			waits.add(((i % 2 == 0) ? otherSemaphore() : semaphore()).async().acquire(PERMITS - 1));
			await().until(() -> semaphore().queueLength() == length);
		}
		assertThat(otherSemaphore().tryAcquire()).isFalse();
		holder.release().join();
		long last = holder.fencingToken();
		for (CompletableFuture<PermitHandle> wait : waits) {
			PermitHandle handle = wait.join();
			assertThat(handle.fencingToken()).isGreaterThan(last);
			last = handle.fencingToken();
			handle.release().join();
		}
	}

	@Test
	void nodeReleasesOnlyWhatItHolds() throws Exception {
		otherSemaphore().acquire(2);
		assertThatExceptionOfType(NotPermitHolderException.class).isThrownBy(() -> semaphore().release());
		assertThat(semaphore().drainPermits()).isEqualTo(1);
		assertThatExceptionOfType(NotPermitHolderException.class).isThrownBy(() -> semaphore().release(2));
		semaphore().release();
		otherSemaphore().release(2);
		assertThat(semaphore().availablePermits()).isEqualTo(PERMITS);
	}

	@Test
	void numberOfPermitsIsFixedByTheFirstAndCanBeChangedForAll() throws Exception {
		assertThat(semaphore().totalPermits()).isEqualTo(PERMITS);
		assertThatExceptionOfType(ConfigurationMismatchException.class)
			.isThrownBy(() -> other().semaphore(this.name, PERMITS + 2).tryAcquire())
			.withMessageContaining("3")
			.withMessageContaining("5");
		other().semaphore(this.name, PERMITS + 2).close();
		assertThatIllegalArgumentException().isThrownBy(() -> node().semaphore(this.name, PERMITS + 2));
		assertThatIllegalArgumentException().isThrownBy(() -> node().semaphore(this.name, -1));
		assertThat(otherSemaphore().increasePermits(2)).isEqualTo(PERMITS + 2);
		assertThat(semaphore().tryAcquire(PERMITS + 2)).isTrue();
		assertThat(otherSemaphore().reducePermits(4)).isEqualTo(PERMITS - 2);
		assertThat(otherSemaphore().availablePermits()).isEqualTo(-4);
		semaphore().release(PERMITS + 2);
		assertThat(semaphore().availablePermits()).isEqualTo(PERMITS - 2);
		assertThat(node().primitives()).contains(new PrimitiveInfo(PrimitiveType.SEMAPHORE, this.name));
	}

	@Test
	void waitsThatEndLeaveNothing() throws Exception {
		semaphore().acquire(PERMITS);
		assertThat(otherSemaphore().tryAcquire(Duration.ofMillis(50))).isFalse();
		CompletableFuture<PermitHandle> wait = otherSemaphore().async().acquire();
		await().until(() -> semaphore().queueLength() == 1);
		wait.cancel(false);
		await().until(() -> semaphore().queueLength() == 0);
		semaphore().release(PERMITS);
		assertThat(semaphore().availablePermits()).isEqualTo(PERMITS);
	}

	@Test
	void racesOfGrantsAndTheEndsOfWaitsLeaveNothing() throws Exception {
		inThreads(2, (thread) -> {
			DistributedSemaphore semaphore = (thread == 0) ? semaphore() : otherSemaphore();
			for (int i = 0; i < RACES / 100; i++) {
				List<CompletableFuture<?>> races = new ArrayList<>();
				for (int j = 0; j < 50; j++) {
					races.add(race(semaphore, i + j));
				}
				CompletableFuture.allOf(races.toArray(CompletableFuture[]::new)).get(1, TimeUnit.MINUTES);
			}
		});
		await().atMost(Duration.ofSeconds(30)).until(() -> semaphore().availablePermits() == PERMITS);
		assertThat(semaphore().queueLength()).isZero();
		assertThat(semaphore().heldPermits()).isZero();
		assertThat(otherSemaphore().heldPermits()).isZero();
	}

	private static CompletableFuture<?> race(DistributedSemaphore semaphore, int number) {
		int permits = 1 + number % PERMITS;
		long nanos = TimeUnit.MICROSECONDS.toNanos(1 + number * 37L % 4_000);
		if (number % 2 == 0) {
			return semaphore.async()
				.tryAcquire(permits, Duration.ofNanos(nanos))
				.thenCompose((handle) -> handle.map(PermitHandle::release)
					.orElseGet(() -> CompletableFuture.completedFuture(null)));
		}
		CompletableFuture<PermitHandle> wait = semaphore.async().acquire(permits);
		wait.orTimeout(nanos, TimeUnit.NANOSECONDS);
		return wait.handle((handle, ex) -> Optional.ofNullable(handle))
			.thenCompose((handle) -> handle.map(PermitHandle::release)
				.orElseGet(() -> CompletableFuture.completedFuture(null)));
	}

	@Test
	void stopOfANodeReturnsItsPermitsAtOnce() throws Exception {
		PermitHandle waiter;
		try (Atomix client = this.setUp.newClient(this.name)) {
			client.semaphore(this.name, PERMITS).acquire(PERMITS);
			CompletableFuture<PermitHandle> wait = semaphore().async().acquire(2);
			assertThat(wait).isNotDone();
			client.stop();
			waiter = wait.orTimeout(60, TimeUnit.SECONDS).join();
		}
		waiter.close();
		assertThat(semaphore().availablePermits()).isEqualTo(PERMITS);
	}

	@Test
	void destructionTakesPermitsAndIsTold() throws Exception {
		List<Integer> losses = new CopyOnWriteArrayList<>();
		semaphore().addLostListener((name, permits) -> losses.add(permits));
		semaphore().acquire(2);
		otherSemaphore().destroy();
		await().until(() -> semaphore().heldPermits() == 0);
		await().untilAsserted(() -> assertThat(losses).containsExactly(2));
		assertThatExceptionOfType(PermitsLostException.class).isThrownBy(() -> semaphore().release(2));
		assertThat(semaphore().availablePermits()).isEqualTo(PERMITS);
	}

	@Test
	void closeOfTheInstanceReturnsPermits() throws Exception {
		semaphore().acquire(PERMITS);
		semaphore().close();
		assertThat(otherSemaphore().tryAcquire(PERMITS, Duration.ofSeconds(30))).isTrue();
		otherSemaphore().release(PERMITS);
	}

}
