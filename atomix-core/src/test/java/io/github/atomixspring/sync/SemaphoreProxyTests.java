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
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.github.atomixspring.primitive.CommandRejectedException;
import io.github.atomixspring.primitive.ConfigurationMismatchException;
import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.SemaphoreMessages;
import io.github.atomixspring.proxy.FakeCluster;
import io.github.atomixspring.proxy.FakeSession;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link BlockingSemaphore}, {@link AsyncSemaphoreProxy} and what is behind
 * them.
 */
class SemaphoreProxyTests {

	private final FakeCluster cluster = new FakeCluster();

	private final FakeSession session = this.cluster.connect("n1");

	private final FakeSession otherSession = this.cluster.connect("n2");

	private final DistributedSemaphore semaphore = create(this.session, 3);

	private final DistributedSemaphore other = create(this.otherSession, 3);

	private final List<Integer> losses = new CopyOnWriteArrayList<>();

	private static DistributedSemaphore create(FakeSession node, int permits) {
		return Synchronisers.createSemaphore(node, "a", permits, () -> {
		});
	}

	@Test
	void acquireAndReleaseTakeOneCommandEach() throws Exception {
		this.semaphore.acquire();
		assertThat(this.semaphore.heldPermits()).isEqualTo(1);
		assertThat(this.other.availablePermits()).isEqualTo(2);
		this.semaphore.release();
		assertThat(this.semaphore.heldPermits()).isZero();
		assertThat(this.other.availablePermits()).isEqualTo(3);
		assertThat(this.session.submitted()).extracting((command) -> (Object) command.getClass())
			.containsExactly(Command.Create.class, SemaphoreMessages.Acquire.class, SemaphoreMessages.Release.class);
	}

	@Test
	void numbersOfPermitsAreChecked() throws Exception {
		assertThatIllegalArgumentException().isThrownBy(() -> this.semaphore.acquire(-1)).withMessageContaining("-1");
		assertThatIllegalArgumentException().isThrownBy(() -> this.semaphore.acquireUninterruptibly(-1));
		assertThatIllegalArgumentException().isThrownBy(() -> this.semaphore.tryAcquire(-1));
		assertThatIllegalArgumentException().isThrownBy(() -> this.semaphore.tryAcquire(-1, Duration.ZERO));
		assertThatIllegalArgumentException().isThrownBy(() -> this.semaphore.release(-1));
		assertThatIllegalArgumentException().isThrownBy(() -> this.semaphore.increasePermits(-1));
		assertThatIllegalArgumentException().isThrownBy(() -> this.semaphore.reducePermits(-1));
		assertThatIllegalArgumentException().isThrownBy(() -> this.semaphore.async().acquire(0));
		assertThatIllegalArgumentException().isThrownBy(() -> this.semaphore.async().tryAcquire(0));
		assertThatNullPointerException().isThrownBy(() -> this.semaphore.tryAcquire(nothing()))
			.withMessageContaining("timeout");
		assertThatNullPointerException().isThrownBy(() -> this.semaphore.addLostListener(nothing()));
		this.semaphore.acquire(0);
		this.semaphore.acquireUninterruptibly(0);
		assertThat(this.semaphore.tryAcquire(0)).isTrue();
		assertThat(this.semaphore.tryAcquire(0, Duration.ZERO)).isTrue();
		this.semaphore.release(0);
		assertThat(this.session.submitted(SemaphoreMessages.Acquire.class)).isEmpty();
	}

	@Test
	void acquisitionOfMoreThanThereAreWaitsForMore() throws Exception {
		assertThat(this.semaphore.tryAcquire(4)).isFalse();
		CompletableFuture<PermitHandle> wait = this.semaphore.async().acquire(4);
		assertThat(wait).isNotDone();
		assertThat(this.other.tryAcquire()).isFalse();
		assertThat(this.other.queueLength()).isEqualTo(1);
		assertThat(this.other.increasePermits(1)).isEqualTo(4);
		assertThat(wait.join().permits()).isEqualTo(4);
		assertThat(wait.join().fencingToken()).isPositive();
		assertThat(this.other.reducePermits(3)).isEqualTo(1);
		assertThat(this.other.availablePermits()).isEqualTo(-3);
		wait.join().close();
		assertThat(this.other.availablePermits()).isEqualTo(1);
		assertThat(this.other.totalPermits()).isEqualTo(1);
		assertThatExceptionOfType(CommandRejectedException.class).isThrownBy(() -> this.other.reducePermits(2));
		assertThatExceptionOfType(CommandRejectedException.class)
			.isThrownBy(() -> this.other.increasePermits(Integer.MAX_VALUE));
	}

	@Test
	void waitersAreServedInOrder() {
		PermitHandle first = this.semaphore.async().acquire(3).join();
		CompletableFuture<PermitHandle> second = this.other.async().acquire(2);
		CompletableFuture<PermitHandle> third = this.semaphore.async().acquire(2);
		first.release().join();
		assertThat(second).isDone();
		assertThat(third).isNotDone();
		second.join().close();
		assertThat(third.join().isHeld()).isTrue();
		assertThat(third.join().fencingToken()).isGreaterThan(second.join().fencingToken());
	}

	@Test
	void releaseOfMoreThanIsHeldReleasesNothing() throws Exception {
		assertThatExceptionOfType(NotPermitHolderException.class).isThrownBy(this.semaphore::release)
			.withMessageContaining("'a'");
		this.semaphore.acquire(2);
		this.other.acquire();
		assertThatExceptionOfType(NotPermitHolderException.class).isThrownBy(() -> this.semaphore.release(3))
			.withMessageContaining("2");
		assertThat(this.other.availablePermits()).isZero();
	}

	@Test
	void permitsOfAHandleAreNotThoseOfThreads() {
		PermitHandle handle = this.semaphore.async().acquire(2).join();
		assertThat(this.semaphore.heldPermits()).isEqualTo(2);
		assertThatExceptionOfType(NotPermitHolderException.class).isThrownBy(this.semaphore::release);
		handle.release().join();
		assertThat(handle.isHeld()).isFalse();
		assertThatExceptionOfType(NotPermitHolderException.class)
			.isThrownBy(() -> this.session.await(handle.release()));
		handle.close();
		assertThat(this.other.availablePermits()).isEqualTo(3);
		assertThat(handle).hasToString("2 permits of semaphore 'a', fencing token " + handle.fencingToken());
	}

	@Test
	void anyThreadOfTheNodeMayRelease() throws Exception {
		this.semaphore.acquire(2);
		inThread(() -> {
			this.semaphore.release();
			return true;
		});
		assertThat(this.other.availablePermits()).isEqualTo(2);
		this.semaphore.release();
		assertThat(this.other.availablePermits()).isEqualTo(3);
	}

	@Test
	void releaseMayTakeFromSeveralAcquisitions() throws Exception {
		this.semaphore.acquire(2);
		this.semaphore.acquire();
		this.semaphore.release(2);
		assertThat(this.other.availablePermits()).isEqualTo(2);
		assertThat(this.semaphore.heldPermits()).isEqualTo(1);
		this.semaphore.release();
		assertThat(this.other.availablePermits()).isEqualTo(3);
	}

	@Test
	void drainTakesAllThatIsAvailable() throws Exception {
		this.other.acquire();
		assertThat(this.semaphore.drainPermits()).isEqualTo(2);
		assertThat(this.semaphore.drainPermits()).isZero();
		assertThat(this.semaphore.async().drainPermits().join()).isEmpty();
		this.semaphore.release(2);
		assertThat(this.semaphore.async().drainPermits().join().orElseThrow().permits()).isEqualTo(2);
	}

	@Test
	void acquisitionThatEndsBeforeTheSemaphoreIsCreatedIsNeverMade() {
		this.session.unlink();
		CompletableFuture<Optional<PermitHandle>> wait = this.semaphore.async().tryAcquire(Duration.ofSeconds(1));
		CompletableFuture<PermitHandle> cancelled = this.semaphore.async().acquire();
		cancelled.cancel(false);
		this.cluster.advance(Duration.ofSeconds(1));
		assertThat(wait.join()).isEmpty();
		this.session.link();
		assertThat(this.session.submitted(Command.Create.class)).hasSize(1);
		assertThat(this.session.submitted(SemaphoreMessages.Acquire.class)).isEmpty();
	}

	@Test
	void tryAcquireDoesNotWait() throws Exception {
		this.other.acquire(3);
		assertThat(this.semaphore.tryAcquire()).isFalse();
		assertThat(this.semaphore.tryAcquire(Duration.ZERO)).isFalse();
		assertThat(this.semaphore.tryAcquire(Duration.ofSeconds(-1))).isFalse();
		assertThat(this.semaphore.async().tryAcquire().join()).isEmpty();
		assertThat(this.semaphore.async().tryAcquire(Duration.ZERO).join()).isEmpty();
		assertThat(this.other.queueLength()).isZero();
	}

	@Test
	void timedOutWaitNeverAcquiresLater() throws Exception {
		this.other.acquire(3);
		CompletableFuture<Optional<PermitHandle>> wait = this.semaphore.async().tryAcquire(2, Duration.ofSeconds(2));
		this.cluster.advance(Duration.ofMillis(1999));
		assertThat(wait).isNotDone();
		this.cluster.advance(Duration.ofMillis(1));
		assertThat(wait.join()).isEmpty();
		assertThat(this.other.queueLength()).isZero();
		this.other.release(3);
		assertThat(this.other.availablePermits()).isEqualTo(3);
	}

	@Test
	void hugeTimeoutsAreAccepted() throws Exception {
		assertThat(this.semaphore.tryAcquire(3, Duration.ofSeconds(Long.MAX_VALUE))).isTrue();
		assertThat(this.other.async().tryAcquire(Duration.ofSeconds(Long.MAX_VALUE))).isNotDone();
	}

	@Test
	void waitThatCannotReachTheClusterEndsInTimeAndLeavesNothing() {
		this.session.unlink();
		CompletableFuture<Optional<PermitHandle>> wait = this.semaphore.async().tryAcquire(Duration.ofSeconds(2));
		this.cluster.advance(Duration.ofSeconds(2));
		assertThat(wait.join()).isEmpty();
		this.session.link();
		assertThat(this.other.availablePermits()).isEqualTo(3);
		assertThat(this.semaphore.heldPermits()).isZero();
	}

	@Test
	void cancellationWithdrawsTheWait() throws Exception {
		this.other.acquire(3);
		CompletableFuture<PermitHandle> wait = this.semaphore.async().acquire();
		wait.cancel(false);
		assertThat(this.other.queueLength()).isZero();
		this.other.release(3);
		assertThat(this.other.availablePermits()).isEqualTo(3);
	}

	@Test
	void grantThatCrossesTheCancellationIsGivenBack() {
		List<Runnable> callbacks = new CopyOnWriteArrayList<>();
		this.session.withCallbackExecutor(callbacks::add);
		CompletableFuture<PermitHandle> wait = this.semaphore.async().acquire();
		assertThat(this.other.availablePermits()).isEqualTo(2);
		wait.cancel(false);
		callbacks.forEach(Runnable::run);
		assertThat(this.other.availablePermits()).isEqualTo(3);
		assertThat(this.semaphore.heldPermits()).isZero();
	}

	@Test
	void interruptEndsInterruptibleWaits() throws Exception {
		this.other.acquire(3);
		AtomicReference<Throwable> failure = new AtomicReference<>();
		Thread waiter = new Thread(() -> {
			try {
				this.semaphore.acquire();
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
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(this.semaphore::acquire);
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(InterruptedException.class)
			.isThrownBy(() -> this.semaphore.tryAcquire(Duration.ofSeconds(1)));
		assertThat(Thread.interrupted()).isFalse();
		assertThat(this.session.submitted()).isEmpty();
	}

	@Test
	void uninterruptibleWaitKeepsTheFlagAndGoesOn() throws Exception {
		this.other.acquire(3);
		AtomicBoolean flag = new AtomicBoolean();
		Thread waiter = new Thread(() -> {
			this.semaphore.acquireUninterruptibly();
			flag.set(Thread.interrupted());
		});
		waiter.start();
		await().until(() -> this.other.queueLength() == 1);
		waiter.interrupt();
		this.other.release(3);
		waiter.join();
		assertThat(flag).isTrue();
		assertThat(this.semaphore.heldPermits()).isEqualTo(1);
	}

	@Test
	void suspensionLosesPermitsForGoodAndFreesThemWhenConnectedAgain() throws Exception {
		this.semaphore.addLostListener((name, permits) -> this.losses.add(permits));
		this.semaphore.acquire(2);
		PermitHandle handle = this.semaphore.async().acquire().join();
		this.session.unlink();
		this.session.suspend();
		assertThat(this.semaphore.heldPermits()).isZero();
		assertThat(handle.isHeld()).isFalse();
		assertThat(this.losses).containsExactly(2, 1);
		assertThat(this.other.availablePermits()).isZero();
		this.session.link();
		this.session.resume();
		assertThat(this.semaphore.heldPermits()).isZero();
		assertThat(this.other.availablePermits()).isEqualTo(3);
		assertThatExceptionOfType(PermitsLostException.class).isThrownBy(() -> this.semaphore.release(2))
			.withMessageContaining("suspended");
		assertThatExceptionOfType(NotPermitHolderException.class).isThrownBy(this.semaphore::release);
		assertThatExceptionOfType(PermitsLostException.class).isThrownBy(() -> this.session.await(handle.release()));
		handle.close();
		assertThat(this.losses).containsExactly(2, 1);
	}

	@Test
	void expiryLosesPermitsOnce() throws Exception {
		this.semaphore.addLostListener((name, permits) -> this.losses.add(permits));
		this.semaphore.acquire(2);
		this.session.suspend();
		this.session.expire();
		this.session.connect();
		assertThat(this.losses).containsExactly(2);
		assertThat(this.other.availablePermits()).isEqualTo(3);
		assertThatExceptionOfType(PermitsLostException.class).isThrownBy(this.semaphore::release);
		assertThatExceptionOfType(PermitsLostException.class).isThrownBy(this.semaphore::release);
		assertThatExceptionOfType(NotPermitHolderException.class).isThrownBy(this.semaphore::release);
	}

	@Test
	void lostPermitsAreFreedEvenIfTheLinkStaysAwayLongerThanAnOperationWaits() throws Exception {
		this.semaphore.acquire();
		this.session.unlink();
		this.session.suspend();
		this.session.timeOutUnsent();
		this.session.link();
		this.session.resume();
		assertThat(this.other.availablePermits()).isEqualTo(2);
		this.cluster.advance(Duration.ofSeconds(1));
		assertThat(this.other.availablePermits()).isEqualTo(3);
	}

	@Test
	void threadThatLostItsPermitDoesNotReleaseThatOfAnother() throws Exception {
		ExecutorService another = Executors.newSingleThreadExecutor();
		Callable<Void> acquire = () -> {
			this.semaphore.acquire();
			return null;
		};
		another.submit(acquire).get();
		this.semaphore.acquire();
		this.session.suspend();
		this.session.resume();
		another.submit(acquire).get();
		assertThatExceptionOfType(PermitsLostException.class).isThrownBy(this.semaphore::release);
		assertThat(this.semaphore.heldPermits()).isEqualTo(1);
		another.submit(() -> this.semaphore.release()).get();
		another.shutdown();
		assertThat(this.other.availablePermits()).isEqualTo(3);
	}

	@Test
	void threadReleasesWhatItAcquiredLastFirst() throws Exception {
		this.semaphore.acquire();
		this.session.suspend();
		this.session.resume();
		this.semaphore.acquire();
		this.semaphore.release();
		assertThat(this.other.availablePermits()).isEqualTo(3);
		assertThatExceptionOfType(PermitsLostException.class).isThrownBy(this.semaphore::release);
		assertThatExceptionOfType(NotPermitHolderException.class).isThrownBy(this.semaphore::release);
	}

	@Test
	void ofAThreadThatNeverReleasesOnlyTheLastLossIsKept() throws Exception {
		for (int i = 0; i < 5; i++) {
			this.semaphore.acquire(2);
			this.session.suspend();
			this.session.resume();
		}
		assertThatExceptionOfType(NotPermitHolderException.class).isThrownBy(() -> this.semaphore.release(3));
		assertThatExceptionOfType(PermitsLostException.class).isThrownBy(() -> this.semaphore.release(2));
	}

	@Test
	void waitersAcquireAgainInTheNewSession() throws Exception {
		this.other.acquire(3);
		CompletableFuture<PermitHandle> queued = this.semaphore.async().acquire();
		this.session.expire();
		CompletableFuture<PermitHandle> unsent = this.semaphore.async().acquire();
		this.session.connect();
		assertThat(this.other.queueLength()).isEqualTo(2);
		this.other.release(3);
		assertThat(queued.join().isHeld()).isTrue();
		assertThat(unsent.join().isHeld()).isTrue();
		queued.join().close();
		unsent.join().close();
		assertThat(this.other.availablePermits()).isEqualTo(3);
	}

	@Test
	void grantWhileSuspendedIsToldWhenConnectedAgain() throws Exception {
		this.other.acquire(3);
		CompletableFuture<PermitHandle> wait = this.semaphore.async().acquire();
		this.session.suspend();
		this.other.release(3);
		assertThat(wait).isNotDone();
		this.session.resume();
		assertThat(wait.join().isHeld()).isTrue();
	}

	@Test
	void grantInTheMomentOfASuspensionIsLost() {
		List<Runnable> callbacks = new CopyOnWriteArrayList<>();
		this.session.withCallbackExecutor(callbacks::add);
		CompletableFuture<PermitHandle> wait = this.semaphore.async().acquire();
		this.session.suspend();
		this.session.resume();
		callbacks.forEach(Runnable::run);
		assertThat(wait.join().isHeld()).isFalse();
		assertThat(this.other.availablePermits()).isEqualTo(3);
	}

	@Test
	void unknownOutcomeIsGivenBack() {
		this.semaphore.availablePermits();
		this.session.loseAnswer(SemaphoreMessages.Acquire.class);
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(this.semaphore::acquire);
		assertThat(this.other.availablePermits()).isEqualTo(3);
		this.session.loseAnswer(SemaphoreMessages.Acquire.class);
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(this.semaphore::drainPermits);
		assertThat(this.other.availablePermits()).isEqualTo(3);
	}

	@Test
	void releaseThatWasNotSentIsRepeated() throws Exception {
		this.semaphore.acquire();
		this.session.refuse(SemaphoreMessages.Release.class);
		assertThatExceptionOfType(UnavailableException.class).isThrownBy(this.semaphore::release);
		assertThatExceptionOfType(NotPermitHolderException.class).isThrownBy(this.semaphore::release);
		this.cluster.advance(Duration.ofSeconds(1));
		assertThat(this.other.availablePermits()).isEqualTo(3);
	}

	@Test
	void otherNumberOfPermitsIsAMismatch() {
		this.semaphore.tryAcquire();
		DistributedSemaphore different = create(this.cluster.connect("n3"), 5);
		assertThatExceptionOfType(ConfigurationMismatchException.class).isThrownBy(different::acquire)
			.withMessageContaining("3")
			.withMessageContaining("5");
		assertThatExceptionOfType(ConfigurationMismatchException.class).isThrownBy(different::availablePermits);
		assertThat(this.other.availablePermits()).isEqualTo(2);
	}

	@Test
	void creationThatIsHeldUpLeavesNothingOfWaitsThatEnded() {
		this.session.unlink();
		CompletableFuture<PermitHandle> wait = this.semaphore.async().acquire();
		wait.cancel(false);
		this.session.link();
		assertThat(this.other.availablePermits()).isEqualTo(3);
	}

	@Test
	void destroyTakesPermitsAndWaitersAcquireAgain() throws Exception {
		this.other.addLostListener((name, permits) -> this.losses.add(permits));
		this.other.acquire(3);
		CompletableFuture<PermitHandle> wait = this.semaphore.async().acquire();
		this.semaphore.destroy();
		assertThat(this.other.heldPermits()).isZero();
		assertThat(this.losses).containsExactly(3);
		assertThat(wait.join().isHeld()).isTrue();
		assertThat(this.other.availablePermits()).isEqualTo(2);
		assertThatExceptionOfType(PermitsLostException.class).isThrownBy(() -> this.other.release(3))
			.withMessageContaining("destroyed");
	}

	@Test
	void releaseThatCrossesTheDestructionFindsThePermitsLost() throws Exception {
		this.semaphore.addLostListener((name, permits) -> this.losses.add(permits));
		this.semaphore.acquire(2);
		PermitHandle handle = this.semaphore.async().acquire().join();
		this.session.dropEvents();
		this.other.destroy();
		assertThatExceptionOfType(PermitsLostException.class).isThrownBy(() -> this.semaphore.release(2));
		handle.close();
		assertThat(this.losses).containsExactly(2, 1);
		assertThatExceptionOfType(NotPermitHolderException.class).isThrownBy(this.semaphore::release);
	}

	@Test
	void destroyedSemaphoreIsCreatedAgain() throws Exception {
		this.semaphore.increasePermits(4);
		this.other.destroy();
		assertThat(this.semaphore.tryAcquire(3)).isTrue();
		this.semaphore.release(3);
		this.other.destroy();
		assertThat(this.semaphore.availablePermits()).isEqualTo(3);
		this.other.destroy();
		assertThat(this.semaphore.increasePermits(1)).isEqualTo(4);
	}

	@Test
	void missedEventsAreMadeUpForAfterResync() throws Exception {
		this.other.acquire(3);
		CompletableFuture<PermitHandle> wait = this.semaphore.async().acquire();
		this.session.dropEvents();
		this.other.release(3);
		assertThat(wait).isNotDone();
		this.session.resync();
		assertThat(wait.join().isHeld()).isTrue();
		this.session.resync();
		assertThat(wait.join().isHeld()).isTrue();
		this.session.dropEvents();
		this.other.destroy();
		this.other.acquire(3);
		this.session.resync();
		assertThat(wait.join().isHeld()).isFalse();
		assertThat(this.other.availablePermits()).isZero();
	}

	@Test
	void closeFreesEverythingAndEndsUse() throws Exception {
		this.semaphore.acquire(2);
		PermitHandle handle = this.semaphore.async().acquire().join();
		CompletableFuture<PermitHandle> wait = this.semaphore.async().acquire();
		CompletableFuture<PermitHandle> next = this.other.async().acquire(3);
		this.semaphore.close();
		this.semaphore.close();
		assertThat(wait).isCompletedExceptionally();
		assertThat(next.join().isHeld()).isTrue();
		assertThat(handle.isHeld()).isFalse();
		assertThat(this.other.queueLength()).isZero();
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(this.semaphore::acquire);
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(this.semaphore::release);
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(this.semaphore::availablePermits);
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(this.semaphore::heldPermits);
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(() -> this.semaphore.tryAcquire(0));
		assertThat(this.semaphore.async().acquire()).isCompletedExceptionally();
		assertThat(this.semaphore.async().drainPermits()).isCompletedExceptionally();
		assertThat(this.semaphore.async().availablePermits()).isCompletedExceptionally();
		assertThat(this.semaphore.async().increasePermits(1)).isCompletedExceptionally();
	}

	@Test
	void stopOfTheNodeEndsWaits() throws Exception {
		this.other.acquire(3);
		CompletableFuture<PermitHandle> wait = this.semaphore.async().acquire();
		this.session.stop();
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(() -> this.session.await(wait));
	}

	@Test
	void describesItself() {
		assertThat(this.semaphore).hasToString("semaphore 'a'");
		assertThat(this.semaphore.name()).isEqualTo("a");
		assertThat(this.semaphore.type()).isEqualTo(PrimitiveType.SEMAPHORE);
	}

	private static void inThread(Callable<Boolean> action) throws Exception {
		FutureTask<Boolean> task = new FutureTask<>(action);
		new Thread(task).start();
		assertThat(task.get()).isTrue();
	}

	@SuppressWarnings("NullAway")
	private static <T> T nothing() {
		return null;
	}

}
