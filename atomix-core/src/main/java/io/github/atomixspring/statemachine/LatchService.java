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
import java.util.Collection;
import java.util.Iterator;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.LatchMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Setting;
import io.github.atomixspring.statemachine.Waiters.Request;

/**
 * The replicated state of a count-down latch: how often it was counted down, and those
 * who wait. Counts belong to nobody: they stay when the session that made them ends.
 */
final class LatchService extends Service {

	private final Waiters<Boolean> waiters = new Waiters<>();

	private long counted;

	LatchService(PrimitiveId id) {
		super(id);
	}

	@Override
	boolean needsCreation() {
		return true;
	}

	private long left() {
		return Math.max(0, setting(Setting.COUNT, 0)) - this.counted;
	}

	@Override
	Result apply(Command command, long session, Context context) {
		if (command instanceof LatchMessages.CountDown) {
			return countDown(context);
		}
		if (command instanceof LatchMessages.Await await) {
			return await(new Request(session, await.number()));
		}
		if (command instanceof LatchMessages.Leave leave) {
			this.waiters.remove(new Request(session, leave.number()));
			return new Result.Done();
		}
		return misfit(command);
	}

	private Result countDown(Context context) {
		if (left() > 0) {
			this.counted++;
			if (left() == 0) {
				open(context);
			}
		}
		return new Result.Number(left());
	}

	private void open(Context context) {
		List<Long> sessions = List.copyOf(this.waiters.sessions());
		this.waiters.forEach(
				(request, wait) -> context.send(request.session(), new LatchMessages.Opened(id(), request.number())));
		this.waiters.clear();
		sessions.forEach((session) -> context.left(id(), session));
	}

	private Result await(Request request) {
		boolean open = left() == 0;
		if (!open && !this.waiters.contains(request)) {
			if (this.waiters.isFull()) {
				return ErrorCode.LIMIT.failure("The latch '" + id().name() + "' has " + Waiters.LIMIT + " waiters");
			}
			this.waiters.add(request, true);
		}
		return new Result.Flag(open);
	}

	@Override
	void release(long session, Context context) {
		this.waiters.removeAll(session);
	}

	@Override
	void destroy(Context context) {
		sendDestroyed(context);
	}

	@Override
	Result read(Query query, Context context) {
		return (query instanceof LatchMessages.Get) ? new Result.Number(left()) : misfit(query);
	}

	@Override
	boolean isEmpty() {
		return this.counted == 0 && this.waiters.isEmpty();
	}

	@Override
	Collection<Long> holders() {
		return this.waiters.sessions();
	}

	@Override
	boolean isHolder(long session) {
		return this.waiters.hasSession(session);
	}

	@Override
	Iterator<SnapshotPart> capture() {
		List<Request> waiting = new ArrayList<>(this.waiters.size());
		this.waiters.forEach((request, wait) -> waiting.add(request));
		return List.<SnapshotPart>of(new Part(this.counted, waiting)).iterator();
	}

	@Override
	void restore(SnapshotPart part, Context context) {
		Part latch = (Part) part;
		this.counted = latch.counted();
		latch.waiters().forEach((request) -> this.waiters.add(request, true));
	}

	/**
	 * The state of a latch.
	 *
	 * @param counted how often it was counted down
	 * @param waiters those who wait, in order
	 */
	@JsonTypeName("21")
	record Part(long counted, List<Request> waiters) implements SnapshotPart {

	}

}
