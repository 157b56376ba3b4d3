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

import org.jspecify.annotations.Nullable;

/**
 * A value in a transaction. Null means that there is none.
 *
 * @param <V> the type of the value
 * @since 0.1.0
 */
public interface TransactionalValue<V> {

	/**
	 * Returns the value: the one written by this transaction, or the one on the cluster,
	 * the same each time. The commit depends on it.
	 * @return the value, or null
	 */
	@Nullable V get();

	/**
	 * Sets the value. The commit does not depend on what was there.
	 * @param value the new value; null removes it
	 */
	void set(@Nullable V value);

	/**
	 * Sets a value that is removed after the given time, counted from the commit.
	 * @param value the new value
	 * @param timeToLive the time to live, positive: a lower bound in replicated time
	 */
	void set(V value, Duration timeToLive);

}
