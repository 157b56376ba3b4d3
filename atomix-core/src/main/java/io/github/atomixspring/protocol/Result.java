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
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a command or query.
 */
@JsonFormat(shape = Shape.ARRAY)
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_ARRAY)
public sealed interface Result {

	/**
	 * It was refused, deterministically and without any effect.
	 *
	 * @param code a code of {@link ErrorCode}
	 * @param message the reason
	 */
	@JsonTypeName("1")
	record Failure(int code, String message) implements Result {
		public Failure {
			Presence.check(message);
		}

	}

	/**
	 * It was done.
	 */
	@JsonTypeName("2")
	record Done() implements Result {

	}

	/**
	 * A yes or no.
	 *
	 * @param value the answer
	 */
	@JsonTypeName("3")
	record Flag(boolean value) implements Result {

	}

	/**
	 * A number.
	 *
	 * @param value the number
	 */
	@JsonTypeName("4")
	record Number(long value) implements Result {

	}

	/**
	 * The outcome of a conditional write.
	 *
	 * @param updated whether it was written
	 * @param old the value before, or null if there was none or it was not asked for
	 * @param oldVersion the version before, or zero if there was no value
	 * @param version the version after, or zero if there is no value
	 */
	@JsonTypeName("5")
	record Updated(boolean updated, byte @Nullable [] old, long oldVersion, long version) implements Result {

	}

	/**
	 * The outcome of a write of a number.
	 *
	 * @param updated whether it was written
	 * @param old the number before
	 * @param value the number after
	 */
	@JsonTypeName("6")
	record LongUpdated(boolean updated, long old, long value) implements Result {

	}

	/**
	 * Entries.
	 *
	 * @param entries the entries
	 */
	@JsonTypeName("7")
	record Entries(List<KeyValue> entries) implements Result {
		public Entries {
			entries = List.copyOf(entries);
		}

	}

	/**
	 * The outcome of an acquisition.
	 *
	 * @param status one of the constants
	 * @param token the fencing token if granted, else zero
	 */
	@JsonTypeName("8")
	record LockReply(int status, long token) implements Result {

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
	record LockReleased(int status) implements Result {

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
	record LockState(boolean held, @Nullable String node, long session, long token, int queueLength) implements Result {

	}

	/**
	 * Who leads an election.
	 *
	 * @param leader the candidate, or null
	 * @param leaderNode the node of the candidate, or null
	 * @param leaderSession the session of the candidate, or zero
	 * @param term the term
	 * @param candidates all candidates, the leader first
	 */
	@JsonTypeName("11")
	record Leadership(@Nullable String leader, @Nullable String leaderNode, long leaderSession, long term,
			List<String> candidates) implements Result {
		public Leadership {
			candidates = List.copyOf(candidates);
		}

	}

	/**
	 * Primitives.
	 *
	 * @param ids the ids
	 */
	@JsonTypeName("12")
	record Primitives(List<PrimitiveId> ids) implements Result {
		public Primitives {
			ids = List.copyOf(ids);
		}

	}

	/**
	 * Sessions.
	 *
	 * @param sessions the sessions
	 */
	@JsonTypeName("13")
	record Sessions(List<SessionInfo> sessions) implements Result {
		public Sessions {
			sessions = List.copyOf(sessions);
		}

	}

	/**
	 * A session.
	 *
	 * @param id the id
	 * @param node the name of its node
	 * @param timeout the timeout in milliseconds
	 * @param remaining the replicated time until it expires, in milliseconds
	 */
	@JsonFormat(shape = Shape.ARRAY)
	record SessionInfo(long id, String node, long timeout, long remaining) {
		public SessionInfo {
			Presence.check(node);
		}

	}

}
