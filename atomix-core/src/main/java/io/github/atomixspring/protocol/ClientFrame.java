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
 * What a session sends to the gateway of the leader. A link carries one session.
 */
@JsonFormat(shape = Shape.ARRAY)
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_ARRAY)
public sealed interface ClientFrame {

	/**
	 * The first frame of a link. Answered by {@link ServerFrame.Welcome},
	 * {@link ServerFrame.Redirect} or {@link ServerFrame.Rejected}.
	 *
	 * @param version the version of the protocol
	 * @param cluster the name of the cluster
	 * @param clusterId the id of the cluster, or null if not known yet
	 * @param node the name of the node
	 * @param partitions the number of partitions it is configured for; 0 from an earlier
	 * release stands for 1
	 */
	@JsonTypeName("1")
	record Hello(int version, String cluster, @Nullable String clusterId, String node,
			int partitions) implements ClientFrame {
		public Hello {
			Presence.check(cluster, node);
			partitions = Math.max(1, partitions);
		}

	}

	/**
	 * Opens a session. Answered by {@link ServerFrame.Opened}.
	 *
	 * @param token identifies the request: a repeated one answers the same session
	 * @param node the name of the node
	 * @param timeout the timeout in milliseconds
	 */
	@JsonTypeName("2")
	record Open(String token, String node, long timeout) implements ClientFrame {
		public Open {
			Presence.check(token, node);
		}

	}

	/**
	 * Brings an open session to this link. All events after the given number are sent
	 * again; unanswered commands are to be submitted again. Answered by
	 * {@link ServerFrame.Resumed} or {@link ServerFrame.Expired}.
	 *
	 * @param session the id of the session
	 * @param eventsSeen the number up to which the session has all events
	 */
	@JsonTypeName("3")
	record Resume(long session, long eventsSeen) implements ClientFrame {

	}

	/**
	 * Submits commands. Each is answered by a {@link NumberedResult} in
	 * {@link ServerFrame.Applied}.
	 *
	 * @param session the id of the session
	 * @param acknowledged the sequence number up to which the session has all answers
	 * @param eventsSeen the number up to which the session has all events
	 * @param commands the commands, with consecutive numbers
	 */
	@JsonTypeName("4")
	record Submit(long session, long acknowledged, long eventsSeen, List<Sequenced> commands) implements ClientFrame {
		public Submit {
			commands = List.copyOf(commands);
		}

	}

	/**
	 * Asks a query. Answered by {@link ServerFrame.Answer}.
	 *
	 * @param id the number of the request on this link
	 * @param linearizable whether the answer must be fresh
	 * @param minIndex the log index that must be applied before
	 * @param query the encoded {@link Query}
	 */
	@JsonTypeName("5")
	record Ask(long id, boolean linearizable, long minIndex, byte[] query) implements ClientFrame {
		public Ask {
			Presence.check(query);
		}

	}

	/**
	 * Keeps the session alive. Answered by {@link ServerFrame.Alive} once it is applied.
	 *
	 * @param session the id of the session
	 * @param number the number of the request
	 * @param acknowledged the sequence number up to which the session has all answers
	 * @param eventsSeen the number up to which the session has all events
	 */
	@JsonTypeName("6")
	record KeepAlive(long session, long number, long acknowledged, long eventsSeen) implements ClientFrame {

	}

	/**
	 * Closes the session. Answered by {@link ServerFrame.Expired}.
	 *
	 * @param session the id of the session
	 */
	@JsonTypeName("7")
	record Close(long session) implements ClientFrame {

	}

}
