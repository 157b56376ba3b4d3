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

package io.github.atomixspring.group;

import java.util.Map;
import java.util.OptionalLong;

import io.github.atomixspring.primitive.Registration;

/**
 * A member that joined a group through this node. It belongs to the session of the node.
 * When that is lost the member joins again by itself in the next session, until it leaves
 * or is removed.
 *
 * @since 0.1.0
 */
public interface LocalGroupMember {

	/**
	 * Returns the id.
	 * @return the id
	 */
	String id();

	/**
	 * Returns the metadata with which it joined.
	 * @return the metadata
	 */
	Map<String, String> metadata();

	/**
	 * Returns whether it is persistent.
	 * @return whether it stays in the group without a session
	 */
	boolean isPersistent();

	/**
	 * Returns whether this handle still stands for a member: false after it left, was
	 * removed by another, was taken over by another node while this one had no session,
	 * or its group was destroyed or closed. Does not ask the cluster.
	 * @return whether it is a member, or about to join again
	 */
	boolean isMember();

	/**
	 * Returns whether this member leads the group and this node can vouch for it now, by
	 * the lease of its session. Does not ask the cluster.
	 * @return whether it leads
	 */
	boolean isLeader();

	/**
	 * Returns the term in which this member leads, under the same conditions as
	 * {@link #isLeader()}.
	 * @return the term, which serves as a fencing token, or empty if it does not lead
	 */
	OptionalLong leaderTerm();

	/**
	 * Consumes the messages of a channel that are for this member, one after the other. A
	 * member has one consumer of a channel at most. It comes back with the member.
	 * @param <T> the type of the messages
	 * @param <R> the type of the replies
	 * @param channel the channel
	 * @param handler handles the messages
	 * @return the registration, once the cluster knows of it or, without a session, at
	 * once
	 * @throws IllegalStateException if this is no member any more, or has a consumer of
	 * this channel
	 */
	<T, R> Registration consume(GroupChannel<T, R> channel, GroupMessageHandler<T, R> handler);

	/**
	 * Leaves the group. Leaving twice does nothing. If the answer is lost the departure
	 * is repeated in the background.
	 */
	void leave();

	/**
	 * Returns the asynchronous face.
	 * @return the asynchronous face
	 */
	AsyncLocalGroupMember async();

}
