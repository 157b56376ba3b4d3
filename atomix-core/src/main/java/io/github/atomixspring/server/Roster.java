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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.atomixspring.cluster.Member;
import org.apache.ratis.server.RaftServer;
import org.jspecify.annotations.Nullable;

/**
 * Who the members are: those of the cluster as this member knows it, and before there is
 * one those of the configuration. An address in the configuration counts for more than
 * the one under which a member was once added. May be used by any thread.
 */
final class Roster {

	private final ServerConfig config;

	private final StorageDirectory storage;

	private volatile @Nullable RaftNode node;

	Roster(ServerConfig config, StorageDirectory storage) {
		this.config = config;
		this.storage = storage;
	}

	/**
	 * Sets the server.
	 * @param current the server, or null if there is none
	 */
	void serves(@Nullable RaftNode current) {
		this.node = current;
	}

	/**
	 * Returns the members of the cluster, or the configured ones before its formation.
	 * @return the members
	 */
	List<Member> members() {
		NodeMetadata metadata = this.storage.metadata();
		if (metadata.phase() != NodeMetadata.Phase.FORMED) {
			return this.config.members();
		}
		RaftNode current = this.node;
		RaftServer.Division division = (current != null) ? current.division() : null;
		// The directory is only written now and then.
		List<PeerInfo> peers = (division != null) ? PeerInfo.listOf(division.getRaftConf()) : List.of();
		return ((peers.isEmpty()) ? metadata.peers() : peers).stream().map(this::member).toList();
	}

	/**
	 * Returns who can be asked about the cluster: its members and those that are
	 * configured, but not this one.
	 * @return the other members
	 */
	List<Member> others() {
		Map<String, Member> others = new LinkedHashMap<>();
		members().forEach((member) -> others.put(member.id(), member));
		this.config.members().forEach((member) -> others.put(member.id(), member));
		others.remove(this.config.self().id());
		return List.copyOf(others.values());
	}

	/**
	 * Returns a member by its id.
	 * @param id the id of the node
	 * @return one of {@link #others()}
	 */
	Optional<Member> find(String id) {
		return others().stream().filter((member) -> member.id().equals(id)).findFirst();
	}

	/**
	 * Returns the peer at the address that is configured now: addresses may change
	 * between two starts.
	 * @param peer the peer
	 * @return the peer to be reached
	 */
	PeerInfo current(PeerInfo peer) {
		return new PeerInfo(peer.id(), member(peer).address(), peer.listener());
	}

	/**
	 * Returns the member that a peer is.
	 * @param peer the peer
	 * @return the member, at the address that is configured now, but with a vote if and
	 * only if the cluster has given it one
	 */
	Member member(PeerInfo peer) {
		Member member = this.config.members()
			.stream()
			.filter((configured) -> configured.id().equals(peer.node()))
			.findFirst()
			.orElseGet(() -> Member.parse(peer.node() + "=" + peer.address()));
		return new Member(member.id(), member.host(), member.port(), peer.listener());
	}

}
