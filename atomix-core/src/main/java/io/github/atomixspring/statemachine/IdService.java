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
import io.github.atomixspring.protocol.IdMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;

/**
 * The replicated state of a generator of ids. They come from the one counter of the whole
 * state, which no destruction sets back; all that is kept here is that the generator
 * exists.
 */
final class IdService extends Service {

	private long last;

	IdService(PrimitiveId id) {
		super(id);
	}

	@Override
	Result apply(Command command, long session, Context context) {
		if (!(command instanceof IdMessages.Reserve reserve)) {
			return misfit(command);
		}
		int count = reserve.count();
		if (count < 1) {
			return ErrorCode.ILLEGAL.failure("The number of ids must be positive");
		}
		if (count > IdMessages.Reserve.MAX_COUNT) {
			return ErrorCode.LIMIT.failure("At most " + IdMessages.Reserve.MAX_COUNT + " ids can be taken at once");
		}
		long first = context.nextNumbers(count);
		this.last = first + count - 1;
		return new Result.Number(first);
	}

	@Override
	Result read(Query query, Context context) {
		return misfit(query);
	}

	@Override
	void destroy(Context context) {
		publish(new Event.Destroyed(id()), context);
	}

	@Override
	boolean isEmpty() {
		return this.last == 0;
	}

	@Override
	Iterator<SnapshotPart> capture() {
		return List.<SnapshotPart>of(new Part(this.last)).iterator();
	}

	@Override
	void restore(SnapshotPart part, Context context) {
		this.last = ((Part) part).last();
	}

	/**
	 * A generator.
	 *
	 * @param last the last id that was taken, or zero
	 */
	@JsonTypeName("110")
	record Part(long last) implements SnapshotPart {

	}

}
