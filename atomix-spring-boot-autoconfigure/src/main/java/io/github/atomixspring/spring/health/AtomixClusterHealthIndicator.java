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

package io.github.atomixspring.spring.health;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;

import io.github.atomixspring.cluster.MemoryStatus;
import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.cluster.NodeStatus;
import io.github.atomixspring.cluster.PartitionStatus;
import io.github.atomixspring.cluster.StorageStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * {@link HealthIndicator} for a member of a cluster. Looks only at what the member knows
 * by itself and never waits.
 * <p>
 * UP means that the member takes part and knows a leader of each partition;
 * OUT_OF_SERVICE that it waits for the others and comes back by itself; DOWN that the
 * member itself failed or was stopped. A member that is UP may have a problem all the
 * same: too little room on its disk, of which the others need not notice anything.
 *
 * @since 0.1.0
 */
public class AtomixClusterHealthIndicator extends AbstractHealthIndicator {

	private final Supplier<NodeStatus> status;

	/**
	 * Creates an indicator.
	 * @param status tells the state of the member
	 */
	public AtomixClusterHealthIndicator(Supplier<NodeStatus> status) {
		super("Atomix cluster health check failed");
		this.status = status;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		NodeStatus status = this.status.get();
		builder.withDetail("cluster", status.cluster())
			.withDetail("node", status.node())
			.withDetail("state", status.state())
			.withDetail("role", status.role())
			.withDetail("term", status.term())
			.withDetail("appliedIndex", status.appliedIndex());
		if (status.leader() != null) {
			builder.withDetail("leader", status.leader());
		}
		if (status.partitions().size() > 1) {
			Map<Integer, String> leaders = new TreeMap<>();
			status.partitions()
				.forEach((partition) -> leaders.put(partition.partition(), Objects.toString(partition.leader(), "")));
			builder.withDetail("partitionLeaders", leaders);
		}
		StorageStatus storage = status.storage();
		if (storage != null && storage.free() >= 0) {
			builder.withDetail("freeSpace", storage.free());
		}
		MemoryStatus memory = status.memory();
		if (memory != null && memory.limit() > 0) {
			builder.withDetail("usedMemory", memory.used());
		}
		if (status.state() == NodeState.FAILED || status.state() == NodeState.STOPPED) {
			builder.down().withDetail("problem", problem(status, "The node does not run"));
			return;
		}
		String waitsFor = waitsFor(status);
		if (waitsFor != null) {
			builder.outOfService().withDetail("problem", waitsFor);
			return;
		}
		builder.up();
		if (status.problem() != null) {
			builder.withDetail("problem", status.problem());
		}
	}

	private static @Nullable String waitsFor(NodeStatus status) {
		if (status.state() != NodeState.RUNNING) {
			return problem(status, "The node is not yet a member of the cluster: " + status.state());
		}
		List<Integer> leaderless = status.partitions()
			.stream()
			.filter((partition) -> partition.leader() == null)
			.map(PartitionStatus::partition)
			.toList();
		if (leaderless.isEmpty()) {
			return null;
		}
		return problem(status,
				(status.partitions().size() > 1)
						? "No leader of the partitions " + leaderless + ": a majority of the members is not reachable"
						: "No leader: a majority of the members is not reachable");
	}

	private static String problem(NodeStatus status, String otherwise) {
		String problem = status.problem();
		return (problem != null) ? problem : otherwise;
	}

}
