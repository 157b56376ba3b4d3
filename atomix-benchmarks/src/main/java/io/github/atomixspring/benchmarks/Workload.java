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

package io.github.atomixspring.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import io.github.atomixspring.benchmarks.KeyValueSystem.BenchmarkLock;
import io.github.atomixspring.benchmarks.KeyValueSystem.BenchmarkQueues;
import io.github.atomixspring.benchmarks.KeyValueSystem.BenchmarkTopic;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Runs load steps on a system, in the same way on every system.
 */
final class Workload {

	private static final int KEYS = 10_000;

	private static final int VALUE_BYTES = 100;

	private static final long MAX_LATENCY = TimeUnit.MINUTES.toNanos(2);

	private static final int DIGITS = 3;

	private static final long DRAIN_SECONDS = 40;

	private final KeyValueSystem system;

	/** Makes the names of locks different in processes that may run at once. */
	private final String prefix;

	private final byte[] value = new byte[VALUE_BYTES];

	Workload(KeyValueSystem system, String prefix) {
		this.system = system;
		this.prefix = prefix;
		Arrays.fill(this.value, (byte) 'x');
	}

	/**
	 * Runs a step.
	 * @param step the step
	 * @param duration how long operations are started
	 * @return what was measured
	 * @throws InterruptedException if interrupted
	 */
	StepResult run(Step step, Duration duration) throws InterruptedException {
		return switch (step.kind()) {
			case PUT -> threads(step, duration, (thread, run) -> () -> this.system.put(key(), this.value));
			case GET -> threads(step, duration, (thread, run) -> () -> this.system.get(key()));
			case LOCK_PAIR -> threads(step, duration, (thread, run) -> {
				BenchmarkLock lock = this.system.lock(this.prefix + "-own-" + thread);
				return () -> {
					lock.lock();
					lock.unlock();
				};
			});
			case HANDOVER -> handOver(step, duration);
			case PUT_ASYNC -> async(step, duration, () -> this.system.putAsync(key(), this.value));
			case GET_ASYNC -> async(step, duration, () -> this.system.getAsync(key()));
			case PUBLISH_TO_ONE -> publish(step, duration, 1);
			case PUBLISH_TO_FIFTY -> publish(step, duration, 50);
			case QUEUE -> handOff(step, duration);
		};
	}

	private StepResult publish(Step step, Duration duration, int subscribers) throws InterruptedException {
		String name = this.prefix + "-topic-" + subscribers;
		try (BenchmarkTopic topic = this.system.topic(name, subscribers)) {
			return async(step, duration, () -> topic.publish(this.value));
		}
		catch (InterruptedException ex) {
			throw ex;
		}
		catch (Exception ex) {
			Run run = new Run(new ConcurrentHistogram(MAX_LATENCY, DIGITS), duration);
			run.failed(ex);
			return run.result();
		}
	}

	private StepResult handOff(Step step, Duration duration) throws InterruptedException {
		try (BenchmarkQueues queues = this.system.queues(this.prefix + "-queue-")) {
			return threads(step, duration, (thread, run) -> () -> queues.handOff(thread, this.value));
		}
	}

	private StepResult threads(Step step, Duration duration, OperationFactory factory) throws InterruptedException {
		return parallel(step, duration, (thread, run) -> {
			Operation operation = factory.create(thread, run);
			while (run.goesOn()) {
				long start = System.nanoTime();
				operation.run();
				run.record(start, System.nanoTime());
			}
		});
	}

	private StepResult handOver(Step step, Duration duration) throws InterruptedException {
		HandOver state = new HandOver();
		return parallel(step, duration, (thread, run) -> {
			BenchmarkLock lock = this.system.lock(this.prefix + "-shared");
			while (run.goesOn()) {
				lock.lock();
				state.enter(thread, run, System.nanoTime());
				state.leave(thread);
				lock.unlock();
			}
		});
	}

	private StepResult parallel(Step step, Duration duration, Contender contender) throws InterruptedException {
		Run run = new Run(new ConcurrentHistogram(MAX_LATENCY, DIGITS), duration);
		ExecutorService executor = Executors.newFixedThreadPool(step.concurrency());
		try {
			CountDownLatch ready = new CountDownLatch(step.concurrency());
			for (int i = 0; i < step.concurrency(); i++) {
				int thread = i;
				executor.execute(() -> {
					ready.countDown();
					run.await();
					try {
						contender.run(thread, run);
					}
					catch (Exception ex) {
						run.failed(ex);
					}
				});
			}
			ready.await();
			run.begin();
		}
		finally {
			executor.shutdown();
			if (!executor.awaitTermination(duration.toSeconds() + DRAIN_SECONDS, TimeUnit.SECONDS)) {
				run.failed(new IllegalStateException("The step did not end"));
				executor.shutdownNow();
			}
		}
		return run.result();
	}

	private StepResult async(Step step, Duration duration, AsyncOperation operation) throws InterruptedException {
		Run run = new Run(new ConcurrentHistogram(MAX_LATENCY, DIGITS), duration);
		Semaphore slots = new Semaphore(step.concurrency());
		run.begin();
		while (run.goesOn()) {
			slots.acquire();
			long start = System.nanoTime();
			operation.start().whenComplete((result, ex) -> {
				if (ex != null) {
					run.failed(ex);
				}
				else {
					run.record(start, System.nanoTime());
				}
				slots.release();
			});
		}
		if (!slots.tryAcquire(step.concurrency(), DRAIN_SECONDS, TimeUnit.SECONDS)) {
			run.failed(new IllegalStateException("The step did not end"));
		}
		return run.result();
	}

	private static String key() {
		return "key-" + ThreadLocalRandom.current().nextInt(KEYS);
	}

	/**
	 * An operation that blocks.
	 */
	private interface Operation {

		void run() throws Exception;

	}

	/**
	 * Makes the operation of a thread.
	 */
	private interface OperationFactory {

		Operation create(int thread, Run run);

	}

	/**
	 * What a thread does until the time is over.
	 */
	private interface Contender {

		void run(int thread, Run run) throws Exception;

	}

	/**
	 * An operation that does not block.
	 */
	private interface AsyncOperation {

		CompletableFuture<?> start();

	}

	/**
	 * A step that is running.
	 */
	private static final class Run {

		private final Histogram histogram;

		private final Duration duration;

		private final CountDownLatch begun = new CountDownLatch(1);

		private final AtomicLong errors = new AtomicLong();

		private final AtomicLong violations = new AtomicLong();

		private final AtomicReference<@Nullable String> problem = new AtomicReference<>();

		private volatile long end;

		Run(Histogram histogram, Duration duration) {
			this.histogram = histogram;
			this.duration = duration;
		}

		void begin() {
			this.end = System.nanoTime() + this.duration.toNanos();
			this.begun.countDown();
		}

		void await() {
			try {
				this.begun.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		boolean goesOn() {
			return System.nanoTime() - this.end < 0;
		}

		/**
		 * Counts an operation, unless it ended too late: the rate is that of the time.
		 * @param start when it began
		 * @param now when it ended
		 */
		void record(long start, long now) {
			if (now - this.end < 0) {
				this.histogram.recordValue(Math.min(now - start, MAX_LATENCY));
			}
		}

		void failed(Throwable ex) {
			this.errors.incrementAndGet();
			this.problem.compareAndSet(null, ex.toString());
		}

		StepResult result() {
			return new StepResult(this.histogram, this.duration, this.errors.get(), this.violations.get(),
					this.problem.get());
		}

	}

	/**
	 * Measures from the start of unlock to the return of the next holder's lock.
	 */
	private static final class HandOver {

		private final AtomicInteger holders = new AtomicInteger();

		private volatile int last = -1;

		private volatile long unlocked;

		void enter(int thread, Run run, long now) {
			if (this.holders.incrementAndGet() != 1) {
				run.violations.incrementAndGet();
			}
			if (this.last >= 0 && this.last != thread) {
				run.record(this.unlocked, now);
			}
		}

		void leave(int thread) {
			this.last = thread;
			this.holders.decrementAndGet();
			this.unlocked = System.nanoTime();
		}

	}

}
