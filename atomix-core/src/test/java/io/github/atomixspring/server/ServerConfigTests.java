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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.atomixspring.cluster.ClusterConfigurationException;
import io.github.atomixspring.cluster.Member;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link ServerConfig}.
 */
class ServerConfigTests {

	private static final List<Member> MEMBERS = List.of(new Member("n1", "127.0.0.1", 5001),
			new Member("n2", "127.0.0.1", 5002), new Member("n3", "127.0.0.1", 5003));

	private static final Path DIRECTORY = Path.of("data");

	private final ServerConfig config = ServerConfig.of("c", "n1", MEMBERS, DIRECTORY);

	@Test
	void bindsToTheHostOfTheMemberOnly() {
		assertThat(this.config.bindHost()).isEqualTo("127.0.0.1");
		this.config.checkBindHost();
	}

	@Test
	void anUnknownNodeIsNamedWithTheMembers() {
		assertThatExceptionOfType(ClusterConfigurationException.class)
			.isThrownBy(() -> ServerConfig.of("c", "n4", MEMBERS, DIRECTORY))
			.withMessageContaining("'n4' is not among the members [n1, n2, n3]");
	}

	@Test
	void idsAndAddressesOfMembersMustDiffer() {
		List<Member> ids = List.of(MEMBERS.get(0), new Member("n1", "127.0.0.1", 5002));
		assertThatExceptionOfType(ClusterConfigurationException.class)
			.isThrownBy(() -> ServerConfig.of("c", "n1", ids, DIRECTORY))
			.withMessageContaining("member 2 has the id 'n1'");
		List<Member> addresses = List.of(MEMBERS.get(0), new Member("n2", "127.0.0.1", 5001));
		assertThatExceptionOfType(ClusterConfigurationException.class)
			.isThrownBy(() -> ServerConfig.of("c", "n1", addresses, DIRECTORY))
			.withMessageContaining("'n1' and 'n2' have the same address 127.0.0.1:5001");
	}

	@ParameterizedTest
	@CsvSource({ "100,300", "2000,500", "4000,1000", "10000,1000", "3600000,1000" })
	void electionTimeoutFollowsTheSessionTimeout(long session, long election) {
		assertThat(this.config.withTimeouts(Duration.ofMillis(session), null).effectiveElectionTimeout())
			.isEqualTo(Duration.ofMillis(election));
	}

	@Test
	void aSessionMustOutliveAnElection() {
		assertThatExceptionOfType(ClusterConfigurationException.class)
			.isThrownBy(() -> this.config.withTimeouts(Duration.ofSeconds(3), Duration.ofSeconds(2)))
			.withMessageContaining("at most half of the session timeout");
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, -1 })
	void timeoutsAndThresholdsMustBePositive(long value) {
		assertThatExceptionOfType(ClusterConfigurationException.class)
			.isThrownBy(() -> this.config.withTimeouts(Duration.ofMillis(value), null));
		assertThatExceptionOfType(ClusterConfigurationException.class)
			.isThrownBy(() -> this.config.withTimeouts(Duration.ofSeconds(10), Duration.ofMillis(value)));
		assertThatExceptionOfType(ClusterConfigurationException.class)
			.isThrownBy(() -> this.config.withSnapshotThreshold(value));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a,b", "${user.home}/x" })
	void directoriesThatRatisWouldMisreadAreRefused(String directory) {
		assertThatExceptionOfType(ClusterConfigurationException.class)
			.isThrownBy(() -> ServerConfig.of("c", "n1", MEMBERS, Path.of(directory)))
			.withMessageContaining(directory);
	}

	@Test
	void onlySettingsOfRatisArePassedThrough() {
		assertThatExceptionOfType(ClusterConfigurationException.class)
			.isThrownBy(() -> this.config.withRaftProperties(Map.of("rpc.timeout", "1s")))
			.withMessageContaining("'rpc.timeout'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0.0.0.0", "192.0.2.1", "::" })
	void anOpenPortWithoutTlsMustBeAskedFor(String host) {
		assertThatExceptionOfType(ClusterConfigurationException.class)
			.isThrownBy(() -> this.config.withBindHost(host, false).checkBindHost())
			.withMessageContaining(host)
			.withMessageContaining("insecure=true");
		this.config.withBindHost(host, true).checkBindHost();
	}

	@Test
	void anUnknownHostIsNamed() {
		assertThatExceptionOfType(ClusterConfigurationException.class)
			.isThrownBy(() -> this.config.withBindHost("no-such-host.invalid", true).checkBindHost())
			.withMessageContaining("no-such-host.invalid");
	}

	@ParameterizedTest
	@CsvSource({ "2,0", "4,1", "6,2" })
	void anEvenNumberOfMembersIsUnwise(int count, int losses) {
		assertThat(withMembers(count).unwiseNumber())
			.isEqualTo("Cluster 'c' has " + count + " members and survives the loss of " + losses + ", as with "
					+ (count - 1) + "; have an odd number of members");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 5 })
	void anOddNumberOfMembersIsNot(int count) {
		assertThat(withMembers(count).unwiseNumber()).isNull();
	}

	private static ServerConfig withMembers(int count) {
		return ServerConfig.of("c", "n1",
				IntStream.rangeClosed(1, count).mapToObj((i) -> new Member("n" + i, "127.0.0.1", i)).toList(),
				DIRECTORY);
	}

}
