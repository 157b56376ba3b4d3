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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import io.github.atomixspring.primitive.ConfigurationMismatchException;
import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.LatchMessages;
import io.github.atomixspring.proxy.FakeCluster;
import io.github.atomixspring.proxy.FakeSession;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link LatchProxy}.
 */
class LatchProxyTests {

	private final FakeCluster cluster = new FakeCluster();

	private final FakeSession session = this.cluster.connect("n1");

	private final FakeSession otherSession = this.cluster.connect("n2");

	private final DistributedCountDownLatch latch = create(this.session, 2);

	private final DistributedCountDownLatch other = create(this.otherSession, 2);

	private static DistributedCountDownLatch create(FakeSession node, long count) {
		return Synchronisers.createCountDownLatch(node, "a", count, () -> {
		});
	}

	@Test
	void waitersPassAtZeroAndForEver() throws Exception {
		CompletableFuture<Void> wait = this.latch.async().await();
		this.latch.countDown();
		assertThat(this.other.getCount()).isEqualTo(1);
		assertThat(wait).isNotDone();
		this.other.countDown();
		assertThat(wait).isCompleted();
		this.latch.await();
		assertThat(this.latch.await(Duration.ZERO)).isTrue();
		assertThat(this.latch.await(Duration.ofSeconds(1))).isTrue();
		this.other.countDown();
		assertThat(this.other.async().getCount().join()).isZero();
		assertThat(this.other.async().countDown()).isCompleted();
	}

	@Test
	void waitThatEndsBeforeTheLatchIsCreatedIsNeverPutToTheCluster() {
		this.session.unlink();
		CompletableFuture<Boolean> wait = this.latch.async().await(Duration.ofSeconds(1));
		this.cluster.advance(Duration.ofSeconds(1));
		assertThat(wait.join()).isFalse();
		this.session.link();
		assertThat(this.session.submitted(Command.Create.class)).hasSize(1);
		assertThat(this.session.submitted(LatchMessages.Await.class)).isEmpty();
	}

	@Test
	void limitedWaitEndsInTimeAndLeavesNothing() throws Exception {
		CompletableFuture<Boolean> wait = this.latch.async().await(Duration.ofSeconds(2));
		this.cluster.advance(Duration.ofMillis(1999));
		assertThat(wait).isNotDone();
		this.cluster.advance(Duration.ofMillis(1));
		assertThat(wait.join()).isFalse();
		assertThat(this.session.submitted(LatchMessages.Leave.class)).hasSize(1);
		assertThat(this.latch.await(Duration.ZERO)).isFalse();
		assertThat(this.latch.await(Duration.ofSeconds(-1))).isFalse();
		assertThat(this.latch.async().await(Duration.ZERO).join()).isFalse();
		assertThatNullPointerException().isThrownBy(() -> this.latch.await(nothing()));
		assertThatNullPointerException().isThrownBy(() -> this.latch.async().await(nothing()));
	}

	@Test
	void cancellationWithdrawsTheWait() {
		this.latch.async().await().cancel(false);
		assertThat(this.session.submitted(LatchMessages.Leave.class)).hasSize(1);
	}

	@Test
	void interruptEndsTheWait() throws Exception {
		AtomicReference<Throwable> failure = new AtomicReference<>();
		Thread waiter = new Thread(() -> {
			try {
				this.latch.await();
			}
			catch (InterruptedException ex) {
				failure.set(ex);
			}
		});
		waiter.start();
		await().until(() -> !this.session.submitted(LatchMessages.Await.class).isEmpty());
		waiter.interrupt();
		waiter.join();
		assertThat(failure.get()).isInstanceOf(InterruptedException.class);
		await().until(() -> !this.session.submitted(LatchMessages.Leave.class).isEmpty());
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(this.latch::await);
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> this.latch.await(Duration.ZERO));
	}

	@Test
	void waitGoesOnInTheNextSession() {
		CompletableFuture<Void> wait = this.latch.async().await();
		this.session.suspend();
		this.session.expire();
		this.other.countDown();
		this.session.connect();
		assertThat(wait).isNotDone();
		this.other.countDown();
		assertThat(wait).isCompleted();
	}

	@Test
	void waitPassesInTheNextSessionIfItWasOpenedBetween() {
		CompletableFuture<Void> wait = this.latch.async().await();
		this.session.expire();
		this.other.countDown();
		this.other.countDown();
		assertThat(wait).isNotDone();
		this.session.connect();
		assertThat(wait).isCompleted();
	}

	@Test
	void missedEventIsMadeUpForAfterResync() {
		CompletableFuture<Void> wait = this.latch.async().await();
		this.session.dropEvents();
		this.other.countDown();
		this.other.countDown();
		assertThat(wait).isNotDone();
		this.session.resync();
		assertThat(wait).isCompleted();
	}

	@Test
	void lostAnswerOfACountIsUnknown() {
		this.latch.getCount();
		this.session.loseAnswer(LatchMessages.CountDown.class);
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(this.latch::countDown);
		assertThat(this.other.getCount()).isEqualTo(1);
	}

	@Test
	void destroyBeginsAnewForThoseWhoWait() {
		CompletableFuture<Void> wait = this.latch.async().await();
		this.latch.countDown();
		this.other.destroy();
		assertThat(this.other.getCount()).isEqualTo(2);
		this.other.countDown();
		assertThat(wait).isNotDone();
		this.latch.countDown();
		assertThat(wait).isCompleted();
	}

	@Test
	void otherCountIsAMismatch() {
		this.latch.countDown();
		DistributedCountDownLatch different = create(this.cluster.connect("n3"), 5);
		assertThatExceptionOfType(ConfigurationMismatchException.class).isThrownBy(different::await)
			.withMessageContaining("2")
			.withMessageContaining("5");
		assertThatExceptionOfType(ConfigurationMismatchException.class).isThrownBy(different::getCount);
	}

	@Test
	void openInstanceCreatesTheLatchOnce() {
		this.latch.getCount();
		this.latch.countDown();
		assertThat(this.session.submitted(Command.Create.class)).hasSize(1);
	}

	@Test
	void closeAndStopEndWaits() {
		CompletableFuture<Void> wait = this.latch.async().await();
		this.latch.close();
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(() -> this.session.await(wait));
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(this.latch::await);
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(this.latch::countDown);
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(this.latch::getCount);
		CompletableFuture<Void> stopped = this.other.async().await();
		this.otherSession.stop();
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(() -> this.session.await(stopped));
	}

	@Test
	void describesItself() {
		assertThat(this.latch).hasToString("count_down_latch 'a'");
		assertThat(this.latch.type()).isEqualTo(PrimitiveType.COUNT_DOWN_LATCH);
	}

	@SuppressWarnings("NullAway")
	private static <T> T nothing() {
		return null;
	}

}
