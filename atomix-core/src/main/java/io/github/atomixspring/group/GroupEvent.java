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

import org.jspecify.annotations.Nullable;

/**
 * A change of a group.
 *
 * @param name the name of the group
 * @param type what happened
 * @param member the member as it is after the change, or was when it left; null for
 * {@link Type#RESYNC}
 * @param view the group after the change
 * @since 0.1.0
 */
public record GroupEvent(String name, Type type, @Nullable GroupMember member, GroupView view) {

	/**
	 * What happened.
	 */
	public enum Type {

		/**
		 * A member joined that was not in the group.
		 */
		JOINED,

		/**
		 * A member is not in the group any more.
		 */
		LEFT,

		/**
		 * A persistent member died or joined again.
		 */
		STATUS,

		/**
		 * A member that is alive has other metadata.
		 */
		METADATA,

		/**
		 * The view at the registration of the listener, or after events may have been
		 * missed.
		 */
		RESYNC

	}

}
