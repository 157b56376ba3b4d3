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

import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.PrimitiveId;

/**
 * A service whose state is cells.
 */
abstract class CellService extends Service {

	private final Cells cells = new Cells(this);

	CellService(PrimitiveId id) {
		super(id);
	}

	final Cells cells() {
		return this.cells;
	}

	@Override
	final Long version(Bytes key) {
		Cells.Cell cell = this.cells.map().get(key);
		return (cell != null) ? cell.version() : 0L;
	}

	@Override
	void timeOut(Bytes key, long deadline, Context context) {
		this.cells.timeOut(key, deadline, context);
	}

	@Override
	final void destroy(Context context) {
		this.cells.stopTimers(context);
		publish(new Event.Destroyed(id()), context);
	}

	@Override
	final boolean isEmpty() {
		return this.cells.map().isEmpty();
	}

	@Override
	final Iterator<SnapshotPart> capture() {
		return this.cells.capture();
	}

	@Override
	final void restore(SnapshotPart part, Context context) {
		this.cells.restore((Cells.Part) part, context);
	}

}
