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
import java.util.Objects;

import io.github.atomixspring.proxy.Durations;
import org.jspecify.annotations.Nullable;

/**
 * A {@link TransactionalValue} over the one cell of a {@link CellBuffer}.
 *
 * @param <V> the type of the value
 */
final class ValueView<V> implements TransactionalValue<V> {

	private static final String KEY = "";

	private final CellBuffer<String, V> cell;

	/**
	 * Creates a view.
	 * @param cell the value
	 */
	ValueView(CellBuffer<String, V> cell) {
		this.cell = cell;
	}

	@Override
	public @Nullable V get() {
		return this.cell.get(KEY);
	}

	@Override
	public void set(@Nullable V value) {
		this.cell.put(KEY, value, 0);
	}

	@Override
	public void set(V value, Duration timeToLive) {
		Objects.requireNonNull(value, "'value' must not be null");
		this.cell.put(KEY, value, Durations.positiveMillis(timeToLive, "timeToLive"));
	}

}
