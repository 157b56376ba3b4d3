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
 * Who leads a group.
 *
 * @param leader the id of the leading member, or null if no member is alive
 * @param term the term of the leader, or of the last one if there is none; zero if there
 * never was one. Grows for ever and serves as a fencing token
 * @since 0.1.0
 */
public record GroupLeadership(@Nullable String leader, long term) {

	/**
	 * Returns whether the given member leads.
	 * @param member the id of the member
	 * @return whether it leads
	 */
	public boolean isLedBy(String member) {
		return member.equals(this.leader);
	}

}
