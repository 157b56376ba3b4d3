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
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;

import io.github.atomixspring.primitive.Registration;
import org.jspecify.annotations.Nullable;

/**
 * A {@link SessionTimer} whose time only passes when a test says so. Starts shortly
 * before the clock overflows, as a real one may.
 */
final class ManualTimer implements SessionTimer {

	private final PriorityQueue<Task> tasks = new PriorityQueue<>(
			Comparator.comparingLong((Task task) -> task.at - Long.MAX_VALUE).thenComparingLong(Task::number));

	private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(5).toNanos());

	private long number;

	private volatile @Nullable Thread current;

	@Override
	public long nanoTime() {
		return this.now.get();
	}

	@Override
	public synchronized Registration schedule(long delayNanos, Runnable task) {
		Task added = new Task(this.now.get() + delayNanos, this.number++, task);
		this.tasks.add(added);
		return () -> remove(added);
	}

	private synchronized void remove(Task task) {
		this.tasks.remove(task);
	}

	@Override
	public boolean isCurrentThread() {
		return Thread.currentThread() == this.current;
	}

	@Override
	public synchronized void stop() {
		this.tasks.clear();
	}

	/**
	 * Lets time pass and runs what falls due.
	 */
	void advance(Duration duration) {
		long end = this.now.get() + duration.toNanos();
		Task task;
		while ((task = due(end)) != null) {
			this.now.set(task.at);
			run(task.task);
		}
		this.now.set(end);
	}

	/**
	 * Lets time pass without running anything, as for a process that is frozen.
	 */
	void freeze(Duration duration) {
		this.now.addAndGet(duration.toNanos());
	}

	synchronized int pending() {
		return this.tasks.size();
	}

	private synchronized @Nullable Task due(long end) {
		Task head = this.tasks.peek();
		return (head != null && head.at - end <= 0) ? this.tasks.poll() : null;
	}

	private void run(Runnable task) {
		this.current = Thread.currentThread();
		try {
			task.run();
		}
		finally {
			this.current = null;
		}
	}

	private record Task(long at, long number, Runnable task) {

	}

}
