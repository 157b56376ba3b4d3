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
 * The asynchronous face of a group.
 */
final class AsyncGroupProxy implements AsyncDistributedGroup {

	private final GroupProxy group;

	/**
	 * Creates the face.
	 * @param group the group
	 */
	AsyncGroupProxy(GroupProxy group) {
		this.group = group;
	}

	@Override
	public CompletableFuture<LocalGroupMember> join() {
		return join(Map.of());
	}

	@Override
	public CompletableFuture<LocalGroupMember> join(Map<String, String> metadata) {
		return this.group.exposed(this.group.enter(null, metadata));
	}

	@Override
	public CompletableFuture<LocalGroupMember> join(String id) {
		return join(id, Map.of());
	}

	@Override
	public CompletableFuture<LocalGroupMember> join(String id, Map<String, String> metadata) {
		return this.group.exposed(this.group.enter(Members.check(id), metadata));
	}

	@Override
	public CompletableFuture<List<GroupMember>> members() {
		return this.group.exposed(this.group.readMembers(this.group.consistency()));
	}

	@Override
	public CompletableFuture<List<GroupMember>> members(ReadConsistency consistency) {
		return this.group.exposed(this.group.readMembers(consistency));
	}

	@Override
	public CompletableFuture<Optional<GroupMember>> member(String id) {
		return this.group.exposed(this.group.readMember(id));
	}

	@Override
	public CompletableFuture<Boolean> remove(String id) {
		return this.group.exposed(this.group.removeMember(id));
	}

	@Override
	public CompletableFuture<Optional<GroupMember>> leader() {
		return this.group.exposed(this.group.readLeader());
	}

	@Override
	public CompletableFuture<GroupLeadership> leadership() {
		return this.group.exposed(this.group.readLeadership());
	}

	@Override
	public CompletableFuture<GroupPartitions> partitions(int partitions, int replicas) {
		return this.group.exposed(this.group.openPartitions(partitions, replicas));
	}

	@Override
	public CompletableFuture<GroupView> view() {
		return this.group.exposed(this.group.readView());
	}

	@Override
	public CompletableFuture<Registration> addListener(GroupListener listener) {
		return this.group.exposed(this.group.register(listener));
	}

	@Override
	public CompletableFuture<Registration> addLeaderListener(GroupLeaderListener listener) {
		return this.group.exposed(this.group.register(listener));
	}

}
