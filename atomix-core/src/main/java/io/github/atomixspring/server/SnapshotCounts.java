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

import java.util.concurrent.atomic.LongAdder;

import io.github.atomixspring.metrics.ReplicaStatistics.SnapshotStatistics;

/**
 * What a member counts of its snapshots, over all servers that are built for it.
 */
final class SnapshotCounts {

	private final LongAdder written = new LongAdder();

	private final LongAdder nanos = new LongAdder();

	private final LongAdder failed = new LongAdder();

	private volatile long bytes;

	void written(long elapsedNanos, long size) {
		this.written.increment();
		this.nanos.add(elapsedNanos);
		this.bytes = size;
	}

	void failed() {
		this.failed.increment();
	}

	void loaded(long size) {
		this.bytes = size;
	}

	/**
	 * Returns the size of the last snapshot.
	 * @return the bytes, 0 if there is none
	 */
	long bytes() {
		return this.bytes;
	}

	SnapshotStatistics statistics() {
		return new SnapshotStatistics(this.written.sum(), this.nanos.sum(), this.failed.sum(), this.bytes);
	}

}
