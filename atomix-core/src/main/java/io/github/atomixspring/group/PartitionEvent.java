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

/**
 * A partition has other members in charge.
 *
 * @param name the name of the group
 * @param partition the partition as it is now
 * @param oldMembers the ids of the members that were in charge before, in order
 * @param version the version of the group that made the change
 * @since 0.1.0
 */
public record PartitionEvent(String name, Partition partition, List<String> oldMembers, long version) {

	public PartitionEvent {
		oldMembers = List.copyOf(oldMembers);
	}

}
