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

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.github.atomixspring.proxy.FakeCluster;
import io.github.atomixspring.proxy.FakeSession;
import io.github.atomixspring.proxy.ShakyNode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Groups in which all that can go wrong between a node and the cluster does, in random
 * order, while members come and go and operators remove them. Once all is quiet the nodes
 * and the cluster must agree.
 */
class GroupGapTests {

	private static final int RUNS = 1000;

	private static final int STEPS = 60;

	private FakeCluster cluster = new FakeCluster();

	private DistributedGroup operator = create(this.cluster.connect("operator"));

	private List<Node> nodes = List.of();

	private static DistributedGroup create(FakeSession session) {
		return Groups.create(session, "g", GroupOptions.defaults(), () -> {
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
			assertAgreement(seed);
			List<String> before = alive();
			this.nodes.forEach((node) -> node.shaky.toggleSession());
			settle();
			assertAgreement(seed);
			assertThat(new TreeSet<>(alive())).as("seed %d: come back", seed).isEqualTo(new TreeSet<>(before));
		}
	}

	private void begin(int seed) {
		this.cluster = new FakeCluster();
		this.operator = create(this.cluster.connect("operator"));
		this.nodes = Stream.of("n1", "n2").map((name) -> new Node(this.cluster.connect(name))).toList();
		this.nodes.forEach((node) -> {
			if (seed % 2 == 0) {
				node.group.addListener((event) -> {
				});
			}
			node.shaky.hold();
		});
	}

	private void step(Random random) {
		Node node = this.nodes.get(random.nextInt(this.nodes.size()));
		switch (random.nextInt(14)) {
			case 0, 1 -> node.join(node.name() + random.nextInt(2));
			case 2 -> node.join();
			case 3, 4 -> node.leave(random);
			case 5, 6 -> remove(random);
			case 7 -> destroy(random);
			default -> node.shaky.shake(random);
		}
	}

	private void remove(Random random) {
		List<GroupMember> members = this.operator.members();
		if (!members.isEmpty()) {
			this.operator.remove(members.get(random.nextInt(members.size())).id());
		}
	}

	private void destroy(Random random) {
		if (random.nextInt(3) == 0) {
			this.operator.destroy();
			if (random.nextBoolean()) {
				// Made anew before the others hear.
				this.operator.join("operator");
			}
		}
	}

	private void settle() {
		ShakyNode.settle(this.cluster, this.nodes.stream().map((node) -> node.shaky).toList());
		this.nodes.forEach((node) -> assertThat(node.joins).allMatch(CompletableFuture::isDone));
	}

	private List<String> alive() {
		return this.operator.members().stream().filter(GroupMember::isAlive).map(GroupMember::id).toList();
	}

	private void assertAgreement(int seed) {
		String leader = this.operator.leadership().leader();
		List<GroupMember> members = this.operator.members();
		for (Node node : this.nodes) {
			assertThat(new TreeSet<>(node.ids(LocalGroupMember::isMember)))
				.as("seed %d: members of %s, of %s", seed, node.name(), members)
				.isEqualTo(new TreeSet<>(members.stream()
					.filter((member) -> member.isAlive() && member.node().equals(node.name()))
					.map(GroupMember::id)
					.toList()));
			assertThat(node.ids(LocalGroupMember::isLeader)).as("seed %d: leader of %s is %s", seed, members, leader)
				.isEqualTo(node.ids((member) -> member.isMember() && member.id().equals(leader)));
			if (seed % 2 == 0) {
				assertThat(node.group.view().members()).as("seed %d: view of %s", seed, node.name()).isEqualTo(members);
			}
		}
	}

	/**
	 * A node with its members.
	 */
	private static final class Node {

		private final ShakyNode shaky;

		private final DistributedGroup group;

		private final List<CompletableFuture<LocalGroupMember>> joins = new ArrayList<>();

		Node(FakeSession session) {
			this.shaky = new ShakyNode(session);
			this.group = create(session);
		}

		String name() {
			return this.shaky.session().node();
		}

		void join(String id) {
			this.shaky.endGap();
			this.joins.add(this.group.async().join(id));
		}

		void join() {
			this.shaky.endGap();
			this.joins.add(this.group.async().join());
		}

		void leave(Random random) {
			this.shaky.endGap();
			List<LocalGroupMember> members = members().toList();
			if (!members.isEmpty()) {
				members.get(random.nextInt(members.size())).async().leave();
			}
		}

		private Stream<LocalGroupMember> members() {
			return this.joins.stream()
				.filter((join) -> join.isDone() && !join.isCompletedExceptionally())
				.map(CompletableFuture::join);
		}

		List<String> ids(Predicate<LocalGroupMember> condition) {
			return members().filter(condition).map(LocalGroupMember::id).toList();
		}

	}

}
