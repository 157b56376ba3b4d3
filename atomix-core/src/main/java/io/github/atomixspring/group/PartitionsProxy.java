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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.proxy.ListenerSet;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of a group, made anew for each view.
 */
final class PartitionsProxy implements GroupPartitions {

	private final String group;

	private final int partitions;

	private final int replicas;

	private final ListenerSet<PartitionListener> listeners;

	private final Executor executor;

	private final CompletableFuture<Void> ready = new CompletableFuture<>();

	private volatile PartitionTable table;

	private List<String> members = List.of();

	private volatile boolean closed;

	private volatile @Nullable Registration registration;

	/**
	 * Creates the partitions of a group without members.
	 * @param group the name of the group
	 * @param partitions the number of partitions
	 * @param replicas the number of members in charge of each
	 * @param executors returns a new serial executor
	 */
	PartitionsProxy(String group, int partitions, int replicas, Supplier<Executor> executors) {
		this.group = group;
		this.partitions = partitions;
		this.replicas = replicas;
		this.table = PartitionTable.of(List.of(), partitions, replicas);
		this.listeners = new ListenerSet<>(executors, "group '" + group + "'");
		this.executor = executors.get();
	}

	/**
	 * Takes the registration of {@link #accept(GroupView)}.
	 * @param newRegistration the registration
	 * @return completes when there is a table
	 */
	CompletableFuture<Void> opened(Registration newRegistration) {
		this.registration = newRegistration;
		return this.ready;
	}

	/**
	 * Called in the mailbox of the group for each view.
	 * @param view the view
	 */
	void accept(GroupView view) {
		// Elsewhere: a large table takes its time.
		this.executor.execute(() -> {
			take(view);
			this.ready.complete(null);
		});
	}

	private void take(GroupView view) {
		List<String> live = view.liveMembers().stream().map(GroupMember::id).sorted().toList();
		if (live.equals(this.members) || this.closed) {
			return;
		}
		this.members = live;
		PartitionTable old = this.table;
		PartitionTable changed = PartitionTable.of(live, this.partitions, this.replicas);
		this.table = changed;
		if (!this.listeners.isEmpty()) {
			for (Partition partition : changed.partitions()) {
				List<String> before = old.partition(partition.number()).members();
				if (!before.equals(partition.members())) {
					PartitionEvent event = new PartitionEvent(this.group, partition, before, view.version());
					this.listeners.forEach((listener) -> listener.onEvent(event));
				}
			}
		}
	}

	@Override
	public PartitionTable table() {
		return this.table;
	}

	@Override
	public Registration addListener(PartitionListener listener) {
		return this.listeners.add(Objects.requireNonNull(listener, "'listener' must not be null"));
	}

	@Override
	public void close() {
		this.closed = true;
		this.listeners.clear();
		Registration open = this.registration;
		if (open != null) {
			open.close();
		}
	}

}
