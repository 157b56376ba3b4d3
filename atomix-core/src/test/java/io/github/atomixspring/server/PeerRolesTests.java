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
import java.util.Arrays;
import java.util.List;

import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.TlsConfig;
import io.github.atomixspring.testing.TestAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link PeerRoles}, {@link NamePattern} and {@link CertificateNames}.
 */
class PeerRolesTests {

	private static final TestAuthority authority = new TestAuthority("authority");

	private final TlsConfig tls = TlsConfig.of(authority.issue("self"));

	private static CertificateNames names(String subject, String... names) {
		return CertificateNames.of(authority.issue(subject, names).certificates().get(0));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", value = { "n1.example | n1.example | true",
			"N1.Example | n1.EXAMPLE | true", "n1.example | n2.example | false", "n1.example | *.example | true",
			"n1.a.example | *.example | false", "10.0.0.1 | 10.0.0.1 | true", "10.0.0.1 | 10.0.0.11 | false",
			"::1 | ::1 | true", "2001:db8:0:0::1 | 2001:db8::1 | true", "n1.example | https://n1.example/ | false",
			"example | n1.example | false", "localhost | localhost | true" })
	void aMemberIsKnownByItsHost(String host, String name, boolean member) {
		PeerRoles roles = new PeerRoles(this.tls, List.of(new Member("n1", host, 5000)), List::of);
		assertThat(roles.isMember(names("x", name))).isEqualTo(member);
		assertThat(roles.isClient(names("x", name))).isTrue();
	}

	@Test
	void aMemberThatJoinedLaterIsKnown() {
		List<String> joined = new ArrayList<>();
		PeerRoles roles = new PeerRoles(this.tls, List.of(new Member("n1", "n1.example", 5000)), () -> joined);
		assertThat(roles.isMember(names("x", "n2.example"))).isFalse();
		joined.add("N2.example");
		assertThat(roles.isMember(names("x", "n2.example"))).isTrue();
	}

	@Test
	void aCommonNameDoesNotMakeAMember() {
		PeerRoles roles = new PeerRoles(this.tls, List.of(new Member("n1", "n1.example", 5000)), List::of);
		assertThat(roles.isMember(names("n1.example"))).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "atomix-*.example | atomix-1.example | true", "atomix-*.example | atomix-1.b.example | false",
					"*.members | n1.members | true", "*.members | *.members | true", "*.members | members | false",
					"spiffe://a/ns/prod/sa/atomix-* | spiffe://a/ns/prod/sa/atomix-1 | true",
					"spiffe://a/ns/prod/sa/* | spiffe://a/ns/prod/sa/x/y | false", "CN=x | y | true", "cn=* | y | true",
					"CN=y | y | false", "x | y | false", "a.b | aXb | false", "10.0.0.* | 10.0.0.7 | true" })
	void configuredNamesTellMembersAndClients(String pattern, String name, boolean matches) {
		List<Member> members = List.of(new Member("n1", (name.contains("/") || name.contains("*")) ? "h" : name, 5000));
		assertThat(new PeerRoles(this.tls.withMembers(List.of("none", pattern)), members, List::of)
			.isMember(names("x", name))).isEqualTo(matches);
		PeerRoles clients = new PeerRoles(this.tls.withMembers(List.of("none")).withClients(List.of("none", pattern)),
				members, List::of);
		assertThat(clients.isClient(names("x", name))).isEqualTo(matches);
		assertThat(clients.isMember(names("x", name))).isFalse();
	}

	@Test
	void membersMayUseSessionsWhateverClientsAreCalled() {
		PeerRoles roles = new PeerRoles(this.tls.withClients(List.of("app")), List.of(new Member("n1", "h1", 5000)),
				List::of);
		assertThat(roles.isClient(names("x", "h1"))).isTrue();
		assertThat(roles.isClient(names("x", "h2"))).isFalse();
	}

	@Test
	void namesCannotForgeLinesOfTheLog() {
		CertificateNames names = names("a\nWARN all is lost", "b");
		assertThat(names.toString()).doesNotContain("\n").contains("[b]");
		assertThat(Arrays.asList("a", "b")).containsAll(names.alternatives());
	}

}
