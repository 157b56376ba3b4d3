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

package io.github.atomixspring.faults.node;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a process says about itself, a few times a second.
 *
 * @param time when it said so, of {@link System#nanoTime()}, the same clock for all
 * processes of a host with Linux
 * @param state the state of its Raft server, empty for a client
 * @param problem what is wrong, or null
 * @param role its role in the consensus
 * @param leader who leads as far as it knows, or null
 * @param term the term
 * @param lastIndex the last entry of its log
 * @param appliedIndex the last entry it has applied
 * @param snapshotIndex the last snapshot it has
 * @param logStart the first entry that its log still holds, or -1
 * @param digestIndex the index of its last digest, or -1
 * @param digest its last digest, or null
 * @param lost how many messages its network filter has lost
 * @param refused how many calls were refused in this process since the disks are full
 * @param successes how many calls of each workload have succeeded in this process
 */
public record NodeView(long time, String state, @Nullable String problem, String role, @Nullable String leader,
		long term, long lastIndex, long appliedIndex, long snapshotIndex, long logStart, long digestIndex,
		@Nullable String digest, long lost, long refused, Map<String, Long> successes) {

	/**
	 * Returns whether the process is a member that runs and leads.
	 * @return whether it leads
	 */
	public boolean leads() {
		return runs() && this.role.equals("LEADER");
	}

	/**
	 * Returns whether the process is a member that runs.
	 * @return whether it runs
	 */
	public boolean runs() {
		return this.state.equals("RUNNING");
	}

}
