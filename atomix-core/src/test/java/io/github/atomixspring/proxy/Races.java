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

package io.github.atomixspring.proxy;

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

/**
 * Threads that wait on sessions of one cluster, whose answers, events and timers come on
 * threads of their own, and that end their waits early by chance.
 */
public final class Races implements AutoCloseable {

	private final FakeCluster cluster = new FakeCluster();

	private final ExecutorService callbacks = Executors.newCachedThreadPool();

	private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(2);

	private final List<ExecutorService> executors = new ArrayList<>(List.of(this.callbacks, this.timers));

	private int longest = 1_000_000;

	/**
	 * Connects a node.
	 * @param node the name of the node
	 * @return its session
	 */
	public FakeSession connect(String node) {
		ExecutorService transport = Executors.newSingleThreadExecutor();
		this.executors.add(transport);
		return this.cluster.connect(node)
			.withTransport(transport)
			.withCallbackExecutor(this.callbacks)
			.withTimers((delay, task) -> {
				ScheduledFuture<?> scheduled = this.timers.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
				return () -> scheduled.cancel(false);
			});
	}

	/**
	 * Sets how long a wait may take at most until it is ended.
	 * @param newLongest the time, which was a millisecond
	 */
	public void setLongest(Duration newLongest) {
		this.longest = (int) newLongest.toNanos();
	}

	/**
	 * Returns a time after which a wait is to end.
	 * @param random decides
	 * @return the time, never zero
	 */
	public Duration time(Random random) {
		return Duration.ofNanos(1 + random.nextInt(this.longest));
	}

	/**
	 * Runs rounds in several threads.
	 * @param threads the number of threads
	 * @param rounds the number of rounds
	 * @param round a round
	 * @throws Exception if one fails
	 */
	public void run(int threads, int rounds, Round round) throws Exception {
		ExecutorService pool = Executors.newFixedThreadPool(threads);
		this.executors.add(pool);
		List<Future<?>> workers = new ArrayList<>();
		AtomicInteger begun = new AtomicInteger();
		for (int i = 0; i < threads; i++) {
			int thread = i;
			Random random = new Random(i);
			workers.add(pool.submit(() -> {
				for (int next = begun.getAndIncrement(); next < rounds; next = begun.getAndIncrement()) {
					round.run(next, thread, random);
				}
				return null;
			}));
		}
		for (Future<?> worker : workers) {
			worker.get(2, TimeUnit.MINUTES);
		}
	}

	/**
	 * Waits, and is interrupted after a while unless the wait has ended.
	 * @param random decides when
	 * @param waiting the wait
	 * @return whether it ended by itself
	 * @throws Exception if it fails
	 */
	public boolean interrupt(Random random, Waiting waiting) throws Exception {
		Thread self = Thread.currentThread();
		AtomicBoolean armed = new AtomicBoolean(true);
		later(random, () -> {
			synchronized (armed) {
				if (armed.get()) {
					self.interrupt();
				}
			}
		});
		try {
			waiting.run();
			return true;
		}
		catch (InterruptedException ex) {
			return false;
		}
		finally {
			synchronized (armed) {
				armed.set(false);
			}
			Thread.interrupted();
		}
	}

	/**
	 * Cancels a wait after a while, or lets it time out.
	 * @param <T> the type of its result
	 * @param wait the wait
	 * @param random decides how and when
	 * @return the same wait
	 */
	public <T> CompletableFuture<T> cancelLater(CompletableFuture<T> wait, Random random) {
		if (random.nextBoolean()) {
			later(random, () -> wait.cancel(false));
			return wait;
		}
		return wait.orTimeout(random.nextInt(this.longest), TimeUnit.NANOSECONDS);
	}

	/**
	 * Does something after a while.
	 * @param random decides when
	 * @param action what to do
	 */
	public void later(Random random, Runnable action) {
		this.timers.schedule(action, random.nextInt(this.longest), TimeUnit.NANOSECONDS);
	}

	@Override
	public void close() {
		this.executors.forEach(ExecutorService::shutdownNow);
	}

	/**
	 * A round.
	 */
	@FunctionalInterface
	public interface Round {

		/**
		 * Runs the round.
		 * @param round its number
		 * @param thread the number of the thread
		 * @param random decides what happens
		 * @throws Exception if it fails
		 */
		void run(int round, int thread, Random random) throws Exception;

	}

	/**
	 * A wait that may be interrupted.
	 */
	@FunctionalInterface
	public interface Waiting {

		/**
		 * Waits.
		 * @throws Exception if the wait fails or was interrupted
		 */
		void run() throws Exception;

	}

}
