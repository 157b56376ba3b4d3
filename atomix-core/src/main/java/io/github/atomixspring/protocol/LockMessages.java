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
 * Messages of locks.
 */
public final class LockMessages {

	private LockMessages() {
	}

	/**
	 * Acquires a lock. Answers {@link Reply}; a queued acquisition is granted later by
	 * {@link Granted}. Repeating an acquisition answers as it stands.
	 *
	 * @param target the lock
	 * @param acquisition the number of the acquisition, unique in the session
	 * @param queue whether to wait if the lock is held
	 * @param lease the longest time the lock is held, from the grant; zero for no limit
	 */
	@JsonTypeName("5")
	public record Acquire(PrimitiveId target, long acquisition, boolean queue, long lease) implements Command {
		public Acquire {
			Presence.check(target);
		}

	}

	/**
	 * Releases a lock or withdraws a queued acquisition. Answers {@link Released}.
	 *
	 * @param target the lock
	 * @param acquisition the number of the acquisition
	 */
	@JsonTypeName("6")
	public record Release(PrimitiveId target, long acquisition) implements Command, Releasing {
		public Release {
			Presence.check(target);
		}

	}

	/**
	 * Takes a lock from its holder, whoever that is. Answers {@link Result.Flag}: whether
	 * the lock was held under the token.
	 *
	 * @param target the lock
	 * @param token the fencing token
	 */
	@JsonTypeName("19")
	public record ForceRelease(PrimitiveId target, long token) implements Command, Releasing {
		public ForceRelease {
			Presence.check(target);
		}

	}

	/**
	 * Reads who holds a lock. Answers {@link State}.
	 *
	 * @param target the lock
	 */
	@JsonTypeName("1")
	public record Info(PrimitiveId target) implements Query {
		public Info {
			Presence.check(target);
		}

	}

	/**
	 * A queued acquisition was granted.
	 *
	 * @param source the lock
	 * @param acquisition the number of the acquisition
	 * @param token the fencing token
	 */
	@JsonTypeName("3")
	public record Granted(PrimitiveId source, long acquisition, long token) implements Event {
		public Granted {
			Presence.check(source);
		}

	}

	/**
	 * A held lock was lost by lease or by force.
	 *
	 * @param source the lock
	 * @param acquisition the number of the acquisition
	 * @param token the fencing token
	 */
	@JsonTypeName("4")
	public record Lost(PrimitiveId source, long acquisition, long token) implements Event {
		public Lost {
			Presence.check(source);
		}

	}

	/**
	 * The outcome of an acquisition.
	 *
	 * @param status one of the constants
	 * @param token the fencing token if granted, else zero
	 */
	@JsonTypeName("8")
	public record Reply(int status, long token) implements Result {

		/**
		 * The lock is held by another and the acquisition does not wait.
		 */
		public static final int REFUSED = 0;

		/**
		 * The lock is held by this acquisition.
		 */
		public static final int GRANTED = 1;

		/**
		 * The acquisition waits.
		 */
		public static final int QUEUED = 2;

	}

	/**
	 * The outcome of a release.
	 *
	 * @param status one of the constants
	 */
	@JsonTypeName("9")
	public record Released(int status) implements Result {

		/**
		 * The acquisition neither held the lock nor waited for it.
		 */
		public static final int NOT_HELD = 0;

		/**
		 * The lock was released.
		 */
		public static final int RELEASED = 1;

		/**
		 * The wait was withdrawn.
		 */
		public static final int WITHDRAWN = 2;

	}

	/**
	 * Who holds a lock.
	 *
	 * @param held whether it is held
	 * @param node the name of the holder's node
	 * @param session the holder's session
	 * @param token the fencing token
	 * @param queueLength the number of waiters
	 */
	@JsonTypeName("10")
	public record State(boolean held, @Nullable String node, long session, long token,
			int queueLength) implements Result {

	}

}
