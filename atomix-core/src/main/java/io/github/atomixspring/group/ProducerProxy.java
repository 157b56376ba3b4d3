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

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.protocol.GroupMessages.Outcome;
import io.github.atomixspring.protocol.GroupMessages.Sent;
import io.github.atomixspring.proxy.Encoding;
import io.github.atomixspring.proxy.Wait;
import io.github.atomixspring.session.PrimitiveSession;

/**
 * A producer of a group.
 *
 * @param <T> the type of the messages
 * @param <R> the type of the replies
 */
final class ProducerProxy<T, R> implements GroupProducer<T, R> {

	private final GroupProxy group;

	private final PrimitiveSession session;

	private final GroupSender sender;

	private final String channel;

	private final ProducerOptions options;

	private final Encoding<T> messages;

	private final Encoding<R> replies;

	/**
	 * Creates a producer.
	 * @param group the group
	 * @param session the session of the node
	 * @param sender sends messages
	 * @param channel the channel
	 * @param options the options
	 */
	ProducerProxy(GroupProxy group, PrimitiveSession session, GroupSender sender, GroupChannel<T, R> channel,
			ProducerOptions options) {
		this.group = group;
		this.session = session;
		this.sender = sender;
		this.channel = channel.name();
		this.options = options;
		String where = "channel '" + this.channel + "' of the group '" + group.name() + "'";
		this.messages = new Encoding<>(channel.messageCodec(), "a message of the " + where);
		this.replies = new Encoding<>(channel.replyCodec(), "a reply of the " + where);
	}

	@Override
	public GroupReplies<R> send(T message) {
		return replies(this.session.await(submit(message, new CompletableFuture<>())));
	}

	@Override
	public AsyncGroupProducer<T, R> async() {
		return this::sendAsync;
	}

	private CompletableFuture<GroupReplies<R>> sendAsync(T message) {
		CompletableFuture<Wait<Sent>> wait = new CompletableFuture<>();
		// Decoded behind the exposed future: codecs are code of users.
		CompletableFuture<GroupReplies<R>> exposed = this.session.expose(submit(message, wait))
			.thenApply(this::replies);
		exposed.whenComplete((replies, ex) -> {
			if (exposed.isCancelled()) {
				wait.thenAccept(this.sender.waits()::withdraw);
			}
		});
		return exposed;
	}

	private CompletableFuture<Sent> submit(T message, CompletableFuture<Wait<Sent>> started) {
		byte[] content = this.messages.encode(Objects.requireNonNull(message, "'message' must not be null"));
		if (this.options.execution() == Execution.ASYNC) {
			return this.group.pass(() -> this.sender.send(this.channel, this.options, content));
		}
		return this.group.pass(() -> {
			Wait<Sent> wait = this.sender.begin(this.channel, this.options, content);
			started.complete(wait);
			return wait.outcome();
		}).thenApply(this.sender::resolve);
	}

	private GroupReplies<R> replies(Sent sent) {
		Map<String, R> replied = new TreeMap<>();
		Set<String> acknowledged = new TreeSet<>();
		Set<String> failed = new TreeSet<>();
		for (Outcome outcome : sent.outcomes()) {
			byte[] content = outcome.content();
			if (outcome.kind() == Outcome.REPLIED && content != null) {
				replied.put(outcome.member(), this.replies.decode(content));
			}
			else if (outcome.kind() == Outcome.ACKNOWLEDGED) {
				acknowledged.add(outcome.member());
			}
			else {
				failed.add(outcome.member());
			}
		}
		boolean partly = this.options.delivery() == Delivery.BROADCAST
				&& this.options.execution() == Execution.REQUEST_REPLY;
		if (!failed.isEmpty() && !partly) {
			throw new MessageFailedException("A message of the channel '" + this.channel + "' of the group '"
					+ this.group.name() + "' failed at " + failed + ": they are gone or could not do it", failed);
		}
		return new GroupReplies<>(replied, acknowledged, failed);
	}

}
