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
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.protocol.QueueMessages;
import io.github.atomixspring.proxy.FakeCluster;
import io.github.atomixspring.proxy.FakeSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Races of grants with timeouts, interrupts and cancellations of {@link QueueProxy}:
 * nothing is lost and nothing comes twice.
 */
class QueueRaceTests {

	private static final int ROUNDS = 10_000;

	private static final int THREADS = 8;

	private final FakeCluster cluster = new FakeCluster();

	private final ExecutorService transport1 = Executors.newSingleThreadExecutor();

	private final ExecutorService transport2 = Executors.newSingleThreadExecutor();

	private final ExecutorService callbacks = Executors.newCachedThreadPool();

	private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(2);

	private final List<FakeSession> sessions = List.of(connect("n1", this.transport1), connect("n2", this.transport2));

	private final List<DistributedQueue<Integer>> queues = this.sessions.stream()
		.map((session) -> Collections.createQueue(session, "q", QueueOptions.of(Codecs.ints()).withCapacity(3), () -> {
		}))
		.toList();

	private final AtomicInteger elements = new AtomicInteger();

	/**
	 * Elements that were surely put.
	 */
	private final Set<Integer> put = ConcurrentHashMap.newKeySet();

	/**
	 * Elements of cancelled puts, which nobody knows the outcome of.
	 */
	private final Set<Integer> doubtful = ConcurrentHashMap.newKeySet();

	private final Collection<Integer> taken = new ConcurrentLinkedQueue<>();

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
	void waitsThatEndEarlyLoseNothingAndTakeNothingTwice() throws Exception {
		ExecutorService pool = Executors.newFixedThreadPool(THREADS);
		List<Future<?>> workers = new ArrayList<>();
		AtomicInteger rounds = new AtomicInteger();
		for (int i = 0; i < THREADS; i++) {
			int seed = i;
			workers.add(pool.submit(() -> {
				Random random = new Random(seed);
				while (rounds.getAndIncrement() < ROUNDS) {
					round(this.queues.get(seed % 2), random);
				}
				return null;
			}));
		}
		for (Future<?> worker : workers) {
			worker.get(2, TimeUnit.MINUTES);
		}
		pool.shutdownNow();
		// What was withdrawn is on its way back.
		await().atMost(Duration.ofSeconds(30)).until(() -> {
			Integer element = this.queues.get(0).poll();
			while (element != null) {
				this.taken.add(element);
				element = this.queues.get(0).poll();
			}
			return this.taken.containsAll(this.put);
		});
		assertThat(new HashSet<>(this.taken)).hasSameSizeAs(this.taken);
		List<Integer> unexpected = new ArrayList<>(this.taken);
		unexpected.removeAll(this.put);
		unexpected.removeAll(this.doubtful);
		assertThat(unexpected).isEmpty();
		assertThat(this.put).hasSizeGreaterThan(ROUNDS / 20);
		assertThat(this.sessions.stream()
			.mapToInt((session) -> session.submitted(QueueMessages.Withdraw.class).size())
			.sum()).isGreaterThan(ROUNDS / 20);
		this.sessions.forEach((session) -> assertThat(session.submitted(QueueMessages.Settle.class)).isNotEmpty());
	}

	private void round(DistributedQueue<Integer> queue, Random random) throws Exception {
		Duration time = Duration.ofNanos(1 + random.nextInt(1_000_000));
		int element = this.elements.incrementAndGet();
		switch (random.nextInt(8)) {
			case 0, 1 -> {
				if (queue.offer(element, time)) {
					this.put.add(element);
				}
			}
			case 2 -> interrupted(random, () -> {
				queue.put(element);
				this.put.add(element);
			});
			case 3 -> {
				CompletableFuture<Boolean> offered = queue.async().offer(element, time);
				cancelLater(offered, random);
				Boolean added = outcome(offered);
				if (added == null) {
					this.doubtful.add(element);
				}
				else if (added) {
					this.put.add(element);
				}
			}
			case 4, 5 -> took(queue.poll(time));
			case 6 -> interrupted(random, () -> took(queue.take()));
			default -> {
				CompletableFuture<Integer> take = queue.async().take();
				cancelLater(take, random);
				took(outcome(take));
			}
		}
	}

	private void took(Integer element) {
		if (element != null) {
			this.taken.add(element);
		}
	}

	private void interrupted(Random random, Action action) {
		Thread self = Thread.currentThread();
		AtomicBoolean armed = new AtomicBoolean(true);
		this.timers.schedule(() -> {
			synchronized (armed) {
				if (armed.get()) {
					self.interrupt();
				}
			}
		}, random.nextInt(1_000_000), TimeUnit.NANOSECONDS);
		try {
			action.run();
		}
		catch (InterruptedException ex) {
			// It surely did not happen.
		}
		finally {
			synchronized (armed) {
				armed.set(false);
			}
			Thread.interrupted();
		}
	}

	private void cancelLater(CompletableFuture<?> wait, Random random) {
		if (random.nextBoolean()) {
			this.timers.schedule(() -> wait.cancel(false), random.nextInt(1_000_000), TimeUnit.NANOSECONDS);
		}
		else {
			wait.orTimeout(random.nextInt(1_000_000), TimeUnit.NANOSECONDS);
		}
	}

	private static <T> T outcome(CompletableFuture<T> wait) {
		try {
			return wait.join();
		}
		catch (CompletionException | CancellationException ex) {
			return null;
		}
	}

	/**
	 * What may be interrupted.
	 */
	@FunctionalInterface
	private interface Action {

		void run() throws InterruptedException;

	}

}
