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

/**
 * How long a session surely lives, by the monotonic clock of its own node.
 * <p>
 * The cluster counts the timeout from the moment it applied a keep-alive, which is after
 * the moment the node sent it. So the session lives at least until that moment plus the
 * timeout; a margin covers clocks that tick at slightly different rates.
 */
final class LocalLease {

	private static final int MARGIN_DIVISOR = 10;

	private static final Duration MIN_MARGIN = Duration.ofMillis(100);

	private final long length;

	private boolean held;

	private long deadline;

	LocalLease(Duration timeout) {
		Duration margin = timeout.dividedBy(MARGIN_DIVISOR);
		this.length = timeout.minus((margin.compareTo(MIN_MARGIN) < 0) ? MIN_MARGIN : margin).toNanos();
	}

	/**
	 * Takes note that what was sent at the given time was answered.
	 * @param sentAt the monotonic time before it was sent
	 */
	void renew(long sentAt) {
		long renewed = sentAt + this.length;
		if (!this.held || renewed - this.deadline > 0) {
			this.held = true;
			this.deadline = renewed;
		}
	}

	/**
	 * Forgets what was answered.
	 */
	void clear() {
		this.held = false;
	}

	/**
	 * Returns whether the session surely lives.
	 * @param now the monotonic time
	 * @return whether it does
	 */
	boolean isValid(long now) {
		return this.held && now - this.deadline < 0;
	}

	/**
	 * Returns the monotonic time until which the session surely lives.
	 * @return the end; meaningless if the lease was never renewed
	 */
	long deadline() {
		return this.deadline;
	}

}
