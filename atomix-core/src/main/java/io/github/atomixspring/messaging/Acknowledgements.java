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

package io.github.atomixspring.messaging;

import java.time.Duration;

import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.protocol.TopicMessages;
import io.github.atomixspring.proxy.Mailbox;
import io.github.atomixspring.session.PrimitiveSession;
import org.jspecify.annotations.Nullable;

/**
 * Tells the cluster which messages of a topic this node has received. One command is on
 * its way at a time and speaks for all messages before it. Only in the mailbox.
 */
final class Acknowledgements {

	private static final Duration PAUSE = Duration.ofMillis(500);

	private final PrimitiveSession session;

	private final PrimitiveId id;

	private final Mailbox mailbox;

	private long received;

	private long acknowledged;

	private boolean sending;

	/**
	 * Grows when nothing is owed any more: what was on its way then does not matter.
	 */
	private long generation;

	/**
	 * Whether messages may have been missed that this node still owes.
	 */
	private boolean missed;

	Acknowledgements(PrimitiveSession session, PrimitiveId id, Mailbox mailbox) {
		this.session = session;
		this.id = id;
		this.mailbox = mailbox;
	}

	/**
	 * Takes note that a message has arrived.
	 * @param number the number of the message
	 */
	void received(long number) {
		this.received = number;
		send();
	}

	/**
	 * Takes note that messages were missed. What the cluster says then to be owed has
	 * arrived before its answer, or never will.
	 */
	void resync() {
		this.missed = true;
		send();
	}

	/**
	 * Takes note that nothing is owed any more.
	 */
	void reset() {
		this.generation++;
		this.sending = false;
		this.acknowledged = this.received;
		this.missed = false;
	}

	private void send() {
		if (this.sending || (this.received == this.acknowledged && !this.missed)) {
			return;
		}
		this.sending = true;
		long number = this.received;
		boolean asks = this.missed;
		this.missed = false;
		long of = this.generation;
		this.session.submit(new TopicMessages.Received(this.id, number))
			.whenComplete((result, ex) -> this.mailbox.execute(() -> {
				if (of == this.generation) {
					sent(number, asks, result, ex);
				}
			}));
	}

	private void sent(long number, boolean asked, @Nullable Result result, @Nullable Throwable ex) {
		if (ex == null) {
			this.sending = false;
			this.acknowledged = Math.max(this.acknowledged, number);
			if (asked && result instanceof Result.Number owed) {
				this.received = Math.max(this.received, owed.value());
			}
			send();
			return;
		}
		long of = this.generation;
		this.session.schedule(PAUSE, () -> this.mailbox.execute(() -> {
			if (of == this.generation) {
				this.sending = false;
				this.missed |= asked;
				send();
			}
		}));
	}

}
