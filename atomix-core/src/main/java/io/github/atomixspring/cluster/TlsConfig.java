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

package io.github.atomixspring.cluster;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Mutual TLS of a node, for all that it sends and receives.
 * <p>
 * A node shows its certificate on each connection and demands that of the other end. It
 * looks whether the certificate of a member is for the host at which the member is
 * configured. A member asks further what the certificate allows: those of members, which
 * names tell, may do everything; those of clients may use sessions, and ask a member to
 * describe itself.
 * <p>
 * Names are the alternative names of a certificate: host names, addresses and URIs. A
 * configured name that begins with {@code CN=} is the common name of the subject instead.
 * {@code *} in a configured name stands for any characters but {@code .} and {@code /}.
 * <p>
 * The credentials can be replaced while the node runs: those of the
 * {@linkplain #replace(TlsCredentials) replacement} are used for each new connection. No
 * connection takes over the session of an earlier one, so that each is checked by what is
 * valid then. Connections that are open stay so.
 * <p>
 * Instances may be used by several nodes and threads. Those that the {@code with} methods
 * return share their credentials with the one they come from.
 *
 * @since 0.1.0
 */
public final class TlsConfig {

	private final AtomicReference<TlsCredentials> credentials;

	private final List<String> protocols;

	private final List<String> ciphers;

	private final List<String> members;

	private final List<String> clients;

	private TlsConfig(AtomicReference<TlsCredentials> credentials, List<String> protocols, List<String> ciphers,
			List<String> members, List<String> clients) {
		this.credentials = credentials;
		this.protocols = List.copyOf(protocols);
		this.ciphers = List.copyOf(ciphers);
		this.members = List.copyOf(members);
		this.clients = List.copyOf(clients);
	}

	/**
	 * Returns TLS with default protocols and ciphers, where the hosts of the configured
	 * members tell the certificates of members, and all others that are trusted are those
	 * of clients.
	 * @param credentials the credentials of the node
	 * @return the configuration
	 */
	public static TlsConfig of(TlsCredentials credentials) {
		Objects.requireNonNull(credentials, "'credentials' must not be null");
		return new TlsConfig(new AtomicReference<>(credentials), List.of(), List.of(), List.of(), List.of());
	}

	/**
	 * Returns a copy with other protocols.
	 * @param newProtocols the names of the protocols; none for TLS 1.3 and 1.2
	 * @return the copy
	 */
	public TlsConfig withProtocols(List<String> newProtocols) {
		return new TlsConfig(this.credentials, newProtocols, this.ciphers, this.members, this.clients);
	}

	/**
	 * Returns a copy with other cipher suites.
	 * @param newCiphers the names of the cipher suites; none for those that HTTP/2 allows
	 * @return the copy
	 */
	public TlsConfig withCiphers(List<String> newCiphers) {
		return new TlsConfig(this.credentials, this.protocols, newCiphers, this.members, this.clients);
	}

	/**
	 * Returns a copy with other names of members.
	 * @param newMembers the names of which the certificate of a member has at least one;
	 * none for the hosts of the configured members
	 * @return the copy
	 */
	public TlsConfig withMembers(List<String> newMembers) {
		return new TlsConfig(this.credentials, this.protocols, this.ciphers, newMembers, this.clients);
	}

	/**
	 * Returns a copy with other names of clients.
	 * @param newClients the names of which the certificate of a client has at least one;
	 * none if every trusted certificate is that of a client
	 * @return the copy
	 */
	public TlsConfig withClients(List<String> newClients) {
		return new TlsConfig(this.credentials, this.protocols, this.ciphers, this.members, newClients);
	}

	/**
	 * Replaces the credentials, for all connections that are opened from now on.
	 * @param replacement the credentials
	 */
	public void replace(TlsCredentials replacement) {
		this.credentials.set(Objects.requireNonNull(replacement, "'replacement' must not be null"));
	}

	/**
	 * Returns the credentials that are used now.
	 * @return the credentials
	 */
	public TlsCredentials credentials() {
		return Objects.requireNonNull(this.credentials.get());
	}

	/**
	 * Returns the protocols.
	 * @return their names; none for the default
	 */
	public List<String> protocols() {
		return this.protocols;
	}

	/**
	 * Returns the cipher suites.
	 * @return their names; none for the default
	 */
	public List<String> ciphers() {
		return this.ciphers;
	}

	/**
	 * Returns the names that tell the certificate of a member.
	 * @return the names; none for the hosts of the configured members
	 */
	public List<String> members() {
		return this.members;
	}

	/**
	 * Returns the names that tell the certificate of a client.
	 * @return the names; none if every trusted certificate is that of a client
	 */
	public List<String> clients() {
		return this.clients;
	}

	@Override
	public String toString() {
		return "TlsConfig with " + credentials();
	}

}
