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

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * What a node proves itself with and whom it believes: its key with its certificate, and
 * the authorities whose certificates it accepts.
 *
 * @since 0.1.0
 */
public final class TlsCredentials {

	private static final List<String> KEY_TYPES = List.of("EC", "RSA", "EdDSA", "RSASSA-PSS", "DSA");

	private final X509ExtendedKeyManager keyManager;

	private final X509ExtendedTrustManager trustManager;

	private TlsCredentials(X509ExtendedKeyManager keyManager, X509ExtendedTrustManager trustManager) {
		this.keyManager = keyManager;
		this.trustManager = trustManager;
	}

	/**
	 * Returns the credentials of factories that were initialized.
	 * @param keys holds the key of the node
	 * @param trust holds the authorities; one that was initialized without a key store
	 * would accept all that the virtual machine trusts on the web
	 * @return the credentials
	 * @throws ClusterConfigurationException if there is no key, or if the managers are
	 * not those of X.509 certificates
	 */
	public static TlsCredentials of(KeyManagerFactory keys, TrustManagerFactory trust) {
		return of(keys.getKeyManagers(), trust.getTrustManagers());
	}

	/**
	 * Returns the credentials of managers.
	 * @param keys hold the key of the node
	 * @param trust hold the authorities
	 * @return the credentials
	 * @throws ClusterConfigurationException if there is no key, or if none of the
	 * managers is one of X.509 certificates
	 */
	public static TlsCredentials of(KeyManager[] keys, TrustManager[] trust) {
		X509ExtendedKeyManager keyManager = find(keys, X509ExtendedKeyManager.class);
		X509ExtendedTrustManager trustManager = find(trust, X509ExtendedTrustManager.class);
		TlsCredentials credentials = new TlsCredentials(keyManager, trustManager);
		if (credentials.certificates().isEmpty()) {
			throw new ClusterConfigurationException(
					"TLS needs a key with a certificate, which a node shows to the others"
							+ " whether it is a member or a client, and there is none: add one to the key store");
		}
		return credentials;
	}

	private static <T> T find(Object[] managers, Class<T> type) {
		return Arrays.stream(managers)
			.filter(type::isInstance)
			.map(type::cast)
			.findFirst()
			.orElseThrow(() -> new ClusterConfigurationException("TLS needs a " + type.getSimpleName()
					+ ", which checks a certificate together with its connection, and there is none among "
					+ Arrays.stream(managers).map((manager) -> manager.getClass().getSimpleName()).toList()));
	}

	/**
	 * Returns what chooses the key of the node.
	 * @return the manager
	 */
	public X509ExtendedKeyManager keyManager() {
		return this.keyManager;
	}

	/**
	 * Returns what checks the certificates of others.
	 * @return the manager
	 */
	public X509ExtendedTrustManager trustManager() {
		return this.trustManager;
	}

	/**
	 * Returns the certificates that the node may show, one for each of its keys.
	 * @return the certificates, without those of their authorities
	 */
	public List<X509Certificate> certificates() {
		List<X509Certificate> certificates = new ArrayList<>();
		for (String type : KEY_TYPES) {
			aliases(type).map(this.keyManager::getCertificateChain)
				.filter((chain) -> chain != null && chain.length > 0)
				.map((chain) -> chain[0])
				.filter((certificate) -> !certificates.contains(certificate))
				.forEach(certificates::add);
		}
		return certificates;
	}

	private Stream<String> aliases(String type) {
		// A manager that was told which key to use only says so here.
		String chosen = this.keyManager.chooseEngineServerAlias(type, null, null);
		if (chosen != null) {
			return Stream.of(chosen);
		}
		return Stream.of(this.keyManager.getServerAliases(type, null), this.keyManager.getClientAliases(type, null))
			.filter(Objects::nonNull)
			.flatMap(Arrays::stream);
	}

	/**
	 * Returns who the node says it is, and nothing of its key.
	 */
	@Override
	public String toString() {
		return "TlsCredentials of " + certificates().stream().map(X509Certificate::getSubjectX500Principal).toList();
	}

}
