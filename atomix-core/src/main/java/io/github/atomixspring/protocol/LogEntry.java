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

/**
 * One entry of the replicated log: what the leader's gateway merged of all its sessions.
 *
 * @param version the version of the format
 * @param stamp the replicated time of the entry in milliseconds, as the leader counts it
 * @param items what happens, in order
 */
@JsonFormat(shape = Shape.ARRAY)
public record LogEntry(int version, long stamp, List<Item> items) {

	public LogEntry {
		items = List.copyOf(items);
	}

	/**
	 * The version this code writes, and the newest it reads.
	 */
	public static final int VERSION = 1;

	/**
	 * A part of an entry.
	 */
	@JsonFormat(shape = Shape.ARRAY)
	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_ARRAY)
	public sealed interface Item {

		/**
		 * Returns from which {@link FeatureLevel} of the cluster on there is this item.
		 * @return the level
		 */
		default int level() {
			return FeatureLevel.BASE;
		}

	}

	/**
	 * Opens a session.
	 *
	 * @param token identifies the request: a repeated one answers the same session
	 * @param node the name of the node
	 * @param timeout the timeout in milliseconds
	 */
	@JsonTypeName("1")
	public record Open(String token, String node, long timeout) implements Item {
		public Open {
			Presence.check(token, node);
		}

	}

	/**
	 * Commands of a session.
	 *
	 * @param session the id of the session
	 * @param acknowledged the sequence number up to which the session has all answers
	 * @param eventsSeen the number up to which the session has all events
	 * @param commands the commands
	 */
	@JsonTypeName("2")
	public record Batch(long session, long acknowledged, long eventsSeen, List<Sequenced> commands) implements Item {
		public Batch {
			commands = List.copyOf(commands);
		}

	}

	/**
	 * Keeps a session alive.
	 *
	 * @param session the id of the session
	 * @param acknowledged the sequence number up to which the session has all answers
	 * @param eventsSeen the number up to which the session has all events
	 */
	@JsonTypeName("3")
	public record KeepAlive(long session, long acknowledged, long eventsSeen) implements Item {

	}

	/**
	 * Closes a session and frees what it holds.
	 *
	 * @param session the id of the session
	 */
	@JsonTypeName("4")
	public record Close(long session) implements Item {

	}

	/**
	 * Makes every member compute the digest of its state.
	 */
	@JsonTypeName("5")
	public record Verify() implements Item {

	}

	/**
	 * Brings back a part of a backup. The last one makes the primitives in it those of
	 * the cluster and ends all sessions.
	 *
	 * @param backup identifies what is brought back
	 * @param forced whether to do it although there are primitives
	 * @param number the number of the part, from 0 on without a gap
	 * @param last whether it is the last one
	 * @param content the parts of a snapshot in it
	 */
	@JsonTypeName("6")
	public record Restore(String backup, boolean forced, int number, boolean last,
			List<byte[]> content) implements Item {
		public Restore {
			Presence.check(backup);
			content = List.copyOf(content);
		}

		@Override
		public int level() {
			return FeatureLevel.RESTORE;
		}

	}

	/**
	 * Raises the {@link FeatureLevel} of the cluster by one. All members know the next
	 * one when this is appended; one that does not must stop here.
	 *
	 * @param next the level, which is the one after that of the cluster
	 */
	@JsonTypeName("7")
	public record Raise(int next) implements Item {

	}

	/**
	 * Takes the place of commands of a session that the leader does not take: the numbers
	 * of commands have no gaps. Each of them is answered by a {@link Result.Failure}, if
	 * none of its number was applied before.
	 *
	 * @param session the id of the session
	 * @param acknowledged the sequence number up to which the session has all answers
	 * @param eventsSeen the number up to which the session has all events
	 * @param first the number of the first command
	 * @param last the number of the last command
	 * @param code the code of the error
	 * @param reason the reason
	 */
	@JsonTypeName("8")
	public record Refusal(long session, long acknowledged, long eventsSeen, long first, long last, int code,
			String reason) implements Item {

		/**
		 * How many commands one may be for.
		 */
		public static final int MAX_COMMANDS = 10_000;

		public Refusal {
			Presence.check(reason);
		}

		@Override
		public int level() {
			return FeatureLevel.REFUSALS;
		}

	}

}
