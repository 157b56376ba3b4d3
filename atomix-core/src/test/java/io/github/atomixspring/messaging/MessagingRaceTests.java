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
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
import io.github.atomixspring.proxy.FakeCluster;
import io.github.atomixspring.proxy.FakeSession;
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

	private final FakeCluster cluster = new FakeCluster();

	private final ExecutorService transport1 = Executors.newSingleThreadExecutor();

	private final ExecutorService transport2 = Executors.newSingleThreadExecutor();

	private final ExecutorService callbacks = Executors.newCachedThreadPool();

	private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(2);

	private final FakeSession sender = connect("n1", this.transport1);

	private final FakeSession receiver = connect("n2", this.transport2);

	private final AtomicInteger received = new AtomicInteger();

	private final AtomicInteger early = new AtomicInteger();

	private final AtomicInteger ended = new AtomicInteger();

	private int longest = 1_000_000;

	private FakeSession connect(String node, ExecutorService transport) {
		return this.cluster.connect(node)
			.withTransport(transport)
			.withCallbackExecutor(this.callbacks)
			.withTimers((delay, task) -> {
				ScheduledFuture<?> scheduled = this.timers.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
				return () -> scheduled.cancel(false);
			});
	}

	@AfterEach
	void stop() {
		List.of(this.transport1, this.transport2, this.callbacks, this.timers).forEach(ExecutorService::shutdownNow);
	}

	@Test
	void waitsForReceiptsThatEndEarlyLeaveNothing() throws Exception {
		DistributedTopic<Integer> topic = Messaging.createTopic(this.sender, "t", Codecs.ints(), () -> {
		});
		Registration registration = Messaging.createTopic(this.receiver, "t", Codecs.ints(), () -> {
		}).subscribe((message) -> this.received.incrementAndGet());
		race((round, random) -> {
			switch (random.nextInt(3)) {
				case 0 -> count(topic.publishAndAwait(round, Duration.ofNanos(1 + random.nextInt(this.longest))));
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
		race((round, random) -> {
			switch (random.nextInt(3)) {
				case 0 -> count(queue.submitAndAwait(round, Duration.ofNanos(1 + random.nextInt(this.longest))));
				case 1 -> interrupted(random, () -> queue.submitAndAwait(round));
				default -> cancelled(queue.async().submitAndAwait(round), random);
			}
		});
		int submitted = awaitReceived(TaskMessages.Submit.class);
		await().until(() -> queue.statistics().equals(new TaskQueueStatistics(0, 0, submitted, 1)));
	}

	@Test
	void waitsForRepliesThatEndEarlyLeaveNothing() throws Exception {
		// One message is handled at a time: more of them would only wait for their turn.
		this.longest = 8_000_000;
		DistributedMessageBus bus = Messaging.createMessageBus(this.sender, "b", () -> {
		});
		Registration registration = Messaging.createMessageBus(this.receiver, "b", () -> {
		}).register("echo", Integer.class, (message) -> {
			this.received.incrementAndGet();
			return message;
		});
		race((round, random) -> {
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

	private void race(Round round) throws Exception {
		ExecutorService pool = Executors.newFixedThreadPool(THREADS);
		List<Future<?>> workers = new ArrayList<>();
		AtomicInteger rounds = new AtomicInteger();
		for (int i = 0; i < THREADS; i++) {
			Random random = new Random(i);
			workers.add(pool.submit(() -> {
				for (int next = rounds.getAndIncrement(); next < ROUNDS; next = rounds.getAndIncrement()) {
					round.run(next, random);
				}
				return null;
			}));
		}
		for (Future<?> worker : workers) {
			worker.get(2, TimeUnit.MINUTES);
		}
		pool.shutdownNow();
		assertThat(this.ended).hasValueGreaterThan(ROUNDS / 100);
		assertThat(this.early).hasValueGreaterThan(ROUNDS / 100);
	}

	private void count(boolean done) {
		(done ? this.ended : this.early).incrementAndGet();
	}

	private void interrupted(Random random, Waiting waiting) throws Exception {
		Thread self = Thread.currentThread();
		AtomicBoolean armed = new AtomicBoolean(true);
		this.timers.schedule(() -> {
			synchronized (armed) {
				if (armed.get()) {
					self.interrupt();
				}
			}
		}, random.nextInt(this.longest), TimeUnit.NANOSECONDS);
		try {
			waiting.run();
			count(true);
		}
		catch (InterruptedException ex) {
			count(false);
		}
		finally {
			synchronized (armed) {
				armed.set(false);
			}
			Thread.interrupted();
		}
	}

	private void cancelled(CompletableFuture<?> wait, Random random) throws Exception {
		if (random.nextBoolean()) {
			this.timers.schedule(() -> wait.cancel(false), random.nextInt(this.longest), TimeUnit.NANOSECONDS);
		}
		else {
			wait.orTimeout(random.nextInt(this.longest), TimeUnit.NANOSECONDS);
		}
		count(wait.handle((done, ex) -> ex == null).get());
	}

	/**
	 * A wait that is raced with.
	 */
	private interface Round {

		void run(int round, Random random) throws Exception;

	}

	/**
	 * A wait that may be interrupted.
	 */
	private interface Waiting {

		void run() throws Exception;

	}

}
