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

/**
 * The parts of several iterators, one after the other.
 */
final class Concatenation implements Iterator<SnapshotPart> {

	private final Iterator<Iterator<? extends SnapshotPart>> iterators;

	private Iterator<? extends SnapshotPart> current = List.<SnapshotPart>of().iterator();

	Concatenation(Iterator<Iterator<? extends SnapshotPart>> iterators) {
		this.iterators = iterators;
	}

	@Override
	public boolean hasNext() {
		while (!this.current.hasNext() && this.iterators.hasNext()) {
			this.current = this.iterators.next();
		}
		return this.current.hasNext();
	}

	@Override
	public SnapshotPart next() {
		hasNext();
		return this.current.next();
	}

}
