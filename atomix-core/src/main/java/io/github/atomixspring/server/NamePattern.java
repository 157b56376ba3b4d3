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

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A configured name of which certificates are to have one.
 *
 * @param commonName whether it is the common name of the subject
 * @param pattern matches the whole name
 */
record NamePattern(boolean commonName, Pattern pattern) {

	private static final String COMMON_NAME = "cn=";

	/**
	 * Parses a name.
	 * @param text the name, in which {@code *} stands for any characters but {@code .}
	 * and {@code /}; {@code CN=} before it means the common name of the subject
	 * @return the pattern
	 */
	static NamePattern parse(String text) {
		String lower = text.trim().toLowerCase(Locale.ROOT);
		boolean commonName = lower.startsWith(COMMON_NAME);
		String name = CertificateNames.normalize((commonName) ? lower.substring(COMMON_NAME.length()) : lower);
		String regex = Arrays.stream(name.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("[^./]*"));
		return new NamePattern(commonName, Pattern.compile(regex));
	}

	/**
	 * Returns whether a certificate has such a name.
	 * @param names the names in the certificate
	 * @return whether it has
	 */
	boolean matches(CertificateNames names) {
		return ((this.commonName) ? names.commonNames() : names.alternatives()).stream()
			.anyMatch((name) -> this.pattern.matcher(name).matches());
	}

}
