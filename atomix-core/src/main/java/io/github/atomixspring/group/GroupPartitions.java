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

import io.github.atomixspring.primitive.Registration;

/**
 * The partitions that one node sees of a group: those of its live members. All nodes that
 * ask for the same numbers see the same partitions in the same order; at one moment one
 * may be ahead of another.
 *
 * @since 0.1.0
 */
public interface GroupPartitions extends AutoCloseable {

	/**
	 * Returns the partitions as this node knows them, without asking the cluster.
	 * @return the table
	 */
	PartitionTable table();

	/**
	 * Adds a listener that is told of each partition that gets other members in charge.
	 * Where events of the group were missed it is told the difference.
	 * @param listener the listener
	 * @return the registration
	 */
	Registration addListener(PartitionListener listener);

	/**
	 * Stops following the group and removes the listeners.
	 */
	@Override
	void close();

}
