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

package io.github.atomixspring.link;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.github.atomixspring.cluster.Member;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClientConnector}.
 */
class ClientConnectorTests {

	private final ClientConnector connector = new ClientConnector("client",
			List.of(Member.parse("a=127.0.0.1:1"), Member.parse("b=127.0.0.1:2")), null);

	@Test
	void triesTheMembersInTurn() {
		List<String> tried = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			tried.add(this.connector.nextAddress());
		}
		assertThat(tried.subList(0, 2)).containsExactlyInAnyOrder("127.0.0.1:1", "127.0.0.1:2");
		assertThat(tried.subList(2, 4)).isEqualTo(tried.subList(0, 2));
	}

	@Test
	void goesOnceWhereTheLeaderIsSaidToBe() {
		this.connector.redirect("127.0.0.1:9");
		assertThat(this.connector.nextAddress()).isEqualTo("127.0.0.1:9");
		assertThat(this.connector.nextAddress()).isNotEqualTo("127.0.0.1:9");
	}

	@Test
	void learnsMembersAndKeepsTheConfiguredOnes() {
		this.connector.members(List.of("127.0.0.1:3", "127.0.0.1:2", "127.0.0.1:4"));
		assertThat(next(4)).containsExactlyInAnyOrder("127.0.0.1:1", "127.0.0.1:2", "127.0.0.1:3", "127.0.0.1:4");
		this.connector.members(List.of("127.0.0.1:3"));
		assertThat(next(3)).containsExactlyInAnyOrder("127.0.0.1:1", "127.0.0.1:2", "127.0.0.1:3");
	}

	@Test
	void beginsEachRoundWithThePreferredMembersInTheirOrder() {
		ClientConnector preferring = preferring("d", "b");
		for (int round = 0; round < 3; round++) {
			assertThat(next(preferring, 2)).containsExactly("127.0.0.1:4", "127.0.0.1:2");
			assertThat(next(preferring, 2)).containsExactlyInAnyOrder("127.0.0.1:1", "127.0.0.1:3");
		}
	}

	@Test
	void beginsWithThePreferredMembersAgainWhenALinkWasLost() {
		ClientConnector preferring = preferring("d", "b");
		next(preferring, 3);
		preferring.lost();
		assertThat(next(preferring, 2)).containsExactly("127.0.0.1:4", "127.0.0.1:2");
		next(preferring, 1);
		preferring.close();
		assertThat(next(preferring, 1)).containsExactly("127.0.0.1:4");
	}

	@Test
	void triesADeadPreferredMemberOnceInARound() {
		ClientConnector preferring = preferring("b");
		assertThat(next(preferring, 12)).filteredOn("127.0.0.1:2"::equals).hasSize(3);
	}

	@Test
	void goesOnInTheRoundWhereTheLeaderWasSaidToBe() {
		ClientConnector preferring = preferring("b");
		assertThat(next(preferring, 1)).containsExactly("127.0.0.1:2");
		preferring.redirect("127.0.0.1:2");
		assertThat(next(preferring, 1)).containsExactly("127.0.0.1:2");
		assertThat(next(preferring, 3)).containsExactlyInAnyOrder("127.0.0.1:1", "127.0.0.1:3", "127.0.0.1:4");
		preferring.redirect("127.0.0.1:9");
		preferring.lost();
		assertThat(next(preferring, 2)).containsExactly("127.0.0.1:9", "127.0.0.1:2");
	}

	@Test
	void triesMembersThatCameLaterAfterThePreferredOnes() {
		ClientConnector preferring = preferring("b");
		preferring.members(List.of("127.0.0.1:5", "127.0.0.1:2"));
		List<String> tried = next(preferring, 5);
		assertThat(tried.get(0)).isEqualTo("127.0.0.1:2");
		assertThat(tried).containsExactlyInAnyOrder("127.0.0.1:1", "127.0.0.1:2", "127.0.0.1:3", "127.0.0.1:4",
				"127.0.0.1:5");
	}

	@Test
	void mayPreferAllMembers() {
		ClientConnector preferring = preferring("d", "c", "b", "a");
		for (int round = 0; round < 2; round++) {
			assertThat(next(preferring, 4)).containsExactly("127.0.0.1:4", "127.0.0.1:3", "127.0.0.1:2", "127.0.0.1:1");
		}
	}

	private Set<String> next(int count) {
		return new HashSet<>(next(this.connector, count));
	}

	private static List<String> next(ClientConnector connector, int count) {
		List<String> tried = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			tried.add(connector.nextAddress());
		}
		return tried;
	}

	private static ClientConnector preferring(String... ids) {
		List<Member> members = Stream.of("a=127.0.0.1:1", "b=127.0.0.1:2", "c=127.0.0.1:3", "d=127.0.0.1:4")
			.map(Member::parse)
			.toList();
		List<Member> preferred = Stream.of(ids)
			.map((id) -> members.stream().filter((member) -> member.id().equals(id)).findFirst().orElseThrow())
			.toList();
		return new ClientConnector("client", 0, members, preferred, null);
	}

}
