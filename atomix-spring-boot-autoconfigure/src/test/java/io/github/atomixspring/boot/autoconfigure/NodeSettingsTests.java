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

package io.github.atomixspring.boot.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.github.atomixspring.boot.autoconfigure.AtomixProperties.Mode;
import io.github.atomixspring.cluster.Member;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link NodeSettings} and {@link MemberParser}: the catalogue of wrong input.
 */
class NodeSettingsTests {

	private static final List<String> THREE = List.of("n1=127.0.0.1:5001", "n2=127.0.0.1:5002", "n3=127.0.0.1:5003");

	private final AtomixProperties properties = new AtomixProperties();

	@Test
	void withoutConfigurationIsSingleMemberOnLoopback() {
		NodeSettings settings = replica();
		assertThat(settings.id()).isEqualTo("n1");
		assertThat(settings.members()).containsExactly(new Member("n1", "127.0.0.1", 5679));
	}

	@Test
	void singleMemberTakesAddressAndId() {
		this.properties.getNode().setAddress("[::1]:5000");
		this.properties.getNode().setId("main");
		assertThat(replica().members()).containsExactly(new Member("main", "::1", 5000));
	}

	@Test
	void singleMemberOfTheListNeedsNoId() {
		this.properties.getCluster().setMembers(List.of("localhost:5000"));
		assertThat(replica().id()).isEqualTo("localhost:5000");
	}

	@Test
	void threeMembersAreThoseOfTheList() {
		this.properties.getCluster().setMembers(THREE);
		this.properties.getNode().setId(" n2 ");
		NodeSettings settings = replica();
		assertThat(settings.id()).isEqualTo("n2");
		assertThat(settings.members()).extracting(Member::id).containsExactly("n1", "n2", "n3");
	}

	@Test
	void addressTellsWhichMemberThisIs() {
		this.properties.getCluster().setMembers(THREE);
		this.properties.getNode().setAddress("127.0.0.1:5003");
		assertThat(replica().id()).isEqualTo("n3");
	}

	@Test
	void failsWithoutId() {
		this.properties.getCluster().setMembers(THREE);
		assertInvalid("atomix.node.id",
				"'atomix.node.id' is not set: it is not clear which of the members [n1, n2, n3]");
	}

	@Test
	void failsWhenIdIsNotAmongMembers() {
		this.properties.getCluster().setMembers(THREE);
		this.properties.getNode().setId("n4");
		assertInvalid("atomix.node.id", "'atomix.node.id' is 'n4': it is not among the members [n1, n2, n3]");
	}

	@Test
	void failsWhenIdIsBlank() {
		this.properties.getCluster().setMembers(THREE);
		this.properties.getNode().setId(" ");
		assertInvalid("atomix.node.id", "must not be blank");
	}

	@Test
	void failsWhenIdHasOddCharacters() {
		this.properties.getNode().setId("n 1/ü");
		assertInvalid("atomix.node.id", "letters, digits");
	}

	@Test
	void failsWhenAddressIsMalformed() {
		this.properties.getNode().setAddress("localhost");
		assertInvalid("atomix.node.address", "has no port");
	}

	@Test
	void failsWhenAddressIsOfNoMember() {
		this.properties.getCluster().setMembers(THREE);
		this.properties.getNode().setAddress("127.0.0.1:5009");
		assertInvalid("atomix.node.address", "none of the members");
	}

	@Test
	void failsWhenAddressIsOfAnotherMember() {
		this.properties.getCluster().setMembers(THREE);
		this.properties.getNode().setId("n1");
		this.properties.getNode().setAddress("127.0.0.1:5002");
		assertInvalid("atomix.node.address", "has the address '127.0.0.1:5001' for node 'n1'");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "n2=127.0.0.1 | has no port", "n2=127.0.0.1:x | no number", "n2=127.0.0.1:0 | from 1 to 65535",
					"n2=127.0.0.1:70000 | from 1 to 65535", "n2=::1:5000 | in brackets", "n2=:5000 | has no port",
					"n!=127.0.0.1:5000 | letters, digits", "n2=a b:5000 | no host name", "'' | is empty",
					"n1=127.0.0.1:5009 | entries 1 and 2 have the same id 'n1'",
					"n2=127.0.0.1:5001 | entries 1 and 2 have the same address '127.0.0.1:5001'" })
	void failsWhenMemberIsMalformedAndNamesItsPosition(String entry, String expected) {
		this.properties.getCluster().setMembers(List.of("n1=127.0.0.1:5001", entry, "n3=127.0.0.1:5003"));
		assertInvalid("atomix.cluster.members", expected);
		assertThatExceptionOfType(InvalidConfigurationException.class).isThrownBy(() -> replica())
			.withMessageMatching("(?s).*(entry 2 of 3|entries 1 and 2).*");
	}

	@Test
	void entriesMayHaveSpacesAndIpv6() {
		this.properties.getCluster().setMembers(List.of(" n1 = [::1]:5001 "));
		assertThat(replica().members()).containsExactly(new Member("n1", "::1", 5001));
	}

	@Test
	void listenersAreMembersWithoutAVote() {
		this.properties.getCluster().setMembers(THREE);
		this.properties.getCluster().setListeners(List.of("n4=127.0.0.1:5004"));
		this.properties.getNode().setId("n4");
		assertThat(replica().members()).filteredOn(Member::listener)
			.containsExactly(new Member("n4", "127.0.0.1", 5004).asListener());
		assertThat(replica().members()).hasSize(4);
		assertThat(replica().id()).isEqualTo("n4");
	}

	@Test
	void failsWhenListenersAreNoneOrAlone() {
		this.properties.getCluster().setListeners(List.of("n4=127.0.0.1"));
		assertInvalid("atomix.cluster.listeners", "entry 1 of 1: 'n4=127.0.0.1' has no port");
		this.properties.getCluster().setListeners(List.of("n4=127.0.0.1:5004"));
		assertInvalid("atomix.cluster.listeners", "there are no members with a vote");
		this.properties.getCluster().setMembers(THREE);
		this.properties.getCluster().setListeners(List.of("n3=127.0.0.1:5004"));
		assertInvalid("atomix.cluster.listeners", "'n3' is, or has the address of, a member");
	}

	@Test
	void failsWhenOthersCouldReachTheNodeUnprotected() {
		this.properties.getNode().setAddress("192.0.2.1:5000");
		assertInvalid("atomix.security.insecure", "would listen on '192.0.2.1'");
		this.properties.getNode().setBindHost("0.0.0.0");
		assertInvalid("atomix.security.insecure", "would listen on '0.0.0.0'");
		this.properties.getSecurity().setInsecure(true);
		assertThat(replica().members()).containsExactly(new Member("n1", "192.0.2.1", 5000));
	}

	@Test
	void tlsNeedsNoPermission() {
		this.properties.getNode().setAddress("192.0.2.1:5000");
		assertThat(replica(true).id()).isEqualTo("n1");
	}

	@Test
	void loopbackBindHostNeedsNoPermission() {
		this.properties.getNode().setAddress("192.0.2.1:5000");
		this.properties.getNode().setBindHost("127.0.0.1");
		assertThat(replica().id()).isEqualTo("n1");
	}

	@Test
	void failsWhenOwnHostIsUnknown() {
		this.properties.getNode().setAddress("no-such-host.invalid:5000");
		assertInvalid("atomix.node.address", "cannot resolve");
	}

	@Test
	void failsWhenSessionTimeoutIsTooShort() {
		this.properties.getSession().setTimeout(Duration.ofMillis(5));
		assertInvalid("atomix.session.timeout", "'atomix.session.timeout' is '5ms'");
		this.properties.getSession().setTimeout(Duration.ZERO);
		assertInvalid("atomix.session.timeout", "longer than zero");
		this.properties.getSession().setTimeout(Duration.ofSeconds(-1));
		assertInvalid("atomix.session.timeout", "longer than zero");
	}

	@Test
	void failsWhenOperationTimeoutIsNotPositive() {
		this.properties.getSession().setOperationTimeout(Duration.ZERO);
		assertInvalid("atomix.session.operation-timeout", "longer than zero");
	}

	@Test
	void failsWhenElectionsTakeLongerThanSessions() {
		this.properties.getSession().setTimeout(Duration.ofSeconds(3));
		this.properties.getRaft().setElectionTimeout(Duration.ofSeconds(2));
		assertInvalid("atomix.raft.election-timeout", "'atomix.session.timeout' is 3s");
		this.properties.getRaft().setElectionTimeout(Duration.ofSeconds(-2));
		assertInvalid("atomix.raft.election-timeout", "longer than zero");
	}

	@Test
	void failsWhenSnapshotThresholdIsNotPositive() {
		this.properties.getRaft().setSnapshotThreshold(0L);
		assertInvalid("atomix.raft.snapshot-threshold", "at least one");
	}

	@Test
	void failsWhenFreeSpaceIsNegative() {
		this.properties.getStorage().setMinFreeSpace(DataSize.ofMegabytes(-1));
		assertInvalid("atomix.storage.min-free-space", "less than nothing");
	}

	@Test
	void failsWhenUseOfTheHeapIsNoPercentage() {
		this.properties.getMemory().setMaxHeapUse(101);
		assertInvalid("atomix.memory.max-heap-use", "percentage");
		this.properties.getMemory().setMaxHeapUse(-1);
		assertInvalid("atomix.memory.max-heap-use", "percentage");
	}

	@Test
	void failsWhenRaftPropertyIsNone() {
		this.properties.getRaft().getProperties().put("server.rpc", "1");
		assertInvalid("atomix.raft.properties.server.rpc", "no property of Apache Ratis");
	}

	@Test
	void failsWhenClusterNameIsBlank() {
		this.properties.getCluster().setName(" ");
		assertInvalid("atomix.cluster.name", "must not be blank");
	}

	@Test
	void clientNeedsMembers() {
		this.properties.setMode(Mode.CLIENT);
		assertThatExceptionOfType(InvalidConfigurationException.class)
			.isThrownBy(() -> NodeSettings.forClient(this.properties, List.of(), "client"))
			.withMessageContaining("'atomix.cluster.members' is not set");
	}

	@Test
	void clientTakesIdOrDefaultName() {
		this.properties.setMode(Mode.CLIENT);
		this.properties.getCluster().setMembers(THREE);
		List<Member> members = MemberParser.parse(this.properties.getCluster());
		assertThat(NodeSettings.forClient(this.properties, members, "shop").id()).isEqualTo("shop");
		this.properties.getNode().setId("c1");
		assertThat(NodeSettings.forClient(this.properties, members, "shop").id()).isEqualTo("c1");
	}

	@Test
	void failsWhenAPreferredMemberIsUnknown() {
		this.properties.setMode(Mode.CLIENT);
		this.properties.getCluster().setMembers(THREE);
		List<Member> members = MemberParser.parse(this.properties.getCluster());
		this.properties.getClient().setPreferredMembers(List.of(members.get(2).id(), members.get(0).id()));
		assertThat(NodeSettings.forClient(this.properties, members, "shop").members()).isEqualTo(members);
		this.properties.getClient().setPreferredMembers(List.of(members.get(2).id(), "x"));
		assertThatExceptionOfType(InvalidConfigurationException.class)
			.isThrownBy(() -> NodeSettings.forClient(this.properties, members, "shop"))
			.withMessage("'atomix.client.preferred-members' is '" + members.get(2).id()
					+ ",x': 'x' is not among the members " + members.stream().map(Member::id).toList()
					+ " of 'atomix.cluster.members'");
	}

	@Test
	void failsWhenModeIsNotTheOneOfTheProcessingAheadOfTime() {
		this.properties.getCluster().setMembers(THREE);
		List<Member> members = MemberParser.parse(this.properties.getCluster());
		assertThatExceptionOfType(InvalidConfigurationException.class)
			.isThrownBy(() -> NodeSettings.forClient(this.properties, members, "shop"))
			.withMessage("'atomix.mode' is 'replica': the application was processed ahead of time with 'client'");
		this.properties.setMode(Mode.CLIENT);
		assertInvalid("atomix.mode", "is 'client': the application was processed ahead of time with 'replica'");
	}

	@Test
	void failsWhenNodeWasOnlyEnabledDuringTheProcessingAheadOfTime() {
		this.properties.setEnabled(false);
		assertInvalid("atomix.enabled", "is 'false': the application was processed ahead of time with 'true'");
	}

	private NodeSettings replica() {
		return replica(false);
	}

	private NodeSettings replica(boolean tls) {
		return NodeSettings.forReplica(this.properties, MemberParser.parse(this.properties.getCluster()), tls);
	}

	private void assertInvalid(String property, String message) {
		assertThatExceptionOfType(InvalidConfigurationException.class).isThrownBy(() -> replica())
			.withMessageContaining(message)
			.satisfies((ex) -> {
				assertThat(ex.getProperty()).isEqualTo(property);
				assertThat(ex.getAction()).isNotBlank();
			});
	}

}
