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

package io.github.atomixspring.election;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

import io.github.atomixspring.proxy.FakeCluster;
import io.github.atomixspring.proxy.FakeSession;
import io.github.atomixspring.proxy.ShakyNode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Elections in which all that can go wrong between a node and the cluster does, in random
 * order: answers and events are late, events are dropped, sessions are suspended and end,
 * while candidates come and go and operators move them. Once all is quiet the nodes and
 * the cluster must agree.
 */
class ElectionGapTests {

	private static final int RUNS = 1000;

	private static final int STEPS = 60;

	/**
	 * Those of the first node, then those of the second.
	 */
	private static final List<String> CANDIDATES = List.of("a", "b", "c", "d");

	private FakeCluster cluster = new FakeCluster();

	private DistributedLeaderElection operator = create(this.cluster.connect("operator"));

	private List<Node> nodes = List.of();

	private static DistributedLeaderElection create(FakeSession session) {
		return Elections.create(session, "e", () -> {
		});
	}

	@Test
	void nodesAndClusterAgreeWhenAllIsQuiet() {
		for (int seed = 0; seed < RUNS; seed++) {
			begin(seed);
			Random random = new Random(seed);
			for (int step = 0; step < STEPS; step++) {
				step(random);
			}
			settle();
			assertLeaderKnowsItself(seed);
			assertAllCandidatesAreKnown(seed);
			assertCandidatesComeBack(seed);
		}
	}

	private void begin(int seed) {
		this.cluster = new FakeCluster();
		this.operator = create(this.cluster.connect("operator"));
		this.nodes = List.of(new Node(this.cluster.connect("n1"), CANDIDATES.subList(0, 2)),
				new Node(this.cluster.connect("n2"), CANDIDATES.subList(2, 4)));
		if (seed % 2 == 0) {
			this.nodes.forEach((node) -> node.election.observe((event) -> {
			}));
		}
		this.nodes.forEach((node) -> node.shaky.hold());
	}

	private void step(Random random) {
		Node node = this.nodes.get(random.nextInt(this.nodes.size()));
		String candidate = CANDIDATES.get(random.nextInt(CANDIDATES.size()));
		switch (random.nextInt(16)) {
			case 0, 1, 2 -> node.campaign(random.nextInt(2));
			case 3 -> node.resign(random.nextInt(2));
			case 4, 5 -> this.operator.anoint(candidate);
			case 6 -> this.operator.promote(candidate);
			case 7, 8 -> this.operator.evict(candidate);
			case 9 -> destroy(random);
			default -> node.shaky.shake(random);
		}
	}

	private void destroy(Random random) {
		if (random.nextInt(3) == 0) {
			this.operator.destroy();
		}
	}

	private void settle() {
		ShakyNode.settle(this.cluster, this.nodes.stream().map((node) -> node.shaky).toList());
		this.nodes.forEach((node) -> assertThat(node.calls).allMatch(CompletableFuture::isDone));
	}

	private void assertLeaderKnowsItself(int seed) {
		Leadership leadership = this.operator.leadership();
		for (Node node : this.nodes) {
			for (String candidate : CANDIDATES) {
				assertThat(node.election.isLeader(candidate))
					.as("seed %d: %s of %s leads, the cluster has %s", seed, candidate, node.name(), leadership)
					.isEqualTo(candidate.equals(leadership.leader()) && node.name().equals(leadership.leaderNode()));
			}
		}
	}

	private void assertAllCandidatesAreKnown(int seed) {
		for (String candidate : this.operator.leadership().candidates()) {
			this.operator.anoint(candidate);
			settle();
			assertLeaderKnowsItself(seed);
		}
	}

	private void assertCandidatesComeBack(int seed) {
		List<String> before = this.operator.leadership().candidates();
		this.nodes.forEach((node) -> node.shaky.toggleSession());
		settle();
		assertThat(new TreeSet<>(this.operator.leadership().candidates())).as("seed %d", seed)
			.isEqualTo(new TreeSet<>(before));
		assertLeaderKnowsItself(seed);
	}

	/**
	 * A node with its candidates.
	 */
	private static final class Node {

		private final ShakyNode shaky;

		private final DistributedLeaderElection election;

		private final List<String> candidates;

		private final List<CompletableFuture<?>> calls = new ArrayList<>();

		Node(FakeSession session, List<String> candidates) {
			this.shaky = new ShakyNode(session);
			this.candidates = candidates;
			this.election = create(session);
		}

		String name() {
			return this.shaky.session().node();
		}

		void campaign(int candidate) {
			this.shaky.endGap();
			this.calls.add(this.election.async().campaign(this.candidates.get(candidate)));
		}

		void resign(int candidate) {
			this.shaky.endGap();
			this.calls.add(this.election.async().resign(this.candidates.get(candidate)));
		}

	}

}
