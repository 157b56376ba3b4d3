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

package io.github.atomixspring.docs;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.group.DistributedGroup;
import io.github.atomixspring.group.Execution;
import io.github.atomixspring.group.GroupChannel;
import io.github.atomixspring.group.GroupMember;
import io.github.atomixspring.group.GroupOptions;
import io.github.atomixspring.group.GroupPartitions;
import io.github.atomixspring.group.GroupProducer;
import io.github.atomixspring.group.LocalGroupMember;
import io.github.atomixspring.group.Partition;
import io.github.atomixspring.group.ProducerOptions;
import io.github.atomixspring.primitive.Registration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The examples of {@code docs/groups.md}.
 */
@ExtendWith(SingleMember.class)
class GroupsSnippetsTests {

	private final Atomix atomix = SingleMember.atomix();

	@Test
	void basic() {
		Atomix atomix = this.atomix;
		List<String> seen = new CopyOnWriteArrayList<>();
		// tag::basic[]
		DistributedGroup workers = atomix.group("workers");
		Registration registration = workers.addListener((event) -> {
			switch (event.type()) {
				case JOINED, LEFT, STATUS, METADATA -> seen.add(event.type() + " " + event.member().id());
				case RESYNC -> seen.add(event.view().members().size() + " members");
			}
		});
		LocalGroupMember me = workers.join(Map.of("zone", "a"));
		List<GroupMember> all = workers.members();
		// end::basic[]
		assertThat(all).extracting(GroupMember::id).containsExactly(me.id());
		await().untilAsserted(() -> assertThat(seen).containsExactly("0 members", "JOINED " + me.id()));
		registration.close();
		workers.close();
	}

	@Test
	void persistent() {
		Atomix atomix = this.atomix;
		// tag::persistent[]
		DistributedGroup shards = atomix.group("shards",
				GroupOptions.defaults().withMemberExpiration(Duration.ofMinutes(10)));
		LocalGroupMember shard = shards.join("shard-1", Map.of("disk", "ssd"));
		boolean alive = shards.member("shard-1").map(GroupMember::isAlive).orElse(false);
		// end::persistent[]
		assertThat(alive).isTrue();
		shard.leave();
	}

	@Test
	void leader() {
		DistributedGroup workers = this.atomix.group("leader");
		List<Long> terms = new CopyOnWriteArrayList<>();
		GuaranteesSnippetsTests.Ledger ledger = new GuaranteesSnippetsTests.Ledger();
		// tag::leader[]
		workers.addLeaderListener((leadership) -> terms.add(leadership.term()));
		LocalGroupMember me = workers.join();
		if (me.isLeader()) {
			ledger.write("report", me.leaderTerm().orElseThrow());
		}
		// end::leader[]
		await().until(() -> terms.contains(workers.leadership().term()));
		assertThat(me.isLeader()).isTrue();
		workers.close();
	}

	@Test
	void partitions() {
		DistributedGroup workers = this.atomix.group("partitions");
		LocalGroupMember me = workers.join();
		List<Integer> moved = new CopyOnWriteArrayList<>();
		// tag::partitions[]
		GroupPartitions partitions = workers.partitions(271, 2);
		partitions.addListener((event) -> moved.add(event.partition().number()));
		Partition partition = partitions.table().partitionOf("customer-17");
		boolean mine = partition.primary().filter(me.id()::equals).isPresent();
		Optional<String> owner = workers.view().ring().owner("customer-17");
		// end::partitions[]
		assertThat(mine).isTrue();
		assertThat(owner).contains(me.id());
		workers.join();
		await().until(() -> Set.copyOf(moved).size() == 271);
		workers.close();
	}

	@Test
	void messages() {
		DistributedGroup workers = this.atomix.group("messages");
		LocalGroupMember me = workers.join();
		// tag::messages[]
		GroupChannel<String, Integer> lengths = GroupChannel.of("lengths", String.class, Integer.class);
		me.consume(lengths, (message) -> message.reply(message.content().length()));

		GroupProducer<String, Integer> producer = workers.producer(lengths,
				ProducerOptions.random().withExecution(Execution.REQUEST_REPLY));
		int length = producer.send("four").reply();
		// end::messages[]
		assertThat(length).isEqualTo(4);
		workers.close();
	}

}
