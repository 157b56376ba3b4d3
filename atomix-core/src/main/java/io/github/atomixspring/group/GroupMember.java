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
import java.util.Objects;

/**
 * A member of a group, as it was at some moment.
 *
 * @param id the id, unique in its group
 * @param node the id of the node through which it joined last
 * @param status whether it has a session
 * @param persistent whether it stays in the group without a session
 * @param metadata what it tells of itself
 * @since 0.1.0
 */
public record GroupMember(String id, String node, Status status, boolean persistent, Map<String, String> metadata) {

	public GroupMember {
		Objects.requireNonNull(id, "'id' must not be null");
		Objects.requireNonNull(node, "'node' must not be null");
		Objects.requireNonNull(status, "'status' must not be null");
		metadata = Map.copyOf(metadata);
	}

	/**
	 * Returns whether the member is {@link Status#ALIVE}.
	 * @return whether it has a session
	 */
	public boolean isAlive() {
		return this.status == Status.ALIVE;
	}

	/**
	 * Whether a member has a session.
	 */
	public enum Status {

		/**
		 * The session in which it joined is open.
		 */
		ALIVE,

		/**
		 * The session in which it joined has ended. Only persistent members are shown so:
		 * others leave.
		 */
		DEAD

	}

}
