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

package io.github.atomixspring.faults;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Notes who leads, a few times a second.
 */
final class LeaderWatch implements AutoCloseable {

	private static final long MILLIS = 100;

	private final List<LeaderChange> changes = new CopyOnWriteArrayList<>();

	private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "leader-watch");
		thread.setDaemon(true);
		return thread;
	});

	private final Cluster cluster;

	LeaderWatch(Cluster cluster) {
		this.cluster = cluster;
		this.timer.scheduleWithFixedDelay(this::look, 0, MILLIS, TimeUnit.MILLISECONDS);
	}

	private void look() {
		this.cluster.leader().ifPresent((leader) -> {
			long term = Cluster.term(leader);
			LeaderChange last = (this.changes.isEmpty()) ? null : this.changes.get(this.changes.size() - 1);
			if (last == null || term > last.term()) {
				this.changes.add(new LeaderChange(System.nanoTime(), leader.id(), term));
			}
		});
	}

	List<LeaderChange> changes() {
		return List.copyOf(this.changes);
	}

	@Override
	public void close() {
		this.timer.shutdownNow();
	}

}
