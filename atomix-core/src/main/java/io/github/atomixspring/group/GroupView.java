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
import java.util.Objects;
import java.util.Optional;

/**
 * A group at one moment of the log. All nodes see the same views in the same order.
 *
 * @param version the version of the group, which grows with each change
 * @param members the members, in the order in which they joined first
 * @param leadership who leads
 * @since 0.1.0
 */
public record GroupView(long version, List<GroupMember> members, GroupLeadership leadership) {

	public GroupView {
		members = List.copyOf(members);
		Objects.requireNonNull(leadership, "'leadership' must not be null");
	}

	/**
	 * Returns a member.
	 * @param id the id
	 * @return the member, or empty if there is none of this id
	 */
	public Optional<GroupMember> member(String id) {
		return this.members.stream().filter((member) -> member.id().equals(id)).findFirst();
	}

	/**
	 * Returns the members that are alive.
	 * @return the members, in order
	 */
	public List<GroupMember> liveMembers() {
		return this.members.stream().filter(GroupMember::isAlive).toList();
	}

	/**
	 * Returns the consistent hash ring of the live members. It is computed by each call:
	 * keep it as long as the view.
	 * @return the ring
	 */
	public HashRing ring() {
		return HashRing.of(liveMembers().stream().map(GroupMember::id).toList());
	}

}
