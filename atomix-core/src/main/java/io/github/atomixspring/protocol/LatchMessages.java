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
 * Messages of count-down latches. Without {@link Command.Create} all of them are refused.
 */
public final class LatchMessages {

	private LatchMessages() {
	}

	/**
	 * Counts down by one, not below zero. Answers {@link Result.Number}: what is left.
	 *
	 * @param target the latch
	 */
	@JsonTypeName("24")
	public record CountDown(PrimitiveId target) implements Command {
		public CountDown {
			Presence.check(target);
		}

	}

	/**
	 * Waits until the latch is open. Answers {@link Result.Flag}: whether it is; if not,
	 * {@link Opened} tells it later. Repeating a wait answers as it stands.
	 *
	 * @param target the latch
	 * @param number the number of the wait, unique in the session
	 */
	@JsonTypeName("25")
	public record Await(PrimitiveId target, long number) implements Command {
		public Await {
			Presence.check(target);
		}

	}

	/**
	 * Ends a wait. Answers {@link Result.Done}.
	 *
	 * @param target the latch
	 * @param number the number of the wait
	 */
	@JsonTypeName("26")
	public record Leave(PrimitiveId target, long number) implements Command, Releasing {
		public Leave {
			Presence.check(target);
		}

	}

	/**
	 * Reads what is left. Answers {@link Result.Number}.
	 *
	 * @param target the latch
	 */
	@JsonTypeName("21")
	public record Get(PrimitiveId target) implements Query {
		public Get {
			Presence.check(target);
		}

	}

	/**
	 * The latch is open.
	 *
	 * @param source the latch
	 * @param number the number of the wait
	 */
	@JsonTypeName("21")
	public record Opened(PrimitiveId source, long number) implements Event {
		public Opened {
			Presence.check(source);
		}

	}

}
