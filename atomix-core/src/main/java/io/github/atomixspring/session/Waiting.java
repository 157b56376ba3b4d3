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
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.atomixspring.primitive.AtomixException;

/**
 * Waits for what other threads do.
 */
final class Waiting {

	private Waiting() {
	}

	/**
	 * Waits for a future and keeps the interruption as the flag of the thread.
	 * @param <T> the type of the result
	 * @param future the future
	 * @return the result
	 * @throws RuntimeException the exception of the operation
	 */
	static <T> T uninterruptibly(CompletableFuture<T> future) {
		boolean interrupted = false;
		try {
			while (true) {
				try {
					return interruptibly(future);
				}
				catch (InterruptedException ex) {
					interrupted = true;
				}
			}
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/**
	 * Waits for a future.
	 * @param <T> the type of the result
	 * @param future the future
	 * @return the result
	 * @throws InterruptedException if the thread is interrupted
	 */
	static <T> T interruptibly(CompletableFuture<T> future) throws InterruptedException {
		try {
			return future.get();
		}
		catch (ExecutionException ex) {
			Throwable cause = AtomixException.unwrap(Objects.requireNonNull(ex.getCause()));
			if (cause instanceof RuntimeException runtime) {
				throw runtime;
			}
			if (cause instanceof Error error) {
				throw error;
			}
			throw new AtomixException("The operation failed", cause);
		}
	}

	/**
	 * Waits for a bounded time. An interruption ends the wait and is kept as the flag.
	 * @param future the future; must not fail
	 * @param timeout the longest time to wait
	 * @return whether it was done
	 */
	static boolean bounded(CompletableFuture<?> future, Duration timeout) {
		try {
			future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		catch (TimeoutException ex) {
			return false;
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Waits for a bounded time. An interruption ends the wait and is kept as the flag.
	 * @param latch the latch
	 * @param timeout the longest time to wait
	 * @return whether it was released
	 */
	static boolean bounded(CountDownLatch latch, Duration timeout) {
		try {
			return latch.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/**
	 * Returns the nanoseconds of a duration, however long or negative.
	 * @param duration the duration
	 * @return the nanoseconds, at most what can be added to a clock
	 */
	static long nanos(Duration duration) {
		try {
			return Math.min(duration.toNanos(), Long.MAX_VALUE / 2);
		}
		catch (ArithmeticException ex) {
			return (duration.isNegative()) ? 0 : Long.MAX_VALUE / 2;
		}
	}

}
