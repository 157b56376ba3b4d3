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

/**
 * The state of the Raft server of a node.
 *
 * @since 0.1.0
 */
public enum NodeState {

	/**
	 * Not started, or stopped.
	 */
	STOPPED,

	/**
	 * Started for the first time, with an empty directory: waits to meet the members.
	 */
	FORMING,

	/**
	 * A new or replaced member that the leader has yet to add.
	 */
	JOINING,

	/**
	 * Runs as a member of the cluster, with or without a leader.
	 */
	RUNNING,

	/**
	 * Does not take part because of a failure; restarts by itself with back-off.
	 */
	FAILED

}
