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
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.SemaphoreMessages;
import io.github.atomixspring.protocol.Setting;
import io.github.atomixspring.statemachine.Waiters.Request;
import org.jspecify.annotations.Nullable;

/**
 * The replicated state of a semaphore: who holds how many permits, and those who wait,
 * first in, first out. Nobody overtakes: while somebody waits, others are refused also
 * where there would be enough for them.
 */
final class SemaphoreService extends Service {

	/**
	 * What acquisitions hold, by session and number.
	 */
	private final TreeMap<Long, TreeMap<Long, Holding>> holdings = new TreeMap<>();

	/**
	 * Those who wait, with the permits they want.
	 */
	private final Waiters<Integer> waiters = new Waiters<>();

	private int acquisitions;

	private long held;

	/**
	 * How many permits there are more than at first.
	 */
	private long growth;

	SemaphoreService(PrimitiveId id) {
		super(id);
	}

	@Override
	boolean needsCreation() {
		return true;
	}

	private long total() {
		return Math.max(0, Math.min(Integer.MAX_VALUE, setting(Setting.PERMITS, 0))) + this.growth;
	}

	private long available() {
		return total() - this.held;
	}

	@Override
	Result apply(Command command, long session, Context context) {
		if (command instanceof SemaphoreMessages.Acquire acquire) {
			return acquire(new Request(session, acquire.acquisition()), acquire.permits(), acquire.queue(), context);
		}
		if (command instanceof SemaphoreMessages.Release release) {
			return release(session, release.portions(), context);
		}
		if (command instanceof SemaphoreMessages.Withdraw withdraw) {
			Request request = new Request(session, withdraw.acquisition());
			long released = (this.waiters.remove(request) != null) ? 0 : take(request, Integer.MAX_VALUE);
			serve(context);
			return new Result.Number(released);
		}
		if (command instanceof SemaphoreMessages.Resize resize) {
			return resize(resize.change(), context);
		}
		return misfit(command);
	}

	private Result acquire(Request request, int permits, boolean queue, Context context) {
		if (permits < 0) {
			return ErrorCode.ILLEGAL.failure("The number of permits must not be negative");
		}
		Holding known = holding(request);
		if (known != null) {
			return reply(known);
		}
		if (this.waiters.contains(request)) {
			return new SemaphoreMessages.Reply(SemaphoreMessages.Reply.QUEUED, 0, 0);
		}
		boolean all = permits == 0;
		boolean granted = this.waiters.isEmpty() && available() >= Math.max(1, permits);
		if (!granted && (all || !queue)) {
			return new SemaphoreMessages.Reply(SemaphoreMessages.Reply.REFUSED, 0, 0);
		}
		if (this.acquisitions + this.waiters.size() >= Waiters.LIMIT) {
			return ErrorCode.LIMIT.failure("The semaphore '" + id().name() + "' has " + Waiters.LIMIT
					+ " acquisitions that hold permits or wait");
		}
		if (granted) {
			return reply(grant(request, all ? (int) available() : permits, context));
		}
		this.waiters.add(request, permits);
		return new SemaphoreMessages.Reply(SemaphoreMessages.Reply.QUEUED, 0, 0);
	}

	private static Result reply(Holding holding) {
		return new SemaphoreMessages.Reply(SemaphoreMessages.Reply.GRANTED, holding.permits, holding.token);
	}

	private @Nullable Holding holding(Request request) {
		Map<Long, Holding> own = this.holdings.get(request.session());
		return (own != null) ? own.get(request.number()) : null;
	}

	private Holding grant(Request request, int permits, Context context) {
		Holding granted = new Holding(permits, context.nextNumber());
		put(request, granted);
		return granted;
	}

	private void put(Request request, Holding holding) {
		this.holdings.computeIfAbsent(request.session(), (session) -> new TreeMap<>()).put(request.number(), holding);
		this.acquisitions++;
		this.held += holding.permits;
	}

	private Result release(long session, List<SemaphoreMessages.Portion> portions, Context context) {
		long released = 0;
		for (SemaphoreMessages.Portion portion : portions) {
			released += take(new Request(session, portion.acquisition()), portion.permits());
		}
		serve(context);
		return new Result.Number(released);
	}

	/**
	 * Takes permits from an acquisition.
	 * @param request the acquisition
	 * @param permits how many at most
	 * @return how many it had of them
	 */
	private long take(Request request, int permits) {
		TreeMap<Long, Holding> own = this.holdings.get(request.session());
		Holding holding = (own != null) ? own.get(request.number()) : null;
		if (own == null || holding == null || permits <= 0) {
			return 0;
		}
		int taken = Math.min(permits, holding.permits);
		this.held -= taken;
		if (taken < holding.permits) {
			own.put(request.number(), new Holding(holding.permits - taken, holding.token));
			return taken;
		}
		own.remove(request.number());
		this.acquisitions--;
		if (own.isEmpty()) {
			this.holdings.remove(request.session());
		}
		return taken;
	}

	private Result resize(int change, Context context) {
		long total = total() + change;
		if (total < 0 || total > Integer.MAX_VALUE) {
			return ErrorCode.ILLEGAL.failure("The semaphore '" + id().name() + "' has " + total()
					+ " permits: a change by " + change + " is out of range");
		}
		this.growth += change;
		serve(context);
		return new Result.Number(total);
	}

	private void serve(Context context) {
		Map.Entry<Request, Integer> next = this.waiters.first();
		while (next != null && next.getValue() <= available()) {
			Request request = next.getKey();
			Holding granted = grant(request, next.getValue(), context);
			this.waiters.remove(request);
			context.send(request.session(),
					new SemaphoreMessages.Granted(id(), request.number(), granted.permits, granted.token));
			next = this.waiters.first();
		}
	}

	@Override
	void release(long session, Context context) {
		this.waiters.removeAll(session);
		TreeMap<Long, Holding> own = this.holdings.remove(session);
		if (own != null) {
			this.acquisitions -= own.size();
			own.values().forEach((holding) -> this.held -= holding.permits);
		}
		serve(context);
	}

	@Override
	void destroy(Context context) {
		sendDestroyed(context);
	}

	@Override
	Result read(Query query, Context context) {
		if (query instanceof SemaphoreMessages.Info info) {
			Map<Long, Holding> own = this.holdings.get(info.session());
			return new SemaphoreMessages.State((int) total(), (int) available(), this.waiters.size(),
					(own != null) ? List.copyOf(own.keySet()) : List.of());
		}
		return misfit(query);
	}

	@Override
	boolean isEmpty() {
		return this.holdings.isEmpty() && this.waiters.isEmpty();
	}

	@Override
	Collection<Long> holders() {
		TreeSet<Long> sessions = new TreeSet<>(this.waiters.sessions());
		sessions.addAll(this.holdings.keySet());
		return sessions;
	}

	@Override
	boolean isHolder(long session) {
		return this.holdings.containsKey(session) || this.waiters.hasSession(session);
	}

	@Override
	Iterator<SnapshotPart> capture() {
		List<Claim> holding = new ArrayList<>(this.acquisitions);
		this.holdings.forEach((session, own) -> own
			.forEach((number, each) -> holding.add(new Claim(session, number, each.permits, each.token))));
		List<Claim> waiting = new ArrayList<>(this.waiters.size());
		this.waiters
			.forEach((request, permits) -> waiting.add(new Claim(request.session(), request.number(), permits, 0)));
		return List.<SnapshotPart>of(new Part(this.growth, holding, waiting)).iterator();
	}

	@Override
	void restore(SnapshotPart part, Context context) {
		Part semaphore = (Part) part;
		this.growth = semaphore.growth();
		for (Claim claim : semaphore.holders()) {
			put(new Request(claim.session(), claim.acquisition()), new Holding(claim.permits(), claim.token()));
		}
		for (Claim claim : semaphore.waiters()) {
			this.waiters.add(new Request(claim.session(), claim.acquisition()), claim.permits());
		}
	}

	/**
	 * What an acquisition holds.
	 */
	private record Holding(int permits, long token) {

	}

	/**
	 * The permits of a semaphore.
	 *
	 * @param growth how many permits there are more than at first
	 * @param holders those who hold permits, by session and acquisition
	 * @param waiters those who wait, in order
	 */
	@JsonTypeName("20")
	record Part(long growth, List<Claim> holders, List<Claim> waiters) implements SnapshotPart {

	}

	/**
	 * A claim on permits.
	 *
	 * @param session the session
	 * @param acquisition the acquisition
	 * @param permits how many permits
	 * @param token the fencing token, or zero if it waits
	 */
	@JsonFormat(shape = Shape.ARRAY)
	record Claim(long session, long acquisition, int permits, long token) {

	}

}
