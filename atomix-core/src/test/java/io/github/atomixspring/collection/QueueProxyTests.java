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

package io.github.atomixspring.collection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.atomixspring.codec.CodecException;
import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.primitive.ConfigurationMismatchException;
import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.QueueMessages;
import io.github.atomixspring.proxy.FakeCluster;
import io.github.atomixspring.proxy.FakeSession;
import io.github.atomixspring.proxy.ShakyNode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Tests {@link QueueProxy}.
 */
class QueueProxyTests {

	private static final QueueOptions<String> OPTIONS = QueueOptions.of(Codecs.strings());

	private final FakeCluster cluster = new FakeCluster();

	private final FakeSession session = this.cluster.connect("n1");

	private final FakeSession otherSession = this.cluster.connect("n2");

	private final DistributedQueue<String> queue = create(this.session, "q", OPTIONS);

	private final DistributedQueue<String> other = create(this.otherSession, "q", OPTIONS);

	private final DistributedQueue<String> bounded = create(this.session, "b", OPTIONS.withCapacity(2));

	private final DistributedQueue<String> otherBounded = create(this.otherSession, "b", OPTIONS.withCapacity(2));

	private final List<QueueEvent<String>> events = new CopyOnWriteArrayList<>();

	private static <E> DistributedQueue<E> create(FakeSession node, String name, QueueOptions<E> options) {
		return Collections.createQueue(node, name, options, () -> {
		});
	}

	private int settled() {
		return this.session.submitted(QueueMessages.Settle.class).size();
	}

	private int withdrawn() {
		return this.session.submitted(QueueMessages.Withdraw.class).size();
	}

	@Test
	void behavesLikeAQueue() throws InterruptedException {
		assertThat(this.queue.offer("a")).isTrue();
		assertThat(this.other.add("b")).isTrue();
		this.queue.put("c");
		assertThat(this.queue.offer("d", 1, TimeUnit.SECONDS)).isTrue();
		assertThat(this.other.addAll(List.of("e", "f", "a"))).isTrue();
		assertThat(this.other).containsExactly("a", "b", "c", "d", "e", "f", "a").hasSize(7);
		assertThat(this.other.peek()).isEqualTo("a");
		assertThat(this.queue.poll()).isEqualTo("a");
		assertThat(this.other.remove()).isEqualTo("b");
		assertThat(this.queue.take()).isEqualTo("c");
		assertThat(this.queue.poll(1, TimeUnit.SECONDS)).isEqualTo("d");
		assertThat(this.queue.contains("a")).isTrue();
		assertThat(this.queue.containsAll(List.of("a", "f"))).isTrue();
		assertThat(this.queue.containsAll(List.of("a", "b"))).isFalse();
		assertThat(this.queue.remove("a")).isTrue();
		assertThat(this.queue.remove("a")).isFalse();
		assertThat(this.queue.remainingCapacity()).isEqualTo(Integer.MAX_VALUE);
		List<String> drained = new ArrayList<>();
		assertThat(this.queue.drainTo(drained, 1)).isEqualTo(1);
		assertThat(this.queue.drainTo(drained)).isEqualTo(1);
		assertThat(drained).containsExactly("e", "f");
		assertThat(this.other).isEmpty();
		assertThat(this.other.poll()).isNull();
		assertThat(this.other.peek()).isNull();
		assertThat(this.other.poll(Duration.ZERO)).isNull();
		assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(this.other::remove);
		assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(this.other::element);
	}

	@Test
	void defectOf108ElementDoesNotLoseTheEntry() {
		this.queue.add("a");
		assertThat(this.other.element()).isEqualTo("a");
		assertThat(this.other.element()).isEqualTo("a");
		assertThat(this.queue).containsExactly("a");
	}

	@Test
	void asynchronousFaceDoesTheSame() {
		AsyncDistributedQueue<String> async = this.bounded.async();
		assertThat(async.offer("a").join()).isTrue();
		async.put("b").join();
		assertThat(async.offer("c").join()).isFalse();
		assertThat(async.addAll(List.of("c", "d")).join()).isFalse();
		assertThat(async.peek().join()).isEqualTo("a");
		assertThat(async.contains("b").join()).isTrue();
		assertThat(async.size().join()).isEqualTo(2);
		assertThat(async.poll().join()).isEqualTo("a");
		assertThat(async.take().join()).isEqualTo("b");
		assertThat(async.poll().join()).isNull();
		assertThat(async.addAll(List.of("e", "f")).join()).isTrue();
		assertThat(async.remove("e").join()).isTrue();
		assertThat(async.drain(0).join()).isEmpty();
		assertThat(async.drain(9).join()).containsExactly("f");
		assertThat(async.offer("g", Duration.ofSeconds(1)).join()).isTrue();
		assertThat(async.poll(Duration.ofSeconds(1)).join()).isEqualTo("g");
		async.offer("h").join();
		async.clear().join();
		assertThat(this.otherBounded).isEmpty();
		assertThat(async.isEmpty().join()).isTrue();
		Registration registration = async.addListener(this.events::add).join();
		async.offer("e").join();
		assertThat(async.isEmpty().join()).isFalse();
		registration.close();
		async.clear().join();
		assertThat(this.events).extracting(QueueEvent::element).containsExactly("e");
	}

	@Test
	void capacityIsKept() throws InterruptedException {
		assertThat(this.bounded.remainingCapacity()).isEqualTo(2);
		assertThat(this.bounded.addAll(List.of("a", "b"))).isTrue();
		assertThat(this.otherBounded.offer("c")).isFalse();
		assertThat(this.otherBounded.offer("c", Duration.ZERO)).isFalse();
		assertThatIllegalStateException().isThrownBy(() -> this.otherBounded.add("c")).withMessage("Queue full");
		this.bounded.remove();
		assertThatIllegalStateException().isThrownBy(() -> this.otherBounded.addAll(List.of("c", "d")));
		assertThat(this.bounded).containsExactly("b");
		assertThat(this.bounded.remainingCapacity()).isEqualTo(1);
		DistributedQueue<String> third = create(this.cluster.connect("n3"), "b", OPTIONS);
		assertThatExceptionOfType(ConfigurationMismatchException.class).isThrownBy(() -> third.offer("c"));
		assertThatExceptionOfType(ConfigurationMismatchException.class).isThrownBy(third::take);
		assertThatIllegalArgumentException().isThrownBy(() -> OPTIONS.withCapacity(0));
	}

	@Test
	void takeWaitsForAnElementWithoutAskingAgain() {
		CompletableFuture<String> first = this.queue.async().take();
		CompletableFuture<String> second = this.queue.async().take();
		this.cluster.advance(Duration.ofMinutes(30));
		assertThat(first).isNotDone();
		assertThat(this.session.submitted(QueueMessages.Take.class)).hasSize(2);
		this.other.addAll(List.of("a", "b", "c"));
		assertThat(first).isCompletedWithValue("a");
		assertThat(second).isCompletedWithValue("b");
		assertThat(settled()).isEqualTo(2);
		assertThat(this.queue).containsExactly("c");
	}

	@Test
	void putWaitsForRoom() {
		CompletableFuture<Void> first = this.bounded.async().put("a");
		CompletableFuture<Void> second = this.bounded.async().put("b");
		CompletableFuture<Void> third = this.bounded.async().put("c");
		assertThat(first).isCompleted();
		assertThat(second).isCompleted();
		assertThat(third).isNotDone();
		assertThat(this.otherBounded.poll()).isEqualTo("a");
		assertThat(third).isCompleted();
		assertThat(settled()).isEqualTo(3);
		assertThat(this.otherBounded).containsExactly("b", "c");
	}

	@Test
	void timeOfATakeRunsOut() {
		CompletableFuture<String> wait = this.queue.async().poll(Duration.ofMillis(10));
		this.cluster.advance(Duration.ofMillis(9));
		assertThat(wait).isNotDone();
		this.cluster.advance(Duration.ofMillis(1));
		assertThat(wait).isCompletedWithValue(null);
		this.other.add("a");
		assertThat(this.queue).containsExactly("a");
	}

	@Test
	void elementThatCrossesTheTimeoutGoesBackToItsPlace() {
		CompletableFuture<String> wait = this.queue.async().poll(Duration.ofMillis(10));
		this.session.dropEvents();
		this.other.addAll(List.of("a", "b"));
		assertThat(this.other).containsExactly("b");
		this.cluster.advance(Duration.ofMillis(10));
		assertThat(wait).isCompletedWithValue(null);
		assertThat(this.other).containsExactly("a", "b");
		assertThat(settled()).isZero();
	}

	@Test
	void timeOfAPutRunsOut() {
		this.bounded.addAll(List.of("a", "b"));
		CompletableFuture<Boolean> wait = this.bounded.async().offer("c", Duration.ofMillis(10));
		assertThat(wait).isNotDone();
		this.cluster.advance(Duration.ofMillis(10));
		assertThat(wait).isCompletedWithValue(false);
		this.otherBounded.poll();
		assertThat(this.otherBounded).containsExactly("b");
	}

	@Test
	void putThatCrossesTheTimeoutIsTold() {
		this.bounded.addAll(List.of("a", "b"));
		CompletableFuture<Boolean> wait = this.bounded.async().offer("c", Duration.ofMillis(10));
		this.session.dropEvents();
		this.otherBounded.clear();
		assertThat(this.otherBounded.poll()).isEqualTo("c");
		this.cluster.advance(Duration.ofMillis(10));
		assertThat(wait).isCompletedWithValue(true);
		assertThat(withdrawn()).isEqualTo(1);
	}

	@Test
	void putWhoseEndCannotBeDecidedIsUnknown() {
		this.bounded.addAll(List.of("a", "b"));
		CompletableFuture<Boolean> wait = this.bounded.async().offer("c", Duration.ofMillis(10));
		this.session.refuse(QueueMessages.Withdraw.class);
		this.cluster.advance(Duration.ofMillis(10));
		assertThat(wait).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withCauseInstanceOf(UnknownOutcomeException.class);
		this.cluster.advance(Duration.ofSeconds(1));
		this.otherBounded.clear();
		assertThat(this.otherBounded).isEmpty();
	}

	@Test
	void interruptedTakeTakesNothing() {
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(this.queue::take);
		assertThat(this.session.submitted()).isEmpty();
		this.session.unlink();
		interruptSoon();
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(this.queue::take);
		this.session.link();
		this.other.add("a");
		assertThat(this.queue).containsExactly("a");
	}

	@Test
	void interruptedPutIsDecidedByTheCluster() throws InterruptedException {
		this.bounded.addAll(List.of("a", "b"));
		interruptSoon();
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> this.bounded.put("c"));
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
		this.session.dropEvents();
		Thread self = Thread.currentThread();
		Thread helper = new Thread(() -> {
			while (this.session.submitted(QueueMessages.Put.class).size() < 2) {
				Thread.onSpinWait();
			}
			this.otherBounded.clear();
			self.interrupt();
		});
		helper.start();
		this.bounded.put("d");
		assertThat(Thread.interrupted()).isTrue();
		helper.join();
		assertThat(this.otherBounded).containsExactly("d");
	}

	private static void interruptSoon() {
		Thread self = Thread.currentThread();
		new Thread(() -> {
			while (self.getState() != Thread.State.TIMED_WAITING && self.getState() != Thread.State.WAITING) {
				Thread.onSpinWait();
			}
			self.interrupt();
		}).start();
	}

	@Test
	void cancelledTakeTakesNothing() {
		CompletableFuture<String> queued = this.queue.async().take();
		queued.cancel(false);
		this.other.add("a");
		assertThat(this.queue).containsExactly("a");
		List<Runnable> callbacks = new ArrayList<>();
		this.session.withCallbackExecutor(callbacks::add);
		CompletableFuture<String> granted = this.queue.async().take();
		assertThat(this.other).isEmpty();
		granted.cancel(false);
		callbacks.forEach(Runnable::run);
		assertThat(this.other).containsExactly("a");
		assertThat(settled()).isZero();
	}

	@Test
	void cancelledPutIsWithdrawnIfItStillWaits() {
		this.bounded.addAll(List.of("a", "b"));
		CompletableFuture<Void> put = this.bounded.async().put("c");
		put.cancel(false);
		this.otherBounded.clear();
		assertThat(this.otherBounded).isEmpty();
	}

	@Test
	void lostEventsAreMadeUpForByAskingAgain() {
		CompletableFuture<String> first = this.queue.async().take();
		CompletableFuture<String> second = this.queue.async().take();
		this.bounded.addAll(List.of("x", "y"));
		CompletableFuture<Void> put = this.bounded.async().put("z");
		this.session.dropEvents();
		this.other.add("a");
		this.otherBounded.poll();
		assertThat(first).isNotDone();
		this.session.resync();
		assertThat(first).isCompletedWithValue("a");
		assertThat(put).isCompleted();
		assertThat(second).isNotDone();
		this.other.addAll(List.of("b", "c"));
		assertThat(second).isCompletedWithValue("b");
		assertThat(this.other).containsExactly("c");
		assertThat(this.otherBounded).containsExactly("y", "z");
	}

	@Test
	void requestThatIsPutAgainInTheNextQueueTakesNothing() {
		CompletableFuture<String> take = this.queue.async().take();
		ShakyNode node = new ShakyNode(this.session);
		node.hold();
		this.session.resync();
		this.other.add("a");
		this.other.destroy();
		this.other.add("b");
		assertThat(this.other.poll()).isEqualTo("b");
		// Only now the request is put again, and is taken for a new one.
		node.release();
		assertThat(take).isCompletedWithValue("a");
		this.other.add("c");
		assertThat(this.other.poll()).isEqualTo("c");
	}

	@Test
	void endOfTheSessionLeavesWaitsUnknown() {
		CompletableFuture<String> take = this.queue.async().take();
		this.bounded.addAll(List.of("x", "y"));
		CompletableFuture<Void> put = this.bounded.async().put("z");
		this.session.expire();
		for (CompletableFuture<?> wait : List.of(take, put)) {
			assertThat(wait).failsWithin(Duration.ZERO)
				.withThrowableThat()
				.withCauseInstanceOf(UnknownOutcomeException.class);
		}
		this.session.connect();
		this.other.add("a");
		this.otherBounded.clear();
		assertThat(this.queue).containsExactly("a");
		assertThat(this.bounded).isEmpty();
	}

	@Test
	void elementOnItsWayIsGoneWithTheSession() {
		CompletableFuture<String> take = this.queue.async().take();
		this.session.dropEvents();
		this.other.addAll(List.of("a", "b"));
		this.session.expire();
		assertThat(take).isCompletedExceptionally();
		this.session.connect();
		assertThat(this.queue).containsExactly("b");
	}

	@Test
	void requestThatWasNotSentGoesOutInTheNextSession() {
		this.queue.size();
		this.session.unlink();
		CompletableFuture<String> take = this.queue.async().take();
		this.session.expire();
		assertThat(take).isNotDone();
		this.session.connect();
		this.other.add("a");
		assertThat(take).isCompletedWithValue("a");
	}

	@Test
	void questionThatIsSentAfterTheEndOfItsSessionTakesNothing() {
		CompletableFuture<String> take = this.queue.async().take();
		this.session.unlink();
		this.session.resync();
		this.session.expire();
		assertThat(take).isCompletedExceptionally();
		this.session.connect();
		this.other.add("a");
		assertThat(this.other).containsExactly("a");
	}

	@Test
	void suspendedWaitGoesOn() {
		CompletableFuture<String> take = this.queue.async().take();
		this.session.suspend();
		this.other.add("a");
		assertThat(take).isCompletedWithValue("a");
		this.session.resume();
		assertThat(this.other).isEmpty();
	}

	@Test
	void requestThatCannotBeSentFails() {
		this.queue.size();
		this.session.unlink();
		CompletableFuture<String> take = this.queue.async().take();
		this.session.timeOutUnsent();
		assertThat(take).failsWithin(Duration.ZERO).withThrowableThat().withCauseInstanceOf(UnavailableException.class);
		this.session.link();
		this.other.add("a");
		assertThat(this.other).containsExactly("a");
	}

	@Test
	void elementOfALostAnswerGoesBack() {
		this.queue.size();
		this.other.add("a");
		this.session.loseAnswer(QueueMessages.Take.class);
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(this.queue::take);
		assertThat(this.other).containsExactly("a");
		this.session.loseAnswer(QueueMessages.Poll.class);
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(this.queue::poll);
		assertThat(this.other).isEmpty();
	}

	@Test
	void waitThatEndsBeforeTheQueueIsCreatedLeavesNothing() {
		this.session.unlink();
		CompletableFuture<String> take = this.queue.async().take();
		take.cancel(false);
		this.session.link();
		this.other.add("a");
		assertThat(this.other).containsExactly("a");
		assertThat(this.session.submitted(QueueMessages.Take.class)).isEmpty();
	}

	@Test
	void waitsLineUpAgainAfterADestruction() {
		CompletableFuture<String> take = this.queue.async().take();
		this.bounded.addAll(List.of("x", "y"));
		CompletableFuture<Void> put = this.bounded.async().put("z");
		this.other.destroy();
		this.otherBounded.destroy();
		assertThat(put).isCompleted();
		assertThat(this.otherBounded).containsExactly("z");
		this.otherBounded.add("w");
		assertThat(this.otherBounded.offer("v")).isFalse();
		this.other.add("a");
		assertThat(take).isCompletedWithValue("a");
	}

	@Test
	void closeEndsWaits() {
		CompletableFuture<String> take = this.queue.async().take();
		this.queue.close();
		this.bounded.addAll(List.of("x", "y"));
		CompletableFuture<Void> put = this.bounded.async().put("z");
		this.bounded.close();
		for (CompletableFuture<?> wait : List.of(take, put)) {
			assertThat(wait).failsWithin(Duration.ZERO)
				.withThrowableThat()
				.withCauseInstanceOf(PrimitiveClosedException.class);
		}
		this.other.add("a");
		this.otherBounded.clear();
		assertThat(this.other).containsExactly("a");
		assertThat(this.otherBounded).isEmpty();
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(this.queue::take);
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(this.queue::poll);
		assertThat(this.queue.async().take()).isCompletedExceptionally();
	}

	@Test
	void stopOfTheNodeEndsWaits() {
		CompletableFuture<String> take = this.queue.async().take();
		this.session.stop();
		assertThat(take).isCompletedExceptionally();
	}

	@Test
	void bulkOperationsAreOneRoundTrip() {
		this.queue.addAll(List.of("a", "b", "c"));
		this.queue.drainTo(new ArrayList<>());
		this.queue.clear();
		assertThat(this.session.submitted()).extracting((command) -> (Object) command.getClass())
			.containsExactly(Command.Create.class, QueueMessages.Offer.class, QueueMessages.Poll.class,
					QueueMessages.Clear.class);
	}

	@Test
	void largeBulkOperationsAreSplit() {
		List<String> large = IntStream.range(0, 3000).mapToObj((i) -> "%04d".formatted(i) + "x".repeat(1000)).toList();
		assertThat(this.queue.addAll(large)).isTrue();
		assertThat(this.session.submitted(QueueMessages.Offer.class)).hasSize(6);
		assertThat(this.other.containsAll(large)).isTrue();
		List<String> drained = new ArrayList<>();
		assertThat(this.queue.drainTo(drained, 2500)).isEqualTo(2500);
		assertThat(this.session.submitted(QueueMessages.Poll.class)).hasSize(3);
		assertThat(this.queue.async().drain(1000).join()).isEqualTo(large.subList(2500, 3000));
		assertThat(drained).isEqualTo(large.subList(0, 2500));
	}

	@Test
	void iteratorReadsPagesAndRemoves() {
		List<String> elements = IntStream.range(0, 1200).mapToObj((i) -> "e" + (i % 10)).toList();
		this.queue.addAll(elements);
		Iterator<String> iterator = this.other.iterator();
		assertThatIllegalStateException().isThrownBy(iterator::remove);
		for (String element : elements) {
			assertThat(iterator.next()).isEqualTo(element);
			if (element.equals("e7")) {
				iterator.remove();
			}
		}
		assertThat(iterator.hasNext()).isFalse();
		assertThat(this.queue).hasSize(1080);
		assertThat(this.queue.removeAll(List.of("e3", "x"))).isTrue();
		assertThat(this.queue.removeIf((element) -> element.equals("e3"))).isFalse();
		assertThat(this.queue.retainAll(List.of("e1", "e2"))).isTrue();
		assertThat(this.queue.stream().distinct()).containsExactly("e1", "e2");
		assertThat(this.queue.toArray()).hasSize(240);
		assertThat(this.queue.toArray(new String[0])).hasSize(240);
	}

	@Test
	void listenersAreToldAndComeBack() {
		this.other.addListener(this.events::add);
		this.queue.add("a");
		this.queue.poll();
		this.otherSession.expire();
		this.otherSession.connect();
		this.queue.add("b");
		this.queue.destroy();
		this.otherSession.resync();
		assertThat(this.events).extracting(QueueEvent::type)
			.containsExactly(QueueEvent.Type.ADDED, QueueEvent.Type.REMOVED, QueueEvent.Type.RESYNC,
					QueueEvent.Type.ADDED, QueueEvent.Type.RESYNC, QueueEvent.Type.RESYNC);
		assertThat(this.events).extracting(QueueEvent::element).containsExactly("a", "a", null, "b", null, null);
	}

	@Test
	void elementThatCannotBeDecodedIsNotInTheWay() {
		DistributedQueue<Integer> numbers = create(this.otherSession, "q", QueueOptions.of(Codecs.ints()));
		this.queue.addAll(List.of("a long text", "another long text"));
		numbers.add(1);
		assertThatExceptionOfType(CodecException.class).isThrownBy(numbers::take).withMessageContaining("'q'");
		assertThat(numbers.async().take()).isCompletedExceptionally();
		this.queue.add("a long text");
		numbers.add(2);
		List<Integer> drained = new ArrayList<>();
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> numbers.drainTo(drained));
		assertThat(drained).containsExactly(1, 2);
		assertThat(this.queue).isEmpty();
	}

	@Test
	void argumentsAreChecked() {
		assertThatNullPointerException().isThrownBy(() -> this.queue.add(nothing())).withMessageContaining("element");
		assertThatNullPointerException().isThrownBy(() -> this.queue.put(nothing()));
		assertThatNullPointerException().isThrownBy(() -> this.queue.offer("a", nothing()));
		assertThatNullPointerException().isThrownBy(() -> this.queue.poll(nothing()));
		assertThatNullPointerException().isThrownBy(() -> this.queue.remove(nothing()));
		assertThatNullPointerException().isThrownBy(() -> this.queue.contains(nothing()));
		assertThatNullPointerException().isThrownBy(() -> this.queue.addAll(nothing()));
		assertThatNullPointerException().isThrownBy(() -> this.queue.addAll(Arrays.asList("a", null)));
		assertThatNullPointerException().isThrownBy(() -> this.queue.removeAll(nothing()));
		assertThatNullPointerException().isThrownBy(() -> this.queue.retainAll(nothing()));
		assertThatNullPointerException().isThrownBy(() -> this.queue.drainTo(nothing()));
		assertThatNullPointerException().isThrownBy(() -> this.queue.addListener(nothing()));
		assertThatNullPointerException().isThrownBy(() -> this.queue.async().put(nothing()));
		assertThatNullPointerException().isThrownBy(() -> this.queue.async().poll(nothing()));
		assertThatIllegalArgumentException().isThrownBy(() -> this.queue.addAll(this.queue));
		assertThatIllegalArgumentException().isThrownBy(() -> this.queue.drainTo(this.queue));
		assertThat(this.queue.drainTo(new ArrayList<>(), 0)).isZero();
		assertThat(this.session.submitted()).isEmpty();
		assertThat(this.session.queried()).isEmpty();
	}

	@SuppressWarnings("NullAway")
	private static <T> T nothing() {
		return null;
	}

}
