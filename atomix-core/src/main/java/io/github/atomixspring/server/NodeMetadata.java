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

import io.github.atomixspring.protocol.FeatureLevel;
import org.jspecify.annotations.Nullable;

/**
 * What the directory of a member says about its owner.
 *
 * @param format the version of the format of the directory
 * @param cluster the name of the cluster
 * @param clusterId the id of the cluster, or null while the phase is {@link Phase#NEW}
 * @param node the id of the node
 * @param peer the id of this incarnation of the node in the consensus: new in each new
 * directory, because a voter that lost its directory forgot its votes
 * @param phase how far the member has come
 * @param started whether the Raft log of the member was opened before: from then on it
 * must be there
 * @param peers the peers of the cluster, as far as known
 * @param partitions the number of partitions, which is fixed with the formation; 0 in the
 * file of an earlier release stands for 1
 * @param level the greatest {@link FeatureLevel} for which the directory is ready, and
 * which software must know to use it; 0 stands for the first one
 */
record NodeMetadata(int format, String cluster, @Nullable String clusterId, String node, String peer, Phase phase,
		boolean started, List<PeerInfo> peers, int partitions, int level) {

	/**
	 * The newest version of the format that this release reads.
	 */
	static final int FORMAT = FeatureLevel.LATEST + 1;

	/**
	 * The version of directories with several partitions at the first feature level.
	 */
	private static final int PARTITIONED_FORMAT = 2;

	/**
	 * The version of directories with one partition, which earlier releases know, too.
	 */
	private static final int SINGLE_FORMAT = 1;

	/**
	 * Copies the peers.
	 */
	NodeMetadata {
		peers = List.copyOf(peers);
		partitions = Math.max(1, partitions);
		level = Math.max(FeatureLevel.BASE, level);
	}

	/**
	 * Returns the metadata of a new directory.
	 * @param cluster the name of the cluster
	 * @param node the id of the node
	 * @param peer the id of the incarnation
	 * @param partitions the number of partitions
	 * @return the metadata
	 */
	static NodeMetadata create(String cluster, String node, String peer, int partitions) {
		return new NodeMetadata(formatOf(partitions, FeatureLevel.BASE), cluster, null, node, peer, Phase.NEW, false,
				List.of(), partitions, FeatureLevel.BASE);
	}

	private static int formatOf(int partitions, int level) {
		if (level > FeatureLevel.BASE) {
			return level + 1;
		}
		return (partitions > 1) ? PARTITIONED_FORMAT : SINGLE_FORMAT;
	}

	/**
	 * Returns a copy for another feature level.
	 * @param newLevel the level
	 * @return the copy
	 */
	NodeMetadata withLevel(int newLevel) {
		return new NodeMetadata(formatOf(this.partitions, newLevel), this.cluster, this.clusterId, this.node, this.peer,
				this.phase, this.started, this.peers, this.partitions, newLevel);
	}

	/**
	 * Returns a copy with another number of partitions.
	 * @param number the number
	 * @return the copy
	 */
	NodeMetadata withPartitions(int number) {
		return new NodeMetadata(formatOf(number, this.level), this.cluster, this.clusterId, this.node, this.peer,
				this.phase, this.started, this.peers, number, this.level);
	}

	/**
	 * Returns a copy that knows the cluster.
	 * @param id the id of the cluster
	 * @param newPhase the phase
	 * @param newPeers the peers
	 * @return the copy
	 */
	NodeMetadata with(String id, Phase newPhase, List<PeerInfo> newPeers) {
		return new NodeMetadata(this.format, this.cluster, id, this.node, this.peer, newPhase, this.started, newPeers,
				this.partitions, this.level);
	}

	/**
	 * Returns a copy whose Raft log was opened.
	 * @return the copy
	 */
	NodeMetadata withStarted() {
		return new NodeMetadata(this.format, this.cluster, this.clusterId, this.node, this.peer, this.phase, true,
				this.peers, this.partitions, this.level);
	}

	/**
	 * How far a member has come.
	 */
	enum Phase {

		/**
		 * Has no data and never took part in a vote.
		 */
		NEW,

		/**
		 * Knows its cluster and waits for the leader to add it.
		 */
		JOINING,

		/**
		 * Is or was a peer of its cluster.
		 */
		FORMED

	}

}
