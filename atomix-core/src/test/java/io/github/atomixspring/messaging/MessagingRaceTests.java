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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.protocol.BusMessages;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.TaskMessages;
import io.github.atomixspring.protocol.TopicMessages;
import io.github.atomixspring.proxy.FakeSession;
import io.github.atomixspring.proxy.Races;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Races of receipts, ends of tasks and replies with timeouts, interrupts and
 * cancellations of those who wait for them.
 */
class MessagingRaceTests {

	private static final int ROUNDS = 10_000;

	private static final int THREADS = 4;

	private final Races races = new Races();

	private final FakeSession sender = this.races.connect("n1");

	private final FakeSession receiver = this.races.connect("n2");

	private final AtomicInteger received = new AtomicInteger();

	private final AtomicInteger early = new AtomicInteger();

	private final AtomicInteger ended = new AtomicInteger();

	@AfterEach
	void stop() {
		this.races.close();
	}

	@Test
	void waitsForReceiptsThatEndEarlyLeaveNothing() throws Exception {
		DistributedTopic<Integer> topic = Messaging.createTopic(this.sender, "t", Codecs.ints(), () -> {
		});
		Registration registration = Messaging.createTopic(this.receiver, "t", Codecs.ints(), () -> {
		}).subscribe((message) -> this.received.incrementAndGet());
		race((round, thread, random) -> {
			switch (random.nextInt(3)) {
				case 0 -> count(topic.publishAndAwait(round, this.races.time(random)));
				case 1 -> interrupted(random, () -> topic.publishAndAwait(round));
				default -> cancelled(topic.async().publishAndAwait(round), random);
			}
		});
		awaitReceived(TopicMessages.Publish.class);
		registration.close();
		awaitNothing(PrimitiveType.TOPIC);
	}

	@Test
	void waitsForTasksThatEndEarlyLeaveNothing() throws Exception {
		DistributedTaskQueue<Integer> queue = Messaging.createTaskQueue(this.sender, "q",
				TaskQueueOptions.of(Codecs.ints()), () -> {
				});
		DistributedTaskQueue<Integer> worker = Messaging.createTaskQueue(this.receiver, "q",
				TaskQueueOptions.of(Codecs.ints()), () -> {
				});
		worker.consume(ConsumerOptions.parallel(4), (task) -> this.received.incrementAndGet());
		race((round, thread, random) -> {
			switch (random.nextInt(3)) {
				case 0 -> count(queue.submitAndAwait(round, this.races.time(random)));
				case 1 -> interrupted(random, () -> queue.submitAndAwait(round));
				default -> cancelled(queue.async().submitAndAwait(round), random);
			}
		});
		int submitted = awaitReceived(TaskMessages.Submit.class);
		await().until(() -> queue.statistics().equals(new TaskQueueStatistics(0, 0, submitted, 1)));
	}

	@Test
	void consumersThatCloseEarlyLoseNoTask() throws Exception {
		TaskQueueOptions<Integer> options = TaskQueueOptions.of(Codecs.ints());
		DistributedTaskQueue<Integer> queue = Messaging.createTaskQueue(this.sender, "q", options, () -> {
		});
		DistributedTaskQueue<Integer> worker = Messaging.createTaskQueue(this.receiver, "q", options, () -> {
		});
		Map<Integer, CompletableFuture<Void>> tasks = new ConcurrentHashMap<>();
		this.races.run(THREADS, ROUNDS, (round, thread, random) -> {
			CompletableFuture<Void> done = new CompletableFuture<>();
			tasks.put(round, done);
			CompletableFuture<Registration> consumer = worker.async()
				.consume(ConsumerOptions.parallel(1 + random.nextInt(3)),
						(task) -> tasks.get(task.value()).complete(null));
			queue.submit(round);
			switch (random.nextInt(3)) {
				case 0 -> consumer.thenAccept(Registration::close);
				case 1 -> consumer.get(1, TimeUnit.MINUTES).close();
				default -> {
					done.get(1, TimeUnit.MINUTES);
					consumer.get(1, TimeUnit.MINUTES).close();
				}
			}
			count(done.isDone());
		});
		System.out.println(this.early + " of " + ROUNDS + " consumers closed before the task was done");
		assertThat(this.early).hasValueBetween(ROUNDS / 100, ROUNDS - ROUNDS / 100);
		worker.consume(ConsumerOptions.parallel(4), (task) -> tasks.get(task.value()).complete(null));
		await().until(() -> queue.statistics().equals(new TaskQueueStatistics(0, 0, ROUNDS, 1)));
		assertThat(tasks.values()).allMatch(CompletableFuture::isDone).hasSize(ROUNDS);
	}

	@Test
	void waitsForRepliesThatEndEarlyLeaveNothing() throws Exception {
		// One message is handled at a time: more of them would only wait for their turn.
		this.races.setLongest(Duration.ofMillis(8));
		DistributedMessageBus bus = Messaging.createMessageBus(this.sender, "b", () -> {
		});
		Registration registration = Messaging.createMessageBus(this.receiver, "b", () -> {
		}).register("echo", Integer.class, (message) -> {
			this.received.incrementAndGet();
			return message;
		});
		race((round, thread, random) -> {
			if (random.nextBoolean()) {
				interrupted(random, () -> assertThat(bus.send("echo", round, Integer.class)).isEqualTo(round));
			}
			else {
				cancelled(bus.async().send("echo", round, Integer.class), random);
			}
		});
		awaitReceived(BusMessages.Send.class);
		registration.close();
		awaitNothing(PrimitiveType.MESSAGE_BUS);
	}

	private int awaitReceived(Class<? extends Command> type) {
		// A thread that is interrupted before it begins sends nothing.
		int sent = this.sender.submitted(type).size();
		assertThat(sent).isGreaterThan(ROUNDS / 2);
		await().until(() -> this.received.get() == sent);
		return sent;
	}

	private void awaitNothing(PrimitiveType type) {
		await().until(() -> ((Result.Primitives) this.sender
			.query(new Query.ListPrimitives(type.code()), ReadConsistency.LINEARIZABLE)
			.get(10, TimeUnit.SECONDS)).ids().equals(List.<PrimitiveId>of()));
	}

	private void race(Races.Round round) throws Exception {
		this.races.run(THREADS, ROUNDS, round);
		assertThat(this.ended).hasValueGreaterThan(ROUNDS / 100);
		assertThat(this.early).hasValueGreaterThan(ROUNDS / 100);
	}

	private void count(boolean done) {
		(done ? this.ended : this.early).incrementAndGet();
	}

	private void interrupted(Random random, Races.Waiting waiting) throws Exception {
		count(this.races.interrupt(random, waiting));
	}

	private void cancelled(CompletableFuture<?> wait, Random random) throws Exception {
		count(this.races.cancelLater(wait, random).handle((done, ex) -> ex == null).get());
	}

}
