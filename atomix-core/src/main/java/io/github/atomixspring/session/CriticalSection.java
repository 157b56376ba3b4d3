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

package io.github.atomixspring.session;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.github.atomixspring.primitive.Registration;

/**
 * The one lock that guards all state of a session, and what leaves it.
 * <p>
 * Nothing foreign is called under the lock. What is to be sent, and what is to be told,
 * is put into two queues under the lock, which fixes the order, and done after its
 * release by whichever thread comes to it: the thread that submits also sends, the thread
 * that receives also completes.
 * <p>
 * Between {@link #open()} and {@link #close()} tasks can be scheduled. What was scheduled
 * before a close never runs after it.
 */
final class CriticalSection {

	private static final int TIMER_DRAIN_LIMIT = 256;

	private final ReentrantLock lock = new ReentrantLock();

	private final DrainQueue outbound = new DrainQueue();

	private final DrainQueue deliveries = new DrainQueue();

	private final Supplier<SessionTimer> timers;

	private volatile SessionTimer timer;

	/**
	 * Whether tasks may be scheduled: a timer without tasks has no thread.
	 */
	private volatile boolean open;

	/**
	 * Counts how often it was opened.
	 */
	private long generation;

	CriticalSection(Supplier<SessionTimer> timers) {
		this.timers = timers;
		this.timer = timers.get();
	}

	/**
	 * Runs a task under the lock, then does what it put into the queues.
	 * @param task the task
	 */
	void run(Runnable task) {
		this.lock.lock();
		try {
			task.run();
		}
		finally {
			this.lock.unlock();
		}
		flush();
	}

	/**
	 * Runs a task under the lock, then sends what it has to send. It must not deliver
	 * anything: the caller is a thread of the user, which completes nothing for others.
	 * @param <T> the type of the result
	 * @param task the task
	 * @return the result
	 */
	<T> T call(Supplier<T> task) {
		T result;
		this.lock.lock();
		try {
			result = task.get();
		}
		finally {
			this.lock.unlock();
		}
		this.outbound.drain();
		return result;
	}

	/**
	 * Runs a task under the lock that puts nothing into the queues.
	 * @param task the task
	 */
	void update(Runnable task) {
		this.lock.lock();
		try {
			task.run();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Has something done on a link after the release of the lock, after all that was
	 * added before.
	 * @param task the task
	 */
	void send(Runnable task) {
		this.outbound.add(task);
	}

	/**
	 * Has something told after the release of the lock, after all that was added before.
	 * @param task the task
	 */
	void deliver(Runnable task) {
		this.deliveries.add(task);
	}

	/**
	 * Does what is in the queues. The lock must not be held.
	 */
	void flush() {
		this.outbound.drain();
		if (!this.timer.isCurrentThread()) {
			this.deliveries.drain();
		}
		else if (this.deliveries.drain(TIMER_DRAIN_LIMIT)) {
			// The timer must not be kept from its work by others who go on delivering.
			this.timer.schedule(0, this::flush);
		}
	}

	/**
	 * Does what is in the queues, also what another thread is at.
	 * @param timeout how long to wait for that thread
	 * @return whether all was told
	 */
	boolean flush(Duration timeout) {
		CountDownLatch delivered = new CountDownLatch(1);
		deliver(delivered::countDown);
		flush();
		return Waiting.bounded(delivered, timeout);
	}

	/**
	 * Allows to schedule. Called under the lock.
	 */
	void open() {
		this.generation++;
		this.open = true;
	}

	/**
	 * Ends all that was scheduled. Called under the lock; {@link #stopTimer()} must
	 * follow outside of it.
	 */
	void close() {
		this.open = false;
	}

	/**
	 * Ends the thread of the timer.
	 */
	void stopTimer() {
		SessionTimer stopped = this.timer;
		this.timer = this.timers.get();
		stopped.stop();
	}

	boolean isOpen() {
		return this.open;
	}

	/**
	 * Returns the monotonic time.
	 * @return the nanoseconds since some moment
	 */
	long now() {
		return this.timer.nanoTime();
	}

	/**
	 * Runs a task under the lock after a delay. Called under the lock.
	 * @param delayNanos the delay in nanoseconds
	 * @param task the task
	 */
	void schedule(long delayNanos, Runnable task) {
		if (!this.open) {
			return;
		}
		long current = this.generation;
		this.timer.schedule(delayNanos, () -> run(() -> {
			if (this.open && this.generation == current) {
				task.run();
			}
		}));
	}

	/**
	 * Runs a task of others on the thread of the timer after a delay, without the lock.
	 * @param delay the delay
	 * @param task the task; must not block
	 * @return closes to cancel
	 */
	Registration schedule(Duration delay, Runnable task) {
		// First the timer: it is replaced after the close, so that one that is seen open
		// is not that of the time after a stop, which must have no thread.
		SessionTimer current = this.timer;
		if (!this.open) {
			return () -> {
			};
		}
		return current.schedule(Waiting.nanos(delay), () -> {
			try {
				task.run();
			}
			finally {
				flush();
			}
		});
	}

	/**
	 * Returns whether the current thread delivers or belongs to the timer, so that the
	 * session stands still while it blocks.
	 * @return whether it is so
	 */
	boolean isInternalThread() {
		return this.deliveries.isHeldByCurrentThread() || this.timer.isCurrentThread();
	}

	/**
	 * Runs a task under the lock at a time that is known from time to time only.
	 */
	final class Alarm {

		private final Runnable task;

		/**
		 * In which generation it is set, or zero.
		 */
		private long setIn;

		Alarm(Runnable task) {
			this.task = task;
		}

		/**
		 * Sets the alarm, unless it is set: the task looks itself what is due, and sets
		 * it again.
		 * @param at the monotonic time
		 */
		void set(long at) {
			if (this.setIn == CriticalSection.this.generation) {
				return;
			}
			this.setIn = CriticalSection.this.generation;
			schedule(Math.max(1, at - now()), () -> {
				this.setIn = 0;
				this.task.run();
			});
		}

	}

}
