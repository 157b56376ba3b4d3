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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.lock.LockHandle;
import io.github.atomixspring.lock.LockLostException;
import io.github.atomixspring.lock.NotLockOwnerException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The contract of {@link DistributedLock}.
 */
class LockContractIntegrationTests extends AbstractContractTests {

	private DistributedLock lock() {
		return node().lock(this.name);
	}

	private DistributedLock otherLock() {
		return other().lock(this.name);
	}

	@Test
	void oneHolderAtATimeWithGrowingTokens() throws Exception {
		List<Long> tokens = new CopyOnWriteArrayList<>();
		AtomicInteger holders = new AtomicInteger();
		inThreads(8, (thread) -> {
			DistributedLock lock = (thread % 2 == 0) ? lock() : otherLock();
			for (int i = 0; i < 5; i++) {
				lock.lock();
				try {
					assertThat(holders.incrementAndGet()).isEqualTo(1);
					assertThat(lock.isHeldByCurrentThread()).isTrue();
					tokens.add(lock.fencingToken());
					holders.decrementAndGet();
				}
				finally {
					lock.unlock();
				}
			}
		});
		assertThat(tokens).hasSize(40).isSorted().doesNotHaveDuplicates();
		assertThat(lock().isLocked()).isFalse();
		assertThat(lock().queueLength()).isZero();
	}

	@Test
	void waitersAreServedInOrderAcrossNodes() {
		LockHandle holder = lock().async().lock().join();
		List<CompletableFuture<LockHandle>> waits = new CopyOnWriteArrayList<>();
		for (int i = 0; i < 6; i++) {
			int length = i + 1;
			waits.add(((i % 2 == 0) ? otherLock() : lock()).async().lock());
			await().until(() -> lock().queueLength() == length);
		}
		long last = holder.fencingToken();
		holder.unlock().join();
		for (CompletableFuture<LockHandle> wait : waits) {
			LockHandle handle = wait.join();
			assertThat(handle.fencingToken()).isGreaterThan(last);
			last = handle.fencingToken();
			handle.unlock().join();
		}
	}

	@Test
	void holderIsKnownToAll() {
		assertThat(lock().holder()).isEmpty();
		lock().lock();
		assertThat(otherLock().holder()).hasValueSatisfying((holder) -> {
			assertThat(holder.session()).isEqualTo(node().session().id());
			assertThat(holder.node()).isEqualTo(node().session().node());
			assertThat(holder.fencingToken()).isEqualTo(lock().fencingToken());
		});
		assertThat(otherLock().tryLock()).isFalse();
		lock().unlock();
		assertThat(otherLock().tryLock()).isTrue();
		otherLock().unlock();
	}

	@Test
	void waitsThatEndLeaveNothing() throws Exception {
		lock().lock();
		assertThat(otherLock().tryLock(50, TimeUnit.MILLISECONDS)).isFalse();
		CompletableFuture<LockHandle> wait = otherLock().async().lock();
		await().until(() -> lock().queueLength() == 1);
		wait.cancel(false);
		await().until(() -> lock().queueLength() == 0);
		lock().unlock();
		assertThat(lock().isLocked()).isFalse();
	}

	@Test
	void leaseEndsHereFirstAndThenForAll() throws Exception {
		List<Long> losses = new CopyOnWriteArrayList<>();
		lock().addLostListener((lock, token) -> losses.add(token));
		assertThat(lock().tryLock(Duration.ofSeconds(30), Duration.ofSeconds(1))).isTrue();
		assertThat(otherLock().tryLock(Duration.ofSeconds(30))).isTrue();
		assertThat(lock().isHeldByCurrentThread()).isFalse();
		await().until(() -> losses.size() == 1);
		assertThat(otherLock().fencingToken()).isGreaterThan(losses.get(0));
		assertThatExceptionOfType(LockLostException.class).isThrownBy(lock()::unlock);
		assertThatExceptionOfType(NotLockOwnerException.class).isThrownBy(lock()::unlock);
		otherLock().unlock();
	}

	@Test
	void stopOfANodeFreesItsLocksAtOnce() {
		LockHandle waiter;
		try (Atomix client = this.setUp.newClient(this.name)) {
			client.lock(this.name).lock();
			CompletableFuture<LockHandle> wait = lock().async().lock();
			assertThat(wait).isNotDone();
			client.stop();
			waiter = wait.orTimeout(60, TimeUnit.SECONDS).join();
		}
		waiter.close();
		assertThat(lock().isLocked()).isFalse();
	}

	@Test
	void destructionTakesTheLockAndTokensGoOn() {
		LockHandle handle = lock().async().lock().join();
		otherLock().destroy();
		await().until(() -> !handle.isHeld());
		LockHandle next = otherLock().async().lock().join();
		assertThat(next.fencingToken()).isGreaterThan(handle.fencingToken());
		next.close();
	}

	@Test
	void closeOfTheInstanceFreesTheLock() {
		lock().lock();
		lock().close();
		assertThat(otherLock().async().tryLock(Duration.ofSeconds(30)).join()).hasValueSatisfying(LockHandle::close);
	}

}
