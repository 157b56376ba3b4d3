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

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.LongMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import org.jspecify.annotations.Nullable;

/**
 * The replicated state of a number. Additions keep its time to live; a set without one
 * ends it.
 */
final class LongService extends Service {

	private long value;

	private long version;

	private long deadline;

	LongService(PrimitiveId id) {
		super(id);
	}

	@Override
	Result apply(Command command, long session, Context context) {
		long old = this.value;
		if (command instanceof LongMessages.Add add) {
			change(old + add.delta(), false, context);
			return new LongMessages.Updated(true, old, this.value);
		}
		if (command instanceof LongMessages.Set set) {
			Result.Failure refusal = refusal(set);
			if (refusal != null) {
				return refusal;
			}
			setDeadline(deadline(set.timeToLive(), context), context);
			change(set.value(), false, context);
			return new LongMessages.Updated(true, old, this.value);
		}
		if (command instanceof LongMessages.CompareAndSet compareAndSet) {
			boolean equal = compareAndSet.expected() == old;
			if (equal) {
				setDeadline(0, context);
				change(compareAndSet.value(), false, context);
			}
			return new LongMessages.Updated(equal, old, this.value);
		}
		return misfit(command);
	}

	@Override
	Result.@Nullable Failure refusal(Command write) {
		if (write instanceof LongMessages.Set set) {
			return (set.timeToLive() < 0) ? ErrorCode.ILLEGAL.failure("The time to live must not be negative") : null;
		}
		return (write instanceof LongMessages.Add) ? null : super.refusal(write);
	}

	@Override
	Long version(Bytes key) {
		return this.version;
	}

	private void change(long newValue, boolean reset, Context context) {
		long old = this.value;
		this.value = newValue;
		this.version = context.nextNumber();
		publish(new LongMessages.Changed(id(), reset, old, newValue, this.version), context);
	}

	private void setDeadline(long newDeadline, Context context) {
		if (this.deadline != 0) {
			context.stopTimer(id(), Bytes.EMPTY, this.deadline);
		}
		this.deadline = newDeadline;
		if (newDeadline != 0) {
			context.startTimer(id(), Bytes.EMPTY, newDeadline);
		}
	}

	@Override
	Result read(Query query, Context context) {
		if (query instanceof LongMessages.GetVersioned) {
			return new LongMessages.Versioned(this.value, this.version);
		}
		return (query instanceof LongMessages.Get) ? new Result.Number(this.value) : misfit(query);
	}

	@Override
	void timeOut(Bytes key, long firedDeadline, Context context) {
		if (this.deadline == firedDeadline) {
			this.deadline = 0;
			change(0, true, context);
		}
	}

	@Override
	void destroy(Context context) {
		setDeadline(0, context);
		publish(new Event.Destroyed(id()), context);
	}

	@Override
	boolean isEmpty() {
		return this.value == 0 && this.deadline == 0;
	}

	@Override
	Iterator<SnapshotPart> capture() {
		return List.<SnapshotPart>of(new Part(this.value, this.version, this.deadline)).iterator();
	}

	@Override
	void restore(SnapshotPart part, Context context) {
		Part number = (Part) part;
		this.value = number.value();
		this.version = number.version();
		setDeadline(number.deadline(), context);
	}

	/**
	 * A number.
	 *
	 * @param value the number
	 * @param version the version
	 * @param deadline the replicated time at which it becomes zero, or zero
	 */
	@JsonTypeName("7")
	record Part(long value, long version, long deadline) implements SnapshotPart {

	}

}
