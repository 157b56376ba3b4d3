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

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.ReceiptMessages.Receipt;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.TopicMessages;
import io.github.atomixspring.statemachine.Waiters.Request;
import org.jspecify.annotations.Nullable;

/**
 * The replicated state of a topic. Messages are not kept: they go to the outboxes of
 * those who listen. What is kept of an awaited message is who has not received it yet.
 */
final class TopicService extends Service {

	/**
	 * The greatest number of awaited messages that somebody has not received.
	 */
	static final int MAX_AWAITED = 10_000;

	private final Receipts receipts = new Receipts(this);

	/**
	 * The awaited messages that somebody has not received, by number.
	 */
	private final TreeMap<Long, Publication> publications = new TreeMap<>();

	/**
	 * The numbers of the messages that sessions have not acknowledged, in order.
	 */
	private final TreeMap<Long, ArrayDeque<Long>> debts = new TreeMap<>();

	TopicService(PrimitiveId id) {
		super(id);
	}

	@Override
	Result apply(Command command, long session, Context context) {
		if (command instanceof TopicMessages.Publish publish) {
			return publish(publish, new Request(session, publish.request()), context);
		}
		if (command instanceof TopicMessages.Received received) {
			settle(session, received.number(), context);
			ArrayDeque<Long> debt = this.debts.get(session);
			return new Result.Number((debt != null) ? debt.getLast() : 0);
		}
		// A destroyed topic has no subscribers who could have missed anything.
		Result result = this.receipts.apply(command, session, Long.MIN_VALUE);
		return (result != null) ? result : misfit(command);
	}

	private Result publish(TopicMessages.Publish publish, Request request, Context context) {
		Receipt awaited = publish.awaited() ? this.receipts.find(request) : null;
		if (awaited != null) {
			return awaited;
		}
		boolean await = publish.awaited() && !listeners().isEmpty();
		if (await && this.publications.size() >= MAX_AWAITED) {
			return ErrorCode.LIMIT.failure("The topic '" + id().name() + "' has " + MAX_AWAITED
					+ " messages that are awaited and not received by all");
		}
		long number = context.nextNumber();
		publish(new TopicMessages.Published(id(), number, await, publish.message()), context);
		if (!await) {
			return new Receipt(number, Receipt.DONE);
		}
		this.receipts.await(request, number);
		this.publications.put(number, new Publication(request, listeners().size()));
		for (long listener : listeners()) {
			this.debts.computeIfAbsent(listener, (key) -> new ArrayDeque<>()).add(number);
		}
		return new Receipt(number, Receipt.AWAITED);
	}

	private void settle(long session, long upTo, Context context) {
		ArrayDeque<Long> debt = this.debts.get(session);
		if (debt == null) {
			return;
		}
		while (!debt.isEmpty() && debt.element() <= upTo) {
			received(debt.remove(), context);
		}
		if (debt.isEmpty()) {
			this.debts.remove(session);
		}
	}

	private void received(long number, Context context) {
		Publication publication = this.publications.get(number);
		if (publication != null && --publication.missing == 0) {
			this.publications.remove(number);
			this.receipts.done(publication.request, number, context);
		}
	}

	@Override
	void unlistened(long session, Context context) {
		settle(session, Long.MAX_VALUE, context);
	}

	@Override
	void release(long session, Context context) {
		this.receipts.release(session);
		settle(session, Long.MAX_VALUE, context);
	}

	@Override
	void destroy(Context context) {
		this.receipts.destroy(Receipt.DONE, context);
		publish(new Event.Destroyed(id()), context);
	}

	@Override
	Result read(Query query, Context context) {
		return misfit(query);
	}

	@Override
	boolean isEmpty() {
		return this.publications.isEmpty();
	}

	@Override
	Collection<Long> holders() {
		TreeSet<Long> sessions = new TreeSet<>(this.receipts.sessions());
		sessions.addAll(this.debts.keySet());
		return sessions;
	}

	@Override
	boolean isHolder(long session) {
		return this.debts.containsKey(session) || this.receipts.hasSession(session);
	}

	@Override
	Iterator<SnapshotPart> capture() {
		if (this.publications.isEmpty()) {
			return List.<SnapshotPart>of().iterator();
		}
		List<Awaited> awaited = new ArrayList<>(this.publications.size());
		this.publications.forEach((number,
				publication) -> awaited.add(new Awaited(number,
						this.receipts.isAwaited(publication.request, number) ? publication.request : null,
						publication.missing)));
		List<Debt> owed = new ArrayList<>(this.debts.size());
		this.debts.forEach((session, numbers) -> owed.add(new Debt(session, List.copyOf(numbers))));
		return List.<SnapshotPart>of(new Part(awaited, owed)).iterator();
	}

	@Override
	void restore(SnapshotPart part, Context context) {
		Part topic = (Part) part;
		for (Awaited awaited : topic.awaited()) {
			this.publications.put(awaited.number(), new Publication(awaited.request(), awaited.missing()));
			if (awaited.request() != null) {
				this.receipts.await(awaited.request(), awaited.number());
			}
		}
		topic.debts().forEach((debt) -> this.debts.put(debt.session(), new ArrayDeque<>(debt.numbers())));
	}

	/**
	 * An awaited message.
	 */
	private static final class Publication {

		private final @Nullable Request request;

		private int missing;

		Publication(@Nullable Request request, int missing) {
			this.request = request;
			this.missing = missing;
		}

	}

	/**
	 * The awaited messages of a topic and who has not received them.
	 *
	 * @param awaited the messages, by number
	 * @param debts the debts, by session
	 */
	@JsonTypeName("70")
	record Part(List<Awaited> awaited, List<Debt> debts) implements SnapshotPart {

	}

	/**
	 * An awaited message.
	 *
	 * @param number the number
	 * @param request who awaits it, or null if nobody does any more
	 * @param missing how many sessions have not received it
	 */
	@JsonFormat(shape = Shape.ARRAY)
	record Awaited(long number, @Nullable Request request, int missing) {

	}

	/**
	 * What a session has not acknowledged.
	 *
	 * @param session the session
	 * @param numbers the numbers of messages, in order
	 */
	@JsonFormat(shape = Shape.ARRAY)
	record Debt(long session, List<Long> numbers) {

	}

}
