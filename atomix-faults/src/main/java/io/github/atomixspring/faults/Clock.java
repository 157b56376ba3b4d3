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

package io.github.atomixspring.faults;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Waiting by the monotonic clock.
 */
final class Clock {

	private static final long POLL_MILLIS = 20;

	private Clock() {
	}

	/**
	 * Lets time pass.
	 * @param millis how much
	 * @throws InterruptedIOException if the thread is interrupted
	 */
	static void pass(long millis) throws InterruptedIOException {
		try {
			TimeUnit.MILLISECONDS.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException();
		}
	}

	/**
	 * Waits for a condition.
	 * @param timeout how long at most
	 * @param condition the condition
	 * @return whether it holds
	 * @throws InterruptedIOException if the thread is interrupted
	 */
	static boolean await(Duration timeout, BooleanSupplier condition) throws InterruptedIOException {
		return awaitValue(timeout, () -> condition.getAsBoolean() ? true : null) != null;
	}

	/**
	 * Waits until there is something. It is looked for once at a time: what was there may
	 * be old a moment later.
	 * @param <T> its type
	 * @param timeout how long at most
	 * @param value looks for it, and returns null where there is none
	 * @return what was found, or null
	 * @throws InterruptedIOException if the thread is interrupted
	 */
	static <T> @Nullable T awaitValue(Duration timeout, Supplier<@Nullable T> value) throws InterruptedIOException {
		long end = System.nanoTime() + timeout.toNanos();
		T found = value.get();
		while (found == null && System.nanoTime() - end <= 0) {
			pass(POLL_MILLIS);
			found = value.get();
		}
		return found;
	}

}
