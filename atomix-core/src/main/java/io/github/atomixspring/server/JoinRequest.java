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

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;

/**
 * Asks the leader to take a new incarnation of a configured member into the cluster and
 * to drop the one before.
 *
 * @param version the version of the protocol
 * @param cluster the name of the cluster
 * @param clusterId the id of the cluster
 * @param node the id of the node
 * @param peer the id of its new incarnation
 * @param partition the number of the partition whose leader is asked
 */
@JsonFormat(shape = Shape.ARRAY)
record JoinRequest(int version, String cluster, String clusterId, String node, String peer, int partition) {

	/**
	 * Checks the texts: they come from anyone and go to the log.
	 */
	JoinRequest {
		DescribeRequest.checkText(cluster);
		DescribeRequest.checkText(clusterId);
		DescribeRequest.checkText(node);
		DescribeRequest.checkText(peer);
	}

}
