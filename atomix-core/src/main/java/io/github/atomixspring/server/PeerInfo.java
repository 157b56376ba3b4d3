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

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftConfiguration;

/**
 * A peer of the consensus: one incarnation of a node.
 *
 * @param id the id, {@code node@incarnation}, with colons of the node as {@code %3A}:
 * Ratis puts it into the names of its management beans, which cannot have any
 * @param address the address as {@code host:port}
 * @param listener whether it has no vote
 */
@JsonFormat(shape = Shape.ARRAY)
record PeerInfo(String id, String address, boolean listener) {

	private static final String COLON = "%3A";

	/**
	 * Checks the texts: they may come from anyone.
	 */
	PeerInfo {
		DescribeRequest.checkText(id);
		DescribeRequest.checkText(address);
	}

	PeerInfo(String id, String address) {
		this(id, address, false);
	}

	/**
	 * Returns the peers of a configuration, those without a vote as well.
	 * @param configuration the configuration
	 * @return the peers, in the order of their ids; none if there are no voters, which
	 * means that this member has yet to hear of the cluster
	 */
	static List<PeerInfo> listOf(RaftConfiguration configuration) {
		Collection<RaftPeer> voters = configuration.getCurrentPeers();
		if (voters.isEmpty()) {
			return List.of();
		}
		return Stream
			.concat(voters.stream().map((peer) -> of(peer, false)),
					configuration.getCurrentPeers(RaftPeerRole.LISTENER).stream().map((peer) -> of(peer, true)))
			.sorted(Comparator.comparing(PeerInfo::id))
			.toList();
	}

	private static PeerInfo of(RaftPeer peer, boolean listener) {
		return new PeerInfo(peer.getId().toString(), peer.getAddress(), listener);
	}

	/**
	 * Returns whether a peer is part of a configuration, with or without a vote.
	 * @param configuration the configuration
	 * @param peer the id of the peer
	 * @return whether it is
	 */
	static boolean contains(RaftConfiguration configuration, String peer) {
		return listOf(configuration).stream().anyMatch((other) -> other.id().equals(peer));
	}

	/**
	 * Returns whether the members of a configuration are being changed.
	 * @param configuration the configuration
	 * @return whether it is the one on the way from the old to the new members
	 */
	static boolean isChanging(RaftConfiguration configuration) {
		return !configuration.getPreviousPeers().isEmpty();
	}

	/**
	 * Returns the id of a peer.
	 * @param node the id of the node
	 * @param incarnation what tells this incarnation of the node from others
	 * @return the id
	 */
	static String idOf(String node, String incarnation) {
		return node.replace(":", COLON) + "@" + incarnation;
	}

	/**
	 * Returns the id of the node of a peer.
	 * @param peer the id of the peer
	 * @return the id of the node
	 */
	static String nodeOf(String peer) {
		int at = peer.lastIndexOf('@');
		return ((at < 0) ? peer : peer.substring(0, at)).replace(COLON, ":");
	}

	/**
	 * Returns the id of the node.
	 * @return the id of the node
	 */
	String node() {
		return nodeOf(this.id);
	}

	/**
	 * Returns the peer.
	 * @return the peer
	 */
	RaftPeer toRaftPeer() {
		return RaftPeer.newBuilder()
			.setId(this.id)
			.setAddress(this.address)
			.setStartupRole((this.listener) ? RaftPeerRole.LISTENER : RaftPeerRole.FOLLOWER)
			.build();
	}

	/**
	 * Returns this peer with or without a vote.
	 * @param newListener whether it has none
	 * @return the peer
	 */
	PeerInfo withListener(boolean newListener) {
		return new PeerInfo(this.id, this.address, newListener);
	}

}
