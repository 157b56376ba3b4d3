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

package io.github.atomixspring.server;

import java.util.concurrent.TimeUnit;

/**
 * The growing pauses between the restarts of a server that keeps failing. Not
 * thread-safe.
 */
final class BackOff {

	private static final long MIN_MILLIS = 1000;

	private static final long MAX_MILLIS = 30_000;

	private static final long FORGET = TimeUnit.MINUTES.toNanos(2);

	private long pause;

	private long end;

	/**
	 * Takes note of a failure. The pause doubles unless the last one was long ago.
	 * @return the pause in milliseconds
	 */
	long failed() {
		long now = System.nanoTime();
		if (this.pause == 0 || now - this.end > FORGET) {
			this.pause = MIN_MILLIS;
		}
		else {
			this.pause = Math.min(2 * this.pause, MAX_MILLIS);
		}
		this.end = now + TimeUnit.MILLISECONDS.toNanos(this.pause);
		return this.pause;
	}

	/**
	 * Returns whether the pause is over.
	 * @return whether it is
	 */
	boolean isOver() {
		return this.pause == 0 || System.nanoTime() - this.end >= 0;
	}

}
