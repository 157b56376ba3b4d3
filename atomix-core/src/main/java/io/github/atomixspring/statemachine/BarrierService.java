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

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.github.atomixspring.protocol.BarrierMessages;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Setting;
import io.github.atomixspring.statemachine.Waiters.Request;

/**
 * The replicated state of a cyclic barrier: the parties that wait, and whether it is
 * broken. A party that leaves, or whose session ends, breaks it for the others.
 */
final class BarrierService extends Service {

	/**
	 * Those who wait, with how many were still to come when they arrived.
	 */
	private final Waiters<Integer> waiters = new Waiters<>();

	private boolean broken;

	BarrierService(PrimitiveId id) {
		super(id);
	}

	@Override
	boolean needsCreation() {
		return true;
	}

	@Override
	Result apply(Command command, long session, Context context) {
		if (command instanceof BarrierMessages.Arrive arrive) {
			return arrive(new Request(session, arrive.arrival()), context);
		}
		if (command instanceof BarrierMessages.Leave leave) {
			boolean waited = this.waiters.remove(new Request(session, leave.arrival())) != null;
			if (waited) {
				shatter(context);
			}
			return new Result.Flag(waited);
		}
		if (command instanceof BarrierMessages.Reset) {
			shatter(context);
			this.broken = false;
			return new Result.Done();
		}
		return misfit(command);
	}

	private Result arrive(Request request, Context context) {
		if (this.waiters.contains(request)) {
			return new BarrierMessages.Reply(BarrierMessages.Reply.WAITING);
		}
		if (this.broken) {
			return new BarrierMessages.Reply(BarrierMessages.Reply.BROKEN);
		}
		long missing = Math.max(1, setting(Setting.PARTIES, 1)) - 1 - this.waiters.size();
		if (missing <= 0) {
			end(false, context);
			return new BarrierMessages.Reply(BarrierMessages.Reply.TRIPPED);
		}
		if (this.waiters.isFull()) {
			return ErrorCode.LIMIT.failure("The barrier '" + id().name() + "' has " + Waiters.LIMIT + " waiters");
		}
		this.waiters.add(request, (int) Math.min(Integer.MAX_VALUE, missing));
		return new BarrierMessages.Reply(BarrierMessages.Reply.WAITING);
	}

	private void shatter(Context context) {
		this.broken = true;
		end(true, context);
	}

	private void end(boolean byBreak, Context context) {
		List<Long> sessions = List.copyOf(this.waiters.sessions());
		this.waiters.forEach((request, index) -> context.send(request.session(),
				new BarrierMessages.Ended(id(), request.number(), byBreak, index)));
		this.waiters.clear();
		sessions.forEach((session) -> context.left(id(), session));
	}

	@Override
	void release(long session, Context context) {
		if (this.waiters.hasSession(session)) {
			this.waiters.removeAll(session);
			shatter(context);
		}
	}

	@Override
	void destroy(Context context) {
		end(true, context);
		publish(new Event.Destroyed(id()), context);
	}

	@Override
	Result read(Query query, Context context) {
		if (query instanceof BarrierMessages.Info info) {
			return new BarrierMessages.State(this.waiters.size(), this.broken,
					this.waiters.contains(new Request(info.session(), info.arrival())));
		}
		return misfit(query);
	}

	@Override
	boolean isEmpty() {
		return !this.broken && this.waiters.isEmpty();
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
		List<Arrival> arrivals = new ArrayList<>(this.waiters.size());
		this.waiters.forEach((request, index) -> arrivals.add(new Arrival(request.session(), request.number(), index)));
		return List.<SnapshotPart>of(new Part(this.broken, arrivals)).iterator();
	}

	@Override
	void restore(SnapshotPart part, Context context) {
		Part barrier = (Part) part;
		this.broken = barrier.broken();
		for (Arrival arrival : barrier.waiters()) {
			this.waiters.add(new Request(arrival.session(), arrival.number()), arrival.index());
		}
	}

	/**
	 * The state of a barrier.
	 *
	 * @param broken whether it is broken
	 * @param waiters those who wait, in order
	 */
	@JsonTypeName("22")
	record Part(boolean broken, List<Arrival> waiters) implements SnapshotPart {

	}

	/**
	 * A party that waits.
	 *
	 * @param session the session
	 * @param number the number of the arrival
	 * @param index how many were still to come when it arrived
	 */
	@JsonFormat(shape = Shape.ARRAY)
	record Arrival(long session, long number, int index) {

	}

}
