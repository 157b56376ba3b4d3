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
public sealed interface Result
		permits Result.Failure, Result.Done, Result.Flag, Result.Number, Result.Updated, Result.Entries,
		Result.Primitives, Result.Sessions, LockMessages.Reply, LockMessages.Released, LockMessages.State,
		ElectionMessages.Leadership, LongMessages.Updated, SemaphoreMessages.Reply, SemaphoreMessages.State,
		LongMessages.Versioned, TransactionMessages.Outcome, ReceiptMessages.Receipt, DeliveryMessages.Assignments,
		TaskMessages.Counts, BarrierMessages.Reply, BarrierMessages.State, Result.Values, QueueMessages.Reply,
		TreeMessages.Outcome, TreeMessages.Listing, GroupMessages.Joined, GroupMessages.State, GroupMessages.Sent {

	/**
	 * Returns about how many bytes the result takes beside its fixed part.
	 * @return the weight
	 */
	default long weight() {
		return 0;
	}

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

		@Override
		public long weight() {
			return this.message.length();
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

		@Override
		public long weight() {
			return (this.old != null) ? this.old.length : 0;
		}

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

		@Override
		public long weight() {
			return this.entries.stream().mapToLong(KeyValue::size).sum();
		}

	}

	/**
	 * Values that were removed.
	 *
	 * @param values the values
	 * @param more whether there are more than fit into one answer
	 */
	@JsonTypeName("31")
	record Values(List<byte[]> values, boolean more) implements Result {
		public Values {
			values = List.copyOf(values);
		}

		@Override
		public long weight() {
			return this.values.stream().mapToLong((value) -> value.length).sum();
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

		@Override
		public long weight() {
			return this.ids.stream().mapToLong((id) -> id.name().length()).sum();
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

		@Override
		public long weight() {
			return this.sessions.stream().mapToLong((session) -> session.node().length()).sum();
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
