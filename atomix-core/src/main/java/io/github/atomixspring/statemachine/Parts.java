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

package io.github.atomixspring.statemachine;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * The parts of a snapshot of a service with many entries: a head, and then the entries in
 * portions.
 *
 * @param <T> the type of the entries
 */
final class Parts<T> implements Iterator<SnapshotPart> {

	private static final int ENTRIES_PER_PART = 1_000;

	private static final int BYTES_PER_PART = 1 << 20;

	private final SnapshotPart head;

	private final List<T> entries;

	private final ToIntFunction<T> size;

	private final Function<List<T>, SnapshotPart> portion;

	private boolean begun;

	private int position;

	/**
	 * Creates the parts.
	 * @param head the first part
	 * @param entries the entries, which must not change
	 * @param size returns about how many bytes an entry has
	 * @param portion makes a part of entries
	 */
	Parts(SnapshotPart head, List<T> entries, ToIntFunction<T> size, Function<List<T>, SnapshotPart> portion) {
		this.head = head;
		this.entries = entries;
		this.size = size;
		this.portion = portion;
	}

	@Override
	public boolean hasNext() {
		return !this.begun || this.position < this.entries.size();
	}

	@Override
	public SnapshotPart next() {
		if (!hasNext()) {
			throw new NoSuchElementException();
		}
		if (!this.begun) {
			this.begun = true;
			return this.head;
		}
		int begin = this.position;
		int bytes = 0;
		while (this.position < this.entries.size() && this.position - begin < ENTRIES_PER_PART
				&& bytes < BYTES_PER_PART) {
			bytes += this.size.applyAsInt(this.entries.get(this.position++));
		}
		return this.portion.apply(List.copyOf(this.entries.subList(begin, this.position)));
	}

}
