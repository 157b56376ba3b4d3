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
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.Event.EntryChanged;
import io.github.atomixspring.protocol.KeyValue;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.QueueMessages;
import io.github.atomixspring.protocol.QueueMessages.Reply;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Setting;
import io.github.atomixspring.statemachine.Waiters.Request;
import org.jspecify.annotations.Nullable;

/**
 * The replicated state of a queue: its elements by position, and those who wait for one
 * or for room, first in, first out.
 * <p>
 * Positions come from the counter of the state, so that an element which its taker gives
 * back finds its place again. After each command nobody waits for an element while there
 * is one, and nobody for room while there is some.
 */
final class QueueService extends Service {

	private static final byte[] NOTHING = new byte[0];

	private static final int MAX_PAGE_BYTES = 1 << 20;

	private static final int MAX_PAGE_ELEMENTS = 10_000;

	private final TreeMap<Long, Element> elements = new TreeMap<>();

	/**
	 * Those who wait for an element; what is kept of them says nothing.
	 */
	private final Waiters<Boolean> takers = new Waiters<>();

	/**
	 * Those who wait for room, with their elements.
	 */
	private final Waiters<byte[]> putters = new Waiters<>();

	/**
	 * Elements that were granted to takers who have not said that they have them. They
	 * are not in the queue any more.
	 */
	private final Waiters<Element> reserved = new Waiters<>();

	/**
	 * Those whose element was accepted and who have not said that they know; what is kept
	 * of them says nothing.
	 */
	private final Waiters<Boolean> accepted = new Waiters<>();

	private final List<Waiters<?>> requests = List.of(this.takers, this.putters, this.reserved, this.accepted);

	QueueService(PrimitiveId id) {
		super(id);
	}

	@Override
	Result apply(Command command, long session, Context context) {
		if (command instanceof QueueMessages.Offer offer) {
			return offer(offer, context);
		}
		if (command instanceof QueueMessages.Put put) {
			return put(new Request(session, put.number()), put, context);
		}
		if (command instanceof QueueMessages.Poll poll) {
			return poll(poll.limit(), context);
		}
		if (command instanceof QueueMessages.Take take) {
			return take(new Request(session, take.number()), context);
		}
		if (command instanceof QueueMessages.Settle settle) {
			Request request = new Request(session, settle.number());
			this.reserved.remove(request);
			this.accepted.remove(request);
			return new Result.Done();
		}
		if (command instanceof QueueMessages.Withdraw withdraw) {
			return withdraw(new Request(session, withdraw.number()), context);
		}
		return applyRemoval(command, context);
	}

	private Result applyRemoval(Command command, Context context) {
		if (command instanceof QueueMessages.RemoveFirst remove) {
			for (Element element : this.elements.values()) {
				if (Arrays.equals(element.content, remove.element())) {
					return removeAt(List.of(element.position), context);
				}
			}
			return new Result.Flag(false);
		}
		if (command instanceof QueueMessages.RemoveAt remove) {
			return removeAt(remove.positions(), context);
		}
		if (command instanceof QueueMessages.Clear) {
			removeAt(List.copyOf(this.elements.keySet()), context);
			return new Result.Done();
		}
		return misfit(command);
	}

	private Result offer(QueueMessages.Offer offer, Context context) {
		createWith(offer.settings());
		if (offer.elements().size() > room()) {
			return new Result.Flag(false);
		}
		offer.elements().forEach((content) -> append(content, context));
		serve(context);
		return new Result.Flag(true);
	}

	private Result put(Request request, QueueMessages.Put put, Context context) {
		Reply standing = standing(request);
		if (standing != null) {
			return standing;
		}
		createWith(put.settings());
		if (room() > 0) {
			append(put.element(), context);
			this.accepted.add(request, true);
			serve(context);
			return new Reply(Reply.GRANTED, null);
		}
		if (this.putters.isFull()) {
			return tooManyWaiters();
		}
		this.putters.add(request, put.element());
		return new Reply(Reply.QUEUED, null);
	}

	private Result take(Request request, Context context) {
		Reply standing = standing(request);
		if (standing != null) {
			return standing;
		}
		if (!this.elements.isEmpty()) {
			Element element = reserve(request, context);
			serve(context);
			return new Reply(Reply.GRANTED, element.content);
		}
		if (this.takers.isFull()) {
			return tooManyWaiters();
		}
		this.takers.add(request, true);
		return new Reply(Reply.QUEUED, null);
	}

	private @Nullable Reply standing(Request request) {
		Element element = this.reserved.get(request);
		if (element != null) {
			return new Reply(Reply.GRANTED, element.content);
		}
		if (this.accepted.contains(request)) {
			return new Reply(Reply.GRANTED, null);
		}
		return (this.takers.contains(request) || this.putters.contains(request)) ? new Reply(Reply.QUEUED, null) : null;
	}

	private Result tooManyWaiters() {
		return ErrorCode.LIMIT.failure("The queue '" + id().name() + "' has " + Waiters.LIMIT + " waiters");
	}

	private Result withdraw(Request request, Context context) {
		this.takers.remove(request);
		this.putters.remove(request);
		if (this.accepted.remove(request) != null) {
			return new Reply(Reply.GRANTED, null);
		}
		Element element = this.reserved.remove(request);
		if (element != null && !element.isExpired(context)) {
			insert(element, context);
			serve(context);
		}
		return new Reply(Reply.NONE, null);
	}

	private Result poll(int limit, Context context) {
		List<byte[]> contents = new ArrayList<>();
		int bytes = 0;
		while (!this.elements.isEmpty() && contents.size() < limit && contents.size() < MAX_PAGE_ELEMENTS
				&& bytes < MAX_PAGE_BYTES) {
			byte[] content = remove(this.elements.firstKey(), EntryChanged.REMOVED, context).content;
			contents.add(content);
			bytes += content.length;
		}
		boolean more = !this.elements.isEmpty() && contents.size() < limit;
		serve(context);
		return new Result.Values(contents, more);
	}

	private Result removeAt(List<Long> positions, Context context) {
		int before = this.elements.size();
		for (long position : positions) {
			if (this.elements.containsKey(position)) {
				remove(position, EntryChanged.REMOVED, context);
			}
		}
		Result removed = new Result.Flag(this.elements.size() != before);
		serve(context);
		return removed;
	}

	/**
	 * Gives elements to those who wait for them, and room to those who wait for it.
	 * @param context the rest of the state
	 */
	private void serve(Context context) {
		boolean served = true;
		while (served) {
			served = false;
			Map.Entry<Request, Boolean> taker = this.takers.first();
			if (taker != null && !this.elements.isEmpty()) {
				Request request = taker.getKey();
				this.takers.remove(request);
				Element element = reserve(request, context);
				context.send(request.session(), new QueueMessages.Granted(id(), request.number(), element.content));
				served = true;
			}
			Map.Entry<Request, byte[]> putter = this.putters.first();
			if (putter != null && room() > 0) {
				Request request = putter.getKey();
				this.putters.remove(request);
				append(putter.getValue(), context);
				this.accepted.add(request, true);
				context.send(request.session(), new QueueMessages.Granted(id(), request.number(), null));
				served = true;
			}
		}
	}

	private void append(byte[] content, Context context) {
		long deadline = deadline(Math.max(0, setting(Setting.TIME_TO_LIVE, 0)), context);
		insert(new Element(context.nextNumber(), content, deadline), context);
	}

	private void insert(Element element, Context context) {
		restore(element, context);
		publish(new EntryChanged(id(), EntryChanged.WRITTEN, NOTHING, null, element.content, element.position),
				context);
	}

	private Element remove(long position, int kind, Context context) {
		Element element = Objects.requireNonNull(this.elements.remove(position));
		stopTimer(element, context);
		publish(new EntryChanged(id(), kind, NOTHING, element.content, null, position), context);
		return element;
	}

	private void stopTimer(Element element, Context context) {
		if (element.deadline != 0) {
			context.stopTimer(id(), element.timer(), element.deadline);
		}
	}

	@Override
	void timeOut(Bytes key, long deadline, Context context) {
		Element element = this.elements.get(Bytes.toLong(key.content()));
		if (element != null && element.deadline == deadline) {
			remove(element.position, EntryChanged.EXPIRED, context);
			serve(context);
		}
	}

	private Element reserve(Request request, Context context) {
		Element element = remove(this.elements.firstKey(), EntryChanged.REMOVED, context);
		this.reserved.add(request, element);
		return element;
	}

	/**
	 * Makes a configuration that of the queue if it was not created: somebody may have
	 * destroyed it after the caller created it.
	 * @param settings the configuration that the caller knows
	 */
	private void createWith(List<Setting> settings) {
		if (!isExplicit() && !settings.isEmpty()) {
			configure(settings);
		}
	}

	/**
	 * Returns how many elements can be appended. What goes on to a taker needs no room.
	 * @return the number
	 */
	private long room() {
		long capacity = setting(Setting.CAPACITY, 0);
		return (capacity > 0) ? capacity - this.elements.size() + this.takers.size() : Long.MAX_VALUE;
	}

	@Override
	Result read(Query query, Context context) {
		if (query instanceof QueueMessages.Size) {
			return new Result.Number(this.elements.size());
		}
		if (query instanceof QueueMessages.Contains contains) {
			TreeSet<Bytes> missing = new TreeSet<>();
			contains.elements().forEach((content) -> missing.add(new Bytes(content)));
			Iterator<Element> all = this.elements.values().iterator();
			while (!missing.isEmpty() && all.hasNext()) {
				missing.remove(new Bytes(all.next().content));
			}
			return new Result.Flag(missing.isEmpty());
		}
		if (query instanceof QueueMessages.Page page) {
			return page(page.after(), page.limit());
		}
		return misfit(query);
	}

	private Result page(long after, int limit) {
		List<KeyValue> page = new ArrayList<>();
		int bytes = 0;
		for (Element element : this.elements.tailMap(after, false).values()) {
			if (page.size() >= Math.max(1, limit) || bytes >= MAX_PAGE_BYTES) {
				break;
			}
			page.add(new KeyValue(NOTHING, element.content, element.position));
			bytes += element.content.length;
		}
		return new Result.Entries(page);
	}

	@Override
	void release(long session, Context context) {
		// What is reserved goes with the session: its node may have it.
		this.requests.forEach((kind) -> kind.removeAll(session));
	}

	@Override
	void destroy(Context context) {
		this.elements.values().forEach((element) -> stopTimer(element, context));
		TreeSet<Long> concerned = new TreeSet<>(listeners());
		concerned.addAll(this.takers.sessions());
		concerned.addAll(this.putters.sessions());
		concerned.forEach((session) -> context.send(session, new Event.Destroyed(id())));
	}

	@Override
	boolean isEmpty() {
		return this.elements.isEmpty() && this.requests.stream().allMatch(Waiters::isEmpty);
	}

	@Override
	Collection<Long> holders() {
		TreeSet<Long> sessions = new TreeSet<>();
		this.requests.forEach((kind) -> sessions.addAll(kind.sessions()));
		return sessions;
	}

	@Override
	boolean isHolder(long session) {
		return this.requests.stream().anyMatch((kind) -> kind.hasSession(session));
	}

	@Override
	Iterator<SnapshotPart> capture() {
		List<Item> items = new ArrayList<>();
		this.takers.forEach((request, nothing) -> items.add(item(Item.TAKER, request, null, null)));
		this.putters.forEach((request, content) -> items.add(item(Item.PUTTER, request, null, content)));
		this.reserved.forEach((request, element) -> items.add(item(Item.RESERVED, request, element, element.content)));
		this.accepted.forEach((request, nothing) -> items.add(item(Item.ACCEPTED, request, null, null)));
		return new QueueCapture(this.elements.values().toArray(Element[]::new), items);
	}

	private static Item item(int kind, Request request, @Nullable Element element, byte @Nullable [] content) {
		return new Item(kind, request.session(), request.number(), (element != null) ? element.position : 0, content,
				(element != null) ? element.deadline : 0);
	}

	@Override
	void restore(SnapshotPart part, Context context) {
		for (Item item : ((Part) part).items()) {
			Request request = new Request(item.session(), item.number());
			byte[] content = Objects.requireNonNullElse(item.content(), NOTHING);
			Element element = new Element(item.position(), content, item.deadline());
			switch (item.kind()) {
				case Item.ELEMENT -> restore(element, context);
				case Item.TAKER -> this.takers.add(request, true);
				case Item.PUTTER -> this.putters.add(request, content);
				case Item.RESERVED -> this.reserved.add(request, element);
				case Item.ACCEPTED -> this.accepted.add(request, true);
				default -> throw new IllegalStateException("Unknown kind " + item.kind() + " in " + id());
			}
		}
	}

	private void restore(Element element, Context context) {
		this.elements.put(element.position, element);
		if (element.deadline != 0) {
			context.startTimer(id(), element.timer(), element.deadline);
		}
	}

	/**
	 * An element.
	 *
	 * @param position the position
	 * @param content the content
	 * @param deadline the replicated time at which it expires, or zero
	 */
	record Element(long position, byte[] content, long deadline) {

		Bytes timer() {
			return Bytes.of(this.position);
		}

		/**
		 * Returns whether it has expired while somebody had it.
		 * @param context tells the time
		 * @return whether it has expired
		 */
		boolean isExpired(Context context) {
			return this.deadline != 0 && this.deadline <= context.time();
		}

	}

	/**
	 * Some of what a queue holds.
	 *
	 * @param items the items, each kind in order
	 */
	@JsonTypeName("30")
	record Part(List<Item> items) implements SnapshotPart {

	}

	/**
	 * An element or a request.
	 *
	 * @param kind one of the constants
	 * @param session the session of a request
	 * @param number the number of a request
	 * @param position the position of an element
	 * @param content the content of an element, or null
	 * @param deadline the replicated time at which an element expires, or zero
	 */
	@JsonFormat(shape = Shape.ARRAY)
	record Item(int kind, long session, long number, long position, byte @Nullable [] content, long deadline) {

		/**
		 * An element in the queue.
		 */
		static final int ELEMENT = 0;

		/**
		 * Waits for an element.
		 */
		static final int TAKER = 1;

		/**
		 * Waits for room.
		 */
		static final int PUTTER = 2;

		/**
		 * Has an element.
		 */
		static final int RESERVED = 3;

		/**
		 * Its element was accepted.
		 */
		static final int ACCEPTED = 4;

	}

}
