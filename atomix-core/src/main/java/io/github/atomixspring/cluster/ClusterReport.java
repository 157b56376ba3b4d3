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

package io.github.atomixspring.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the configured members said about themselves. The answers are not of one moment.
 *
 * @param members one report for each configured member, in their order
 * @since 0.1.0
 */
public record ClusterReport(List<MemberReport> members) {

	public ClusterReport {
		members = List.copyOf(members);
	}

	/**
	 * Returns whether two members had different states of a partition at the same log
	 * index. It must not happen.
	 * @return whether digests of the same index differ
	 */
	public boolean hasDiverged() {
		Map<Place, String> values = new HashMap<>();
		for (MemberReport report : this.members) {
			NodeStatus status = report.status();
			if (status == null) {
				continue;
			}
			for (PartitionStatus partition : status.partitions()) {
				StateDigest digest = partition.digest();
				String other = (digest != null)
						? values.putIfAbsent(new Place(partition.partition(), digest.index()), digest.value()) : null;
				if (digest != null && other != null && !other.equals(digest.value())) {
					return true;
				}
			}
		}
		return false;
	}

	/**
	 * An index in the log of a partition.
	 */
	private record Place(int partition, long index) {

	}

}
