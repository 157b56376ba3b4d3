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
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.atomixspring.proxy.FakeCluster;
import io.github.atomixspring.proxy.FakeSession;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the views of a {@link GroupProxy}.
 */
class GroupPartitionsTests {

	private final FakeCluster cluster = new FakeCluster();

	private final FakeSession session = this.cluster.connect("n1");

	private final FakeSession otherSession = this.cluster.connect("n2");

	private final DistributedGroup group = create(this.session);

	private final DistributedGroup other = create(this.otherSession);

	private final List<PartitionEvent> events = new CopyOnWriteArrayList<>();

	private static DistributedGroup create(FakeSession node) {
		return Groups.create(node, "g", GroupOptions.defaults(), () -> {
		});
	}

	@Test
	void partitionsFollowTheLiveMembers() {
		this.other.join("a");
		GroupPartitions here = this.group.partitions(16, 2);
		GroupPartitions there = this.other.partitions(16, 2);
		assertThat(here.table()).isEqualTo(PartitionTable.of(List.of("a"), 16, 2));
		LocalGroupMember b = this.other.join("b");
		this.other.join("c");
		assertThat(here.table()).isEqualTo(there.table()).isEqualTo(PartitionTable.of(List.of("a", "b", "c"), 16, 2));
		b.leave();
		assertThat(here.table()).isEqualTo(PartitionTable.of(List.of("a", "c"), 16, 2));
		this.otherSession.stop();
		assertThat(here.table()).as("dead ones do not count").isEqualTo(PartitionTable.of(List.of(), 16, 2));
	}

	@Test
	void listenersOfAllNodesAreToldTheSameChanges() {
		List<PartitionEvent> there = new CopyOnWriteArrayList<>();
		this.other.join("a");
		GroupPartitions partitions = this.group.partitions(16, 2);
		partitions.addListener(this.events::add);
		this.other.partitions(16, 2).addListener(there::add);
		this.other.join("b");
		LocalGroupMember c = this.other.join("c");
		c.leave();
		assertThat(this.events).isEqualTo(there).hasSizeGreaterThan(16);
		List<List<String>> replayed = new ArrayList<>();
		PartitionTable.of(List.of("a"), 16, 2).partitions().forEach((partition) -> replayed.add(partition.members()));
		this.events.forEach((event) -> assertThat(replayed.set(event.partition().number(), event.partition().members()))
			.isEqualTo(event.oldMembers()));
		assertThat(replayed).isEqualTo(partitions.table().partitions().stream().map(Partition::members).toList());
	}

	@Test
	void changesThatWereMissedAreToldAsTheDifference() {
		this.other.join("a");
		GroupPartitions partitions = this.group.partitions(16, 1);
		partitions.addListener(this.events::add);
		this.session.expire();
		LocalGroupMember b = this.other.join("b");
		b.leave();
		this.session.connect();
		assertThat(this.events).isEmpty();
		this.session.expire();
		this.other.join("b");
		this.session.connect();
		assertThat(this.events).isNotEmpty().allMatch((event) -> event.partition().members().equals(List.of("b")));
	}

	@Test
	void closedPartitionsStayAsTheyAre() {
		GroupPartitions partitions = this.group.partitions(16, 1);
		partitions.addListener(this.events::add);
		partitions.close();
		this.other.join("a");
		assertThat(this.events).isEmpty();
		assertThat(partitions.table().partition(0).members()).isEmpty();
	}

	@Test
	void ringIsThatOfTheLiveMembers() {
		this.other.join("a");
		this.group.join("b");
		this.otherSession.stop();
		assertThat(this.group.view().ring().members()).containsExactly("b");
	}

	@Test
	void badArgumentsAreNamed() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.group.partitions(0, 1))
			.withMessageContaining("'partitions'");
	}

}
