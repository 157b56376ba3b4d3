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

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the gateway knows of its member.
 */
interface GatewayInfo {

	/**
	 * Returns the name of the cluster.
	 * @return the name
	 */
	String cluster();

	/**
	 * Returns the id of the cluster.
	 * @return the id, or an empty string before its formation
	 */
	String clusterId();

	/**
	 * Returns the id of this node.
	 * @return the id
	 */
	String node();

	/**
	 * Returns the number of partitions of the cluster.
	 * @return the number
	 */
	int partitions();

	/**
	 * Returns the address of the leader.
	 * @return {@code host:port}, or null if it is not known
	 */
	@Nullable String leaderAddress();

	/**
	 * Returns the addresses of the members of the cluster.
	 * @return {@code host:port} of each, in a fixed order; none if no division is served
	 */
	List<String> memberAddresses();

	/**
	 * Returns the log of the division.
	 * @return the log, or null if no division is served
	 */
	@Nullable RaftLogAccess log();

	/**
	 * Returns what may be taken with regard to the disks and the memory of the members.
	 * @return what may be taken
	 */
	Admission admission();

	/**
	 * Begins a new reign if this member still leads although the last one was ended.
	 */
	void revive();

}
