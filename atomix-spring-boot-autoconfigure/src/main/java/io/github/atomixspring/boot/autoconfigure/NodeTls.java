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

import java.util.List;

import io.github.atomixspring.cluster.ClusterConfigurationException;
import io.github.atomixspring.cluster.TlsConfig;
import io.github.atomixspring.cluster.TlsCredentials;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.util.StringUtils;

/**
 * Makes the TLS of a node from an SSL bundle, and keeps it up to date with that.
 */
final class NodeTls {

	private static final Log logger = LogFactory.getLog(NodeTls.class);

	private static final String BUNDLE = "atomix.ssl.bundle";

	private final AtomixProperties properties;

	private final @Nullable SslBundles bundles;

	/**
	 * Creates an instance.
	 * @param properties the properties, which may name a bundle
	 * @param bundles the bundles of the application, or null if it has none
	 */
	NodeTls(AtomixProperties properties, @Nullable SslBundles bundles) {
		this.properties = properties;
		this.bundles = bundles;
	}

	/**
	 * Returns the TLS of the node. Connection details without a bundle leave the choice
	 * to the properties, so that details that only tell the members turn nothing off.
	 * @param details the details of the connection
	 * @return the configuration, or null for plain text
	 * @throws InvalidConfigurationException if there is no such bundle, or if it cannot
	 * be used
	 */
	@Nullable TlsConfig create(AtomixConnectionDetails details) {
		SslBundle supplied = (details instanceof PropertiesAtomixConnectionDetails) ? null : details.getSslBundle();
		if (supplied != null) {
			return configure(supplied, credentials(supplied));
		}
		SslBundle named = namedBundle();
		if (named == null) {
			return null;
		}
		TlsConfig tls = configure(named, namedCredentials(named));
		requireBundles().addBundleUpdateHandler(name(), (bundle) -> replace(tls, bundle));
		return tls;
	}

	/**
	 * Returns the bundle that the properties name.
	 * @return the bundle, or null if they turn TLS off
	 * @throws InvalidConfigurationException if there is no such bundle
	 */
	@Nullable SslBundle namedBundle() {
		if (!this.properties.getSsl().isEnabled()) {
			return null;
		}
		if (!StringUtils.hasText(this.properties.getSsl().getBundle())) {
			throw new InvalidConfigurationException(BUNDLE, null,
					"'atomix.ssl.enabled' is set, and a node needs a key and a certificate to speak TLS",
					"Set atomix.ssl.bundle to the name of an SSL bundle under spring.ssl.bundle");
		}
		try {
			return requireBundles().getBundle(name());
		}
		catch (NoSuchSslBundleException ex) {
			throw invalid("there is no such SSL bundle among " + requireBundles().getBundleNames(),
					"Define it under spring.ssl.bundle.pem or spring.ssl.bundle.jks, or correct the name", ex);
		}
	}

	private String name() {
		return String.valueOf(this.properties.getSsl().getBundle()).trim();
	}

	private SslBundles requireBundles() {
		if (this.bundles == null) {
			throw invalid("the application has no SSL bundles", "Do not exclude Spring Boot's SslAutoConfiguration",
					null);
		}
		return this.bundles;
	}

	private TlsConfig configure(SslBundle bundle, TlsCredentials credentials) {
		SslOptions options = bundle.getOptions();
		AtomixProperties.Security security = this.properties.getSecurity();
		return TlsConfig.of(credentials)
			.withProtocols(list(options.getEnabledProtocols()))
			.withCiphers(list(options.getCiphers()))
			.withMembers(security.getMembers())
			.withClients(security.getClients());
	}

	private static List<String> list(String @Nullable [] values) {
		return (values != null) ? List.of(values) : List.of();
	}

	private TlsCredentials namedCredentials(SslBundle bundle) {
		TlsCredentials credentials = credentials(bundle);
		if (bundle.getStores().getTrustStore() == null) {
			throw invalid("it has no trust store, so that each authority of the web would do",
					"Add the certificate of the authority of your nodes to the bundle as its trust store", null);
		}
		return credentials;
	}

	private TlsCredentials credentials(SslBundle bundle) {
		try {
			return TlsCredentials.of(bundle.getManagers().getKeyManagers(), bundle.getManagers().getTrustManagers());
		}
		catch (ClusterConfigurationException ex) {
			throw invalid(String.valueOf(ex.getMessage()), "Correct the bundle under spring.ssl.bundle", ex);
		}
		catch (IllegalStateException | IllegalArgumentException ex) {
			throw invalid("it cannot be loaded: " + rootMessage(ex),
					"Correct the location, the password or the content of its key store and its trust store", ex);
		}
	}

	private void replace(TlsConfig tls, SslBundle bundle) {
		try {
			tls.replace(namedCredentials(bundle));
			logger
				.info("SSL bundle '" + name() + "' was replaced: new connections of the node use " + tls.credentials());
		}
		catch (InvalidConfigurationException ex) {
			logger.error("SSL bundle '" + name() + "' was replaced by one that cannot be used, so that the node keeps "
					+ tls.credentials() + ": " + ex.getMessage());
		}
	}

	private InvalidConfigurationException invalid(String reason, String action, @Nullable Throwable cause) {
		InvalidConfigurationException failure = new InvalidConfigurationException(BUNDLE, name(), reason, action);
		failure.initCause(cause);
		return failure;
	}

	private static String rootMessage(Throwable failure) {
		Throwable cause = failure;
		while (cause.getCause() != null) {
			cause = cause.getCause();
		}
		return String.valueOf(cause.getMessage());
	}

}
