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

package io.github.atomixspring.faulttolerance;

import java.time.Duration;

/**
 * Counts the outcomes of operations and the longest time without a success.
 */
final class Progress {

	private int ok;

	private int failed;

	private int unknown;

	private long last = System.nanoTime();

	private long longest;

	synchronized void ok() {
		this.ok++;
		pass();
	}

	synchronized void failed() {
		this.failed++;
	}

	synchronized void unknown() {
		this.unknown++;
	}

	synchronized void pass() {
		long now = System.nanoTime();
		this.longest = Math.max(this.longest, now - this.last);
		this.last = now;
	}

	synchronized int successes() {
		return this.ok;
	}

	/**
	 * Returns the share of the operations with an unknown outcome.
	 * @return from 0 to 1
	 */
	synchronized double unknownShare() {
		return (double) this.unknown / Math.max(1, this.ok + this.failed + this.unknown);
	}

	synchronized Duration longestPause() {
		return Duration.ofNanos(this.longest);
	}

	@Override
	public synchronized String toString() {
		return "%d ok, %d failed, %d unknown, longest time without success %d ms".formatted(this.ok, this.failed,
				this.unknown, this.longest / 1_000_000);
	}

}
