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
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;

import io.github.atomixspring.primitive.ConfigurationMismatchException;
import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.BarrierMessages;
import io.github.atomixspring.proxy.FakeCluster;
import io.github.atomixspring.proxy.FakeSession;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link BarrierProxy}.
 */
class BarrierProxyTests {

	private final FakeCluster cluster = new FakeCluster();

	private final FakeSession session = this.cluster.connect("n1");

	private final FakeSession otherSession = this.cluster.connect("n2");

	private final DistributedCyclicBarrier barrier = create(this.session, 3);

	private final DistributedCyclicBarrier other = create(this.otherSession, 3);

	private static DistributedCyclicBarrier create(FakeSession node, int parties) {
		return Synchronisers.createCyclicBarrier(node, "a", parties, () -> {
		});
	}

	@Test
	void partyThatIsGoneBeforeTheBarrierIsCreatedTripsNothing() {
		CompletableFuture<Integer> first = this.other.async().await();
		CompletableFuture<Integer> second = this.other.async().await();
		this.session.unlink();
		CompletableFuture<Integer> gone = this.barrier.async().await();
		this.barrier.close();
		assertThat(gone).isCompletedExceptionally();
		this.session.link();
		assertThat(this.session.submitted(BarrierMessages.Arrive.class)).isEmpty();
		assertThat(first).isNotDone();
		assertThat(second).isNotDone();
	}

	@Test
	void partiesPassTogetherAgainAndAgain() throws Exception {
		for (int round = 0; round < 3; round++) {
			CompletableFuture<Integer> first = this.barrier.async().await();
			CompletableFuture<Integer> second = this.other.async().await();
			assertThat(this.barrier.getNumberWaiting()).isEqualTo(2);
			assertThat(first).isNotDone();
			assertThat(this.barrier.await()).isZero();
			assertThat(first.join()).isEqualTo(2);
			assertThat(second.join()).isEqualTo(1);
			assertThat(this.barrier.isBroken()).isFalse();
		}
		assertThat(this.barrier.getParties()).isEqualTo(3);
		assertThat(this.barrier.async().getNumberWaiting().join()).isZero();
	}

	@Test
	void timeoutBreaksTheBarrierForTheOthers() {
		CompletableFuture<Integer> first = this.other.async().await();
		CompletableFuture<Integer> second = this.barrier.async().await(Duration.ofSeconds(2));
		this.cluster.advance(Duration.ofMillis(1999));
		assertThat(second).isNotDone();
		this.cluster.advance(Duration.ofMillis(1));
		assertFailed(second, TimeoutException.class);
		assertFailed(first, BrokenBarrierException.class);
		assertThat(this.other.isBroken()).isTrue();
		assertThat(this.other.async().isBroken().join()).isTrue();
		assertThatExceptionOfType(BrokenBarrierException.class).isThrownBy(this.barrier::await);
		assertThatExceptionOfType(BrokenBarrierException.class)
			.isThrownBy(() -> this.barrier.await(Duration.ofSeconds(1)));
		this.barrier.reset();
		assertThat(this.other.isBroken()).isFalse();
		assertThat(this.other.getNumberWaiting()).isZero();
	}

	@Test
	void threadThatIsInterruptedBeforehandBreaksTheBarrier() {
		CompletableFuture<Integer> first = this.other.async().await();
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(this.barrier::await);
		assertThat(Thread.interrupted()).isFalse();
		assertFailed(first, BrokenBarrierException.class);
		this.barrier.reset();
		this.other.async().await();
		this.other.async().await();
		Thread.currentThread().interrupt();
		assertThatNoException().isThrownBy(this.barrier::await);
		assertThat(Thread.interrupted()).as("the last one passes and keeps its interrupt").isTrue();
	}

	@Test
	void withoutTimeOnlyTheLastPartyPasses() throws Exception {
		CompletableFuture<Integer> alone = this.barrier.async().await(Duration.ofSeconds(-1));
		this.cluster.advance(Duration.ZERO);
		assertFailed(alone, TimeoutException.class);
		assertThat(this.barrier.async().reset()).isCompleted();
		this.other.async().await();
		this.other.async().await();
		assertThat(this.barrier.await(Duration.ZERO)).isZero();
		assertThatNullPointerException().isThrownBy(() -> this.barrier.await(nothing()));
		assertThatNullPointerException().isThrownBy(() -> this.barrier.async().await(nothing()));
	}

	@Test
	void timeoutThatComesAfterTheTripDoesNotBreakIt() {
		List<Runnable> transport = new ArrayList<>();
		CompletableFuture<Integer> first = this.barrier.async().await(Duration.ofSeconds(2));
		this.session.withTransport(transport::add);
		this.other.async().await();
		CompletableFuture<Integer> last = this.other.async().await();
		assertThat(last).isCompleted();
		this.cluster.advance(Duration.ofSeconds(2));
		assertThat(first).isNotDone();
		transport.forEach(Runnable::run);
		assertThat(first.join()).isEqualTo(2);
		assertThat(this.other.isBroken()).isFalse();
	}

	@Test
	void blockingWaitThrowsWhatTheJdkThrows() throws Exception {
		FutureTask<Integer> wait = new FutureTask<>(() -> this.barrier.await(Duration.ofSeconds(2)));
		new Thread(wait).start();
		await().until(() -> {
			this.cluster.advance(Duration.ofSeconds(2));
			return wait.isDone();
		});
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(wait::get)
			.havingCause()
			.isInstanceOf(TimeoutException.class)
			.withMessageContaining("'a'");
	}

	@Test
	void interruptBreaksTheBarrier() throws Exception {
		CompletableFuture<Integer> first = this.other.async().await();
		FutureTask<Boolean> wait = new FutureTask<>(() -> {
			try {
				this.barrier.await();
				return false;
			}
			catch (InterruptedException ex) {
				return !Thread.currentThread().isInterrupted();
			}
		});
		Thread waiter = new Thread(wait);
		waiter.start();
		await().until(() -> this.other.getNumberWaiting() == 2);
		waiter.interrupt();
		assertThat(wait.get()).isTrue();
		assertFailed(first, BrokenBarrierException.class);
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(BrokenBarrierException.class).as("as the one of the JDK says first")
			.isThrownBy(() -> this.barrier.await(Duration.ZERO));
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void interruptThatComesAfterTheTripIsKeptAsTheFlag() throws Exception {
		List<Runnable> transport = new CopyOnWriteArrayList<>();
		FutureTask<Boolean> wait = new FutureTask<>(() -> this.barrier.await() == 2 && Thread.interrupted());
		Thread waiter = new Thread(wait);
		waiter.start();
		await().until(() -> this.other.getNumberWaiting() == 1);
		this.session.withTransport(transport::add);
		this.other.async().await();
		this.other.async().await();
		waiter.interrupt();
		await().until(() -> this.session.submitted(BarrierMessages.Leave.class).size() == 1);
		await().until(() -> transport.size() == 2);
		transport.forEach(Runnable::run);
		assertThat(wait.get()).isTrue();
		assertThat(this.other.isBroken()).isFalse();
	}

	@Test
	void cancellationBreaksTheBarrier() {
		CompletableFuture<Integer> first = this.other.async().await();
		this.barrier.async().await().cancel(false);
		assertFailed(first, BrokenBarrierException.class);
	}

	@Test
	void cancellationBeforeTheArrivalWasSentBreaksTheBarrier() {
		CompletableFuture<Integer> first = this.other.async().await();
		this.session.unlink();
		this.barrier.async().await().cancel(false);
		this.session.link();
		assertFailed(first, BrokenBarrierException.class);
		assertThat(this.other.getNumberWaiting()).isZero();
	}

	@Test
	void resetBreaksTheBarrierForThoseWhoWait() {
		CompletableFuture<Integer> first = this.barrier.async().await();
		this.other.reset();
		assertFailed(first, BrokenBarrierException.class);
		assertThat(this.other.isBroken()).isFalse();
	}

	@Test
	void deadPartyBreaksTheBarrierForTheOthersAndDoesNotKnow() {
		CompletableFuture<Integer> first = this.barrier.async().await();
		CompletableFuture<Integer> second = this.other.async().await();
		this.session.suspend();
		assertThat(first).isNotDone();
		this.session.expire();
		assertFailed(first, UnknownOutcomeException.class);
		assertFailed(second, BrokenBarrierException.class);
		this.session.connect();
		assertThatExceptionOfType(BrokenBarrierException.class).isThrownBy(this.barrier::await);
	}

	@Test
	void partyThatWasNotSentArrivesInTheNextSession() {
		this.other.async().await();
		this.session.unlink();
		CompletableFuture<Integer> wait = this.barrier.async().await();
		this.session.expire();
		this.session.connect();
		assertThat(this.other.getNumberWaiting()).isEqualTo(2);
		assertThat(this.other.async().await()).isCompleted();
		assertThat(wait.join()).isEqualTo(1);
	}

	@Test
	void leaveThatCannotBeAnsweredIsUnknownAndBreaksTheBarrierLater() {
		CompletableFuture<Integer> first = this.other.async().await();
		CompletableFuture<Integer> wait = this.barrier.async().await(Duration.ofSeconds(1));
		this.session.unlink();
		this.cluster.advance(Duration.ofSeconds(1));
		assertThat(wait).isNotDone();
		this.session.timeOutUnsent();
		assertFailed(wait, UnknownOutcomeException.class);
		assertThat(first).isNotDone();
		this.session.link();
		assertFailed(first, BrokenBarrierException.class);
	}

	@Test
	void lostAnswerOfAnArrivalIsUnknownAndBreaksTheBarrier() {
		CompletableFuture<Integer> first = this.other.async().await();
		this.barrier.isBroken();
		this.session.loseAnswer(BarrierMessages.Arrive.class);
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(this.barrier::await);
		assertFailed(first, BrokenBarrierException.class);
	}

	@Test
	void resyncArrivesOnlyOnce() {
		CompletableFuture<Integer> wait = this.barrier.async().await();
		this.session.resync();
		assertThat(wait).isNotDone();
		assertThat(this.other.getNumberWaiting()).isEqualTo(1);
		this.other.async().await();
		this.session.dropEvents();
		this.other.async().await();
		this.session.resync();
		assertFailed(wait, UnknownOutcomeException.class);
		assertThat(this.other.getNumberWaiting()).isZero();
		assertThat(this.session.submitted(BarrierMessages.Arrive.class)).hasSize(1);
	}

	@Test
	void destroyBreaksTheBarrierForThoseWhoWait() {
		CompletableFuture<Integer> wait = this.barrier.async().await();
		this.other.destroy();
		assertFailed(wait, BrokenBarrierException.class);
		assertThat(this.barrier.isBroken()).isFalse();
		assertThat(this.barrier.async().await()).isNotDone();
	}

	@Test
	void otherNumberOfPartiesIsAMismatch() {
		this.barrier.async().await();
		DistributedCyclicBarrier different = create(this.cluster.connect("n3"), 5);
		assertThatExceptionOfType(ConfigurationMismatchException.class).isThrownBy(different::await)
			.withMessageContaining("3")
			.withMessageContaining("5");
	}

	@Test
	void closeAndStopEndWaitsAndBreakTheBarrier() {
		CompletableFuture<Integer> first = this.other.async().await();
		CompletableFuture<Integer> wait = this.barrier.async().await();
		this.barrier.close();
		assertFailed(wait, PrimitiveClosedException.class);
		assertFailed(first, BrokenBarrierException.class);
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(this.barrier::await);
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(this.barrier::reset);
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(this.barrier::isBroken);
		this.other.reset();
		CompletableFuture<Integer> stopped = this.other.async().await();
		this.otherSession.stop();
		assertFailed(stopped, PrimitiveClosedException.class);
	}

	@Test
	void describesItself() {
		assertThat(this.barrier).hasToString("cyclic_barrier 'a'");
		assertThat(this.barrier.type()).isEqualTo(PrimitiveType.CYCLIC_BARRIER);
	}

	private static void assertFailed(CompletableFuture<Integer> wait, Class<? extends Exception> reason) {
		assertThat(wait).isCompletedExceptionally();
		assertThat(wait.handle((index, ex) -> ex).join()).isInstanceOf(reason);
	}

	@SuppressWarnings("NullAway")
	private static <T> T nothing() {
		return null;
	}

}
