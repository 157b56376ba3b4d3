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

/**
 * A {@link TransactionalSet} over a {@link CellBuffer}.
 *
 * @param <E> the type of the elements
 */
final class SetView<E> implements TransactionalSet<E> {

	private final CellBuffer<E, Boolean> cells;

	/**
	 * Creates a view.
	 * @param cells the elements
	 */
	SetView(CellBuffer<E, Boolean> cells) {
		this.cells = cells;
	}

	@Override
	public boolean contains(E element) {
		Objects.requireNonNull(element, "'element' must not be null");
		return this.cells.get(element) != null;
	}

	@Override
	public void add(E element) {
		this.cells.put(element, true, 0);
	}

	@Override
	public void add(E element, Duration timeToLive) {
		this.cells.put(element, true, Durations.positiveMillis(timeToLive, "timeToLive"));
	}

	@Override
	public void remove(E element) {
		this.cells.put(element, null, 0);
	}

}
