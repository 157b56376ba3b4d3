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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

import io.github.atomixspring.codec.CodecException;
import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.BusMessages;
import io.github.atomixspring.protocol.ReceiptMessages;
import io.github.atomixspring.proxy.FakeCluster;
import io.github.atomixspring.proxy.FakeSession;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link MessageBusProxy}.
 */
class MessageBusProxyTests {

	private final FakeCluster cluster = new FakeCluster();

	private final FakeSession session = this.cluster.connect("n1");

	private final FakeSession otherSession = this.cluster.connect("n2");

	private final DistributedMessageBus bus = create(this.session);

	private final DistributedMessageBus other = create(this.otherSession);

	private final List<String> handled = new CopyOnWriteArrayList<>();

	private final Deque<Runnable> callbacks = new ArrayDeque<>();

	private static DistributedMessageBus create(FakeSession node) {
		return Messaging.createMessageBus(node, "bus", () -> {
		});
	}

	private Registration echo(DistributedMessageBus on, String prefix) {
		return on.register("echo", String.class, (message) -> {
			this.handled.add(message);
			return prefix + message;
		});
	}

	/**
	 * Holds back what the handlers of the first node do.
	 */
	private void hold() {
		this.session.withCallbackExecutor(this.callbacks::add);
	}

	private void goOn() {
		while (!this.callbacks.isEmpty()) {
			this.callbacks.poll().run();
		}
	}

	private static <X extends Throwable> X failure(CompletableFuture<?> future, Class<X> type) {
		assertThat(future).isCompletedExceptionally();
		Throwable thrown = catchThrowable(future::join);
		assertThat(thrown).isInstanceOf(CompletionException.class).hasCauseInstanceOf(type);
		return type.cast(thrown.getCause());
	}

	@Test
	void messageIsReplied() throws Exception {
		echo(this.bus, "1:");
		assertThat(this.other.send("echo", "a", String.class)).isEqualTo("1:a");
		assertThat(this.bus.send("echo", "b", String.class)).isEqualTo("1:b");
		assertThat(this.other.async().send("echo", "c", String.class).join()).isEqualTo("1:c");
		this.other.async()
			.register("sum", Codecs.json(List.class), Codecs.longs(), (list) -> (long) list.size())
			.join();
		assertThat(this.bus.send("sum", List.of(1, 2, 3), Codecs.json(List.class), Codecs.longs())).isEqualTo(3);
		assertThat(this.bus.async().send("sum", List.of(), Codecs.json(List.class), Codecs.longs()).join()).isZero();
	}

	@Test
	void emptyReplyIsNull() throws Exception {
		this.bus.register("quiet", String.class, (message) -> null);
		assertThat(this.other.send("quiet", "a", String.class)).isNull();
	}

	@Test
	void consumersTakeTurns() {
		echo(this.bus, "1:");
		echo(this.other, "2:");
		Registration third = echo(this.bus, "3:");
		assertThat(replies(4)).containsExactly("1:0", "2:1", "3:2", "1:3");
		third.close();
		third.close();
		assertThat(replies(3)).containsExactly("2:0", "1:1", "2:2");
	}

	private List<String> replies(int count) {
		return IntStream.range(0, count)
			.mapToObj((i) -> this.other.async().send("echo", Integer.toString(i), String.class).join())
			.toList();
	}

	/**
	 * A defect of Atomix 1.0.8: of two outstanding sends one got the reply of the other.
	 */
	@Test
	void outstandingSendsGetTheirOwnReplies() {
		hold();
		this.bus.async().register("echo", String.class, (message) -> "1:" + message);
		goOn();
		this.bus.async().register("echo", String.class, (message) -> "2:" + message);
		goOn();
		CompletableFuture<String> first = this.other.async().send("echo", "a", String.class);
		CompletableFuture<String> second = this.other.async().send("echo", "b", String.class);
		assertThat(first).isNotDone();
		// The second consumer is faster.
		this.callbacks.pollLast().run();
		assertThat(second).isCompletedWithValue("2:b");
		assertThat(first).isNotDone();
		goOn();
		assertThat(first).isCompletedWithValue("1:a");
	}

	@Test
	void oneConsumerHandlesOneMessageAtATime() {
		hold();
		this.bus.async().register("echo", String.class, (message) -> {
			this.handled.add(message);
			return message;
		});
		goOn();
		for (String message : List.of("a", "b", "c")) {
			this.other.async().send("echo", message, String.class);
		}
		goOn();
		assertThat(this.handled).containsExactly("a", "b", "c");
	}

	@Test
	void missingConsumerIsAnError() {
		assertThatExceptionOfType(NoConsumerException.class).isThrownBy(() -> this.bus.send("echo", "a", String.class))
			.withMessageContaining("echo");
		echo(this.other, "").close();
		failure(this.bus.async().send("echo", "a", String.class), NoConsumerException.class);
	}

	@Test
	void failureOfTheConsumerIsAnError() {
		this.bus.register("broken", String.class, (message) -> {
			throw new IllegalStateException("expected by the test " + "x".repeat(5_000));
		});
		assertThatExceptionOfType(ConsumerFailedException.class)
			.isThrownBy(() -> this.other.send("broken", "a", String.class))
			.withMessageContaining("expected by the test")
			.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(2_000));
		this.bus.register("number", Integer.class, (message) -> message);
		failure(this.other.async().send("number", "no number at all", Integer.class), ConsumerFailedException.class);
		this.bus.register("wrong", String.class, (message) -> List.of("no number at all"));
		failure(this.other.async().send("wrong", "a", Integer.class), CodecException.class);
	}

	@Test
	void replyThatIsTooLargeIsAnError() {
		this.bus.register("large", Integer.class, (size) -> new byte[size]);
		assertThat(this.other.async().send("large", 1 << 20, byte[].class).join()).hasSize(1 << 20);
		assertThat(
				failure(this.other.async().send("large", (1 << 20) + 1, byte[].class), ConsumerFailedException.class))
			.hasMessageContaining("1048577 bytes");
	}

	@Test
	void errorOfTheConsumerIsAnError() {
		Executor direct = (callback) -> {
			try {
				callback.run();
			}
			catch (StackOverflowError ex) {
				this.handled.add("thrown");
			}
		};
		this.session.withCallbackExecutor(direct);
		this.bus.register("broken", String.class, (message) -> {
			throw new StackOverflowError("expected by the test");
		});
		failure(this.other.async().send("broken", "a", String.class), ConsumerFailedException.class);
	}

	@Test
	void lostConsumerIsAnErrorOfItsOwn() {
		echo(this.bus, "1:");
		hold();
		CompletableFuture<String> expired = this.other.async().send("echo", "a", String.class);
		this.session.expire();
		failure(expired, ConsumerLostException.class);
		assertThat(failure(this.other.async().send("echo", "b", String.class), NoConsumerException.class))
			.isNotInstanceOf(UnknownOutcomeException.class);
		this.session.connect();
		CompletableFuture<String> closed = this.other.async().send("echo", "c", String.class);
		assertThat(closed).isNotDone();
		this.bus.close();
		assertThat(failure(closed, ConsumerLostException.class)).isInstanceOf(UnknownOutcomeException.class);
		goOn();
		assertThat(this.otherSession.submitted(BusMessages.Send.class)).hasSize(3);
	}

	@Test
	void destructionLosesRequestsAndConsumersComeBack() {
		echo(this.bus, "1:");
		hold();
		CompletableFuture<String> sent = this.other.async().send("echo", "a", String.class);
		this.other.destroy();
		failure(sent, ConsumerLostException.class);
		goOn();
		CompletableFuture<String> again = this.other.async().send("echo", "b", String.class);
		goOn();
		assertThat(again).isCompletedWithValue("1:b");
	}

	@Test
	void missedMessageIsAskedFor() {
		echo(this.bus, "1:");
		this.session.dropEvents();
		CompletableFuture<String> sent = this.other.async().send("echo", "a", String.class);
		assertThat(sent).isNotDone();
		this.session.resync();
		assertThat(sent).isCompletedWithValue("1:a");
		this.session.resync();
		assertThat(this.handled).containsExactly("a");
	}

	@Test
	void missedReplyIsLost() {
		echo(this.bus, "1:");
		hold();
		CompletableFuture<String> first = this.other.async().send("echo", "a", String.class);
		this.otherSession.resync();
		assertThat(first).isNotDone();
		this.otherSession.dropEvents();
		goOn();
		this.otherSession.resync();
		failure(first, ConsumerLostException.class);
		assertThat(this.handled).containsExactly("a");
	}

	@Test
	void replyIsRepeatedUntilItWasSent() {
		echo(this.bus, "1:");
		this.session.refuse(BusMessages.Reply.class);
		this.session.loseAnswer(BusMessages.Reply.class);
		CompletableFuture<String> sent = this.other.async().send("echo", "a", String.class);
		assertThat(sent).isNotDone();
		this.cluster.advance(Duration.ofSeconds(2));
		assertThat(sent).isCompletedWithValue("1:a");
		assertThat(this.session.submitted(BusMessages.Reply.class)).hasSize(3);
	}

	@Test
	void lostSenderDoesNotKnow() {
		echo(this.bus, "1:");
		hold();
		CompletableFuture<String> sent = this.other.async().send("echo", "a", String.class);
		this.otherSession.expire();
		assertThat(failure(sent, UnknownOutcomeException.class)).isNotInstanceOf(ConsumerLostException.class);
		this.otherSession.connect();
		this.otherSession.unlink();
		CompletableFuture<String> unsent = this.other.async().send("echo", "b", String.class);
		this.otherSession.timeOutUnsent();
		failure(unsent, UnavailableException.class);
		this.otherSession.link();
		CompletableFuture<String> closed = this.other.async().send("echo", "c", String.class);
		this.other.close();
		failure(closed, UnknownOutcomeException.class);
		goOn();
		assertThat(this.handled).containsExactly("a", "c");
	}

	@Test
	void cancelledSendLeavesNothing() {
		echo(this.bus, "1:");
		hold();
		CompletableFuture<String> sent = this.other.async().send("echo", "a", String.class);
		sent.cancel(false);
		assertThat(this.otherSession.submitted(ReceiptMessages.Forget.class)).hasSize(1);
		goOn();
		assertThat(this.handled).containsExactly("a");
	}

	@Test
	void argumentsAreChecked() {
		assertThatNullPointerException().isThrownBy(() -> this.bus.send(nothing(), "a", String.class));
		assertThatNullPointerException().isThrownBy(() -> this.bus.send("echo", nothing(), String.class));
		assertThatNullPointerException().isThrownBy(() -> this.bus.send("echo", "a", nothing()));
		assertThatNullPointerException().isThrownBy(() -> this.bus.register("echo", String.class, nothing()));
		assertThatIllegalArgumentException().isThrownBy(() -> this.bus.send(" ", "a", String.class));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.bus.register("x".repeat(257), String.class, (message) -> message));
		assertThat(this.session.submitted()).isEmpty();
	}

	@Test
	void closedInstanceIsNotUsable() {
		echo(this.bus, "1:");
		this.bus.close();
		assertThatExceptionOfType(PrimitiveClosedException.class)
			.isThrownBy(() -> this.bus.send("echo", "a", String.class));
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(() -> echo(this.bus, ""));
		assertThat(this.bus.async().send("echo", "a", String.class)).isCompletedExceptionally();
		failure(this.other.async().send("echo", "a", String.class), NoConsumerException.class);
	}

	@SuppressWarnings("NullAway")
	private static <T> T nothing() {
		return null;
	}

}
