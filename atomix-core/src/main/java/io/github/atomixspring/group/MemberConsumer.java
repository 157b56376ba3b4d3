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

package io.github.atomixspring.group;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.atomixspring.protocol.GroupMessages;
import io.github.atomixspring.protocol.GroupMessages.Outcome;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.proxy.Cleanup;
import io.github.atomixspring.proxy.Encoding;
import io.github.atomixspring.proxy.Mailbox;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer of a member. It remembers the last message and how it was settled, so that
 * one that is delivered again, after events were dropped or in the next session, is not
 * handled twice by the same node.
 *
 * @param <T> the type of the messages
 * @param <R> the type of the replies
 */
final class MemberConsumer<T, R> {

	private static final Logger logger = LoggerFactory.getLogger(MemberConsumer.class);

	private final PrimitiveId group;

	private final String member;

	private final String channel;

	private final GroupMessageHandler<T, R> handler;

	private final Encoding<T> messages;

	private final Encoding<R> replies;

	private final Mailbox mailbox;

	private final Cleanup cleanup;

	private final Executor executor;

	private volatile boolean closed;

	/**
	 * The number of the last message. Only in the mailbox.
	 */
	private long current;

	private GroupMessages.@Nullable Settle settled;

	/**
	 * Creates a consumer.
	 * @param group the group
	 * @param member the id of the member
	 * @param channel the channel
	 * @param handler the handler
	 * @param mailbox the mailbox of the group
	 * @param cleanup submits what must arrive
	 * @param executor a serial executor for the handler
	 */
	MemberConsumer(PrimitiveId group, String member, GroupChannel<T, R> channel, GroupMessageHandler<T, R> handler,
			Mailbox mailbox, Cleanup cleanup, Executor executor) {
		this.group = group;
		this.member = member;
		this.channel = channel.name();
		this.handler = handler;
		String where = "channel '" + this.channel + "' of the group '" + group.name() + "'";
		this.messages = new Encoding<>(channel.messageCodec(), "a message of the " + where);
		this.replies = new Encoding<>(channel.replyCodec(), "a reply of the " + where);
		this.mailbox = mailbox;
		this.cleanup = cleanup;
		this.executor = executor;
	}

	String channel() {
		return this.channel;
	}

	boolean isClosed() {
		return this.closed;
	}

	void close() {
		this.closed = true;
	}

	/**
	 * Takes a message. Called in the mailbox.
	 * @param delivered the message
	 */
	void deliver(GroupMessages.Delivered delivered) {
		GroupMessages.Settle done = this.settled;
		if (delivered.message() != this.current) {
			this.current = delivered.message();
			this.settled = null;
			this.executor.execute(() -> handle(new Message(delivered)));
		}
		else if (done != null) {
			submit(done);
		}
	}

	private void handle(Message message) {
		if (this.closed) {
			return;
		}
		boolean failed = true;
		try {
			message.content = this.messages.decode(message.delivered.content());
			this.handler.handle(message);
			failed = false;
		}
		catch (Exception ex) {
			logger.warn("Consumer of the channel '{}' of the group '{}' failed", this.channel, this.group.name(), ex);
		}
		finally {
			if (failed) {
				message.fail();
			}
		}
	}

	private void settle(long message, int kind, byte @Nullable [] content) {
		GroupMessages.Settle settle = new GroupMessages.Settle(this.group, this.member, this.channel, message, kind,
				content);
		this.mailbox.execute(() -> {
			if (this.current == message) {
				this.settled = settle;
				submit(settle);
			}
		});
	}

	private void submit(GroupMessages.Settle settle) {
		this.cleanup.submit(settle, () -> this.settled == settle);
	}

	/**
	 * A message for the handler.
	 */
	private final class Message implements GroupMessage<T, R> {

		private final GroupMessages.Delivered delivered;

		private final AtomicBoolean answered = new AtomicBoolean();

		private @Nullable T content;

		Message(GroupMessages.Delivered delivered) {
			this.delivered = delivered;
		}

		@Override
		public T content() {
			T decoded = this.content;
			if (decoded == null) {
				throw new IllegalStateException("The message was not decoded");
			}
			return decoded;
		}

		@Override
		public String sender() {
			return this.delivered.sender();
		}

		@Override
		public Execution execution() {
			return switch (this.delivered.execution()) {
				case GroupMessages.Send.SYNC -> Execution.SYNC;
				case GroupMessages.Send.REQUEST_REPLY -> Execution.REQUEST_REPLY;
				default -> Execution.ASYNC;
			};
		}

		@Override
		public long id() {
			return this.delivered.message();
		}

		@Override
		public void ack() {
			answer(Outcome.ACKNOWLEDGED, null);
		}

		@Override
		public void reply(R reply) {
			byte[] bytes = MemberConsumer.this.replies.encode(reply);
			if (execution() == Execution.REQUEST_REPLY) {
				answer(Outcome.REPLIED, bytes);
			}
			else {
				ack();
			}
		}

		@Override
		public void fail() {
			answer(Outcome.FAILED, null);
		}

		private void answer(int kind, byte @Nullable [] bytes) {
			if (this.answered.compareAndSet(false, true)) {
				settle(id(), kind, bytes);
			}
		}

	}

}
