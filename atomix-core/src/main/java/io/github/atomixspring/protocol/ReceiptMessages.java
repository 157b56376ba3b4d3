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
 * Messages of requests that are answered at once and end later: a published message that
 * all subscribers are to receive, a task that is to be done.
 */
public final class ReceiptMessages {

	private ReceiptMessages() {
	}

	/**
	 * Asks how a request stands whose end may have been missed. Answers {@link Receipt}.
	 *
	 * @param target the primitive
	 * @param request the number of the request, unique in the session
	 * @param number the number of the receipt
	 */
	@JsonTypeName("70")
	public record Check(PrimitiveId target, long request, long number) implements Command {
		public Check {
			Presence.check(target);
		}

	}

	/**
	 * Gives up waiting for the end of a request, which goes on. Answers
	 * {@link Result.Flag}: whether it was awaited.
	 *
	 * @param target the primitive
	 * @param request the number of the request
	 */
	@JsonTypeName("71")
	public record Forget(PrimitiveId target, long request) implements Command, Releasing {
		public Forget {
			Presence.check(target);
		}

	}

	/**
	 * An awaited request has ended.
	 *
	 * @param source the primitive
	 * @param request the number of the request
	 * @param status a status of {@link Receipt}
	 */
	@JsonTypeName("70")
	public record Ended(PrimitiveId source, long request, int status) implements Event {
		public Ended {
			Presence.check(source);
		}

	}

	/**
	 * How a request stands.
	 *
	 * @param number the number under which it was taken; it grows for ever
	 * @param status one of the constants
	 */
	@JsonTypeName("70")
	public record Receipt(long number, int status) implements Result {

		/**
		 * It is awaited, and {@link Ended} will tell of its end.
		 */
		public static final int AWAITED = 0;

		/**
		 * It is done, or nothing was to be awaited.
		 */
		public static final int DONE = 1;

		/**
		 * What it was about was destroyed, and nobody knows how far it got.
		 */
		public static final int LOST = 2;

	}

}
