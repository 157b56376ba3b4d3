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

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the callbacks of users: on the executor they gave, or on as many threads as there
 * are callbacks that block. Never drops a task.
 */
final class CallbackExecutor implements Executor {

	private static final Logger logger = LoggerFactory.getLogger(CallbackExecutor.class);

	private static final long KEEP_ALIVE_SECONDS = 30;

	private final AtomicLong threads = new AtomicLong();

	private final String node;

	private final @Nullable Executor given;

	private volatile @Nullable ExecutorService own;

	CallbackExecutor(String node, @Nullable Executor given) {
		this.node = node;
		this.given = given;
	}

	/**
	 * Starts to use threads again after a stop.
	 */
	void start() {
		if (this.given == null) {
			this.own = new ThreadPoolExecutor(0, Integer.MAX_VALUE, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS,
					new SynchronousQueue<>(), this::newThread);
		}
	}

	/**
	 * Lets running callbacks come to their end and ends the threads. Callbacks that do
	 * not end in time are interrupted.
	 * @param timeoutNanos how long to wait
	 * @param wait whether to wait at all; a callback cannot wait for itself
	 */
	void stop(long timeoutNanos, boolean wait) {
		ExecutorService pool = this.own;
		this.own = null;
		if (pool == null) {
			return;
		}
		pool.shutdown();
		if (!wait || isCallback()) {
			return;
		}
		try {
			if (!pool.awaitTermination(timeoutNanos, TimeUnit.NANOSECONDS)) {
				logger.warn("Callbacks of node '{}' still run while it stops; interrupting them", this.node);
				pool.shutdownNow();
			}
		}
		catch (InterruptedException ex) {
			pool.shutdownNow();
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void execute(Runnable task) {
		Executor executor = (this.given != null) ? this.given : this.own;
		try {
			if (executor != null) {
				executor.execute(task);
				return;
			}
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Executor of callbacks refused a task; running it on a thread of its own", ex);
		}
		// Before the start, after the stop, or refused: somebody may wait for it.
		newThread(task).start();
	}

	/**
	 * Returns whether the current thread runs a callback of this executor.
	 * @return whether it does
	 */
	boolean isCallback() {
		return Thread.currentThread() instanceof CallbackThread thread && thread.executor == this;
	}

	private Thread newThread(Runnable runnable) {
		return new CallbackThread(this, runnable,
				"atomix-callback-" + this.node + "-" + this.threads.incrementAndGet());
	}

	/**
	 * A thread for callbacks.
	 */
	private static final class CallbackThread extends Thread {

		private final CallbackExecutor executor;

		CallbackThread(CallbackExecutor executor, Runnable runnable, String name) {
			super(runnable, name);
			this.executor = executor;
			setDaemon(true);
		}

	}

}
