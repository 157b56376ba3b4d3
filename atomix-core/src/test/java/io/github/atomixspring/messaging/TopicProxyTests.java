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

package io.github.atomixspring.messaging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

import io.github.atomixspring.codec.CodecException;
import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.ReceiptMessages;
import io.github.atomixspring.protocol.TopicMessages;
import io.github.atomixspring.proxy.FakeCluster;
import io.github.atomixspring.proxy.FakeSession;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link TopicProxy}.
 */
class TopicProxyTests {

	private static final String RESYNC = "RESYNC";

	private final FakeCluster cluster = new FakeCluster();

	private final FakeSession session = this.cluster.connect("n1");

	private final FakeSession otherSession = this.cluster.connect("n2");

	private final DistributedTopic<String> topic = create(this.session);

	private final DistributedTopic<String> other = create(this.otherSession);

	private final Recorder messages = new Recorder();

	private static DistributedTopic<String> create(FakeSession node) {
		return Messaging.createTopic(node, "t", Codecs.strings(), () -> {
		});
	}

	@Test
	void messagesGoToAllSubscribersInOrder() throws Exception {
		Recorder own = new Recorder();
		this.other.publish("nobody listens");
		this.topic.subscribe(this.messages);
		this.other.subscribe(own);
		this.topic.publish("a");
		this.other.publish("b");
		this.other.async().publish("c").join();
		this.topic.publishAndAwait("d");
		assertThat(this.topic.publishAndAwait("e", Duration.ofSeconds(1))).isTrue();
		this.other.async().publishAndAwait("f").join();
		assertThat(this.other.async().publishAndAwait("g", Duration.ofSeconds(1)).join()).isTrue();
		assertThat(this.messages.seen).containsExactly("a", "b", "c", "d", "e", "f", "g");
		assertThat(own.seen).isEqualTo(this.messages.seen);
	}

	@Test
	void subscriptionEndsWithItsRegistration() {
		Recorder second = new Recorder();
		Registration registration = this.topic.subscribe(this.messages);
		Registration another = this.topic.async().subscribe(second).join();
		this.other.publish("a");
		registration.close();
		this.other.publish("b");
		another.close();
		another.close();
		this.other.publish("c");
		assertThat(this.messages.seen).containsExactly("a");
		assertThat(second.seen).containsExactly("a", "b");
		assertThat(this.session.submitted(Command.Unlisten.class)).hasSize(1);
	}

	@Test
	void awaitedMessageWaitsForSubscribers() {
		this.topic.subscribe(this.messages);
		this.session.unlink();
		CompletableFuture<Void> sent = this.other.async().publishAndAwait("a");
		assertThat(sent).isNotDone();
		assertThat(this.messages.seen).containsExactly("a");
		this.session.link();
		assertThat(sent).isCompleted();
	}

	@Test
	void awaitedMessageIsNotAwaitedLongerThanAsked() {
		this.topic.subscribe(this.messages);
		this.session.unlink();
		CompletableFuture<Boolean> sent = this.other.async().publishAndAwait("a", Duration.ofSeconds(1));
		assertThat(sent).isNotDone();
		this.cluster.advance(Duration.ofSeconds(1));
		assertThat(sent).isCompletedWithValue(false);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.other.async().publishAndAwait("b", Duration.ofSeconds(-1)));
		assertThat(this.messages.seen).containsExactly("a");
	}

	@Test
	void messageThatNobodyAwaitsIsNotAcknowledged() {
		this.topic.subscribe(this.messages);
		this.other.publish("a");
		assertThat(this.session.submitted(TopicMessages.Received.class)).isEmpty();
	}

	@Test
	void deadSubscriberIsNotAwaited() {
		this.topic.subscribe(this.messages);
		this.session.unlink();
		CompletableFuture<Void> sent = this.other.async().publishAndAwait("a");
		this.session.expire();
		assertThat(sent).isCompleted();
	}

	@Test
	void acknowledgementIsRepeatedUntilItWasSent() {
		this.topic.subscribe(this.messages);
		this.session.refuse(TopicMessages.Received.class);
		this.session.loseAnswer(TopicMessages.Received.class);
		CompletableFuture<Void> sent = this.other.async().publishAndAwait("a");
		assertThat(sent).isNotDone();
		this.cluster.advance(Duration.ofSeconds(2));
		assertThat(sent).isCompleted();
		assertThat(this.session.submitted(TopicMessages.Received.class)).hasSize(3);
	}

	@Test
	void oneAcknowledgementSpeaksForAllMessages() {
		this.topic.subscribe(this.messages);
		this.session.unlink();
		List<CompletableFuture<Void>> sent = List.of(this.other.async().publishAndAwait("a"),
				this.other.async().publishAndAwait("b"), this.other.async().publishAndAwait("c"));
		this.session.link();
		assertThat(sent).allMatch(CompletableFuture::isDone);
		assertThat(this.session.submitted(TopicMessages.Received.class)).hasSize(2);
	}

	@Test
	void missedMessagesAreAnnouncedBeforeTheNextOne() {
		this.topic.subscribe(this.messages);
		this.other.publish("a");
		this.session.expire();
		this.other.publish("lost");
		this.session.connect();
		this.other.publish("b");
		this.session.dropEvents();
		this.other.publish("lost too");
		this.session.resync();
		this.other.publish("c");
		this.other.destroy();
		this.other.publish("d");
		assertThat(this.messages.seen).containsExactly("a", RESYNC, "b", RESYNC, "c", RESYNC, "d");
	}

	@Test
	void subscriptionComesBackWhenTheTopicWasDestroyedInAGap() {
		this.topic.subscribe(this.messages);
		this.session.dropEvents();
		this.other.destroy();
		this.session.resync();
		this.other.publish("a");
		assertThat(this.messages.seen).containsExactly(RESYNC, "a");
	}

	@Test
	void resyncComesBeforeMessagesThatOvertakeTheAnswer() {
		this.topic.subscribe(this.messages);
		this.session.expire();
		// As if the answer to the new subscription came after the first message.
		this.session.refuse(Command.Listen.class);
		this.session.connect();
		this.session
			.event(new TopicMessages.Published(PrimitiveId.of(PrimitiveType.TOPIC, "t"), 9, false, new byte[] { 'x' }));
		this.cluster.advance(Duration.ofSeconds(1));
		this.other.publish("y");
		assertThat(this.messages.seen).containsExactly(RESYNC, "x", "y");
	}

	@Test
	void missedMessagesAreNotAwaited() {
		this.topic.subscribe(this.messages);
		this.session.dropEvents();
		CompletableFuture<Void> sent = this.other.async().publishAndAwait("a");
		assertThat(sent).isNotDone();
		this.session.resync();
		assertThat(sent).isCompleted();
		assertThat(this.messages.seen).containsExactly(RESYNC);
	}

	@Test
	void publisherThatMissesTheEndAsksForIt() {
		this.topic.subscribe(this.messages);
		this.session.unlink();
		CompletableFuture<Void> sent = this.other.async().publishAndAwait("a");
		CompletableFuture<Void> waiting = this.other.async().publishAndAwait("b");
		this.otherSession.dropEvents();
		this.session.link();
		assertThat(sent).isNotDone();
		this.otherSession.resync();
		assertThat(sent).isCompleted();
		assertThat(waiting).isCompleted();
		assertThat(this.messages.seen).containsExactly("a", "b");
	}

	@Test
	void repeatedQuestionDoesNotPublishAgain() {
		this.topic.subscribe(this.messages);
		this.session.unlink();
		CompletableFuture<Void> sent = this.other.async().publishAndAwait("a");
		this.otherSession.resync();
		this.otherSession.resync();
		assertThat(sent).isNotDone();
		this.session.link();
		assertThat(sent).isCompleted();
		assertThat(this.messages.seen).containsExactly("a");
		assertThat(this.otherSession.submitted(ReceiptMessages.Check.class)).hasSize(2);
	}

	@Test
	void lostPublisherDoesNotKnow() {
		this.topic.subscribe(this.messages);
		this.session.unlink();
		CompletableFuture<Void> sent = this.other.async().publishAndAwait("a");
		this.otherSession.expire();
		assertUnknown(sent);
		this.otherSession.connect();
		this.otherSession.unlink();
		CompletableFuture<Void> unsent = this.other.async().publishAndAwait("b");
		this.otherSession.timeOutUnsent();
		assertThat(unsent).isCompletedExceptionally();
		assertThatExceptionOfType(CompletionException.class).isThrownBy(unsent::join)
			.withCauseInstanceOf(UnavailableException.class);
	}

	private static void assertUnknown(CompletableFuture<?> future) {
		assertThatExceptionOfType(CompletionException.class).isThrownBy(future::join)
			.withCauseInstanceOf(UnknownOutcomeException.class);
	}

	@Test
	void waitingPublisherIsToldOfStopAndClose() {
		this.topic.subscribe(this.messages);
		this.session.unlink();
		CompletableFuture<Void> closed = this.other.async().publishAndAwait("a");
		this.other.close();
		assertUnknown(closed);
		CompletableFuture<Void> stopped = create(this.otherSession).async().publishAndAwait("b");
		this.otherSession.stop();
		assertUnknown(stopped);
	}

	@Test
	void endedWaitLeavesNothing() throws Exception {
		this.topic.subscribe(this.messages);
		this.session.unlink();
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try {
			CompletableFuture<Void> cancelled = this.other.async().publishAndAwait("a");
			cancelled.cancel(false);
			AtomicReference<Thread> waiting = new AtomicReference<>();
			CompletableFuture<Boolean> interrupted = CompletableFuture.supplyAsync(() -> {
				waiting.set(Thread.currentThread());
				try {
					this.other.publishAndAwait("b");
					return false;
				}
				catch (InterruptedException ex) {
					return true;
				}
			}, executor);
			await().until(() -> this.messages.seen.size() == 2);
			waiting.get().interrupt();
			assertThat(interrupted.get()).isTrue();
			CompletableFuture<Boolean> late = CompletableFuture.supplyAsync(() -> {
				try {
					return this.other.publishAndAwait("c", Duration.ofSeconds(1));
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			}, executor);
			await().until(() -> this.messages.seen.size() == 3);
			// The thread may not have begun to count when the message is there.
			await().until(() -> {
				this.cluster.advance(Duration.ofSeconds(2));
				return late.isDone();
			});
			assertThat(late.get()).isFalse();
		}
		finally {
			executor.shutdownNow();
		}
		assertThat(this.otherSession.submitted(ReceiptMessages.Forget.class)).hasSize(3);
	}

	@Test
	void destructionEndsWaitsAndSubscriptionsComeBack() {
		this.topic.subscribe(this.messages);
		this.session.unlink();
		CompletableFuture<Void> sent = this.other.async().publishAndAwait("a");
		this.other.destroy();
		assertThat(sent).isCompleted();
		this.session.link();
		this.other.publish("b");
		assertThat(this.messages.seen).containsExactly("a", RESYNC, "b");
	}

	@Test
	void suspensionChangesNothing() {
		this.topic.subscribe(this.messages);
		this.session.suspend();
		this.otherSession.suspend();
		CompletableFuture<Void> sent = this.other.async().publishAndAwait("a");
		this.session.resume();
		this.otherSession.resume();
		assertThat(sent).isCompleted();
		assertThat(this.messages.seen).containsExactly("a");
	}

	@Test
	void listenerThatFailsHarmsNoOther() {
		DistributedTopic<Integer> wrong = Messaging.createTopic(this.otherSession, "t", Codecs.ints(), () -> {
		});
		List<Integer> numbers = new CopyOnWriteArrayList<>();
		wrong.subscribe(numbers::add);
		this.topic.subscribe((message) -> {
			throw new IllegalStateException("expected by the test");
		});
		this.topic.subscribe(this.messages);
		this.topic.publish("a long text");
		wrong.publish(5);
		assertThat(this.messages.seen).hasSize(2);
		assertThat(numbers).containsExactly(5);
	}

	@Test
	@SuppressWarnings("rawtypes")
	void argumentsAreChecked() {
		assertThatNullPointerException().isThrownBy(() -> this.topic.publish(nothing()))
			.withMessageContaining("message");
		assertThatNullPointerException().isThrownBy(() -> this.topic.publishAndAwait(nothing()));
		assertThatNullPointerException().isThrownBy(() -> this.topic.publishAndAwait("a", nothing()))
			.withMessageContaining("timeout");
		assertThatIllegalArgumentException().isThrownBy(() -> this.topic.publishAndAwait("a", Duration.ZERO));
		assertThatNullPointerException().isThrownBy(() -> this.topic.subscribe(nothing()));
		assertThatNullPointerException().isThrownBy(() -> this.topic.async().subscribe(nothing()));
		DistributedTopic<List> odd = Messaging.createTopic(this.session, "odd", Codecs.json(List.class), () -> {
		});
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> odd.publish(endless()))
			.withMessageContaining("'odd'");
		assertThat(this.session.submitted()).isEmpty();
	}

	@Test
	void closedInstanceIsNotUsable() {
		this.topic.subscribe(this.messages);
		this.topic.close();
		this.other.publish("a");
		assertThat(this.messages.seen).isEmpty();
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(() -> this.topic.publish("a"));
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(() -> this.topic.publishAndAwait("a"));
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(() -> this.topic.subscribe(this.messages));
		assertThat(this.topic.async().publish("a")).isCompletedExceptionally();
		assertThat(this.topic.async().publishAndAwait("a")).isCompletedExceptionally();
		assertThat(this.topic.async().subscribe(this.messages)).isCompletedExceptionally();
	}

	private static List<Object> endless() {
		List<Object> list = new ArrayList<>();
		list.add(list);
		return list;
	}

	@SuppressWarnings("NullAway")
	private static <T> T nothing() {
		return null;
	}

	/**
	 * Notes what a listener is told.
	 */
	private static final class Recorder implements TopicListener<String> {

		private final List<String> seen = new CopyOnWriteArrayList<>();

		@Override
		public void onMessage(String message) {
			this.seen.add(message);
		}

		@Override
		public void onResync() {
			this.seen.add(RESYNC);
		}

	}

}
