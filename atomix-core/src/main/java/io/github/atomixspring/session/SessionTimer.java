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

import io.github.atomixspring.primitive.Registration;

/**
 * The monotonic clock of a session and what runs by it.
 */
interface SessionTimer {

	/**
	 * Returns the monotonic time.
	 * @return the nanoseconds since some moment
	 */
	long nanoTime();

	/**
	 * Runs a task after a delay on the thread of the timer, unless the timer is stopped
	 * before.
	 * @param delayNanos the delay in nanoseconds
	 * @param task the task; must not block
	 * @return closes to cancel
	 */
	Registration schedule(long delayNanos, Runnable task);

	/**
	 * Returns whether the current thread is the one of the timer.
	 * @return whether it is
	 */
	boolean isCurrentThread();

	/**
	 * Drops all tasks and ends the thread, within a bounded time.
	 */
	void stop();

}
