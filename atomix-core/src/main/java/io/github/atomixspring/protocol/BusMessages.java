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

package io.github.atomixspring.protocol;

import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Messages of message buses.
 */
public final class BusMessages {

	/**
	 * The greatest length of the name of a consumer.
	 */
	public static final int MAX_NAME_LENGTH = 256;

	private BusMessages() {
	}

	/**
	 * Sends a message to one of the consumers of a name. Answers
	 * {@link ReceiptMessages.Receipt}; if there is no consumer its status is
	 * {@link Replied#NO_CONSUMER}.
	 *
	 * @param target the bus
	 * @param request the number of the request, unique in the session
	 * @param consumer the name of the consumers
	 * @param message the message
	 */
	@JsonTypeName("78")
	public record Send(PrimitiveId target, long request, String consumer, byte[] message) implements Command {
		public Send {
			Presence.check(target, consumer, message);
		}

	}

	/**
	 * Replies to a message and ends its assignment. Answers {@link Result.Flag}: whether
	 * it was in force.
	 *
	 * @param target the bus
	 * @param token the token of the assignment
	 * @param failed whether the consumer failed
	 * @param content the reply, or null for none; if the consumer failed, why
	 */
	@JsonTypeName("79")
	public record Reply(PrimitiveId target, long token, boolean failed, byte @Nullable [] content) implements Command {
		public Reply {
			Presence.check(target);
		}

	}

	/**
	 * A message was replied to, or will not be.
	 *
	 * @param source the bus
	 * @param request the number of the request
	 * @param status one of the constants
	 * @param content the reply or the reason of the failure, or null
	 */
	@JsonTypeName("73")
	public record Replied(PrimitiveId source, long request, int status, byte @Nullable [] content) implements Event {

		/**
		 * The consumer replied.
		 */
		public static final int ANSWERED = ReceiptMessages.Receipt.DONE;

		/**
		 * Nobody knows how far the consumer got.
		 */
		public static final int LOST = ReceiptMessages.Receipt.LOST;

		/**
		 * The consumer failed.
		 */
		public static final int FAILED = 3;

		/**
		 * There was no consumer.
		 */
		public static final int NO_CONSUMER = 4;

		public Replied {
			Presence.check(source);
		}

		@Override
		public long weight() {
			return (this.content != null) ? this.content.length : 0;
		}

	}

}
