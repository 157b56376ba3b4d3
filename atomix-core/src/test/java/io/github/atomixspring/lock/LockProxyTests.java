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
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.LockMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.proxy.FakeCluster;
import io.github.atomixspring.proxy.FakeSession;
import io.github.atomixspring.proxy.ShakyNode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link LockProxy}.
 */
class LockProxyTests {

	private final FakeCluster cluster = new FakeCluster();

	private final FakeSession session = this.cluster.connect("n1");

	private final FakeSession otherSession = this.cluster.connect("n2");

	private final DistributedLock lock = create(this.session);

	private final DistributedLock other = create(this.otherSession);

	private final List<Long> losses = new CopyOnWriteArrayList<>();

	private DistributedLock create(FakeSession node) {
		LockProxy proxy = new LockProxy(node, "a", () -> {
		}, this.cluster::nanoTime);
		proxy.start();
		return proxy;
	}

	@Test
	void lockAndUnlockTakeOneCommandEach() {
		this.lock.lock();
		assertThat(this.lock.isHeldByCurrentThread()).isTrue();
		assertThat(this.lock.isLocked()).isTrue();
		this.lock.unlock();
		assertThat(this.lock.isHeldByCurrentThread()).isFalse();
		assertThat(this.lock.isLocked()).isFalse();
		assertThat(this.session.submitted()).hasSize(2);
	}

	@Test
	void lockIsReentrantForItsThreadOnly() throws Exception {
		this.lock.lock();
		assertThat(this.lock.tryLock()).isTrue();
		assertThat(this.lock.tryLock(Duration.ZERO)).isTrue();
		assertThat(inThread(() -> this.lock.tryLock())).isFalse();
		this.lock.unlock();
		this.lock.unlock();
		assertThat(this.lock.isHeldByCurrentThread()).isTrue();
		this.lock.unlock();
		assertThat(this.lock.isLocked()).isFalse();
	}

	@Test
	void holderAndQueueLengthAreRead() {
		assertThat(this.lock.holder()).isEmpty();
		this.lock.lock();
		this.other.async().lock();
		assertThat(this.other.holder()).contains(new LockHolder("n1", this.session.id(), this.lock.fencingToken()));
		assertThat(this.lock.queueLength()).isEqualTo(1);
		assertThat(this.lock.async().isLocked().join()).isTrue();
		assertThat(this.lock.async().holder().join()).isPresent();
		assertThat(this.lock.async().queueLength().join()).isEqualTo(1);
	}

	@Test
	void waitersAreServedInOrder() {
		LockHandle first = this.lock.async().lock().join();
		CompletableFuture<LockHandle> second = this.other.async().lock();
		CompletableFuture<LockHandle> third = this.lock.async().lock();
		assertThat(second).isNotDone();
		first.unlock().join();
		assertThat(second).isDone();
		assertThat(third).isNotDone();
		second.join().close();
		assertThat(third.join().isHeld()).isTrue();
		assertThat(third.join().fencingToken()).isGreaterThan(second.join().fencingToken());
		assertThat(second.join().fencingToken()).isGreaterThan(first.fencingToken());
	}

	@Test
	void unlockByStrangerIsRefused() throws Exception {
		assertThatExceptionOfType(NotLockOwnerException.class).isThrownBy(this.lock::unlock)
			.withMessageContaining("'a'");
		assertThatExceptionOfType(NotLockOwnerException.class).isThrownBy(this.lock::fencingToken);
		this.lock.lock();
		assertThat(inThread(() -> {
			assertThatExceptionOfType(NotLockOwnerException.class).isThrownBy(this.lock::unlock);
			return this.lock.isHeldByCurrentThread();
		})).isFalse();
		assertThat(this.lock.isHeldByCurrentThread()).isTrue();
	}

	@Test
	void handleCanBeReleasedOnce() {
		LockHandle handle = this.lock.async().lock().join();
		handle.unlock().join();
		assertThat(handle.isHeld()).isFalse();
		assertThat(handle.unlock()).isCompletedExceptionally();
		assertThatExceptionOfType(NotLockOwnerException.class).isThrownBy(() -> this.session.await(handle.unlock()));
		handle.close();
	}

	@Test
	void tryLockDoesNotWait() throws Exception {
		this.other.lock();
		assertThat(this.lock.tryLock()).isFalse();
		assertThat(this.lock.tryLock(0, TimeUnit.SECONDS)).isFalse();
		assertThat(this.lock.tryLock(Duration.ofSeconds(-1))).isFalse();
		assertThat(this.lock.async().tryLock().join()).isEmpty();
		assertThat(this.other.queueLength()).isZero();
	}

	@Test
	void tryLockGivesUpAndNeverAcquiresLater() {
		LockHandle holder = this.other.async().lock().join();
		CompletableFuture<Optional<LockHandle>> wait = this.lock.async().tryLock(Duration.ofSeconds(2));
		this.cluster.advance(Duration.ofMillis(1999));
		assertThat(wait).isNotDone();
		this.cluster.advance(Duration.ofMillis(1));
		assertThat(wait.join()).isEmpty();
		assertThat(this.other.queueLength()).isZero();
		holder.close();
		assertThat(this.lock.isLocked()).isFalse();
	}

	@Test
	void tryLockAcceptsHugeTimeouts() throws Exception {
		assertThat(this.lock.tryLock(Long.MAX_VALUE, TimeUnit.DAYS)).isTrue();
		assertThat(this.other.async().tryLock(Duration.ofSeconds(Long.MAX_VALUE)).isDone()).isFalse();
	}

	@Test
	void tryLockThatCannotReachTheClusterEndsInTimeAndLeavesNothing() {
		this.session.unlink();
		CompletableFuture<Optional<LockHandle>> wait = this.lock.async().tryLock(Duration.ofSeconds(2));
		this.cluster.advance(Duration.ofSeconds(2));
		assertThat(wait.join()).isEmpty();
		this.session.link();
		assertThat(this.other.isLocked()).isFalse();
		assertThat(this.other.queueLength()).isZero();
	}

	@Test
	void cancellationWithdrawsTheWait() {
		this.other.lock();
		CompletableFuture<LockHandle> wait = this.lock.async().lock();
		wait.cancel(false);
		assertThat(this.other.queueLength()).isZero();
		this.other.unlock();
		assertThat(this.other.isLocked()).isFalse();
	}

	@Test
	void grantThatCrossesTheCancellationIsGivenBack() {
		List<Runnable> callbacks = new CopyOnWriteArrayList<>();
		this.session.withCallbackExecutor(callbacks::add);
		CompletableFuture<LockHandle> wait = this.lock.async().lock();
		assertThat(this.other.isLocked()).isTrue();
		wait.cancel(false);
		callbacks.forEach(Runnable::run);
		assertThat(this.other.isLocked()).isFalse();
	}

	@Test
	void interruptEndsInterruptibleWait() throws Exception {
		this.other.lock();
		AtomicReference<Throwable> failure = new AtomicReference<>();
		Thread waiter = new Thread(() -> {
			try {
				this.lock.lockInterruptibly();
			}
			catch (InterruptedException ex) {
				failure.set(ex);
			}
		});
		waiter.start();
		await().until(() -> this.other.queueLength() == 1);
		waiter.interrupt();
		waiter.join();
		assertThat(failure.get()).isInstanceOf(InterruptedException.class);
		await().until(() -> this.other.queueLength() == 0);
	}

	@Test
	void interruptedThreadDoesNotEvenTry() {
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(this.lock::lockInterruptibly);
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(InterruptedException.class)
			.isThrownBy(() -> this.lock.tryLock(Duration.ofSeconds(1)));
		assertThat(Thread.interrupted()).isFalse();
		assertThat(this.session.submitted()).isEmpty();
	}

	@Test
	void lockKeepsTheInterruptFlagAndGoesOnWaiting() throws Exception {
		this.other.lock();
		AtomicBoolean flag = new AtomicBoolean();
		AtomicBoolean held = new AtomicBoolean();
		Thread waiter = new Thread(() -> {
			this.lock.lock();
			held.set(this.lock.isHeldByCurrentThread());
			flag.set(Thread.interrupted());
		});
		waiter.start();
		await().until(() -> this.other.queueLength() == 1);
		waiter.interrupt();
		this.other.unlock();
		waiter.join();
		assertThat(held).isTrue();
		assertThat(flag).isTrue();
	}

	@Test
	void suspensionLosesTheLockForGoodAndFreesItWhenConnectedAgain() {
		this.lock.addLostListener((name, token) -> this.losses.add(token));
		this.lock.lock();
		long token = this.lock.fencingToken();
		this.session.unlink();
		this.session.suspend();
		assertThat(this.lock.isHeldByCurrentThread()).isFalse();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(this.lock::fencingToken)
			.withMessageContaining("suspended");
		assertThat(this.losses).containsExactly(token);
		assertThat(this.other.isLocked()).isTrue();
		this.session.link();
		this.session.resume();
		assertThat(this.lock.isHeldByCurrentThread()).isFalse();
		assertThat(this.other.isLocked()).isFalse();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(this.lock::unlock);
		assertThatExceptionOfType(NotLockOwnerException.class).isThrownBy(this.lock::unlock);
		assertThat(this.losses).containsExactly(token);
	}

	@Test
	void lostLockIsReleasedEvenIfTheLinkStaysAwayLongerThanAnOperationWaits() {
		this.lock.lock();
		this.session.unlink();
		this.session.suspend();
		this.session.timeOutUnsent();
		this.session.link();
		this.session.resume();
		assertThat(this.other.isLocked()).isTrue();
		this.cluster.advance(Duration.ofSeconds(1));
		assertThat(this.other.isLocked()).isFalse();
	}

	@Test
	void expiryLosesHeldLocksOnce() {
		this.lock.addLostListener((name, token) -> this.losses.add(token));
		this.lock.lock();
		long token = this.lock.fencingToken();
		this.session.suspend();
		this.session.expire();
		this.session.connect();
		assertThat(this.losses).containsExactly(token);
		assertThat(this.lock.isHeldByCurrentThread()).isFalse();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(this.lock::unlock);
	}

	@Test
	void lockAfterLossAcquiresAnew() {
		this.lock.lock();
		long token = this.lock.fencingToken();
		this.session.expire();
		this.session.connect();
		this.lock.lock();
		assertThat(this.lock.fencingToken()).isGreaterThan(token);
		this.lock.unlock();
		assertThat(this.other.isLocked()).isFalse();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(this.lock::unlock);
		assertThatExceptionOfType(NotLockOwnerException.class).isThrownBy(this.lock::unlock);
	}

	@Test
	void waitersAcquireAgainInTheNewSession() {
		this.other.lock();
		CompletableFuture<LockHandle> queued = this.lock.async().lock();
		this.session.unlink();
		CompletableFuture<LockHandle> unsent = this.lock.async().lock();
		this.session.expire();
		CompletableFuture<LockHandle> during = this.lock.async().lock();
		assertThat(this.other.queueLength()).isZero();
		this.session.connect();
		assertThat(this.other.queueLength()).isEqualTo(3);
		this.other.unlock();
		CompletableFuture.anyOf(queued, unsent, during).join();
		List.of(queued, unsent, during, queued, unsent, during).forEach((wait) -> {
			if (wait.isDone()) {
				wait.join().close();
			}
		});
		assertThat(List.of(queued, unsent, during)).allMatch(CompletableFuture::isDone);
		assertThat(this.other.isLocked()).isFalse();
	}

	@Test
	void verificationThatGoesOutInTheNextSessionLeavesNothingBehind() {
		LockHandle handle = this.lock.async().lock().join();
		this.session.unlink();
		this.session.resync();
		this.session.expire();
		this.session.connect();
		assertThat(handle.isHeld()).isFalse();
		assertThat(this.other.isLocked()).isFalse();
	}

	@Test
	void requestThatIsPutAgainAfterItWasTakenBackLeavesNothingBehind() {
		assertThat(this.other.tryLock()).isTrue();
		CompletableFuture<LockHandle> wait = this.lock.async().lock();
		this.other.unlock();
		wait.join().close();
		assertThat(this.other.tryLock()).isTrue();
		CompletableFuture<LockHandle> next = this.lock.async().lock();
		ShakyNode node = new ShakyNode(this.session);
		node.hold();
		this.session.resync();
		this.other.unlock();
		this.other.forceUnlock(this.other.holder().orElseThrow().fencingToken());
		// Only now the request is put again, and is taken for a new one.
		node.release();
		assertThat(next.join().isHeld()).isFalse();
		assertThat(this.other.isLocked()).isFalse();
	}

	@Test
	void questionThatGoesOutInTheNextSessionLeavesNothingBehind() {
		LockHandle holder = this.other.async().lock().join();
		CompletableFuture<LockHandle> wait = this.lock.async().lock();
		this.session.unlink();
		this.session.resync();
		this.session.expire();
		holder.close();
		this.session.connect();
		assertThat(wait).isCompleted();
		wait.join().close();
		assertThat(this.other.isLocked()).isFalse();
		assertThat(this.other.queueLength()).isZero();
	}

	@Test
	void grantIsKeptBackWhileSuspended() {
		LockHandle holder = this.other.async().lock().join();
		CompletableFuture<LockHandle> wait = this.lock.async().lock();
		this.session.suspend();
		holder.close();
		assertThat(wait).isNotDone();
		this.session.resume();
		assertThat(wait.join().isHeld()).isTrue();
	}

	@Test
	void grantKeptBackIsNothingWorthAfterExpiry() {
		LockHandle holder = this.other.async().lock().join();
		CompletableFuture<LockHandle> wait = this.lock.async().lock();
		this.session.suspend();
		holder.close();
		this.session.expire();
		LockHandle next = this.other.async().lock().join();
		this.session.connect();
		assertThat(wait).isNotDone();
		next.close();
		assertThat(wait.join().isHeld()).isTrue();
		assertThat(wait.join().fencingToken()).isGreaterThan(next.fencingToken());
	}

	@Test
	void unknownOutcomeOfAcquisitionIsWithdrawn() {
		this.session.loseAnswer(LockMessages.Acquire.class);
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(this.lock::lock);
		assertThat(this.other.isLocked()).isFalse();
		assertThat(this.lock.isHeldByCurrentThread()).isFalse();
		assertThatExceptionOfType(NotLockOwnerException.class).isThrownBy(this.lock::unlock);
	}

	@Test
	void unsentAcquisitionFails() {
		this.session.refuse(LockMessages.Acquire.class);
		assertThatExceptionOfType(UnavailableException.class).isThrownBy(this.lock::lock);
		assertThat(this.lock.tryLock()).isTrue();
	}

	@Test
	void unknownOutcomeOfUnlockCountsAsNotHeld() {
		this.lock.lock();
		this.session.loseAnswer(LockMessages.Release.class);
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(this.lock::unlock);
		assertThat(this.lock.isHeldByCurrentThread()).isFalse();
		assertThatExceptionOfType(NotLockOwnerException.class).isThrownBy(this.lock::unlock);
	}

	@Test
	void unsentUnlockIsRepeated() {
		this.lock.lock();
		this.session.refuse(LockMessages.Release.class);
		assertThatExceptionOfType(UnavailableException.class).isThrownBy(this.lock::unlock);
		assertThat(this.lock.isHeldByCurrentThread()).isFalse();
		assertThat(this.other.isLocked()).isTrue();
		this.cluster.advance(Duration.ofSeconds(1));
		assertThat(this.other.isLocked()).isFalse();
	}

	@Test
	void leaseEndsHereBeforeItEndsOnTheCluster() throws Exception {
		this.lock.addLostListener((name, token) -> this.losses.add(token));
		assertThat(this.lock.tryLock(Duration.ZERO, Duration.ofSeconds(10))).isTrue();
		long token = this.lock.fencingToken();
		this.cluster.advance(Duration.ofMillis(9400));
		assertThat(this.lock.isHeldByCurrentThread()).isTrue();
		this.session.unlink();
		this.cluster.advance(Duration.ofMillis(200));
		assertThat(this.lock.isHeldByCurrentThread()).isFalse();
		assertThat(this.losses).containsExactly(token);
		assertThat(this.other.isLocked()).isTrue();
		this.cluster.advance(Duration.ofMillis(400));
		assertThat(this.other.isLocked()).isFalse();
		assertThatExceptionOfType(LockLostException.class).isThrownBy(this.lock::unlock).withMessageContaining("lease");
		assertThat(this.losses).containsExactly(token);
	}

	@Test
	void leaseOfWaiterIsCountedFromTheLastProofThatItWaited() {
		LockHandle holder = this.other.async().lock().join();
		CompletableFuture<LockHandle> wait = this.lock.async().lock(Duration.ofSeconds(10));
		this.cluster.advance(Duration.ofSeconds(60));
		holder.close();
		LockHandle handle = wait.join();
		assertThat(handle.isHeld()).isTrue();
		this.session.unlink();
		this.cluster.advance(Duration.ofSeconds(6));
		assertThat(handle.isHeld()).isTrue();
		this.cluster.advance(Duration.ofMillis(3600));
		assertThat(handle.isHeld()).isFalse();
		assertThat(this.other.isLocked()).isTrue();
		this.cluster.advance(Duration.ofMillis(400));
		assertThat(this.other.isLocked()).isFalse();
	}

	@Test
	void leaseMustBePositive() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.lock.tryLock(Duration.ZERO, Duration.ZERO))
			.withMessageContaining("lease");
		assertThatIllegalArgumentException().isThrownBy(() -> this.lock.async().lock(Duration.ofMillis(-1)));
		assertThat(this.session.submitted()).isEmpty();
	}

	@Test
	void destroyTakesTheLockAndWaitersAcquireAgain() {
		this.other.addLostListener((name, token) -> this.losses.add(token));
		LockHandle handle = this.other.async().lock().join();
		CompletableFuture<LockHandle> wait = this.lock.async().lock();
		this.lock.destroy();
		assertThat(handle.isHeld()).isFalse();
		assertThat(this.losses).containsExactly(handle.fencingToken());
		assertThat(wait.join().isHeld()).isTrue();
		assertThat(wait.join().fencingToken()).isGreaterThan(handle.fencingToken());
		assertThatExceptionOfType(LockLostException.class).isThrownBy(() -> this.otherSession.await(handle.unlock()));
	}

	@Test
	void missedEventsAreMadeUpForAfterResync() {
		LockHandle holder = this.other.async().lock().join();
		CompletableFuture<LockHandle> wait = this.lock.async().lock();
		this.session.dropEvents();
		holder.close();
		assertThat(wait).isNotDone();
		this.session.resync();
		assertThat(wait.join().isHeld()).isTrue();
		this.session.dropEvents();
		this.other.destroy();
		this.session.resync();
		assertThat(wait.join().isHeld()).isFalse();
		assertThat(this.other.isLocked()).isFalse();
	}

	@Test
	void closeFreesEverythingAndEndsUse() {
		this.lock.lock();
		CompletableFuture<LockHandle> wait = this.lock.async().lock();
		CompletableFuture<LockHandle> next = this.other.async().lock();
		this.lock.close();
		this.lock.close();
		assertThat(wait).isCompletedExceptionally();
		assertThat(next.join().isHeld()).isTrue();
		assertThat(this.other.queueLength()).isZero();
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(this.lock::lock);
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(this.lock::unlock);
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(this.lock::isLocked);
		assertThat(this.lock.async().lock()).isCompletedExceptionally();
	}

	@Test
	void instanceInUseIsNotClosed() {
		LockHandle holder = this.lock.async().lock().join();
		assertThat(Locks.closeIfUnused(this.lock)).isFalse();
		CompletableFuture<LockHandle> wait = this.other.async().lock();
		assertThat(Locks.closeIfUnused(this.other)).isFalse();
		holder.close();
		wait.join().close();
		this.lock.lock();
		assertThat(Locks.closeIfUnused(this.lock)).isFalse();
		this.lock.unlock();
		Registration listener = this.lock.addLostListener((name, token) -> this.losses.add(token));
		assertThat(Locks.closeIfUnused(this.lock)).isFalse();
		listener.close();
		assertThat(Locks.closeIfUnused(this.lock)).isTrue();
		assertThat(Locks.closeIfUnused(this.lock)).isFalse();
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(this.lock::tryLock);
	}

	@Test
	void instanceIsNotClosedWhileWaitsAreBetweenTwoSessions() {
		this.other.async().lock();
		CompletableFuture<LockHandle> wait = this.lock.async().lock();
		this.session.expire();
		assertThat(Locks.closeIfUnused(this.lock)).isFalse();
		assertThat(wait).isNotDone();
	}

	@Test
	void holdCanBeAskedByAnyThread() throws Exception {
		assertThatExceptionOfType(NotLockOwnerException.class).isThrownBy(() -> Locks.hold(this.lock));
		this.lock.lock();
		BooleanSupplier hold = Locks.hold(this.lock);
		assertThat(inThread(hold::getAsBoolean)).isTrue();
		this.lock.unlock();
		assertThat(hold.getAsBoolean()).isFalse();
		this.lock.lock();
		assertThat(hold.getAsBoolean()).isFalse();
		BooleanSupplier lost = Locks.hold(this.lock);
		this.session.suspend();
		assertThat(inThread(lost::getAsBoolean)).isFalse();
	}

	@Test
	void stopOfTheNodeEndsWaits() {
		this.other.lock();
		CompletableFuture<LockHandle> wait = this.lock.async().lock();
		this.session.stop();
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(() -> this.session.await(wait));
	}

	@Test
	void instancesOneAfterAnotherDoNotShareNumbers() {
		this.lock.lock();
		this.lock.close();
		create(this.session).lock();
		assertThat(this.session.submitted(LockMessages.Acquire.class)).extracting(LockMessages.Acquire::acquisition)
			.doesNotHaveDuplicates();
	}

	@Test
	void listenerThatThrowsHarmsNoOther() {
		this.lock.addLostListener((name, token) -> {
			throw new IllegalStateException("test");
		});
		this.lock.addLostListener((name, token) -> this.losses.add(token)).close();
		this.lock.addLostListener((name, token) -> this.losses.add(token));
		this.lock.lock();
		this.session.suspend();
		assertThat(this.losses).hasSize(1);
	}

	@Test
	void describesItself() {
		assertThat(this.lock).hasToString("lock 'a'");
		assertThat(this.lock.name()).isEqualTo("a");
		assertThat(this.lock.type()).isEqualTo(PrimitiveType.LOCK);
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(this.lock::newCondition);
		this.lock.lock();
		assertThat(this.session.submitted().get(0).target()).isEqualTo(PrimitiveId.of(PrimitiveType.LOCK, "a"));
	}

	private static boolean inThread(Callable<Boolean> action) throws Exception {
		FutureTask<Boolean> task = new FutureTask<>(action);
		new Thread(task).start();
		return task.get();
	}

}
