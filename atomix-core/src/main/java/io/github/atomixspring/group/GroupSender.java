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

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongFunction;

import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.GroupMessages;
import io.github.atomixspring.protocol.GroupMessages.Send;
import io.github.atomixspring.protocol.GroupMessages.Sent;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.proxy.Mailbox;
import io.github.atomixspring.proxy.Wait;
import io.github.atomixspring.proxy.Waits;
import io.github.atomixspring.session.PrimitiveSession;

/**
 * Sends messages of a group and waits for their outcomes.
 */
final class GroupSender implements Waits.Protocol<Sent> {

	private final PrimitiveSession session;

	private final PrimitiveId id;

	private final Mailbox mailbox;

	private final Waits<Sent> waits;

	/**
	 * Creates a sender.
	 * @param session the session of the node
	 * @param id the group
	 * @param mailbox the mailbox of the group
	 */
	GroupSender(PrimitiveSession session, PrimitiveId id, Mailbox mailbox) {
		this.session = session;
		this.id = id;
		this.mailbox = mailbox;
		this.waits = new Waits<>(session, id, mailbox, this);
	}

	Waits<Sent> waits() {
		return this.waits;
	}

	/**
	 * Sends a message and does not wait for its consumers.
	 * @param channel the name of the channel
	 * @param options the options
	 * @param content the content
	 * @return the answer
	 */
	CompletableFuture<Sent> send(String channel, ProducerOptions options, byte[] content) {
		CompletableFuture<Sent> sent = new CompletableFuture<>();
		// In the mailbox as the others, so that messages keep their order.
		this.mailbox
			.execute(() -> this.session.submit(command(0, channel, options, content)).whenComplete((result, ex) -> {
				if (ex != null) {
					sent.completeExceptionally(ex);
				}
				else {
					sent.complete((Sent) result);
				}
			}));
		return sent;
	}

	/**
	 * Sends a message whose outcome is waited for.
	 * @param channel the name of the channel
	 * @param options the options
	 * @param content the content
	 * @return the wait; its outcome is empty if the time runs out
	 */
	Wait<Sent> begin(String channel, ProducerOptions options, byte[] content) {
		Wait<Sent> wait = this.waits.begin(new LongFunction<>() {

			private long sent = -1;

			@Override
			public CompletableFuture<Result> apply(long number) {
				if (number == this.sent) {
					// A message must not be sent again because events were dropped.
					return GroupSender.this.session.submit(new GroupMessages.Inquire(GroupSender.this.id, number));
				}
				this.sent = number;
				return GroupSender.this.session.submit(command(number, channel, options, content));
			}

		});
		Duration timeout = options.timeout();
		this.waits.limit(wait, (timeout != null) ? timeout : this.session.operationTimeout());
		return wait;
	}

	private Send command(long number, String channel, ProducerOptions options, byte[] content) {
		return new Send(this.id, number, channel, code(options.delivery()), options.member(), code(options.execution()),
				ThreadLocalRandom.current().nextLong(), content);
	}

	private static int code(Delivery delivery) {
		return switch (delivery) {
			case DIRECT -> Send.DIRECT;
			case RANDOM -> Send.RANDOM;
			case BROADCAST -> Send.BROADCAST;
		};
	}

	private static int code(Execution execution) {
		return switch (execution) {
			case SYNC -> Send.SYNC;
			case ASYNC -> Send.ASYNC;
			case REQUEST_REPLY -> Send.REQUEST_REPLY;
		};
	}

	/**
	 * Called in the mailbox when the outcomes of a request are there.
	 * @param completed the outcomes
	 */
	void completed(GroupMessages.Completed completed) {
		this.waits.granted(completed.number(), Sent.done(completed.outcomes()));
	}

	@Override
	public Waits.Answer<Sent> answer(Result result) {
		Sent sent = (Sent) result;
		return (sent.status() == Sent.QUEUED) ? Waits.Answer.queued() : Waits.Answer.granted(sent);
	}

	@Override
	public Command withdrawal(long number) {
		return new GroupMessages.Forget(this.id, number);
	}

	@Override
	public UnknownOutcomeException lost() {
		return unknown("its session has ended");
	}

	/**
	 * Returns the exception for a message whose outcome is not known.
	 * @param reason why
	 * @return the exception
	 */
	UnknownOutcomeException unknown(String reason) {
		return new UnknownOutcomeException(Long.toString(this.session.id()),
				"A message was sent to the group '" + this.id.name() + "', but its outcome is not known: " + reason,
				null);
	}

	/**
	 * Returns the answer of a wait.
	 * @param outcome the outcome of the wait
	 * @return the answer
	 */
	Sent resolve(Optional<Sent> outcome) {
		Sent sent = outcome.orElseThrow(() -> unknown("the time ran out"));
		if (sent.status() == Sent.UNKNOWN) {
			throw unknown("events were dropped");
		}
		return sent;
	}

}
