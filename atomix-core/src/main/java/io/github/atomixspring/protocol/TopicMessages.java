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

/**
 * Messages of topics.
 */
public final class TopicMessages {

	private TopicMessages() {
	}

	/**
	 * Publishes a message to all sessions that listen. Answers
	 * {@link ReceiptMessages.Receipt}.
	 *
	 * @param target the topic
	 * @param request the number of the request, unique in the session
	 * @param awaited whether to tell when all subscribers have received it
	 * @param message the message
	 */
	@JsonTypeName("72")
	public record Publish(PrimitiveId target, long request, boolean awaited, byte[] message) implements Command {
		public Publish {
			Presence.check(target, message);
		}

	}

	/**
	 * Says that a session has received the awaited messages up to a number. Answers
	 * {@link Result.Number}: the greatest number of a message that was sent to the
	 * session and not acknowledged, or zero.
	 *
	 * @param target the topic
	 * @param number the number
	 */
	@JsonTypeName("73")
	public record Received(PrimitiveId target, long number) implements Command, Releasing {
		public Received {
			Presence.check(target);
		}

	}

	/**
	 * A message was published.
	 *
	 * @param source the topic
	 * @param number the number of the message; it grows for ever
	 * @param awaited whether its receipt is to be acknowledged
	 * @param message the message
	 */
	@JsonTypeName("71")
	public record Published(PrimitiveId source, long number, boolean awaited, byte[] message) implements Event {
		public Published {
			Presence.check(source, message);
		}

		@Override
		public long weight() {
			return this.message.length;
		}

	}

}
