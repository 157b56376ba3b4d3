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

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.atomixspring.primitive.DistributedPrimitive;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;

/**
 * A group of members that know of each other, elect a leader and send each other
 * messages.
 * <p>
 * A node joins with as many members as it likes; each is a member of its own. A member
 * that joined without an id is ephemeral: it leaves the group with the session of its
 * node. One that joined under an id is persistent: without a session it is shown as
 * {@link GroupMember.Status#DEAD}, may join again from any node, and is removed only by
 * {@link LocalGroupMember#leave()}, {@link #remove(String)} or the member expiration.
 * Whatever joined through this instance joins again by itself when the node has lost its
 * session.
 * <p>
 * The members that are alive are candidates for the leadership in the order in which they
 * joined last, and the first leads.
 *
 * @since 0.1.0
 */
public interface DistributedGroup extends DistributedPrimitive {

	/**
	 * Joins with a new ephemeral member without metadata.
	 * @return the member
	 */
	LocalGroupMember join();

	/**
	 * Joins with a new ephemeral member, under an id that nobody else has.
	 * @param metadata what it tells of itself
	 * @return the member
	 */
	LocalGroupMember join(Map<String, String> metadata);

	/**
	 * Joins with a persistent member without metadata.
	 * @param id the id, 1 to 256 characters and not blank
	 * @return the member
	 * @throws MemberExistsException see {@link #join(String, Map)}
	 */
	LocalGroupMember join(String id);

	/**
	 * Joins with a persistent member, new or dead. If an earlier session of a node of the
	 * same id still has it, as after a crash, this waits for its end. If the answer is
	 * lost or the operation timeout passes, a member that has joined all the same leaves
	 * the group again.
	 * @param id the id, 1 to 256 characters and not blank
	 * @param metadata what it tells of itself from now on
	 * @return the member
	 * @throws MemberExistsException if the member is alive on another node, or joined
	 * through this one
	 */
	LocalGroupMember join(String id, Map<String, String> metadata);

	/**
	 * Returns the members with the consistency of the options, by default linearizably.
	 * @return the members, in the order in which they joined first
	 */
	List<GroupMember> members();

	/**
	 * Returns the members with an explicit consistency.
	 * @param consistency how fresh the read is
	 * @return the members, in the order in which they joined first
	 */
	List<GroupMember> members(ReadConsistency consistency);

	/**
	 * Returns a member with the consistency of the options.
	 * @param id the id
	 * @return the member, or empty if there is none of this id
	 */
	Optional<GroupMember> member(String id);

	/**
	 * Removes a member of any node, alive or dead. Its node is told and does not join
	 * again by itself.
	 * @param id the id
	 * @return whether it was a member
	 */
	boolean remove(String id);

	/**
	 * Returns the leader with the consistency of the options.
	 * @return the member, or empty if none is alive
	 */
	Optional<GroupMember> leader();

	/**
	 * Returns the leadership with the consistency of the options.
	 * @return the leader and the term
	 */
	GroupLeadership leadership();

	/**
	 * Returns the view that this node keeps by events. Only the first call waits for the
	 * cluster; while the node is cut off the view is old.
	 * @return the view
	 */
	GroupView view();

	/**
	 * Adds a listener that is told of each change of the group. The first event is a
	 * {@link GroupEvent.Type#RESYNC} with the view at the registration; whenever events
	 * may have been missed there is another. It comes back by itself in a new session.
	 * All nodes see the events in the same order.
	 * @param listener the listener
	 * @return the registration, once the cluster knows of it
	 */
	Registration addListener(GroupListener listener);

	/**
	 * Adds a listener that is told the present leadership and each change of it. It comes
	 * back by itself in a new session.
	 * @param listener the listener
	 * @return the registration, once the cluster knows of it
	 */
	Registration addLeaderListener(GroupLeaderListener listener);

	/**
	 * Returns a producer of messages, without asking the cluster. It needs no membership
	 * and no closing; its messages and those of all other producers of this instance keep
	 * their order.
	 * @param <T> the type of the messages
	 * @param <R> the type of the replies
	 * @param channel the channel
	 * @param options how it sends
	 * @return the producer
	 */
	<T, R> GroupProducer<T, R> producer(GroupChannel<T, R> channel, ProducerOptions options);

	/**
	 * Returns partitions of which the live members are in charge. All nodes compute the
	 * same from the same members. The first call waits for the view of this node.
	 * @param partitions the number of partitions, 1 to 10,000
	 * @param replicas the number of members in charge of each, at least one
	 * @return the partitions, which follow the group until they are closed
	 */
	GroupPartitions partitions(int partitions, int replicas);

	/**
	 * Returns the asynchronous face.
	 * @return the asynchronous face
	 */
	AsyncDistributedGroup async();

}
