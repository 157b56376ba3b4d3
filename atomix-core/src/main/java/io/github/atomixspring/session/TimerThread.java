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

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.primitive.Registration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@link SessionTimer} on a daemon thread of its own.
 */
final class TimerThread implements SessionTimer {

	private static final Logger logger = LoggerFactory.getLogger(TimerThread.class);

	private final ScheduledThreadPoolExecutor executor;

	private volatile @Nullable Thread thread;

	TimerThread(String name) {
		this.executor = new ScheduledThreadPoolExecutor(1, (runnable) -> {
			Thread created = new Thread(runnable, name);
			created.setDaemon(true);
			this.thread = created;
			return created;
		});
		this.executor.setRemoveOnCancelPolicy(true);
	}

	@Override
	public long nanoTime() {
		return System.nanoTime();
	}

	@Override
	public Registration schedule(long delayNanos, Runnable task) {
		try {
			ScheduledFuture<?> scheduled = this.executor.schedule(() -> run(task), delayNanos, TimeUnit.NANOSECONDS);
			return () -> scheduled.cancel(false);
		}
		catch (RejectedExecutionException ex) {
			// Stopped meanwhile: dropped like the tasks that were there before.
			return () -> {
			};
		}
	}

	private void run(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			logger.error("Task of a session failed", ex);
		}
	}

	@Override
	public boolean isCurrentThread() {
		return Thread.currentThread() == this.thread;
	}

	@Override
	public void stop() {
		this.executor.shutdownNow();
		if (isCurrentThread()) {
			return;
		}
		try {
			if (!this.executor.awaitTermination(1, TimeUnit.SECONDS)) {
				logger.warn("Timer of a session still runs a task after it was stopped");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
