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

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import io.github.atomixspring.protocol.LogEntry;
import io.github.atomixspring.protocol.Wire;

/**
 * A backup that is being brought back, as far as its parts are there.
 */
final class Restoration {

	private static final Wire<SnapshotPart> WIRE = Wire.of(SnapshotPart.class);

	private final String backup;

	private final List<List<byte[]>> parts = new ArrayList<>();

	Restoration(String backup) {
		this.backup = backup;
	}

	/**
	 * Returns whether a part is the next one.
	 * @param part the part
	 * @return whether it is
	 */
	boolean isNext(LogEntry.Restore part) {
		return part.backup().equals(this.backup) && part.number() == this.parts.size();
	}

	void add(List<byte[]> content) {
		this.parts.add(content);
	}

	String backup() {
		return this.backup;
	}

	int size() {
		return this.parts.size();
	}

	/**
	 * Makes the state that was backed up.
	 * @return the state
	 * @throws RuntimeException if the parts are not those of a snapshot
	 */
	ReplicatedState complete() {
		return ReplicatedState.restore(this.parts.stream().flatMap(List::stream).map(WIRE::decode).iterator());
	}

	/**
	 * Captures what is there.
	 * @return the parts
	 */
	Iterator<SnapshotPart> capture() {
		List<SnapshotPart> captured = new ArrayList<>();
		for (int i = 0; i < this.parts.size(); i++) {
			captured.add(new SnapshotPart.Restoring(this.backup, i, this.parts.get(i)));
		}
		return captured.iterator();
	}

}
