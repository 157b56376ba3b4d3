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
import java.util.Collection;
import java.util.Map;
import java.util.Objects;

import io.github.atomixspring.proxy.Durations;
import org.jspecify.annotations.Nullable;

/**
 * A {@link TransactionalMap} over a {@link CellBuffer}.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
final class MapView<K, V> implements TransactionalMap<K, V> {

	private final CellBuffer<K, V> cells;

	/**
	 * Creates a view.
	 * @param cells the entries
	 */
	MapView(CellBuffer<K, V> cells) {
		this.cells = cells;
	}

	@Override
	public @Nullable V get(K key) {
		Objects.requireNonNull(key, "'key' must not be null");
		return this.cells.get(key);
	}

	@Override
	public Map<K, V> getAll(Collection<? extends K> keys) {
		Objects.requireNonNull(keys, "'keys' must not be null");
		return this.cells.getAll(keys);
	}

	@Override
	public boolean containsKey(K key) {
		return get(key) != null;
	}

	@Override
	public void put(K key, V value) {
		Objects.requireNonNull(value, "'value' must not be null");
		this.cells.put(key, value, 0);
	}

	@Override
	public void put(K key, V value, Duration timeToLive) {
		Objects.requireNonNull(value, "'value' must not be null");
		this.cells.put(key, value, Durations.positiveMillis(timeToLive, "timeToLive"));
	}

	@Override
	public void remove(K key) {
		this.cells.put(key, null, 0);
	}

}
