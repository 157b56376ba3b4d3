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
import java.util.Optional;

/**
 * A partition and the members that are in charge of it.
 *
 * @param number the number, from zero on
 * @param members the ids of the members, the first of which is the primary; fewer than
 * asked for if the group has fewer live members
 * @since 0.1.0
 */
public record Partition(int number, List<String> members) {

	public Partition {
		members = List.copyOf(members);
	}

	/**
	 * Returns the first member.
	 * @return the id, or empty if no member is alive
	 */
	public Optional<String> primary() {
		return this.members.stream().findFirst();
	}

}
