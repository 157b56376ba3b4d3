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

import java.util.List;
import java.util.function.Supplier;

import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.TlsConfig;

/**
 * What the certificates of other nodes allow them.
 */
final class PeerRoles {

	private final List<NamePattern> members;

	private final List<NamePattern> clients;

	private final List<String> hosts;

	private final Supplier<List<String>> joined;

	/**
	 * Creates the roles.
	 * @param tls the configured names
	 * @param members the configured members
	 * @param joined tells the hosts of the members that the cluster has now, which may be
	 * others
	 */
	PeerRoles(TlsConfig tls, List<Member> members, Supplier<List<String>> joined) {
		this.members = tls.members().stream().map(NamePattern::parse).toList();
		this.clients = tls.clients().stream().map(NamePattern::parse).toList();
		this.hosts = members.stream().map((member) -> CertificateNames.normalize(member.host())).distinct().toList();
		this.joined = joined;
	}

	/**
	 * Returns whether a certificate is that of a member.
	 * @param names the names in the certificate
	 * @return whether it is
	 */
	boolean isMember(CertificateNames names) {
		if (!this.members.isEmpty()) {
			return this.members.stream().anyMatch((member) -> member.matches(names));
		}
		return this.hosts.stream().anyMatch(names::isFor)
				|| this.joined.get().stream().map(CertificateNames::normalize).anyMatch(names::isFor);
	}

	/**
	 * Returns whether a certificate is that of a client, or of a member, which may do all
	 * that clients may.
	 * @param names the names in the certificate
	 * @return whether it is
	 */
	boolean isClient(CertificateNames names) {
		return this.clients.isEmpty() || this.clients.stream().anyMatch((client) -> client.matches(names))
				|| isMember(names);
	}

}
