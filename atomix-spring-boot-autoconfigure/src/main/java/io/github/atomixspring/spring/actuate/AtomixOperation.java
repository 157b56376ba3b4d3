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

package io.github.atomixspring.spring.actuate;

/**
 * What an operator can have {@link AtomixEndpoint} do.
 *
 * @since 0.1.0
 */
public enum AtomixOperation {

	/**
	 * Takes a lock from its holder.
	 */
	RELEASE_LOCK,

	/**
	 * Hands the leadership of the consensus to another member.
	 */
	TRANSFER_LEADERSHIP,

	/**
	 * Adds a member to the cluster.
	 */
	ADD_MEMBER,

	/**
	 * Adds a member without a vote to the cluster.
	 */
	ADD_LISTENER,

	/**
	 * Removes a member from the cluster.
	 */
	REMOVE_MEMBER,

	/**
	 * Gives a listener a vote.
	 */
	PROMOTE_MEMBER,

	/**
	 * Takes the vote of a member.
	 */
	DEMOTE_MEMBER,

	/**
	 * Takes a snapshot of the state of this member.
	 */
	TAKE_SNAPSHOT,

	/**
	 * Compares the states of all members.
	 */
	VERIFY_DIGESTS,

	/**
	 * Writes the state of the cluster to a file.
	 */
	BACKUP,

	/**
	 * Makes the state in a file that of the cluster.
	 */
	RESTORE

}
