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

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.github.atomixspring.cluster.Member;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a member without data does, from what the members say about themselves.
 * <p>
 * A new cluster is made only when all configured members answer and none has data, and
 * only by the one with the smallest id. Whoever finds a cluster takes part in it: as the
 * peer it was made with, or it asks to be taken in, for an incarnation that is gone or as
 * a member that is new. So members that lost their directories never make a second
 * history, however many they are. Listeners take no part in that and are not missed: they
 * ask to be taken in when there is a cluster.
 */
final class Formation {

	private Formation() {
	}

	/**
	 * Decides what to do.
	 * @param config the configuration of the member
	 * @param peer the id of the incarnation of the member
	 * @param answers what other members said, by their ids; those that did not answer are
	 * missing
	 * @return the decision
	 */
	static Decision decide(ServerConfig config, String peer, Map<String, NodeDescription> answers) {
		List<NodeDescription> valid = new ArrayList<>();
		List<String> problems = new ArrayList<>();
		List<String> missing = new ArrayList<>();
		for (Member member : config.others()) {
			NodeDescription answer = answers.get(member.id());
			String problem = (answer != null) ? checkIdentity(config, member, answer) : null;
			if (answer != null && problem == null) {
				valid.add(answer);
			}
			else if (!member.listener()) {
				if (problem != null) {
					problems.add(problem);
				}
				else {
					missing.add(member.id());
				}
			}
		}
		// Also a listener may be what is left of a cluster.
		Decision existing = findCluster(peer, valid, problems);
		if (existing != null) {
			return existing;
		}
		valid.removeIf((answer) -> ServerConfig.find(answer.node(), config.members()).listener());
		valid.removeIf((answer) -> {
			String problem = checkMembers(config, answer);
			if (problem != null) {
				problems.add(problem);
			}
			return problem != null;
		});
		if (!missing.isEmpty() || !problems.isEmpty()) {
			return new Wait(reachable(config, valid), missing, String.join("; ", problems));
		}
		if (!valid.stream().allMatch((answer) -> answer.isIn(NodeMetadata.Phase.NEW))) {
			return new Wait(reachable(config, valid), missing,
					"members are joining a cluster of which no member with data is reachable");
		}
		if (config.self().listener()
				|| config.voters().stream().anyMatch((member) -> member.id().compareTo(config.self().id()) < 0)) {
			return new Wait(reachable(config, valid), missing, "");
		}
		return new Form(peers(config, peer, valid));
	}

	/**
	 * Checks the answer of a member.
	 * @param config the configuration of the one who asked
	 * @param member the member that was asked
	 * @param answer the answer
	 * @return what does not match, or null
	 */
	static @Nullable String check(ServerConfig config, Member member, NodeDescription answer) {
		String problem = checkIdentity(config, member, answer);
		return (problem != null) ? problem : checkMembers(config, answer);
	}

	/**
	 * Checks whether the member that was asked has answered, and has as many partitions.
	 * @param config the configuration of the one who asked
	 * @param member the member that was asked
	 * @param answer the answer
	 * @return who has answered instead, how it differs, or null
	 */
	static @Nullable String checkIdentity(ServerConfig config, Member member, NodeDescription answer) {
		if (!answer.cluster().equals(config.cluster())) {
			return "at " + member.address() + " answers a member of cluster '" + answer.cluster() + "', node '"
					+ answer.node() + "', not of cluster '" + config.cluster() + "': correct the address or the name";
		}
		if (!answer.node().equals(member.id())) {
			return "at " + member.address() + " answers node '" + answer.node() + "', not '" + member.id()
					+ "': correct the addresses of the members";
		}
		if (answer.partitions() != config.partitions()) {
			return "node '" + answer.node() + "' has " + answer.partitions() + " partition(s), node '"
					+ config.self().id() + "' has " + config.partitions()
					+ ": set the same number (atomix.partitions) on all. It cannot be changed once a cluster is made";
		}
		return null;
	}

	/**
	 * Checks whether a member has the same members in its configuration. A cluster is
	 * only made by those that have; afterwards they may differ while members come and go.
	 * @param config the configuration of the one who asked
	 * @param answer the answer
	 * @return how the configurations differ, or null
	 */
	static @Nullable String checkMembers(ServerConfig config, NodeDescription answer) {
		List<String> members = NodeDescription.describe(config.members());
		if (!answer.members().equals(members)) {
			return "node '" + answer.node() + "' has the members " + answer.members() + ", node '" + config.self().id()
					+ "' has " + members + ": configure the same on all";
		}
		return null;
	}

	private static @Nullable Decision findCluster(String peer, List<NodeDescription> valid, List<String> problems) {
		List<NodeDescription> formed = valid.stream()
			.filter((answer) -> answer.isIn(NodeMetadata.Phase.FORMED) && answer.clusterId() != null)
			.toList();
		Set<String> ids = new HashSet<>();
		formed.forEach((answer) -> ids.add(String.valueOf(answer.clusterId())));
		if (ids.size() > 1) {
			problems.add("the members " + formed.stream().map(NodeDescription::node).toList()
					+ " belong to different clusters of the same name: delete the directories of those that are wrong");
			return null;
		}
		if (ids.isEmpty()) {
			return null;
		}
		String clusterId = ids.iterator().next();
		for (NodeDescription answer : formed) {
			if (answer.peers().stream().anyMatch((info) -> info.id().equals(peer))) {
				return new Adopt(clusterId, answer.peers());
			}
		}
		return new Join(clusterId);
	}

	private static List<String> reachable(ServerConfig config, List<NodeDescription> valid) {
		return Stream.concat(Stream.of(config.self().id()), valid.stream().map(NodeDescription::node))
			.sorted()
			.toList();
	}

	private static List<PeerInfo> peers(ServerConfig config, String peer, List<NodeDescription> valid) {
		List<PeerInfo> peers = new ArrayList<>();
		for (Member member : config.voters()) {
			if (member.equals(config.self())) {
				peers.add(new PeerInfo(peer, member.address()));
			}
			else {
				valid.stream()
					.filter((answer) -> answer.node().equals(member.id()))
					.forEach((answer) -> peers.add(new PeerInfo(answer.peer(), member.address())));
			}
		}
		return peers;
	}

	/**
	 * What to do.
	 */
	sealed interface Decision {

	}

	/**
	 * Ask again later.
	 *
	 * @param reachable the ids of this member and of those that answered as expected
	 * @param missing the ids of those that did not answer
	 * @param problem what does not match, or an empty text
	 */
	record Wait(List<String> reachable, List<String> missing, String problem) implements Decision {

	}

	/**
	 * Make a cluster.
	 *
	 * @param peers its peers
	 */
	record Form(List<PeerInfo> peers) implements Decision {

	}

	/**
	 * Take part in the cluster that was made with this member.
	 *
	 * @param clusterId the id of the cluster
	 * @param peers its peers
	 */
	record Adopt(String clusterId, List<PeerInfo> peers) implements Decision {

	}

	/**
	 * Ask the cluster to take this incarnation in: for the one before, or as a new
	 * member.
	 *
	 * @param clusterId the id of the cluster
	 */
	record Join(String clusterId) implements Decision {

	}

}
