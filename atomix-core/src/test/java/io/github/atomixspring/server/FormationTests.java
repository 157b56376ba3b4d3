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

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.NodeState;
import io.github.atomixspring.cluster.Role;
import io.github.atomixspring.protocol.ProtocolException;
import io.github.atomixspring.protocol.Wire;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.dataformat.cbor.CBORMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link Formation}.
 */
class FormationTests {

	private static final List<Member> MEMBERS = List.of(new Member("n1", "127.0.0.1", 5001),
			new Member("n2", "127.0.0.1", 5002), new Member("n3", "127.0.0.1", 5003));

	private static final String CLUSTER_ID = "6a3f5c0e-8a52-4a86-9c0b-0d6b6ad0a001";

	private static ServerConfig config(String self) {
		return ServerConfig.of("c", self, MEMBERS, Path.of("data"));
	}

	private static NodeDescription answer(String cluster, @Nullable String clusterId, String node, String peer,
			NodeMetadata.Phase phase, List<String> peers, List<String> members) {
		return new NodeDescription(1, cluster, clusterId, node, peer, phase.name(),
				peers.stream().map((id) -> new PeerInfo(id, "127.0.0.1:1")).toList(), members, NodeState.RUNNING.name(),
				null, Role.FOLLOWER.name(), null, 1, 1, 1, 1, -1, -1, null, 1, null, 0, -1, 0, null, 0, 0, null);
	}

	private static NodeDescription answer(Answer kind, String self, String node) {
		List<String> members = NodeDescription.describe(MEMBERS);
		String peer = node + "@1";
		return switch (kind) {
			case NEW -> answer("c", null, node, peer, NodeMetadata.Phase.NEW, List.of(), members);
			case JOINING -> answer("c", CLUSTER_ID, node, peer, NodeMetadata.Phase.JOINING, List.of(), members);
			case FORMED_WITH_ME ->
				answer("c", CLUSTER_ID, node, peer, NodeMetadata.Phase.FORMED, List.of(self + "@1", peer), members);
			case FORMED_WITHOUT_ME ->
				answer("c", CLUSTER_ID, node, peer, NodeMetadata.Phase.FORMED, List.of(self + "@0", peer), members);
			case FORMED_ELSEWHERE -> answer("c", "6a3f5c0e-8a52-4a86-9c0b-0d6b6ad0a002", node, peer,
					NodeMetadata.Phase.FORMED, List.of(self + "@0", peer), members);
			case OTHER_CLUSTER ->
				answer("d", CLUSTER_ID, node, peer, NodeMetadata.Phase.FORMED, List.of(self + "@1", peer), members);
			case OTHER_NODE -> answer("c", null, "n9", "n9@1", NodeMetadata.Phase.NEW, List.of(), members);
			case FORMED_OF_OTHERS ->
				answer("c", CLUSTER_ID, node, peer, NodeMetadata.Phase.FORMED, List.of(peer), members.subList(0, 2));
			case OTHER_MEMBERS ->
				answer("c", null, node, peer, NodeMetadata.Phase.NEW, List.of(), members.subList(0, 2));
			case NONE -> throw new IllegalArgumentException();
		};
	}

	static Stream<List<Object>> everyPairOfAnswers() {
		return Stream.of("n1", "n2", "n3")
			.flatMap((self) -> Stream.of(Answer.values())
				.flatMap((first) -> Stream.of(Answer.values()).map((second) -> List.<Object>of(self, first, second))));
	}

	@ParameterizedTest
	@MethodSource("everyPairOfAnswers")
	void decidesByWhatIsKnown(List<Object> given) {
		String self = (String) given.get(0);
		List<Answer> kinds = List.of((Answer) given.get(1), (Answer) given.get(2));
		List<String> others = MEMBERS.stream().map(Member::id).filter((id) -> !id.equals(self)).toList();
		Map<String, NodeDescription> answers = new HashMap<>();
		for (int i = 0; i < others.size(); i++) {
			if (kinds.get(i) != Answer.NONE) {
				answers.put(others.get(i), answer(kinds.get(i), self, others.get(i)));
			}
		}
		Formation.Decision decision = Formation.decide(config(self), self + "@1", answers);
		boolean here = kinds.contains(Answer.FORMED_WITH_ME) || kinds.contains(Answer.FORMED_WITHOUT_ME)
				|| kinds.contains(Answer.FORMED_OF_OTHERS);
		boolean elsewhere = kinds.contains(Answer.FORMED_ELSEWHERE);
		if (here && elsewhere) {
			assertThat(decision).isInstanceOfSatisfying(Formation.Wait.class,
					(wait) -> assertThat(wait.problem()).contains("different clusters of the same name"));
		}
		else if (kinds.contains(Answer.FORMED_WITH_ME)) {
			assertThat(decision).isInstanceOfSatisfying(Formation.Adopt.class,
					(adopt) -> assertThat(adopt.clusterId()).isEqualTo(CLUSTER_ID));
		}
		else if (here || elsewhere) {
			assertThat(decision).isInstanceOf(Formation.Join.class);
		}
		else if (self.equals("n1") && kinds.equals(List.of(Answer.NEW, Answer.NEW))) {
			assertThat(decision).isEqualTo(new Formation.Form(List.of(new PeerInfo("n1@1", "127.0.0.1:5001"),
					new PeerInfo("n2@1", "127.0.0.1:5002"), new PeerInfo("n3@1", "127.0.0.1:5003"))));
		}
		else {
			assertThat(decision).isInstanceOfSatisfying(Formation.Wait.class, (wait) -> {
				assertThat(wait.reachable()).contains(self);
				assertThat(wait.missing()).doesNotContainAnyElementsOf(wait.reachable());
				for (int i = 0; i < others.size(); i++) {
					assertThat(wait.missing().contains(others.get(i))).isEqualTo(kinds.get(i) == Answer.NONE);
				}
			});
		}
	}

	@ParameterizedTest
	@EnumSource(value = Answer.class, names = { "OTHER_CLUSTER", "OTHER_NODE", "OTHER_MEMBERS" })
	void whatDoesNotMatchIsNamedOnBothSides(Answer kind) {
		Formation.Decision decision = Formation.decide(config("n1"), "n1@1",
				Map.of("n2", answer(kind, "n1", "n2"), "n3", answer(Answer.NEW, "n1", "n3")));
		assertThat(decision).isInstanceOfSatisfying(Formation.Wait.class,
				(wait) -> assertThat(wait.problem()).contains(switch (kind) {
					case OTHER_CLUSTER -> List.of("127.0.0.1:5002", "'c'", "'d'");
					case OTHER_NODE -> List.of("127.0.0.1:5002", "'n2'", "'n9'");
					default -> List.of("n1=127.0.0.1:5001, n2=127.0.0.1:5002]", "n3=127.0.0.1:5003]");
				}));
	}

	@Test
	void aSingleMemberFormsAtOnce() {
		ServerConfig single = ServerConfig.of("c", "n1", MEMBERS.subList(0, 1), Path.of("data"));
		assertThat(Formation.decide(single, "n1@1", Map.of()))
			.isEqualTo(new Formation.Form(List.of(new PeerInfo("n1@1", "127.0.0.1:5001"))));
	}

	@Test
	void descriptionsSurviveTheWire() {
		NodeDescription description = answer(Answer.FORMED_WITH_ME, "n1", "n2");
		Wire<NodeDescription> wire = NodeService.DESCRIPTION;
		assertThat(wire.decode(wire.encode(description))).isEqualTo(description);
		assertThat(description.toStatus(MEMBERS).state()).isEqualTo(NodeState.RUNNING);
	}

	@Test
	void malformedMessagesOfOthersAreRefused() {
		record Forged(int version, @Nullable String cluster, @Nullable String clusterId, @Nullable String node,
				@Nullable List<String> members) {
		}
		Stream
			.of(new Forged(1, null, null, "n", List.of()), new Forged(1, "c", null, null, List.of()),
					new Forged(1, "c", null, "n", null), new Forged(1, "c", null, "n\r\nFATAL", List.of()),
					new Forged(1, "c".repeat(2000), null, "n", List.of()))
			.forEach((forged) -> assertThatExceptionOfType(ProtocolException.class)
				.isThrownBy(() -> NodeService.DESCRIBE_REQUEST.decode(asArray(forged.version(), forged.cluster(),
						forged.clusterId(), forged.node(), forged.members()))));
		assertThatExceptionOfType(ProtocolException.class)
			.isThrownBy(() -> NodeService.DESCRIPTION.decode(asArray(1, "c")));
		assertThatExceptionOfType(ProtocolException.class)
			.isThrownBy(() -> NodeService.JOIN_REQUEST.decode(asArray(1, "c")));
	}

	private static byte[] asArray(@Nullable Object... components) {
		return new CBORMapper().writeValueAsBytes(Arrays.asList(components));
	}

	/**
	 * Plays random histories of starts, stops and wipes, with answers that arrive late,
	 * and checks that no two clusters with a quorum of their own ever exist, whoever lost
	 * the directory.
	 * @param seed the seed of the histories
	 */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void neverMakesASecondHistory(long seed) {
		Random random = new Random(seed);
		for (int i = 0; i < 300; i++) {
			new Play(random).run();
		}
	}

	/**
	 * What another member may answer.
	 */
	enum Answer {

		NONE, NEW, JOINING, FORMED_WITH_ME, FORMED_WITHOUT_ME, FORMED_OF_OTHERS, FORMED_ELSEWHERE, OTHER_CLUSTER,
		OTHER_NODE, OTHER_MEMBERS

	}

	/**
	 * A history of three members, of which at least one at a time keeps its data once
	 * there is a cluster.
	 */
	private static final class Play {

		private final Random random;

		private final Map<String, Actor> actors = new LinkedHashMap<>();

		private final Set<String> clusters = new HashSet<>();

		private int incarnations;

		Play(Random random) {
			this.random = random;
			MEMBERS.forEach((member) -> this.actors.put(member.id(), newActor(member.id())));
		}

		private Actor newActor(String id) {
			return new Actor(id, id + "@" + this.incarnations++);
		}

		void run() {
			for (int step = 0; step < 60; step++) {
				List<Actor> all = new ArrayList<>(this.actors.values());
				Actor actor = all.get(this.random.nextInt(all.size()));
				switch (this.random.nextInt(8)) {
					case 0 -> actor.up = false;
					case 1 -> wipe(actor);
					case 2, 3 -> actor.up = true;
					default -> decide(actor);
				}
			}
		}

		private void wipe(Actor actor) {
			boolean others = this.actors.values()
				.stream()
				.anyMatch((other) -> other != actor && other.phase == NodeMetadata.Phase.FORMED);
			if (!actor.up && (others || this.clusters.isEmpty())) {
				this.actors.put(actor.id, newActor(actor.id));
			}
		}

		private void decide(Actor actor) {
			if (!actor.up || actor.phase != NodeMetadata.Phase.NEW) {
				return;
			}
			Map<String, NodeDescription> answers = new HashMap<>();
			this.actors.values()
				.stream()
				.filter((other) -> other != actor && other.up && this.random.nextInt(5) > 0)
				.forEach((other) -> answers.put(other.id, other.describe()));
			Formation.Decision decision = Formation.decide(config(actor.id), actor.peer, answers);
			if (decision instanceof Formation.Form form) {
				assertThat(this.clusters).as("clusters made before").isEmpty();
				actor.enter(UUID.randomUUID().toString(), NodeMetadata.Phase.FORMED, form.peers());
				this.clusters.add(Objects.requireNonNull(actor.clusterId));
			}
			else if (decision instanceof Formation.Adopt adopt) {
				actor.enter(adopt.clusterId(), NodeMetadata.Phase.FORMED, adopt.peers());
			}
			else if (decision instanceof Formation.Join join) {
				actor.enter(join.clusterId(), NodeMetadata.Phase.JOINING, List.of());
			}
		}

	}

	/**
	 * A member in a history.
	 */
	private static final class Actor {

		private final String id;

		private final String peer;

		private boolean up;

		private NodeMetadata.Phase phase = NodeMetadata.Phase.NEW;

		private @Nullable String clusterId;

		private List<PeerInfo> peers = List.of();

		Actor(String id, String peer) {
			this.id = id;
			this.peer = peer;
		}

		void enter(String newClusterId, NodeMetadata.Phase newPhase, List<PeerInfo> newPeers) {
			this.clusterId = newClusterId;
			this.phase = newPhase;
			this.peers = newPeers;
		}

		NodeDescription describe() {
			return answer("c", this.clusterId, this.id, this.peer, this.phase,
					this.peers.stream().map(PeerInfo::id).toList(), NodeDescription.describe(MEMBERS));
		}

	}

}
