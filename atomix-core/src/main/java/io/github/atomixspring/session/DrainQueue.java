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

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks in the order in which they were added, one at a time, on whichever thread
 * comes to drain them.
 * <p>
 * Tasks are added under the lock of the session, which fixes their order, and run after
 * it was released. So nothing foreign ever runs under that lock, and no thread has to be
 * woken: a thread that finds another one draining leaves its tasks to it.
 */
final class DrainQueue {

	private static final Logger logger = LoggerFactory.getLogger(DrainQueue.class);

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final ReentrantLock owner = new ReentrantLock();

	/**
	 * Adds a task. The caller must drain once it has released its locks.
	 * @param task the task
	 */
	void add(Runnable task) {
		this.tasks.add(task);
	}

	/**
	 * Runs all tasks, unless another thread does or the current one already does.
	 */
	void drain() {
		drain(Integer.MAX_VALUE);
	}

	/**
	 * Runs tasks, unless another thread does or the current one already does.
	 * @param limit how many to run at most
	 * @return whether the limit was reached and perhaps tasks are left to nobody
	 */
	boolean drain(int limit) {
		int count = 0;
		// The queue is looked at again after the ownership was given up: a task added
		// while we were the owner was left to us.
		while (!this.tasks.isEmpty()) {
			if (this.owner.isHeldByCurrentThread() || !this.owner.tryLock()) {
				return false;
			}
			try {
				Runnable task;
				while (count < limit && (task = this.tasks.poll()) != null) {
					count++;
					run(task);
				}
			}
			finally {
				this.owner.unlock();
			}
			if (count >= limit) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Returns whether the current thread is running one of the tasks.
	 * @return whether it is
	 */
	boolean isHeldByCurrentThread() {
		return this.owner.isHeldByCurrentThread();
	}

	private void run(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			logger.error("Task of a session failed", ex);
		}
	}

}
