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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.protocol.GroupMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.proxy.Cleanup;
import io.github.atomixspring.proxy.Mailbox;
import io.github.atomixspring.session.PrimitiveSession;

/**
 * The consumers of one member, in the mailbox of its group. They are attached whenever
 * the member enters.
 */
final class MemberConsumers {

	private final PrimitiveSession session;

	private final PrimitiveId group;

	private final Mailbox mailbox;

	private final Cleanup cleanup;

	private final String member;

	private final Map<String, MemberConsumer<?, ?>> consumers = new LinkedHashMap<>();

	/**
	 * Creates an instance without consumers.
	 * @param session the session of the node
	 * @param group the group
	 * @param mailbox the mailbox of the group
	 * @param member the id of the member
	 */
	MemberConsumers(PrimitiveSession session, PrimitiveId group, Mailbox mailbox, String member) {
		this.session = session;
		this.group = group;
		this.mailbox = mailbox;
		this.cleanup = new Cleanup(session, mailbox);
		this.member = member;
	}

	/**
	 * Adds a consumer. Called in the mailbox.
	 * @param <T> the type of the messages
	 * @param <R> the type of the replies
	 * @param channel the channel
	 * @param handler the handler
	 * @param entered whether the member is known to the cluster
	 * @param added is told the registration
	 */
	<T, R> void add(GroupChannel<T, R> channel, GroupMessageHandler<T, R> handler, boolean entered,
			CompletableFuture<Registration> added) {
		if (this.consumers.containsKey(channel.name())) {
			added.completeExceptionally(new IllegalStateException(
					"The member '" + this.member + "' has a consumer of the channel '" + channel.name() + "' already"));
			return;
		}
		MemberConsumer<T, R> consumer = new MemberConsumer<>(this.group, this.member, channel, handler, this.mailbox,
				this.cleanup, this.session.newSerialExecutor());
		this.consumers.put(consumer.channel(), consumer);
		Registration registration = () -> this.mailbox.execute(() -> remove(consumer));
		if (!entered) {
			added.complete(registration);
			return;
		}
		attach(consumer).whenComplete((result, ex) -> {
			if (ex != null) {
				registration.close();
				added.completeExceptionally(ex);
			}
			else {
				added.complete(registration);
			}
		});
	}

	private CompletableFuture<?> attach(MemberConsumer<?, ?> consumer) {
		return this.cleanup.submit(new GroupMessages.Attach(this.group, this.member, consumer.channel()),
				() -> !consumer.isClosed());
	}

	private void remove(MemberConsumer<?, ?> consumer) {
		consumer.close();
		if (this.consumers.remove(consumer.channel(), consumer)) {
			this.cleanup.submit(new GroupMessages.Detach(this.group, this.member, consumer.channel()),
					() -> !this.consumers.containsKey(consumer.channel()));
		}
	}

	/**
	 * Called in the mailbox when the member has entered: lets the cluster send what is
	 * not settled.
	 */
	void attachAll() {
		this.consumers.values().forEach(this::attach);
	}

	/**
	 * Returns what attaches the consumers, one by one. Called in the mailbox.
	 * @return tasks for the mailbox
	 */
	List<Supplier<CompletableFuture<?>>> attachments() {
		List<Supplier<CompletableFuture<?>>> attachments = new ArrayList<>();
		this.consumers.values()
			.forEach((consumer) -> attachments
				.add(() -> consumer.isClosed() ? CompletableFuture.completedFuture(null) : attach(consumer)));
		return attachments;
	}

	/**
	 * Called in the mailbox for a message to the member.
	 * @param delivered the message
	 */
	void deliver(GroupMessages.Delivered delivered) {
		MemberConsumer<?, ?> consumer = this.consumers.get(delivered.channel());
		if (consumer != null) {
			consumer.deliver(delivered);
		}
	}

	/**
	 * Called in the mailbox when the member has left.
	 */
	void close() {
		List.copyOf(this.consumers.values()).forEach(MemberConsumer::close);
		this.consumers.clear();
	}

}
