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

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * The names in a certificate, in lower case.
 *
 * @param alternatives the alternative names: host names, addresses and URIs
 * @param commonNames the common names of the subject, which prove nothing about a host
 * @param subject the subject, to be shown to people
 */
record CertificateNames(Set<String> alternatives, Set<String> commonNames, String subject) {

	private static final int DNS = 2;

	private static final int URI = 6;

	private static final int ADDRESS = 7;

	private static final Pattern IPV6 = Pattern.compile("[0-9a-f.]*:[0-9a-f:.]*");

	/**
	 * Reads the names in a certificate that was checked.
	 * @param certificate the certificate
	 * @return the names; none if they cannot be read
	 */
	static CertificateNames of(X509Certificate certificate) {
		Set<String> alternatives = new HashSet<>();
		Set<String> commonNames = new HashSet<>();
		String subject = certificate.getSubjectX500Principal().getName();
		try {
			Collection<List<?>> names = certificate.getSubjectAlternativeNames();
			for (List<?> name : (names != null) ? names : List.<List<?>>of()) {
				if (name.get(0) instanceof Integer type && (type == DNS || type == URI || type == ADDRESS)) {
					alternatives.add(normalize(String.valueOf(name.get(1))));
				}
			}
			for (Rdn part : new LdapName(subject).getRdns()) {
				if (part.getType().equalsIgnoreCase("CN")) {
					commonNames.add(normalize(String.valueOf(part.getValue())));
				}
			}
		}
		catch (CertificateParsingException | InvalidNameException ex) {
			// Whom it names in part is not known well enough to be let in.
			return new CertificateNames(Set.of(), Set.of(), subject);
		}
		return new CertificateNames(Set.copyOf(alternatives), Set.copyOf(commonNames), subject);
	}

	/**
	 * Returns the form in which names are compared.
	 * @param name a host name, address or URI
	 * @return its form; one for each address of IPv6
	 */
	static String normalize(String name) {
		String lower = name.trim().toLowerCase(Locale.ROOT);
		if (!IPV6.matcher(lower).matches()) {
			return lower;
		}
		try {
			// Of text like this it looks nothing up.
			return InetAddress.getByName(lower).getHostAddress();
		}
		catch (UnknownHostException ex) {
			return lower;
		}
	}

	/**
	 * Returns whether the certificate is for a host.
	 * @param host the host, in normal form
	 * @return whether it names it, or all hosts of its domain
	 */
	boolean isFor(String host) {
		int dot = host.indexOf('.');
		return this.alternatives.contains(host) || (dot > 0 && this.alternatives.contains("*" + host.substring(dot)));
	}

	@Override
	public String toString() {
		String text = "'" + this.subject + "' " + this.alternatives.stream().sorted().toList();
		return text.chars().anyMatch(Character::isISOControl) ? text.replaceAll("\\p{Cntrl}", "?") : text;
	}

}
