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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Result.LockReleased;
import io.github.atomixspring.protocol.Result.LockReply;
import org.jspecify.annotations.Nullable;

/**
 * The replicated state of a lock: a holder and those who wait, first in, first out.
 * <p>
 * A waiter is told of its grant by an event, never by a command that has not been
 * answered. One command both releases and withdraws, so that a client whose wait ended
 * need not know whether it was granted meanwhile.
 */
final class LockService extends Service {

	private static final int MAX_WAITERS = 100_000;

	private final Map<Request, Long> waiters = new LinkedHashMap<>();

	/**
	 * The number of waiters by session: asked for with every command, so that it must not
	 * be counted each time.
	 */
	private final TreeMap<Long, Integer> waitersOf = new TreeMap<>();

	private @Nullable Holder holder;

	LockService(PrimitiveId id) {
		super(id);
	}

	@Override
	Result apply(Command command, long session, Context context) {
		if (command instanceof Command.LockAcquire acquire) {
			return acquire(new Request(session, acquire.acquisition()), acquire.queue(), acquire.lease(), context);
		}
		if (command instanceof Command.LockRelease release) {
			return release(new Request(session, release.acquisition()), context);
		}
		return misfit(command);
	}

	private Result acquire(Request request, boolean queue, long lease, Context context) {
		if (lease < 0) {
			return ErrorCode.ILLEGAL.failure("The lease must not be negative");
		}
		if (this.holder != null && this.holder.request.equals(request)) {
			return new LockReply(LockReply.GRANTED, this.holder.token);
		}
		if (this.waiters.containsKey(request)) {
			return new LockReply(LockReply.QUEUED, 0);
		}
		if (this.holder == null) {
			return new LockReply(LockReply.GRANTED, grant(request, lease, context).token);
		}
		if (!queue) {
			return new LockReply(LockReply.REFUSED, 0);
		}
		if (this.waiters.size() >= MAX_WAITERS) {
			return ErrorCode.LIMIT.failure("The lock '" + id().name() + "' has " + MAX_WAITERS + " waiters");
		}
		enqueue(request, lease);
		return new LockReply(LockReply.QUEUED, 0);
	}

	private void enqueue(Request request, long lease) {
		this.waiters.put(request, lease);
		this.waitersOf.merge(request.session, 1, Integer::sum);
	}

	private void dequeued(Request request) {
		this.waitersOf.computeIfPresent(request.session, (session, count) -> (count > 1) ? count - 1 : null);
	}

	private Result release(Request request, Context context) {
		if (this.holder != null && this.holder.request.equals(request)) {
			vacate(context);
			return new LockReleased(LockReleased.RELEASED);
		}
		boolean waited = this.waiters.remove(request) != null;
		if (waited) {
			dequeued(request);
		}
		return new LockReleased(waited ? LockReleased.WITHDRAWN : LockReleased.NOT_HELD);
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
		Iterator<Map.Entry<Request, Long>> next = this.waiters.entrySet().iterator();
		if (next.hasNext()) {
			Map.Entry<Request, Long> waiter = next.next();
			next.remove();
			Request request = waiter.getKey();
			dequeued(request);
			Holder granted = grant(request, waiter.getValue(), context);
			context.send(request.session, new Event.LockGranted(id(), request.acquisition, granted.token));
		}
	}

	@Override
	void release(long session, Context context) {
		if (this.waitersOf.remove(session) != null) {
			this.waiters.keySet().removeIf((request) -> request.session == session);
		}
		if (this.holder != null && this.holder.request.session == session) {
			vacate(context);
		}
	}

	@Override
	void timeOut(Bytes key, long deadline, Context context) {
		Holder old = this.holder;
		if (old != null && Bytes.of(old.token).equals(key)) {
			context.send(old.request.session, new Event.LockLost(id(), old.request.acquisition, old.token));
			vacate(context);
			context.left(id(), old.request.session);
		}
	}

	@Override
	void destroy(Context context) {
		if (this.holder != null) {
			Request request = this.holder.request;
			if (this.holder.deadline != 0) {
				context.stopTimer(id(), Bytes.of(this.holder.token), this.holder.deadline);
			}
			context.send(request.session, new Event.LockLost(id(), request.acquisition, this.holder.token));
		}
		for (Request request : this.waiters.keySet()) {
			context.send(request.session, new Event.LockLost(id(), request.acquisition, 0));
		}
	}

	@Override
	Result read(Query query, Context context) {
		if (!(query instanceof Query.LockInfo)) {
			return misfit(query);
		}
		if (this.holder == null) {
			return new Result.LockState(false, null, 0, 0, 0);
		}
		long session = this.holder.request.session;
		return new Result.LockState(true, context.node(session), session, this.holder.token, this.waiters.size());
	}

	@Override
	boolean isEmpty() {
		return this.holder == null;
	}

	@Override
	Collection<Long> holders() {
		TreeSet<Long> sessions = new TreeSet<>(this.waitersOf.keySet());
		if (this.holder != null) {
			sessions.add(this.holder.request.session);
		}
		return sessions;
	}

	@Override
	boolean isHolder(long session) {
		return (this.holder != null && this.holder.request.session == session) || this.waitersOf.containsKey(session);
	}

	@Override
	Iterator<SnapshotPart> capture() {
		SnapshotPart.Claim held = null;
		if (this.holder != null) {
			Request request = this.holder.request;
			held = new SnapshotPart.Claim(request.session, request.acquisition, this.holder.token, this.holder.lease,
					this.holder.deadline);
		}
		List<SnapshotPart.Claim> waiting = new ArrayList<>(this.waiters.size());
		this.waiters.forEach((request, lease) -> waiting
			.add(new SnapshotPart.Claim(request.session, request.acquisition, 0, lease, 0)));
		return List.<SnapshotPart>of(new SnapshotPart.Lock(held, waiting)).iterator();
	}

	@Override
	void restore(SnapshotPart part, Context context) {
		SnapshotPart.Lock lock = (SnapshotPart.Lock) part;
		SnapshotPart.Claim held = lock.holder();
		if (held != null) {
			this.holder = new Holder(new Request(held.session(), held.acquisition()), held.token(), held.lease(),
					held.deadline());
			if (held.deadline() != 0) {
				context.startTimer(id(), Bytes.of(held.token()), held.deadline());
			}
		}
		for (SnapshotPart.Claim claim : lock.waiters()) {
			enqueue(new Request(claim.session(), claim.acquisition()), claim.lease());
		}
	}

	/**
	 * An acquisition of a session.
	 */
	private record Request(long session, long acquisition) {

	}

	/**
	 * The acquisition that holds the lock.
	 */
	private record Holder(Request request, long token, long lease, long deadline) {

	}

}
