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
 * What the gateway of the leader sends to a session.
 */
@JsonFormat(shape = Shape.ARRAY)
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_ARRAY)
public sealed interface ServerFrame {

	/**
	 * This member leads and serves the link.
	 *
	 * @param version the version of the protocol
	 * @param clusterId the id of the cluster
	 * @param members the addresses of its members as {@code host:port}, or null if not
	 * known
	 * @param partitions the number of partitions of the cluster; 0 from an earlier
	 * release stands for 1
	 */
	@JsonTypeName("1")
	record Welcome(int version, String clusterId, @Nullable List<String> members,
			int partitions) implements ServerFrame {
		public Welcome {
			partitions = Math.max(1, partitions);
			Presence.check(clusterId);
			members = (members != null) ? List.copyOf(members) : null;
		}

	}

	/**
	 * This member does not lead, or not any more. The link is closed after it.
	 *
	 * @param leader the address of the leader as {@code host:port}, or null if unknown
	 */
	@JsonTypeName("2")
	record Redirect(@Nullable String leader) implements ServerFrame {

	}

	/**
	 * This member will never serve this node. The link is closed after it.
	 *
	 * @param reason the reason
	 */
	@JsonTypeName("3")
	record Rejected(String reason) implements ServerFrame {
		public Rejected {
			Presence.check(reason);
		}

	}

	/**
	 * Too much waits at this member. The link is closed after it; try again later.
	 *
	 * @param reason the limit
	 */
	@JsonTypeName("4")
	record Busy(String reason) implements ServerFrame {
		public Busy {
			Presence.check(reason);
		}

	}

	/**
	 * The session is open.
	 *
	 * @param session the id of the session
	 */
	@JsonTypeName("5")
	record Opened(long session) implements ServerFrame {

	}

	/**
	 * The session was brought to this link.
	 *
	 * @param session the id of the session
	 */
	@JsonTypeName("6")
	record Resumed(long session) implements ServerFrame {

	}

	/**
	 * The session has ended or is unknown.
	 *
	 * @param session the id of the session
	 */
	@JsonTypeName("7")
	record Expired(long session) implements ServerFrame {

	}

	/**
	 * What one log entry did for the session: events first, then answers.
	 *
	 * @param index the log index
	 * @param events the events, in order, with consecutive numbers
	 * @param results the answers, in order
	 */
	@JsonTypeName("8")
	record Applied(long index, List<NumberedEvent> events, List<NumberedResult> results) implements ServerFrame {
		public Applied {
			events = List.copyOf(events);
			results = List.copyOf(results);
		}

	}

	/**
	 * The answer to a query.
	 *
	 * @param id the number of the request
	 * @param index the log index of the state that was read
	 * @param result the answer
	 */
	@JsonTypeName("9")
	record Answer(long id, long index, Result result) implements ServerFrame {
		public Answer {
			Presence.check(result);
		}

	}

	/**
	 * A keep-alive was applied.
	 *
	 * @param number the number of the request
	 * @param members the addresses of the members as {@code host:port} if they have
	 * changed since they were sent over this link, else null
	 */
	@JsonTypeName("10")
	record Alive(long number, @Nullable List<String> members) implements ServerFrame {
		public Alive {
			members = (members != null) ? List.copyOf(members) : null;
		}

	}

}
