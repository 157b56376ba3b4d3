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

import io.github.atomixspring.metrics.ReplicaStatistics.GatewayStatistics;

/**
 * What a gateway counts. Safe for use by several threads.
 */
final class GatewayCounts {

	private final LongAdder reigns = new LongAdder();

	private final LongAdder entries = new LongAdder();

	private final LongAdder submissions = new LongAdder();

	private final LongAdder bytes = new LongAdder();

	private final LongAdder refusals = new LongAdder();

	private final LongAdder refusedCommands = new LongAdder();

	private final LongAdder expired = new LongAdder();

	private volatile int sessions;

	void reignBegan() {
		this.reigns.increment();
	}

	void appended(int entrySubmissions, int entryBytes) {
		this.entries.increment();
		this.submissions.add(entrySubmissions);
		this.bytes.add(entryBytes);
	}

	void refused() {
		this.refusals.increment();
	}

	void refusedCommands(int commands) {
		this.refusedCommands.add(commands);
	}

	/**
	 * Takes note of an applied entry that this gateway serves.
	 * @param expiredSessions how many sessions it ended for want of a sign of life
	 */
	void served(int expiredSessions) {
		if (expiredSessions > 0) {
			this.expired.add(expiredSessions);
		}
	}

	void sessions(int open) {
		this.sessions = open;
	}

	/**
	 * Returns how many sessions are open on the cluster.
	 * @return the number, as of the last applied entry
	 */
	int sessions() {
		return this.sessions;
	}

	GatewayStatistics statistics(boolean serving, int queued, long queuedBytes, int inFlight) {
		return new GatewayStatistics(serving ? 1 : 0, this.reigns.sum(), queued, queuedBytes, inFlight,
				this.entries.sum(), this.submissions.sum(), this.bytes.sum(), this.refusals.sum(), this.expired.sum(),
				this.refusedCommands.sum());
	}

}
