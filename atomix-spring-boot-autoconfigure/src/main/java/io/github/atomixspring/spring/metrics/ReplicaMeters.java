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

package io.github.atomixspring.spring.metrics;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import io.github.atomixspring.cluster.MemoryStatus;
import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.cluster.NodeStatus;
import io.github.atomixspring.cluster.PartitionStatus;
import io.github.atomixspring.cluster.Role;
import io.github.atomixspring.cluster.StorageStatus;
import io.github.atomixspring.metrics.ReplicaStatistics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Shows what a member knows of itself: consensus, log, snapshots and gateway. All of it
 * is looked up when a meter is read.
 */
class ReplicaMeters implements MeterBinder {

	private final Supplier<NodeStatus> status;

	private final Supplier<ReplicaStatistics> statistics;

	ReplicaMeters(Supplier<NodeStatus> status, Supplier<ReplicaStatistics> statistics) {
		this.status = status;
		this.statistics = statistics;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		bindConsensus(registry);
		bindStorage(registry);
		bindMemory(registry);
		bindSnapshots(registry);
		bindGateway(registry);
	}

	private void bindConsensus(MeterRegistry registry) {
		status(registry, "atomix.member.running", "Whether this member takes part in its cluster",
				(status) -> flag(status.state() == NodeState.RUNNING));
		int partitions = this.status.get().partitions().size();
		for (int partition = 0; partition < partitions; partition++) {
			bindConsensus(registry, partition,
					(partitions > 1) ? Tags.of("partition", Integer.toString(partition)) : Tags.empty());
		}
	}

	private void bindConsensus(MeterRegistry registry, int partition, Tags tags) {
		PartitionGauges gauges = new PartitionGauges(registry, partition, tags);
		gauges.add("atomix.raft.leader", "Whether this member leads the consensus",
				(status) -> flag(status.role() == Role.LEADER));
		gauges.add("atomix.raft.leader.known", "Whether this member knows a leader of the consensus",
				(status) -> flag(status.leader() != null));
		gauges.add("atomix.raft.term", "Term of the consensus", PartitionStatus::term);
		gauges.add("atomix.raft.log.last.index", "Index of the last log entry", PartitionStatus::lastIndex);
		gauges.add("atomix.raft.log.commit.index", "Index of the last committed log entry",
				PartitionStatus::commitIndex);
		gauges.add("atomix.raft.log.applied.index", "Index of the last applied log entry",
				PartitionStatus::appliedIndex);
		gauges.add("atomix.raft.snapshot.index", "Index of the last snapshot", PartitionStatus::snapshotIndex);
	}

	private void bindStorage(MeterRegistry registry) {
		storage("atomix.storage.free", "Free space of the disk of this member", StorageStatus::free)
			.baseUnit(BaseUnits.BYTES)
			.register(registry);
		storage("atomix.storage.required", "Free space below which this member takes no writes",
				StorageStatus::required)
			.baseUnit(BaseUnits.BYTES)
			.register(registry);
		storage("atomix.storage.short", "Whether this member takes no writes for want of space",
				(storage) -> flag(!storage.hasRoom()))
			.register(registry);
	}

	private void bindMemory(MeterRegistry registry) {
		memory("atomix.memory.used", "Heap of this member in use for what lives long, after the last collection",
				MemoryStatus::used)
			.baseUnit(BaseUnits.BYTES)
			.register(registry);
		memory("atomix.memory.limit", "Use of the heap above which this member takes no writes", MemoryStatus::limit)
			.baseUnit(BaseUnits.BYTES)
			.register(registry);
		memory("atomix.memory.short", "Whether this member takes no writes for want of memory",
				(memory) -> flag(!memory.hasRoom()))
			.register(registry);
	}

	private Gauge.Builder<ReplicaMeters> memory(String name, String description, ToDoubleFunction<MemoryStatus> value) {
		return Gauge.builder(name, this, (meters) -> {
			MemoryStatus memory = meters.status.get().memory();
			return (memory != null && memory.limit() > 0) ? value.applyAsDouble(memory) : Double.NaN;
		}).description(description);
	}

	private Gauge.Builder<ReplicaMeters> storage(String name, String description,
			ToDoubleFunction<StorageStatus> value) {
		return Gauge.builder(name, this, (meters) -> {
			StorageStatus storage = meters.status.get().storage();
			return (storage != null && storage.free() >= 0) ? value.applyAsDouble(storage) : Double.NaN;
		}).description(description);
	}

	private void bindSnapshots(MeterRegistry registry) {
		FunctionTimer
			.builder("atomix.snapshots", this, (meters) -> meters.snapshots().written(),
					(meters) -> meters.snapshots().writeNanos(), TimeUnit.NANOSECONDS)
			.description("Snapshots that were written")
			.register(registry);
		FunctionCounter.builder("atomix.snapshots.failed", this, (meters) -> meters.snapshots().failed())
			.description("Snapshots that could not be written")
			.register(registry);
		Gauge.builder("atomix.snapshot.size", this, (meters) -> meters.snapshots().bytes())
			.description("Size of the last snapshot")
			.baseUnit(BaseUnits.BYTES)
			.register(registry);
	}

	private ReplicaStatistics.SnapshotStatistics snapshots() {
		return this.statistics.get().snapshots();
	}

	private void bindGateway(MeterRegistry registry) {
		Gauge.builder("atomix.sessions.open", this, (meters) -> meters.statistics.get().sessions())
			.description("Open sessions of the cluster")
			.register(registry);
		gateway("atomix.gateway.serving", "Of how many partitions this member leads and serves the sessions",
				(gateway) -> gateway.serving())
			.register(registry);
		gateway("atomix.gateway.queue.size", "Submissions that wait for the next log entry",
				(gateway) -> gateway.queued())
			.register(registry);
		gateway("atomix.gateway.queue.bytes", "Size of the submissions that wait for the next log entry",
				(gateway) -> gateway.queuedBytes())
			.baseUnit(BaseUnits.BYTES)
			.register(registry);
		gateway("atomix.gateway.entries.uncommitted", "Log entries that are not committed yet",
				(gateway) -> gateway.entriesInFlight())
			.register(registry);
		count(registry, "atomix.gateway.reigns", "How often this member began to serve the sessions",
				(gateway) -> gateway.reigns());
		count(registry, "atomix.gateway.entries", "Log entries that this member appended for the sessions",
				(gateway) -> gateway.entries());
		count(registry, "atomix.gateway.submissions", "Batches of commands, keep-alives and the like in log entries",
				(gateway) -> gateway.submissions());
		count(registry, "atomix.gateway.entry.bytes", "Size of the log entries that this member appended",
				(gateway) -> gateway.bytes());
		count(registry, "atomix.gateway.refusals", "Submissions that were not taken because too much was queued",
				(gateway) -> gateway.refusals());
		count(registry, "atomix.gateway.commands.refused",
				"Commands that were not taken for want of space on the disks", (gateway) -> gateway.refusedCommands());
		count(registry, "atomix.sessions.expired", "Sessions that ended for want of a sign of life",
				(gateway) -> gateway.expiredSessions());
	}

	private void status(MeterRegistry registry, String name, String description, ToDoubleFunction<NodeStatus> value) {
		Gauge.builder(name, this, (meters) -> value.applyAsDouble(meters.status.get()))
			.description(description)
			.register(registry);
	}

	private Gauge.Builder<ReplicaMeters> gateway(String name, String description,
			ToDoubleFunction<ReplicaStatistics.GatewayStatistics> value) {
		return Gauge.builder(name, this, (meters) -> value.applyAsDouble(meters.statistics.get().gateway()))
			.description(description);
	}

	private void count(MeterRegistry registry, String name, String description,
			ToDoubleFunction<ReplicaStatistics.GatewayStatistics> value) {
		FunctionCounter.builder(name, this, (meters) -> value.applyAsDouble(meters.statistics.get().gateway()))
			.description(description)
			.register(registry);
	}

	private static double flag(boolean value) {
		return value ? 1 : 0;
	}

	/**
	 * Registers what a member knows of one partition.
	 */
	private final class PartitionGauges {

		private final MeterRegistry registry;

		private final int partition;

		private final Tags tags;

		PartitionGauges(MeterRegistry registry, int partition, Tags tags) {
			this.registry = registry;
			this.partition = partition;
			this.tags = tags;
		}

		void add(String name, String description, ToDoubleFunction<PartitionStatus> value) {
			int number = this.partition;
			Gauge
				.builder(name, ReplicaMeters.this,
						(meters) -> value.applyAsDouble(meters.status.get().partitions().get(number)))
				.description(description)
				.tags(this.tags)
				.register(this.registry);
		}

	}

}
