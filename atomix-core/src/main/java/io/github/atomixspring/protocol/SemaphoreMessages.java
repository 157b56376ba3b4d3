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

import java.util.List;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * Messages of semaphores. Without {@link Command.Create} all of them are refused.
 */
public final class SemaphoreMessages {

	private SemaphoreMessages() {
	}

	/**
	 * Acquires permits. Answers {@link Reply}; a queued acquisition is granted later by
	 * {@link Granted}. Repeating an acquisition answers as it stands.
	 *
	 * @param target the semaphore
	 * @param acquisition the number of the acquisition, unique in the session
	 * @param permits how many; zero for all that are available, without waiting
	 * @param queue whether to wait if there are not so many
	 */
	@JsonTypeName("20")
	public record Acquire(PrimitiveId target, long acquisition, int permits, boolean queue) implements Command {
		public Acquire {
			Presence.check(target);
		}

	}

	/**
	 * Releases parts of what acquisitions hold. Answers {@link Result.Number}: how many
	 * permits were held and released.
	 *
	 * @param target the semaphore
	 * @param portions the parts
	 */
	@JsonTypeName("21")
	public record Release(PrimitiveId target, List<Portion> portions) implements Command, Releasing {
		public Release {
			Presence.check(target);
			portions = List.copyOf(portions);
		}

	}

	/**
	 * Releases all that an acquisition holds, or withdraws it if it waits. Answers
	 * {@link Result.Number}: how many permits were held and released.
	 *
	 * @param target the semaphore
	 * @param acquisition the number of the acquisition
	 */
	@JsonTypeName("22")
	public record Withdraw(PrimitiveId target, long acquisition) implements Command, Releasing {
		public Withdraw {
			Presence.check(target);
		}

	}

	/**
	 * Changes how many permits there are. Answers {@link Result.Number}: how many there
	 * are now.
	 *
	 * @param target the semaphore
	 * @param change how many more, negative for less
	 */
	@JsonTypeName("23")
	public record Resize(PrimitiveId target, int change) implements Command {
		public Resize {
			Presence.check(target);
		}

	}

	/**
	 * Reads the permits. Answers {@link State}.
	 *
	 * @param target the semaphore
	 * @param session the session whose acquisitions to list, or zero
	 */
	@JsonTypeName("20")
	public record Info(PrimitiveId target, long session) implements Query {
		public Info {
			Presence.check(target);
		}

	}

	/**
	 * A queued acquisition was granted.
	 *
	 * @param source the semaphore
	 * @param acquisition the number of the acquisition
	 * @param permits how many permits it holds
	 * @param token the fencing token
	 */
	@JsonTypeName("20")
	public record Granted(PrimitiveId source, long acquisition, int permits, long token) implements Event {
		public Granted {
			Presence.check(source);
		}

	}

	/**
	 * The outcome of an acquisition.
	 *
	 * @param status one of the constants
	 * @param permits how many permits it holds
	 * @param token the fencing token if granted, else zero
	 */
	@JsonTypeName("20")
	public record Reply(int status, int permits, long token) implements Result {

		/**
		 * There are not so many permits and the acquisition does not wait.
		 */
		public static final int REFUSED = 0;

		/**
		 * The acquisition holds permits.
		 */
		public static final int GRANTED = 1;

		/**
		 * The acquisition waits.
		 */
		public static final int QUEUED = 2;

	}

	/**
	 * The permits of a semaphore.
	 *
	 * @param total how many there are
	 * @param available how many can be acquired, negative if more are held than there are
	 * @param queueLength the number of waiters
	 * @param held the numbers of the acquisitions that hold permits in the session asked
	 * for, in order
	 */
	@JsonTypeName("21")
	public record State(int total, int available, int queueLength, List<Long> held) implements Result {
		public State {
			held = List.copyOf(held);
		}

	}

	/**
	 * A part of what an acquisition holds.
	 *
	 * @param acquisition the number of the acquisition
	 * @param permits how many permits
	 */
	@JsonFormat(shape = Shape.ARRAY)
	public record Portion(long acquisition, int permits) {

	}

}
