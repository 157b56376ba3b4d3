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
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.messaging.ConsumerOptions.Acknowledgement;
import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.ConfigurationMismatchException;
import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.DeliveryMessages;
import io.github.atomixspring.protocol.TaskMessages;
import io.github.atomixspring.proxy.FakeCluster;
import io.github.atomixspring.proxy.FakeSession;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Tests for {@link TaskQueueProxy}.
 */
class TaskQueueProxyTests {

	private static final ConsumerOptions EXPLICIT = ConsumerOptions.parallel(2)
		.withAcknowledgement(Acknowledgement.EXPLICIT);

	private final FakeCluster cluster = new FakeCluster();

	private final FakeSession session = this.cluster.connect("n1");

	private final FakeSession otherSession = this.cluster.connect("n2");

	private final DistributedTaskQueue<String> queue = create(this.session);

	private final DistributedTaskQueue<String> other = create(this.otherSession);

	private final List<Task<String>> tasks = new CopyOnWriteArrayList<>();

	private static DistributedTaskQueue<String> create(FakeSession node) {
		return create(node, TaskQueueOptions.of(Codecs.strings()).withCapacity(100));
	}

	private static <T> DistributedTaskQueue<T> create(FakeSession node, TaskQueueOptions<T> options) {
		return Messaging.createTaskQueue(node, "q", options, () -> {
		});
	}

	private List<String> values() {
		return this.tasks.stream().map(Task::value).toList();
	}

	@Test
	void tasksAreDoneInOrder() throws Exception {
		this.other.submit("a");
		this.other.async().submit("b").join();
		this.queue.consume(this.tasks::add);
		this.other.submitAndAwait("c");
		assertThat(this.other.submitAndAwait("d", Duration.ofSeconds(1))).isTrue();
		this.other.async().submitAndAwait("e").join();
		assertThat(this.other.async().submitAndAwait("f", Duration.ofSeconds(1)).join()).isTrue();
		assertThat(values()).containsExactly("a", "b", "c", "d", "e", "f");
		assertThat(this.tasks).extracting(Task::deliveryCount).containsOnly(1);
		assertThat(this.tasks).extracting(Task::id).isSorted().doesNotHaveDuplicates();
		assertThat(this.tasks).extracting(Task::fencingToken).isSorted().doesNotHaveDuplicates();
		assertThat(this.tasks).noneMatch(Task::isHeld);
		assertThat(this.queue.statistics()).isEqualTo(new TaskQueueStatistics(0, 0, 6, 1));
		assertThat(this.other.async().statistics().join()).isEqualTo(this.queue.statistics());
	}

	@Test
	void taskIsNotAwaitedLongerThanAsked() {
		CompletableFuture<Boolean> done = this.other.async().submitAndAwait("a", Duration.ofSeconds(1));
		assertThat(done).isNotDone();
		this.cluster.advance(Duration.ofSeconds(1));
		assertThat(done).isCompletedWithValue(false);
		this.queue.consume(this.tasks::add);
		assertThat(values()).containsExactly("a");
	}

	@Test
	void taskThatComesBeforeTheAnswerToItsConsumerStays() {
		List<Runnable> transport = new ArrayList<>();
		this.session.withTransport(transport::add);
		this.queue.async().consume(EXPLICIT, this.tasks::add);
		while (this.session.submitted(DeliveryMessages.Consume.class).isEmpty()) {
			transport.remove(0).run();
		}
		this.other.submit("a");
		assertThat(transport).hasSize(2);
		transport.remove(1).run();
		assertThat(values()).containsExactly("a");
		// The answer is older than the event.
		transport.remove(0).run();
		assertThat(this.tasks).allMatch(Task::isHeld);
		this.session.withTransport(Runnable::run);
		assertThat(this.tasks.get(0).complete().join()).isTrue();
		assertThat(this.other.statistics()).isEqualTo(new TaskQueueStatistics(0, 0, 1, 1));
	}

	@Test
	void consumerHasNoMoreThanItsParallelism() {
		this.queue.consume(EXPLICIT, this.tasks::add);
		for (String task : List.of("a", "b", "c", "d")) {
			this.other.submit(task);
		}
		assertThat(values()).containsExactly("a", "b");
		assertThat(this.queue.statistics()).isEqualTo(new TaskQueueStatistics(2, 2, 0, 1));
		assertThat(this.tasks.get(1).complete().join()).isTrue();
		assertThat(values()).containsExactly("a", "b", "c");
		assertThat(this.tasks.get(1).complete().join()).isTrue();
		assertThat(this.tasks.get(0).isHeld()).isTrue();
		assertThat(this.queue.statistics()).isEqualTo(new TaskQueueStatistics(1, 2, 1, 1));
	}

	@Test
	void failedTaskIsDeliveredAgain() {
		CompletableFuture<Void> done = this.other.async().submitAndAwait("a");
		this.queue.consume((task) -> {
			this.tasks.add(task);
			if (task.deliveryCount() < 3) {
				throw new IllegalStateException("expected by the test");
			}
		});
		assertThat(done).isNotDone();
		assertThat(this.tasks).hasSize(2);
		this.cluster.advance(Duration.ofSeconds(2));
		assertThat(this.tasks).extracting(Task::deliveryCount).containsExactly(1, 2, 3);
		assertThat(this.tasks).extracting(Task::id).containsOnly(this.tasks.get(0).id());
		assertThat(done).isCompleted();
	}

	@Test
	void errorOfAHandlerIsAFailure() {
		List<Throwable> errors = new ArrayList<>();
		this.session.withCallbackExecutor((callback) -> {
			try {
				callback.run();
			}
			catch (StackOverflowError ex) {
				errors.add(ex);
			}
		});
		this.queue.consume((task) -> {
			this.tasks.add(task);
			if (task.deliveryCount() == 1) {
				throw new StackOverflowError("expected by the test");
			}
		});
		this.other.submit("a");
		assertThat(this.tasks).hasSize(2);
		assertThat(errors).hasSize(1);
	}

	@Test
	void taskThatAlwaysFailsIsSlowedDown() {
		this.queue.consume((task) -> {
			this.tasks.add(task);
			throw new IllegalStateException("expected by the test");
		});
		this.other.submit("a");
		this.cluster.advance(Duration.ofSeconds(60));
		assertThat(this.tasks).hasSizeBetween(50, 80);
	}

	@Test
	void taskThatCannotBeDecodedFailsForOthersToTry() {
		DistributedTaskQueue<Integer> wrong = create(this.otherSession,
				TaskQueueOptions.of(Codecs.ints()).withCapacity(100));
		List<Integer> numbers = new CopyOnWriteArrayList<>();
		wrong.consume((task) -> numbers.add(task.value()));
		this.queue.submit("a long text");
		this.queue.consume(this.tasks::add);
		this.cluster.advance(Duration.ofSeconds(5));
		assertThat(values()).containsExactly("a long text");
		assertThat(numbers).isEmpty();
		assertThat(this.queue.statistics()).isEqualTo(new TaskQueueStatistics(0, 0, 1, 2));
	}

	@Test
	void taskOfDeadConsumerGoesToAnother() {
		this.queue.consume(EXPLICIT, this.tasks::add);
		CompletableFuture<Void> done = this.other.async().submitAndAwait("a");
		List<Task<String>> taken = new CopyOnWriteArrayList<>();
		this.other.consume(EXPLICIT, taken::add);
		Task<String> lost = this.tasks.get(0);
		assertThat(lost.isHeld()).isTrue();
		this.session.suspend();
		assertThat(lost.isHeld()).isFalse();
		this.session.expire();
		assertThat(taken).hasSize(1);
		assertThat(taken.get(0).deliveryCount()).isEqualTo(2);
		assertThat(taken.get(0).fencingToken()).isGreaterThan(lost.fencingToken());
		this.session.connect();
		assertThat(lost.complete().join()).isFalse();
		assertThat(done).isNotDone();
		assertThat(taken.get(0).complete().join()).isTrue();
		assertThat(done).isCompleted();
	}

	@Test
	void consumersComeBackInANewSession() {
		this.queue.consume(this.tasks::add);
		this.session.expire();
		this.other.submit("a");
		assertThat(this.tasks).isEmpty();
		this.session.refuse(DeliveryMessages.Consume.class);
		this.session.connect();
		assertThat(this.tasks).isEmpty();
		this.cluster.advance(Duration.ofSeconds(1));
		assertThat(values()).containsExactly("a");
		assertThat(this.queue.statistics().consumers()).isEqualTo(1);
	}

	@Test
	void closedConsumerHandsItsTasksOn() {
		Registration registration = this.queue.consume(EXPLICIT, this.tasks::add);
		this.other.submit("a");
		this.other.submit("b");
		assertThat(this.tasks.get(0).complete().join()).isTrue();
		registration.close();
		registration.close();
		assertThat(this.tasks.get(1).isHeld()).isFalse();
		assertThat(this.tasks.get(1).complete().join()).isFalse();
		assertThat(this.queue.statistics()).isEqualTo(new TaskQueueStatistics(1, 0, 1, 0));
		List<String> taken = new CopyOnWriteArrayList<>();
		this.other.consume((task) -> taken.add(task.value()));
		assertThat(taken).containsExactly("b");
	}

	@Test
	void missedTasksAreAskedFor() {
		this.queue.consume(EXPLICIT, this.tasks::add);
		this.other.submit("a");
		this.session.dropEvents();
		this.other.submit("b");
		assertThat(values()).containsExactly("a");
		this.session.resync();
		assertThat(values()).containsExactly("a", "b");
		this.session.resync();
		assertThat(this.tasks).hasSize(2);
		this.tasks.forEach((task) -> assertThat(task.complete().join()).isTrue());
	}

	@Test
	void acknowledgedTaskIsNotDoneAgainByAResync() {
		this.queue.consume(EXPLICIT, this.tasks::add);
		this.other.submit("a");
		this.session.unlink();
		CompletableFuture<Boolean> done = this.tasks.get(0).complete();
		this.session.resync();
		this.session.link();
		assertThat(done.join()).isTrue();
		// The other way round: it is asked what there is before the task is acknowledged.
		this.other.submit("b");
		this.session.unlink();
		this.session.resync();
		CompletableFuture<Boolean> second = this.tasks.get(1).complete();
		this.session.link();
		assertThat(second.join()).isTrue();
		assertThat(values()).containsExactly("a", "b");
	}

	@Test
	void taskThatWasFetchedTwiceIsDoneOnce() {
		Deque<Runnable> answers = new ArrayDeque<>();
		this.queue.consume(EXPLICIT, this.tasks::add);
		this.session.dropEvents();
		this.other.submit("a");
		this.session.withTransport(answers::add);
		this.session.resync();
		this.session.resync();
		while (!answers.isEmpty()) {
			// An answer to a query may come after that to a later command.
			(this.tasks.isEmpty() ? answers.pollFirst() : answers.pollLast()).run();
			this.tasks.forEach(Task::complete);
		}
		assertThat(values()).containsExactly("a");
	}

	@Test
	void acknowledgementIsRepeatedUntilItWasSent() {
		this.queue.consume(EXPLICIT, this.tasks::add);
		this.other.submit("a");
		this.session.refuse(TaskMessages.Settle.class);
		this.session.loseAnswer(TaskMessages.Settle.class);
		CompletableFuture<Boolean> done = this.tasks.get(0).complete();
		this.cluster.advance(Duration.ofMillis(700));
		this.session.resync();
		assertThat(done).isNotDone();
		this.cluster.advance(Duration.ofSeconds(2));
		assertUnknown(done);
		assertThat(this.session.submitted(TaskMessages.Settle.class)).hasSize(3);
		assertThat(this.queue.statistics()).isEqualTo(new TaskQueueStatistics(0, 0, 1, 1));
	}

	@Test
	void firstSettlementCounts() {
		this.queue.consume(EXPLICIT, (task) -> {
			this.tasks.add(task);
			task.complete();
			throw new IllegalStateException("expected by the test");
		});
		this.other.submit("a");
		this.queue.consume((task) -> task.fail());
		assertThat(this.tasks).hasSize(1);
		assertThat(this.queue.statistics().completed()).isEqualTo(1);
	}

	@Test
	void capacityBelongsToTheQueue() {
		DistributedTaskQueue<String> small = Messaging.createTaskQueue(this.session, "small",
				TaskQueueOptions.of(Codecs.strings()).withCapacity(2), () -> {
				});
		DistributedTaskQueue<String> large = Messaging.createTaskQueue(this.otherSession, "small",
				TaskQueueOptions.of(Codecs.strings()), () -> {
				});
		small.submit("a");
		small.submit("b");
		assertThatExceptionOfType(AtomixException.class).isThrownBy(() -> small.submit("c"))
			.withMessageContaining("2 pending");
		assertThatExceptionOfType(ConfigurationMismatchException.class).isThrownBy(() -> large.submit("d"));
		assertThatExceptionOfType(ConfigurationMismatchException.class).isThrownBy(() -> large.consume((task) -> {
		}));
		assertThatExceptionOfType(ConfigurationMismatchException.class).isThrownBy(() -> large.submitAndAwait("e"));
		assertThat(small.statistics()).isEqualTo(new TaskQueueStatistics(2, 0, 0, 0));
	}

	@Test
	void destructionIsToldAndConsumersComeBack() {
		this.queue.consume(EXPLICIT, this.tasks::add);
		CompletableFuture<Void> done = this.other.async().submitAndAwait("a");
		this.other.destroy();
		assertUnknown(done);
		assertThat(this.tasks.get(0).complete().join()).isFalse();
		this.other.submit("b");
		assertThat(values()).containsExactly("a", "b");
		assertThat(this.tasks.get(1).complete().join()).isTrue();
	}

	private static void assertUnknown(CompletableFuture<?> future) {
		assertThatExceptionOfType(CompletionException.class).isThrownBy(future::join)
			.withCauseInstanceOf(UnknownOutcomeException.class);
	}

	@Test
	void submitterThatMissesTheEndAsksForIt() {
		this.queue.consume(EXPLICIT, this.tasks::add);
		CompletableFuture<Void> done = this.other.async().submitAndAwait("a");
		CompletableFuture<Void> destroyed = this.other.async().submitAndAwait("b");
		this.otherSession.resync();
		assertThat(done).isNotDone();
		this.otherSession.dropEvents();
		this.tasks.get(0).complete();
		this.otherSession.resync();
		assertThat(done).isCompleted();
		assertThat(destroyed).isNotDone();
		this.otherSession.dropEvents();
		this.queue.destroy();
		this.otherSession.resync();
		assertUnknown(destroyed);
		assertThat(values()).containsExactly("a", "b");
	}

	@Test
	void lostSubmitterDoesNotKnow() {
		CompletableFuture<Void> done = this.other.async().submitAndAwait("a");
		this.otherSession.expire();
		assertUnknown(done);
		this.otherSession.connect();
		this.otherSession.unlink();
		CompletableFuture<Void> unsent = this.other.async().submitAndAwait("b");
		this.otherSession.timeOutUnsent();
		assertThatExceptionOfType(CompletionException.class).isThrownBy(unsent::join)
			.withCauseInstanceOf(UnavailableException.class);
		this.otherSession.link();
		CompletableFuture<Void> closed = this.other.async().submitAndAwait("c");
		this.other.close();
		assertUnknown(closed);
		assertThat(this.queue.statistics().pending()).isEqualTo(2);
	}

	@Test
	void consumerThatIsClosedBeforeItIsRegisteredLeavesNothing() {
		this.session.unlink();
		CompletableFuture<Registration> registration = this.queue.async().consume(this.tasks::add);
		this.queue.close();
		this.session.link();
		this.other.submit("a");
		assertThat(registration).isDone();
		assertThat(this.tasks).isEmpty();
		assertThat(this.other.statistics()).isEqualTo(new TaskQueueStatistics(1, 0, 0, 0));
	}

	@Test
	void consumerWhoseRegistrationFailsIsTakenBack() {
		this.queue.submit("a");
		this.session.loseAnswer(DeliveryMessages.Consume.class);
		assertThatExceptionOfType(UnknownOutcomeException.class)
			.isThrownBy(() -> this.queue.consume(EXPLICIT, this.tasks::add));
		assertThat(this.queue.statistics()).isEqualTo(new TaskQueueStatistics(1, 0, 0, 0));
	}

	@Test
	void argumentsAreChecked() {
		assertThatNullPointerException().isThrownBy(() -> this.queue.submit(nothing())).withMessageContaining("task");
		assertThatNullPointerException().isThrownBy(() -> this.queue.submitAndAwait(nothing()));
		assertThatNullPointerException().isThrownBy(() -> this.queue.submitAndAwait("a", nothing()));
		assertThatIllegalArgumentException().isThrownBy(() -> this.queue.submitAndAwait("a", Duration.ofSeconds(-1)));
		assertThatNullPointerException().isThrownBy(() -> this.queue.consume(nothing()));
		assertThatNullPointerException().isThrownBy(() -> this.queue.async().consume(nothing(), this.tasks::add));
		assertThatIllegalArgumentException().isThrownBy(() -> ConsumerOptions.parallel(0));
		assertThatIllegalArgumentException().isThrownBy(() -> ConsumerOptions.parallel(1_001));
		assertThatIllegalArgumentException().isThrownBy(() -> TaskQueueOptions.of(Codecs.strings()).withCapacity(0));
		assertThat(this.session.submitted()).isEmpty();
	}

	@Test
	void closedInstanceIsNotUsable() {
		this.queue.consume(EXPLICIT, this.tasks::add);
		this.other.submit("a");
		this.queue.close();
		assertThat(this.tasks.get(0).complete().join()).isFalse();
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(() -> this.queue.submit("a"));
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(() -> this.queue.submitAndAwait("a"));
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(() -> this.queue.consume(this.tasks::add));
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(this.queue::statistics);
		assertThat(this.queue.async().submit("a")).isCompletedExceptionally();
		assertThat(this.queue.async().submitAndAwait("a")).isCompletedExceptionally();
		assertThat(this.other.statistics().pending()).isEqualTo(1);
	}

	@SuppressWarnings("NullAway")
	private static <T> T nothing() {
		return null;
	}

}
