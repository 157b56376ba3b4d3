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
import org.jspecify.annotations.Nullable;

/**
 * Asks the leader to add a member, to remove one, or to give or take a vote.
 *
 * @param version the version of the protocol
 * @param cluster the name of the cluster
 * @param clusterId the id of the cluster
 * @param node the id of the node
 * @param address the address of the node as {@code host:port}; null to remove it
 * @param forced whether to remove it although there may be no majority without it
 * @param repeated whether this was asked before and not answered
 * @param partition the number of the partition whose leader is asked
 * @param kind {@link #BY_ADDRESS}, {@link #ADD_LISTENER}, {@link #PROMOTE} or
 * {@link #DEMOTE}
 */
@JsonFormat(shape = Shape.ARRAY)
record ChangeRequest(int version, String cluster, String clusterId, String node, @Nullable String address,
		boolean forced, boolean repeated, int partition, int kind) {

	/**
	 * Adds a member with a vote if there is an address, and else removes one.
	 */
	static final int BY_ADDRESS = 0;

	/**
	 * Adds a member without a vote.
	 */
	static final int ADD_LISTENER = 1;

	/**
	 * Gives a member a vote.
	 */
	static final int PROMOTE = 2;

	/**
	 * Takes the vote of a member.
	 */
	static final int DEMOTE = 3;

	/**
	 * Checks the texts: they come from anyone and go to the log.
	 */
	ChangeRequest {
		DescribeRequest.checkText(cluster);
		DescribeRequest.checkText(clusterId);
		DescribeRequest.checkText(node);
		if (address != null) {
			DescribeRequest.checkText(address);
		}
		if (kind < BY_ADDRESS || kind > DEMOTE || (address == null && kind != BY_ADDRESS)) {
			throw new IllegalArgumentException("unknown kind of change: " + kind);
		}
	}

	/**
	 * Returns a copy that says that it was asked before and not answered.
	 * @return the copy
	 */
	ChangeRequest again() {
		return new ChangeRequest(this.version, this.cluster, this.clusterId, this.node, this.address, this.forced, true,
				this.partition, this.kind);
	}

	/**
	 * Returns the request for another partition.
	 * @param number the number of the partition
	 * @return the request
	 */
	ChangeRequest of(int number) {
		return new ChangeRequest(this.version, this.cluster, this.clusterId, this.node, this.address, this.forced,
				false, number, this.kind);
	}

}
