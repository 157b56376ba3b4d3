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

import java.util.List;

import io.github.atomixspring.cluster.Member;
import org.jspecify.annotations.Nullable;

/**
 * What a process is to be.
 *
 * @param id the name of its node
 * @param incarnation how many processes its host has started, with it
 * @param data its data directory, or null for a client
 * @param members the members of the cluster
 * @param journals the directory in which it writes its histories
 * @param smallLogs whether it takes snapshots often and keeps nothing of the log behind
 * them
 * @param bug the bug that is sown in it, or null for none
 */
public record NodeConfig(String id, int incarnation, @Nullable String data, List<Member> members, String journals,
		boolean smallLogs, @Nullable String bug) {

	/**
	 * Returns the configuration for a process of a host.
	 * @param newIncarnation the number of the process
	 * @param newData its data directory, or null for a client
	 * @return the configuration
	 */
	public NodeConfig of(int newIncarnation, @Nullable String newData) {
		return new NodeConfig(this.id, newIncarnation, newData, this.members, this.journals, this.smallLogs, this.bug);
	}

}
