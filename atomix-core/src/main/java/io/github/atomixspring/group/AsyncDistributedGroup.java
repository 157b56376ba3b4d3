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
import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;

/**
 * The asynchronous face of a {@link DistributedGroup}, with the same operations under the
 * same names.
 *
 * @since 0.1.0
 */
public interface AsyncDistributedGroup {

	/**
	 * See {@link DistributedGroup#join()}.
	 * @return the member
	 */
	CompletableFuture<LocalGroupMember> join();

	/**
	 * See {@link DistributedGroup#join(Map)}.
	 * @param metadata what it tells of itself
	 * @return the member
	 */
	CompletableFuture<LocalGroupMember> join(Map<String, String> metadata);

	/**
	 * See {@link DistributedGroup#join(String)}.
	 * @param id the id
	 * @return the member
	 */
	CompletableFuture<LocalGroupMember> join(String id);

	/**
	 * See {@link DistributedGroup#join(String, Map)}.
	 * @param id the id
	 * @param metadata what it tells of itself from now on
	 * @return the member
	 */
	CompletableFuture<LocalGroupMember> join(String id, Map<String, String> metadata);

	/**
	 * See {@link DistributedGroup#members()}.
	 * @return the members
	 */
	CompletableFuture<List<GroupMember>> members();

	/**
	 * See {@link DistributedGroup#members(ReadConsistency)}.
	 * @param consistency how fresh the read is
	 * @return the members
	 */
	CompletableFuture<List<GroupMember>> members(ReadConsistency consistency);

	/**
	 * See {@link DistributedGroup#member(String)}.
	 * @param id the id
	 * @return the member, or empty
	 */
	CompletableFuture<Optional<GroupMember>> member(String id);

	/**
	 * See {@link DistributedGroup#remove(String)}.
	 * @param id the id
	 * @return whether it was a member
	 */
	CompletableFuture<Boolean> remove(String id);

	/**
	 * See {@link DistributedGroup#leader()}.
	 * @return the member, or empty
	 */
	CompletableFuture<Optional<GroupMember>> leader();

	/**
	 * See {@link DistributedGroup#leadership()}.
	 * @return the leader and the term
	 */
	CompletableFuture<GroupLeadership> leadership();

	/**
	 * See {@link DistributedGroup#view()}.
	 * @return the view
	 */
	CompletableFuture<GroupView> view();

	/**
	 * See {@link DistributedGroup#addListener(GroupListener)}.
	 * @param listener the listener
	 * @return the registration, once the cluster knows of it
	 */
	CompletableFuture<Registration> addListener(GroupListener listener);

	/**
	 * See {@link DistributedGroup#addLeaderListener(GroupLeaderListener)}.
	 * @param listener the listener
	 * @return the registration, once the cluster knows of it
	 */
	CompletableFuture<Registration> addLeaderListener(GroupLeaderListener listener);

	/**
	 * See {@link DistributedGroup#partitions(int, int)}.
	 * @param partitions the number of partitions
	 * @param replicas the number of members in charge of each
	 * @return the partitions
	 */
	CompletableFuture<GroupPartitions> partitions(int partitions, int replicas);

}
