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

package io.github.atomixspring.collection;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Event;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.QueueMessages;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.Setting;
import io.github.atomixspring.proxy.Cleanup;
import io.github.atomixspring.proxy.Mailbox;
import io.github.atomixspring.proxy.Wait;
import io.github.atomixspring.proxy.Waits;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.session.SessionState;

/**
 * The operations of one node that wait for an element of a queue, or for room in it.
 * <p>
 * What the cluster grants it keeps under the number of the request until the owner says
 * that it has it. So an element whose taker is gone by then can go back, and a question
 * that is repeated after lost events gets the same element again.
 */
final class QueueWaits {

	private final PrimitiveSession session;

	private final PrimitiveId id;

	private final Mailbox mailbox;

	private final Waits.Gate gate;

	private final List<Setting> settings;

	private final Cleanup cleanup;

	private final Waits<byte[]> takes;

	private final Waits<Boolean> puts;

	/**
	 * The session as announced in order with the events. Only in the mailbox.
	 */
	private long sessionId;

	/**
	 * Creates an empty instance.
	 * @param session the session of the node
	 * @param id the queue
	 * @param mailbox the mailbox of the queue
	 * @param gate what a request has to pass before it is submitted
	 * @param settings the configuration of the queue
	 */
	QueueWaits(PrimitiveSession session, PrimitiveId id, Mailbox mailbox, Waits.Gate gate, List<Setting> settings) {
		this.session = session;
		this.id = id;
		this.mailbox = mailbox;
		this.gate = gate;
		this.settings = settings;
		this.cleanup = new Cleanup(session, mailbox);
		this.takes = new Waits<>(session, id, mailbox, new TakeProtocol());
		this.puts = new Waits<>(session, id, mailbox, new PutProtocol());
	}

	/**
	 * Begins to wait for an element.
	 * @return the wait
	 */
	Wait<byte[]> take() {
		return this.takes.begin(this.gate, (number) -> new QueueMessages.Take(this.id, number));
	}

	/**
	 * Begins to wait for an element for a limited time.
	 * @param timeout the time, positive
	 * @return the wait
	 */
	Wait<byte[]> take(Duration timeout) {
		Wait<byte[]> wait = take();
		this.takes.limit(wait, timeout);
		return wait;
	}

	/**
	 * Begins to wait for room.
	 * @param element the element to put
	 * @return the wait
	 */
	Wait<Boolean> put(byte[] element) {
		return this.puts.begin(this.gate, (number) -> new QueueMessages.Put(this.id, number, element, this.settings));
	}

	/**
	 * Begins to wait for room for a limited time.
	 * @param element the element to put
	 * @param timeout the time, positive
	 * @return the wait
	 */
	Wait<Boolean> put(byte[] element, Duration timeout) {
		Wait<Boolean> wait = put(element);
		this.puts.limit(wait, timeout);
		return wait;
	}

	/**
	 * Called by the owner of a grant when it has it.
	 * @param wait the wait
	 */
	void settle(Wait<?> wait) {
		this.mailbox.execute(() -> this.cleanup.submit(new QueueMessages.Settle(this.id, wait.number())));
	}

	/**
	 * Ends the wait for an element. One that was granted goes back.
	 * @param wait the wait
	 */
	void withdrawTake(Wait<byte[]> wait) {
		this.takes.withdraw(wait);
	}

	/**
	 * Ends the wait for room. Its outcome tells whether the element was put before.
	 * @param wait the wait
	 */
	void withdrawPut(Wait<Boolean> wait) {
		this.puts.withdraw(wait);
	}

	/**
	 * Returns a future for users of a wait for an element.
	 * @param <R> the type of the future
	 * @param wait the wait
	 * @param mapping makes the value of the future from the element
	 * @return the future; ending it early ends the wait
	 */
	<R> CompletableFuture<R> exposeTake(Wait<byte[]> wait, Function<Optional<byte[]>, R> mapping) {
		return this.takes.expose(wait, mapping, () -> settle(wait));
	}

	/**
	 * Returns a future for users of a wait for room.
	 * @param <R> the type of the future
	 * @param wait the wait
	 * @param mapping makes the value of the future from whether there was room
	 * @return the future; ending it early ends the wait
	 */
	<R> CompletableFuture<R> exposePut(Wait<Boolean> wait, Function<Optional<Boolean>, R> mapping) {
		return this.puts.expose(wait, mapping, () -> settle(wait));
	}

	/**
	 * Called in the mailbox for each event.
	 * @param event the event
	 */
	void onEvent(Event event) {
		if (event instanceof QueueMessages.Granted granted) {
			byte[] element = granted.element();
			if (element != null) {
				this.takes.granted(granted.number(), element);
			}
			else {
				this.puts.granted(granted.number(), true);
			}
		}
		else if (event instanceof Event.Destroyed) {
			this.takes.restart();
			this.puts.restart();
		}
		else if (event instanceof Event.Resync) {
			this.takes.resync();
			this.puts.resync();
		}
	}

	/**
	 * Called in the mailbox for each state of the session.
	 * @param session the id of the session
	 * @param state the state
	 */
	void onState(long session, SessionState state) {
		this.sessionId = session;
		this.takes.onState(state);
		this.puts.onState(state);
	}

	/**
	 * Called in the mailbox when the queue is closed.
	 * @param reason the exception for those who wait
	 */
	void close(PrimitiveClosedException reason) {
		this.takes.close(reason);
		this.puts.close(reason);
	}

	private Throwable lost(String what) {
		return new UnknownOutcomeException(this.sessionId + "/0",
				"The session of this node ended while it waited for the queue '" + this.id.name() + "': " + what, null);
	}

	private static <T> Waits.Answer<T> answer(Result result, Supplier<Optional<T>> grant) {
		return switch (((QueueMessages.Reply) result).status()) {
			case QueueMessages.Reply.GRANTED -> new Waits.Answer<>(false, grant.get());
			case QueueMessages.Reply.QUEUED -> Waits.Answer.queued();
			default -> Waits.Answer.refused();
		};
	}

	/**
	 * Waits for an element.
	 */
	private final class TakeProtocol implements Waits.Protocol<byte[]> {

		@Override
		public Waits.Answer<byte[]> answer(Result result) {
			return QueueWaits.answer(result, () -> Optional.ofNullable(((QueueMessages.Reply) result).element()));
		}

		@Override
		public Command withdrawal(long number) {
			return new QueueMessages.Withdraw(QueueWaits.this.id, number);
		}

		@Override
		public Throwable lost() {
			return QueueWaits.this.lost("an element that was on its way is gone");
		}

	}

	/**
	 * Waits for room.
	 */
	private final class PutProtocol implements Waits.Protocol<Boolean> {

		@Override
		public Waits.Answer<Boolean> answer(Result result) {
			return QueueWaits.answer(result, () -> Optional.of(true));
		}

		@Override
		public Command withdrawal(long number) {
			return new QueueMessages.Withdraw(QueueWaits.this.id, number);
		}

		@Override
		public Throwable lost() {
			return QueueWaits.this.lost("the element may have been put");
		}

		@Override
		public boolean isFinal() {
			return true;
		}

	}

}
