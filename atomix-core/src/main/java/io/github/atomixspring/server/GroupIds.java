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

package io.github.atomixspring.server;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The ids of the Raft groups of a cluster. Each member derives them from the id of the
 * cluster, so that nobody has to tell them; they must never change.
 */
final class GroupIds {

	private GroupIds() {
	}

	/**
	 * Returns the id of a group.
	 * @param clusterId the id of the cluster
	 * @param partition the number of the partition
	 * @return the id of the cluster itself for the first partition, else a UUID derived
	 * from that and the number by name (RFC 9562, version 3)
	 */
	static UUID of(String clusterId, int partition) {
		UUID cluster = UUID.fromString(clusterId);
		return (partition == 0) ? cluster
				: UUID.nameUUIDFromBytes((cluster + "/" + partition).getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Returns the partition of a group.
	 * @param clusterId the id of the cluster
	 * @param partitions the number of its partitions
	 * @param group the id of the group
	 * @return the number of the partition, or -1 if the group is none of the cluster
	 */
	static int partitionOf(String clusterId, int partitions, UUID group) {
		for (int partition = 0; partition < partitions; partition++) {
			if (of(clusterId, partition).equals(group)) {
				return partition;
			}
		}
		return -1;
	}

}
