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
import java.util.Map;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.LockMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.statemachine.Waiters.Request;
import org.jspecify.annotations.Nullable;

/**
 * The replicated state of a lock: a holder and those who wait, first in, first out.
 * <p>
 * A waiter is told of its grant by an event, never by a command that has not been
 * answered. One command both releases and withdraws, so that a client whose wait ended
 * need not know whether it was granted meanwhile.
 */
final class LockService extends Service {

	/**
	 * Those who wait, with the leases they want.
	 */
	private final Waiters<Long> waiters = new Waiters<>();

	private @Nullable Holder holder;

	LockService(PrimitiveId id) {
		super(id);
	}

	@Override
	Result apply(Command command, long session, Context context) {
		if (command instanceof LockMessages.Acquire acquire) {
			return acquire(new Request(session, acquire.acquisition()), acquire.queue(), acquire.lease(), context);
		}
		if (command instanceof LockMessages.Release release) {
			return release(new Request(session, release.acquisition()), context);
		}
		if (command instanceof LockMessages.ForceRelease force) {
			return new Result.Flag(evict(Bytes.of(force.token()), context));
		}
		return misfit(command);
	}

	private Result acquire(Request request, boolean queue, long lease, Context context) {
		if (lease < 0) {
			return ErrorCode.ILLEGAL.failure("The lease must not be negative");
		}
		if (this.holder != null && this.holder.request.equals(request)) {
			return new LockMessages.Reply(LockMessages.Reply.GRANTED, this.holder.token);
		}
		if (this.waiters.contains(request)) {
			return new LockMessages.Reply(LockMessages.Reply.QUEUED, 0);
		}
		if (this.holder == null) {
			return new LockMessages.Reply(LockMessages.Reply.GRANTED, grant(request, lease, context).token);
		}
		if (!queue) {
			return new LockMessages.Reply(LockMessages.Reply.REFUSED, 0);
		}
		if (this.waiters.isFull()) {
			return ErrorCode.LIMIT.failure("The lock '" + id().name() + "' has " + Waiters.LIMIT + " waiters");
		}
		this.waiters.add(request, lease);
		return new LockMessages.Reply(LockMessages.Reply.QUEUED, 0);
	}

	private Result release(Request request, Context context) {
		if (this.holder != null && this.holder.request.equals(request)) {
			vacate(context);
			return new LockMessages.Released(LockMessages.Released.RELEASED);
		}
		boolean waited = this.waiters.remove(request) != null;
		return new LockMessages.Released(waited ? LockMessages.Released.WITHDRAWN : LockMessages.Released.NOT_HELD);
	}

	@Override
	Long version(Bytes key) {
		return (this.holder != null) ? this.holder.token : 0L;
	}

	private Holder grant(Request request, long lease, Context context) {
		Holder granted = new Holder(request, context.nextNumber(), lease, deadline(lease, context));
		this.holder = granted;
		if (granted.deadline != 0) {
			context.startTimer(id(), Bytes.of(granted.token), granted.deadline);
		}
		return granted;
	}

	private void vacate(Context context) {
		Holder old = this.holder;
		if (old != null && old.deadline != 0) {
			context.stopTimer(id(), Bytes.of(old.token), old.deadline);
		}
		this.holder = null;
		Map.Entry<Request, Long> next = this.waiters.first();
		if (next != null) {
			Request request = next.getKey();
			this.waiters.remove(request);
			Holder granted = grant(request, next.getValue(), context);
			context.send(request.session(), new LockMessages.Granted(id(), request.number(), granted.token));
		}
	}

	@Override
	void release(long session, Context context) {
		this.waiters.removeAll(session);
		if (this.holder != null && this.holder.request.session() == session) {
			vacate(context);
		}
	}

	@Override
	void timeOut(Bytes key, long deadline, Context context) {
		evict(key, context);
	}

	private boolean evict(Bytes token, Context context) {
		Holder old = this.holder;
		if (old == null || !Bytes.of(old.token).equals(token)) {
			return false;
		}
		context.send(old.request.session(), new LockMessages.Lost(id(), old.request.number(), old.token));
		vacate(context);
		context.left(id(), old.request.session());
		return true;
	}

	@Override
	void destroy(Context context) {
		if (this.holder != null) {
			Request request = this.holder.request;
			if (this.holder.deadline != 0) {
				context.stopTimer(id(), Bytes.of(this.holder.token), this.holder.deadline);
			}
			context.send(request.session(), new LockMessages.Lost(id(), request.number(), this.holder.token));
		}
		this.waiters.forEach(
				(request, lease) -> context.send(request.session(), new LockMessages.Lost(id(), request.number(), 0)));
	}

	@Override
	Result read(Query query, Context context) {
		if (!(query instanceof LockMessages.Info)) {
			return misfit(query);
		}
		if (this.holder == null) {
			return new LockMessages.State(false, null, 0, 0, 0);
		}
		long session = this.holder.request.session();
		return new LockMessages.State(true, context.node(session), session, this.holder.token, this.waiters.size());
	}

	@Override
	boolean isEmpty() {
		return this.holder == null;
	}

	@Override
	Collection<Long> holders() {
		TreeSet<Long> sessions = new TreeSet<>(this.waiters.sessions());
		if (this.holder != null) {
			sessions.add(this.holder.request.session());
		}
		return sessions;
	}

	@Override
	boolean isHolder(long session) {
		return (this.holder != null && this.holder.request.session() == session) || this.waiters.hasSession(session);
	}

	@Override
	Iterator<SnapshotPart> capture() {
		Claim held = null;
		if (this.holder != null) {
			Request request = this.holder.request;
			held = new Claim(request.session(), request.number(), this.holder.token, this.holder.lease,
					this.holder.deadline);
		}
		List<Claim> waiting = new ArrayList<>(this.waiters.size());
		this.waiters
			.forEach((request, lease) -> waiting.add(new Claim(request.session(), request.number(), 0, lease, 0)));
		return List.<SnapshotPart>of(new Part(held, waiting)).iterator();
	}

	@Override
	void restore(SnapshotPart part, Context context) {
		Part lock = (Part) part;
		Claim held = lock.holder();
		if (held != null) {
			this.holder = new Holder(new Request(held.session(), held.acquisition()), held.token(), held.lease(),
					held.deadline());
			if (held.deadline() != 0) {
				context.startTimer(id(), Bytes.of(held.token()), held.deadline());
			}
		}
		for (Claim claim : lock.waiters()) {
			this.waiters.add(new Request(claim.session(), claim.acquisition()), claim.lease());
		}
	}

	/**
	 * The acquisition that holds the lock.
	 */
	private record Holder(Request request, long token, long lease, long deadline) {

	}

	/**
	 * The claims on a lock.
	 *
	 * @param holder the holder, or null
	 * @param waiters the waiters, in order
	 */
	@JsonTypeName("4")
	record Part(@Nullable Claim holder, List<Claim> waiters) implements SnapshotPart {

	}

	/**
	 * A claim on a lock.
	 *
	 * @param session the session
	 * @param acquisition the acquisition
	 * @param token the fencing token, or zero if it waits
	 * @param lease the lease in milliseconds, or zero
	 * @param deadline the replicated time at which the lease ends, or zero
	 */
	@JsonFormat(shape = Shape.ARRAY)
	record Claim(long session, long acquisition, long token, long lease, long deadline) {

	}

}
