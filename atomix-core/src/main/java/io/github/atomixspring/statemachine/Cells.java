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
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.github.atomixspring.protocol.Condition;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.Event.EntryChanged;
import io.github.atomixspring.protocol.Result;
import org.jspecify.annotations.Nullable;

/**
 * Versioned cells by key with a time to live: the state of a map, and, with a single key,
 * of a value.
 */
final class Cells {

	private static final int ENTRIES_PER_PART = 1_000;

	private static final int BYTES_PER_PART = 1 << 20;

	private final Service service;

	private final NavigableMap<Bytes, Cell> cells = new TreeMap<>();

	Cells(Service service) {
		this.service = service;
	}

	NavigableMap<Bytes, Cell> map() {
		return this.cells;
	}

	Result update(Bytes key, byte @Nullable [] value, long timeToLive, Condition condition, boolean wantOld,
			Context context) {
		Result.Failure refusal = refusal(timeToLive);
		if (refusal != null) {
			return refusal;
		}
		if (!isKnown(condition)) {
			return ErrorCode.UNSUPPORTED.failure("Unknown condition " + condition.kind());
		}
		Cell old = this.cells.get(key);
		long oldVersion = (old != null) ? old.version : 0;
		boolean holds = holds(condition, old);
		byte[] oldValue = (old != null && (wantOld || !holds)) ? old.value : null;
		if (!holds) {
			return new Result.Updated(false, oldValue, oldVersion, oldVersion);
		}
		long version = (value != null) ? put(key, value, timeToLive, context) : 0;
		if (value == null) {
			remove(key, EntryChanged.REMOVED, context);
		}
		return new Result.Updated(true, oldValue, oldVersion, version);
	}

	static Result.@Nullable Failure refusal(long timeToLive) {
		return (timeToLive < 0) ? ErrorCode.ILLEGAL.failure("The time to live must not be negative") : null;
	}

	/**
	 * Checks a write of a transaction, whose conditions are those of the transaction.
	 * @param timeToLive the time to live
	 * @param condition the condition of the write
	 * @return why it is refused, or null if it is not
	 */
	static Result.@Nullable Failure refusal(long timeToLive, Condition condition) {
		return (condition.kind() != Condition.ALWAYS)
				? ErrorCode.ILLEGAL.failure("A write of a transaction must not have a condition") : refusal(timeToLive);
	}

	static boolean isKnown(Condition condition) {
		return condition.kind() >= Condition.ALWAYS && condition.kind() <= Condition.VERSION;
	}

	static boolean holds(Condition condition, @Nullable Cell old) {
		return switch (condition.kind()) {
			case Condition.ABSENT -> old == null;
			case Condition.PRESENT -> old != null;
			case Condition.VALUE ->
				(old != null) ? Arrays.equals(old.value, condition.value()) : condition.value() == null;
			case Condition.VERSION -> ((old != null) ? old.version : 0) == condition.version();
			default -> true;
		};
	}

	long put(Bytes key, byte[] value, long timeToLive, Context context) {
		return putUntil(key, value, Service.deadline(timeToLive, context), context);
	}

	long putUntil(Bytes key, byte[] value, long deadline, Context context) {
		Cell cell = new Cell(key, value, context.nextNumber(), deadline);
		Cell old = this.cells.put(key, cell);
		if (old != null && old.deadline != 0) {
			context.stopTimer(this.service.id(), key, old.deadline);
		}
		if (cell.deadline != 0) {
			context.startTimer(this.service.id(), key, cell.deadline);
		}
		this.service.publish(new EntryChanged(this.service.id(), EntryChanged.WRITTEN, key.content(),
				(old != null) ? old.value : null, value, cell.version), context);
		return cell.version;
	}

	void remove(Bytes key, int kind, Context context) {
		Cell old = this.cells.remove(key);
		if (old != null) {
			if (old.deadline != 0) {
				context.stopTimer(this.service.id(), key, old.deadline);
			}
			this.service.publish(new EntryChanged(this.service.id(), kind, key.content(), old.value, null, old.version),
					context);
		}
	}

	void timeOut(Bytes key, long deadline, Context context) {
		Cell cell = this.cells.get(key);
		if (cell != null && cell.deadline == deadline) {
			remove(key, EntryChanged.EXPIRED, context);
		}
	}

	void clear(Context context) {
		for (Bytes key : List.copyOf(this.cells.keySet())) {
			remove(key, EntryChanged.REMOVED, context);
		}
	}

	void stopTimers(Context context) {
		for (Cell cell : this.cells.values()) {
			if (cell.deadline != 0) {
				context.stopTimer(this.service.id(), cell.key, cell.deadline);
			}
		}
	}

	/**
	 * Returns the parts of a snapshot. Only references are copied now; the parts are made
	 * when they are asked for.
	 * @return the parts
	 */
	Iterator<SnapshotPart> capture() {
		Cell[] captured = this.cells.values().toArray(Cell[]::new);
		return new Iterator<>() {

			private int position;

			@Override
			public boolean hasNext() {
				return this.position < captured.length;
			}

			@Override
			public SnapshotPart next() {
				List<Entry> entries = new ArrayList<>();
				int bytes = 0;
				while (hasNext() && entries.size() < ENTRIES_PER_PART && bytes < BYTES_PER_PART) {
					Cell cell = captured[this.position++];
					entries.add(new Entry(cell.key.content(), cell.value, cell.version, cell.deadline));
					bytes += cell.key.length() + cell.value.length;
				}
				return new Part(entries);
			}

		};
	}

	void restore(Part part, Context context) {
		for (Entry entry : part.entries()) {
			Bytes key = new Bytes(entry.key());
			this.cells.put(key, new Cell(key, entry.value(), entry.version(), entry.deadline()));
			if (entry.deadline() != 0) {
				context.startTimer(this.service.id(), key, entry.deadline());
			}
		}
	}

	/**
	 * A cell.
	 *
	 * @param key the key
	 * @param value the value
	 * @param version the version
	 * @param deadline the replicated time at which it expires, or zero
	 */
	record Cell(Bytes key, byte[] value, long version, long deadline) {

	}

	/**
	 * Entries of a map, or the one of a value.
	 *
	 * @param entries the entries, in the order of their keys
	 */
	@JsonTypeName("6")
	record Part(List<Entry> entries) implements SnapshotPart {

	}

	/**
	 * An entry.
	 *
	 * @param key the key
	 * @param value the value
	 * @param version the version
	 * @param deadline the replicated time at which it expires, or zero
	 */
	@JsonFormat(shape = Shape.ARRAY)
	record Entry(byte[] key, byte[] value, long version, long deadline) {

	}

}
