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
 * Messages of cyclic barriers. Without {@link Command.Create} all of them are refused.
 */
public final class BarrierMessages {

	private BarrierMessages() {
	}

	/**
	 * Arrives at a barrier. Answers {@link Reply}; who waits is told the end by
	 * {@link Ended}. Repeating an arrival that waits answers as it stands; one that does
	 * not wait any more would arrive again.
	 *
	 * @param target the barrier
	 * @param arrival the number of the arrival, unique in the session
	 */
	@JsonTypeName("27")
	public record Arrive(PrimitiveId target, long arrival) implements Command {
		public Arrive {
			Presence.check(target);
		}

	}

	/**
	 * Leaves a barrier, which breaks it. Answers {@link Result.Flag}: whether the arrival
	 * waited; if not, nothing happened.
	 *
	 * @param target the barrier
	 * @param arrival the number of the arrival
	 */
	@JsonTypeName("28")
	public record Leave(PrimitiveId target, long arrival) implements Command, Releasing {
		public Leave {
			Presence.check(target);
		}

	}

	/**
	 * Breaks a barrier for those who wait and makes it whole again. Answers
	 * {@link Result.Done}.
	 *
	 * @param target the barrier
	 */
	@JsonTypeName("29")
	public record Reset(PrimitiveId target) implements Command {
		public Reset {
			Presence.check(target);
		}

	}

	/**
	 * Reads a barrier. Answers {@link State}.
	 *
	 * @param target the barrier
	 * @param session the session of an arrival to look for, or zero
	 * @param arrival the number of the arrival
	 */
	@JsonTypeName("22")
	public record Info(PrimitiveId target, long session, long arrival) implements Query {
		public Info {
			Presence.check(target);
		}

	}

	/**
	 * A wait at a barrier has ended.
	 *
	 * @param source the barrier
	 * @param arrival the number of the arrival
	 * @param broken whether the barrier was broken
	 * @param index how many were still to come at the arrival
	 */
	@JsonTypeName("22")
	public record Ended(PrimitiveId source, long arrival, boolean broken, int index) implements Event {
		public Ended {
			Presence.check(source);
		}

	}

	/**
	 * The outcome of an arrival.
	 *
	 * @param status one of the constants
	 */
	@JsonTypeName("22")
	public record Reply(int status) implements Result {

		/**
		 * The barrier is broken.
		 */
		public static final int BROKEN = 0;

		/**
		 * It was the last party: all may pass.
		 */
		public static final int TRIPPED = 1;

		/**
		 * The arrival waits.
		 */
		public static final int WAITING = 2;

	}

	/**
	 * The state of a barrier.
	 *
	 * @param waiting how many parties wait
	 * @param broken whether it is broken
	 * @param known whether the arrival asked for waits
	 */
	@JsonTypeName("23")
	public record State(int waiting, boolean broken, boolean known) implements Result {

	}

}
