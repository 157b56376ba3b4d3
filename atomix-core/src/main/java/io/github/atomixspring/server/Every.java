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

/**
 * Limits how often something is done. Not thread-safe.
 */
final class Every {

	private final long interval;

	private long next;

	private boolean used;

	/**
	 * Creates an instance that is due at once.
	 * @param interval the interval in nanoseconds
	 */
	Every(long interval) {
		this.interval = interval;
	}

	/**
	 * Returns whether it is time to do it, and takes it for done then.
	 * @return whether it is time
	 */
	boolean isDue() {
		if (!isPast()) {
			return false;
		}
		this.used = true;
		this.next = System.nanoTime() + this.interval;
		return true;
	}

	/**
	 * Returns whether it would be time to do it.
	 * @return whether it would be
	 */
	boolean isPast() {
		return !this.used || System.nanoTime() - this.next >= 0;
	}

}
