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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.github.atomixspring.protocol.BusMessages;
import io.github.atomixspring.protocol.BusMessages.Replied;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.DeliveryMessages;
import io.github.atomixspring.protocol.DeliveryMessages.Assignment;
import io.github.atomixspring.protocol.ErrorCode;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.KeyValue;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.ReceiptMessages.Receipt;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.statemachine.Waiters.Request;
import org.jspecify.annotations.Nullable;

/**
 * The replicated state of a message bus: consumers by name, and the messages to which
 * they have not replied.
 */
final class BusService extends Service {

	/**
	 * The greatest number of messages without a reply.
	 */
	static final int MAX_OPEN = 10_000;

	private final Receipts receipts = new Receipts(this);

	/**
	 * The messages without a reply, by token.
	 */
	private final TreeMap<Long, Message> messages = new TreeMap<>();

	private final Waiters<Consumer> consumers = new Waiters<>();

	/**
	 * The consumers by name, in the order of their turns.
	 */
	private final TreeMap<String, LinkedHashSet<Request>> turns = new TreeMap<>();

	BusService(PrimitiveId id) {
		super(id);
	}

	@Override
	Result apply(Command command, long session, Context context) {
		if (command instanceof BusMessages.Send send) {
			return send(send, new Request(session, send.request()), context);
		}
		if (command instanceof BusMessages.Reply reply) {
			return new Result.Flag(reply(session, reply, context));
		}
		if (command instanceof DeliveryMessages.Consume consume) {
			return consume(new Request(session, consume.consumer()), consume.name());
		}
		if (command instanceof DeliveryMessages.Cancel cancel) {
			return new Result.Flag(cancel(new Request(session, cancel.consumer()), context));
		}
		// A reply is not kept: one that was missed is lost.
		Result result = this.receipts.apply(command, session, Long.MAX_VALUE);
		return (result != null) ? result : misfit(command);
	}

	private Result send(BusMessages.Send send, Request sender, Context context) {
		Receipt awaited = this.receipts.find(sender);
		if (awaited != null) {
			return awaited;
		}
		LinkedHashSet<Request> turn = this.turns.get(send.consumer());
		if (turn == null) {
			return new Receipt(0, Replied.NO_CONSUMER);
		}
		if (this.messages.size() >= MAX_OPEN) {
			return ErrorCode.LIMIT
				.failure("The message bus '" + id().name() + "' has " + MAX_OPEN + " messages without a reply");
		}
		Request request = turn.iterator().next();
		turn.remove(request);
		turn.add(request);
		long token = context.nextNumber();
		this.messages.put(token, new Message(sender, request, send.message()));
		Consumer consumer = this.consumers.get(request);
		if (consumer != null) {
			consumer.tokens.add(token);
		}
		this.receipts.await(sender, token);
		context.send(request.session(),
				new DeliveryMessages.Assigned(id(), request.number(), new Assignment(token, token, 1), send.message()));
		return new Receipt(token, Receipt.AWAITED);
	}

	private boolean reply(long session, BusMessages.Reply reply, Context context) {
		Message message = this.messages.get(reply.token());
		if (message == null || message.consumer().session() != session) {
			return false;
		}
		this.messages.remove(reply.token());
		Consumer consumer = this.consumers.get(message.consumer());
		if (consumer != null) {
			consumer.tokens.remove(reply.token());
		}
		end(message, reply.token(), reply.failed() ? Replied.FAILED : Replied.ANSWERED, reply.content(), context);
		return true;
	}

	private void end(Message message, long token, int status, byte @Nullable [] content, Context context) {
		Request sender = message.sender();
		if (sender != null && this.receipts.take(sender, token)) {
			context.send(sender.session(), new Replied(id(), sender.number(), status, content));
			context.left(id(), sender.session());
		}
	}

	private Result consume(Request request, String name) {
		if (name.isBlank() || name.length() > BusMessages.MAX_NAME_LENGTH) {
			return ErrorCode.ILLEGAL.failure("The name of a consumer must have 1 to " + BusMessages.MAX_NAME_LENGTH
					+ " characters and not be blank");
		}
		Consumer consumer = this.consumers.get(request);
		if (consumer == null) {
			if (this.consumers.isFull()) {
				return ErrorCode.LIMIT
					.failure("The message bus '" + id().name() + "' has " + Waiters.LIMIT + " consumers");
			}
			consumer = new Consumer(name);
			this.consumers.add(request, consumer);
			this.turns.computeIfAbsent(name, (key) -> new LinkedHashSet<>()).add(request);
		}
		return new DeliveryMessages.Assignments(
				consumer.tokens.stream().map((token) -> new Assignment(token, token, 1)).toList());
	}

	private boolean cancel(Request request, Context context) {
		Consumer consumer = this.consumers.remove(request);
		if (consumer == null) {
			return false;
		}
		LinkedHashSet<Request> turn = this.turns.get(consumer.name);
		if (turn != null && turn.remove(request) && turn.isEmpty()) {
			this.turns.remove(consumer.name);
		}
		for (long token : consumer.tokens) {
			Message message = this.messages.remove(token);
			if (message != null) {
				end(message, token, Replied.LOST, null, context);
			}
		}
		return true;
	}

	@Override
	void release(long session, Context context) {
		this.receipts.release(session);
		if (this.consumers.hasSession(session)) {
			List<Request> left = new ArrayList<>();
			this.consumers.forEach((request, consumer) -> {
				if (request.session() == session) {
					left.add(request);
				}
			});
			left.forEach((request) -> cancel(request, context));
		}
	}

	@Override
	void destroy(Context context) {
		this.messages.forEach((token, message) -> end(message, token, Replied.LOST, null, context));
		Event destroyed = new Event.Destroyed(id());
		TreeSet<Long> concerned = new TreeSet<>(listeners());
		concerned.addAll(this.consumers.sessions());
		concerned.forEach((session) -> context.send(session, destroyed));
	}

	@Override
	Result read(Query query, Context context) {
		if (query instanceof DeliveryMessages.Content content) {
			Message message = this.messages.get(content.token());
			return new Result.Entries((message != null)
					? List.of(new KeyValue(Bytes.EMPTY.content(), message.content(), content.token())) : List.of());
		}
		return misfit(query);
	}

	@Override
	boolean isEmpty() {
		return this.consumers.isEmpty() && this.messages.isEmpty();
	}

	@Override
	Collection<Long> holders() {
		TreeSet<Long> sessions = new TreeSet<>(this.receipts.sessions());
		sessions.addAll(this.consumers.sessions());
		return sessions;
	}

	@Override
	boolean isHolder(long session) {
		return this.consumers.hasSession(session) || this.receipts.hasSession(session);
	}

	@Override
	Iterator<SnapshotPart> capture() {
		List<ConsumerEntry> entries = new ArrayList<>(this.consumers.size());
		this.consumers.forEach((request, consumer) -> entries.add(new ConsumerEntry(request, consumer.name)));
		List<Request> order = new ArrayList<>(this.consumers.size());
		this.turns.values().forEach(order::addAll);
		Part head = new Part(entries, order);
		List<MessageEntry> open = new ArrayList<>(this.messages.size());
		this.messages.forEach((token,
				message) -> open.add(new MessageEntry(token,
						this.receipts.isAwaited(message.sender(), token) ? message.sender() : null, message.consumer(),
						message.content())));
		return new Parts<>(head, open, (entry) -> entry.content().length, Messages::new);
	}

	@Override
	void restore(SnapshotPart part, Context context) {
		if (part instanceof Part head) {
			head.consumers().forEach((entry) -> this.consumers.add(entry.consumer(), new Consumer(entry.name())));
			for (Request request : head.turns()) {
				Consumer consumer = this.consumers.get(request);
				if (consumer != null) {
					this.turns.computeIfAbsent(consumer.name, (key) -> new LinkedHashSet<>()).add(request);
				}
			}
			return;
		}
		for (MessageEntry entry : ((Messages) part).messages()) {
			this.messages.put(entry.token(), new Message(entry.sender(), entry.consumer(), entry.content()));
			Consumer consumer = this.consumers.get(entry.consumer());
			if (consumer != null) {
				consumer.tokens.add(entry.token());
			}
			if (entry.sender() != null) {
				this.receipts.await(entry.sender(), entry.token());
			}
		}
	}

	/**
	 * A message without a reply.
	 */
	private record Message(@Nullable Request sender, Request consumer, byte[] content) {

	}

	/**
	 * A consumer and the tokens of what it has.
	 */
	private static final class Consumer {

		private final String name;

		private final TreeSet<Long> tokens = new TreeSet<>();

		Consumer(String name) {
			this.name = name;
		}

	}

	/**
	 * The consumers of a message bus.
	 *
	 * @param consumers the consumers
	 * @param turns the consumers by name, in the order of their turns
	 */
	@JsonTypeName("73")
	record Part(List<ConsumerEntry> consumers, List<Request> turns) implements SnapshotPart {

	}

	/**
	 * Messages without a reply.
	 *
	 * @param messages the messages, by token
	 */
	@JsonTypeName("74")
	record Messages(List<MessageEntry> messages) implements SnapshotPart {

	}

	/**
	 * A consumer.
	 *
	 * @param consumer its session and number
	 * @param name the name
	 */
	@JsonFormat(shape = Shape.ARRAY)
	record ConsumerEntry(Request consumer, String name) {

	}

	/**
	 * A message.
	 *
	 * @param token the token
	 * @param sender who awaits the reply, or null if nobody does any more
	 * @param consumer who has it
	 * @param content the message itself
	 */
	@JsonFormat(shape = Shape.ARRAY)
	record MessageEntry(long token, @Nullable Request sender, Request consumer, byte[] content) {

	}

}
