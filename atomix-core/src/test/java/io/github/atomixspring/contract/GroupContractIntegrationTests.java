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

package io.github.atomixspring.contract;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.group.DistributedGroup;
import io.github.atomixspring.group.GroupEvent;
import io.github.atomixspring.group.GroupLeadership;
import io.github.atomixspring.group.GroupMember;
import io.github.atomixspring.group.GroupOptions;
import io.github.atomixspring.group.LocalGroupMember;
import io.github.atomixspring.group.MemberExistsException;
import io.github.atomixspring.primitive.ConfigurationMismatchException;
import io.github.atomixspring.primitive.ReadConsistency;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The contract of the members and the leadership of a {@link DistributedGroup}.
 */
class GroupContractIntegrationTests extends AbstractContractTests {

	private DistributedGroup group() {
		return node().group(this.name);
	}

	private DistributedGroup otherGroup() {
		return other().group(this.name);
	}

	@Test
	void membersAreSeenByAllNodes() {
		LocalGroupMember one = group().join(Map.of("zone", "a"));
		LocalGroupMember two = otherGroup().join("p", Map.of("zone", "b"));
		List<GroupMember> members = group().members();
		assertThat(members).isEqualTo(otherGroup().members());
		assertThat(members).extracting(GroupMember::id).containsExactly(one.id(), "p");
		assertThat(group().member("p")).contains(
				new GroupMember("p", other().session().node(), GroupMember.Status.ALIVE, true, Map.of("zone", "b")));
		await().until(() -> group().members(ReadConsistency.SEQUENTIAL).equals(members));
		await().until(() -> otherGroup().view().members().equals(members));
		assertThatExceptionOfType(MemberExistsException.class).isThrownBy(() -> group().join("p"));
		one.leave();
		two.leave();
		assertThat(group().members()).isEmpty();
	}

	@Test
	void listenersOfAllNodesSeeTheSameChanges() {
		List<GroupEvent> here = new CopyOnWriteArrayList<>();
		List<GroupEvent> there = new CopyOnWriteArrayList<>();
		group().addListener(here::add);
		otherGroup().addListener(there::add);
		await().until(() -> here.size() == 1 && there.size() == 1);
		LocalGroupMember one = group().join();
		LocalGroupMember two = otherGroup().join("p");
		assertThat(group().remove("p")).isTrue();
		one.leave();
		await().until(() -> here.size() == 5 && there.size() == 5);
		assertThat(here).isEqualTo(there);
		await().until(() -> !two.isMember());
	}

	@Test
	void leadersSucceedEachOther() {
		List<GroupLeadership> told = new CopyOnWriteArrayList<>();
		otherGroup().addLeaderListener(told::add);
		LocalGroupMember one = group().join();
		LocalGroupMember two = otherGroup().join();
		await().until(one::isLeader);
		assertThat(two.isLeader()).isFalse();
		GroupLeadership first = otherGroup().leadership();
		assertThat(first.isLedBy(one.id())).isTrue();
		assertThat(one.leaderTerm()).hasValue(first.term());
		one.leave();
		await().until(two::isLeader);
		assertThat(two.leaderTerm().getAsLong()).isGreaterThan(first.term());
		await().until(() -> told.contains(new GroupLeadership(two.id(), two.leaderTerm().orElse(0))));
		assertThat(told).hasSize(3);
		two.leave();
		assertThat(group().leader()).isEmpty();
	}

	@Test
	void memberOfANodeThatStopsLeavesOrIsDeadAndComesBack() {
		try (Atomix client = this.setUp.newClient(this.name)) {
			LocalGroupMember ephemeral = client.group(this.name).join();
			LocalGroupMember persistent = client.group(this.name).join("p");
			client.stop();
			await().until(() -> group().members().size() == 1);
			assertThat(group().member("p")).map(GroupMember::status).contains(GroupMember.Status.DEAD);
			client.start();
			await().until(() -> group().members().stream().filter(GroupMember::isAlive).count() == 2);
			await().until(() -> ephemeral.isLeader() || persistent.isLeader());
			client.stop();
			await().until(() -> group().members().stream().noneMatch(GroupMember::isAlive));
			assertThat(group().join("p").isMember()).isTrue();
			client.start();
			await().until(() -> !persistent.isMember());
		}
		await().until(() -> group().members().size() == 1);
		assertThat(group().member("p")).map(GroupMember::node).contains(node().session().node());
	}

	@Test
	void expirationIsConfigurationOfTheGroup() {
		GroupOptions options = GroupOptions.defaults().withMemberExpiration(Duration.ofMillis(300));
		DistributedGroup group = node().group(this.name, options);
		group.members();
		assertThatExceptionOfType(ConfigurationMismatchException.class).isThrownBy(() -> otherGroup().members());
		try (Atomix client = this.setUp.newClient(this.name)) {
			client.group(this.name, options).join("p");
			client.stop();
			await().until(() -> group.members().isEmpty());
		}
	}

	@Test
	void destructionEndsAllMembers() {
		LocalGroupMember one = group().join("p");
		long term = group().leadership().term();
		otherGroup().destroy();
		await().until(() -> !one.isMember());
		assertThat(group().members()).isEmpty();
		LocalGroupMember again = group().join("p");
		assertThat(group().leadership().term()).isGreaterThan(term);
		await().until(again::isLeader);
	}

	@Test
	void manyMembersJoinAtOnce() throws Exception {
		Set<String> ids = ConcurrentHashMap.newKeySet();
		inThreads(4, (thread) -> {
			for (int i = 0; i < 25; i++) {
				ids.add(((thread % 2 == 0) ? group() : otherGroup()).join().id());
			}
		});
		assertThat(group().members()).extracting(GroupMember::id).containsExactlyInAnyOrderElementsOf(ids);
		await().until(() -> otherGroup().view().members().size() == 100);
		group().close();
		await().until(() -> otherGroup().members().size() == 50);
		otherGroup().close();
		assertThat(otherGroup().members()).isEmpty();
	}

}
