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

import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;

import io.github.atomixspring.cluster.ClusterConfigurationException;
import io.github.atomixspring.cluster.TlsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether others could accept the certificate of a member, so that a wrong one is
 * told where it can be corrected.
 */
final class OwnCertificate {

	private static final Logger logger = LoggerFactory.getLogger(OwnCertificate.class);

	private OwnCertificate() {
	}

	/**
	 * Checks the certificate of a member with TLS.
	 * @param config the configuration of the member
	 * @throws ClusterConfigurationException if the certificate is not for the host of the
	 * member, or not that of a member
	 */
	static void check(ServerConfig config) {
		TlsConfig tls = config.tls();
		if (tls == null) {
			return;
		}
		List<X509Certificate> certificates = tls.credentials().certificates();
		List<CertificateNames> names = certificates.stream().map(CertificateNames::of).toList();
		String host = CertificateNames.normalize(config.self().host());
		String subject = "The certificate " + names + " of member '" + config.self().id() + "' ";
		if (names.stream().noneMatch((candidate) -> candidate.isFor(host))) {
			throw new ClusterConfigurationException(subject + "is not for '" + config.self().host()
					+ "', the host of the member, so that no other node would accept it: issue one that has the host"
					+ " among its alternative names");
		}
		PeerRoles roles = new PeerRoles(tls, config.members(), List::of);
		if (names.stream().noneMatch(roles::isMember)) {
			throw new ClusterConfigurationException(subject + "has none of the names of members " + tls.members()
					+ ", so that the other members would refuse it: issue one that has, or correct the names");
		}
		certificates.forEach((certificate) -> warnIfInvalid(subject, certificate));
	}

	private static void warnIfInvalid(String subject, X509Certificate certificate) {
		try {
			certificate.checkValidity();
		}
		catch (CertificateExpiredException | CertificateNotYetValidException ex) {
			// It may be replaced while the node runs.
			logger.warn("{}will be refused by the others: {}", subject, ex.getMessage());
		}
	}

}
