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

package io.github.atomixspring.transaction;

import java.time.Duration;

/**
 * A number in a transaction.
 *
 * @since 0.1.0
 */
public interface TransactionalLong {

	/**
	 * Returns the number with what this transaction did to it. The commit depends on it.
	 * @return the number
	 */
	long get();

	/**
	 * Sets the number. The commit does not depend on what it was.
	 * @param value the new number
	 */
	void set(long value);

	/**
	 * Sets the number; it becomes zero after the given time, counted from the commit.
	 * @param value the new number
	 * @param timeToLive the time to live, positive: a lower bound in replicated time
	 */
	void set(long value, Duration timeToLive);

	/**
	 * Adds to the number without reading it: additions of others are no conflict. Keeps
	 * the time to live of the number.
	 * @param delta what to add
	 */
	void add(long delta);

	/**
	 * Adds to the number and returns the new one. The commit depends on it.
	 * @param delta what to add
	 * @return the new number
	 */
	default long addAndGet(long delta) {
		add(delta);
		return get();
	}

}
