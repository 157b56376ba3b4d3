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

package io.github.atomixspring.boot.autoconfigure.config;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import io.github.atomixspring.AtomixClient;
import io.github.atomixspring.boot.autoconfigure.AtomixProperties;
import io.github.atomixspring.boot.autoconfigure.ClientSettings;
import io.github.atomixspring.boot.autoconfigure.InvalidConfigurationException;
import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.ssl.JksSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PropertiesSslBundle;
import org.springframework.boot.autoconfigure.ssl.SslProperties;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.context.config.ConfigDataLocation;
import org.springframework.boot.context.config.ConfigDataLocationResolver;
import org.springframework.boot.context.config.ConfigDataLocationResolverContext;
import org.springframework.boot.context.config.Profiles;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.util.StringUtils;

/**
 * Resolves locations such as {@code atomix:} and {@code atomix:shop}: the map of that
 * name, and for each profile one with the name of the profile after a hyphen.
 */
class AtomixConfigDataLocationResolver implements ConfigDataLocationResolver<AtomixConfigDataResource> {

	static final String PREFIX = "atomix:";

	private static final String DEFAULT_MAP = "config";

	private static final String PURPOSE = "config";

	private static final int MAX_NAME_LENGTH = 256;

	private final Log logger;

	AtomixConfigDataLocationResolver(DeferredLogFactory logFactory) {
		this.logger = logFactory.getLog(AtomixConfigDataLocationResolver.class);
	}

	@Override
	public boolean isResolvable(ConfigDataLocationResolverContext context, ConfigDataLocation location) {
		return location.hasPrefix(PREFIX);
	}

	@Override
	public List<AtomixConfigDataResource> resolve(ConfigDataLocationResolverContext context,
			ConfigDataLocation location) {
		prepare(context, location);
		return List.of(resource(context, map(location), null));
	}

	@Override
	public List<AtomixConfigDataResource> resolveProfileSpecific(ConfigDataLocationResolverContext context,
			ConfigDataLocation location, Profiles profiles) {
		String map = map(location);
		return profiles.getAccepted()
			.stream()
			.map((profile) -> resource(context, map + "-" + profile, profile))
			.toList();
	}

	private static AtomixConfigDataResource resource(ConfigDataLocationResolverContext context, String map,
			@Nullable String profile) {
		ConfigurableBootstrapContext bootstrap = context.getBootstrapContext();
		if (bootstrap.isRegistered(ImportedMaps.class)) {
			ImportedMaps.of(bootstrap).add(map);
		}
		return new AtomixConfigDataResource(map, profile);
	}

	private static String map(ConfigDataLocation location) {
		String name = location.getNonPrefixedValue(PREFIX).trim();
		if (name.length() > MAX_NAME_LENGTH) {
			throw new InvalidConfigurationException("spring.config.import", location,
					"a map has a name of at most " + MAX_NAME_LENGTH + " characters", "Choose a shorter name");
		}
		return (name.isEmpty()) ? DEFAULT_MAP : name;
	}

	/**
	 * Makes ready what is needed to load, if anything is to be imported. Without it the
	 * resources are empty.
	 * @param context the context
	 * @param location the location
	 */
	private void prepare(ConfigDataLocationResolverContext context, ConfigDataLocation location) {
		Binder binder = context.getBinder();
		ConfigurableBootstrapContext bootstrap = context.getBootstrapContext();
		AtomixConfigProperties config = binder.bindOrCreate("atomix.config", AtomixConfigProperties.class);
		AtomixProperties atomix = binder.bindOrCreate("atomix", AtomixProperties.class);
		if (!config.isEnabled() || !atomix.isEnabled() || bootstrap.isRegistered(ImportedMaps.class)) {
			return;
		}
		Supplier<AtomixClient> clients;
		try {
			clients = clients(atomix, config, binder.bind("spring.application.name", String.class).orElse(null),
					bundles(binder, atomix.getSsl()));
		}
		catch (InvalidConfigurationException ex) {
			if (!location.isOptional()) {
				throw ex;
			}
			this.logger.warn("Configuration is not imported from '" + location + "': " + ex.getMessage());
			return;
		}
		String cluster = "cluster '" + atomix.getCluster().getName() + "' with the members "
				+ atomix.getCluster().getMembers();
		bootstrap.register(ImportedMaps.class, (registry) -> new ImportedMaps(cluster, clients, config.getTimeout()));
		bootstrap.addCloseListener((event) -> ImportedMaps.of(event.getBootstrapContext()).started());
	}

	/**
	 * Makes the SSL bundle that protects the connections. Those of the application are
	 * not there yet.
	 * @param binder binds what is known of them
	 * @param ssl names the bundle
	 * @return the bundle, or none if there is no such one
	 */
	private static SslBundles bundles(Binder binder, AtomixProperties.Ssl ssl) {
		DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry();
		String name = ssl.getBundle();
		if (!ssl.isEnabled() || !StringUtils.hasText(name)) {
			return bundles;
		}
		SslProperties.Bundles known = binder.bindOrCreate("spring.ssl", SslProperties.class).getBundle();
		PemSslBundleProperties pem = known.getPem().get(name.trim());
		JksSslBundleProperties jks = known.getJks().get(name.trim());
		if (pem != null) {
			bundles.registerBundle(name.trim(), PropertiesSslBundle.get(pem));
		}
		else if (jks != null) {
			bundles.registerBundle(name.trim(), PropertiesSslBundle.get(jks));
		}
		return bundles;
	}

	private static Supplier<AtomixClient> clients(AtomixProperties atomix, AtomixConfigProperties config,
			@Nullable String application, SslBundles bundles) {
		Duration timeout = config.getTimeout();
		if (timeout.isZero() || timeout.isNegative()) {
			throw new InvalidConfigurationException("atomix.config.timeout", timeout, "it must be longer than zero",
					"Use a positive duration with a unit, such as 10s");
		}
		if (atomix.getCluster().getMembers().stream().noneMatch(StringUtils::hasText)) {
			throw new InvalidConfigurationException("atomix.cluster.members", null,
					"'spring.config.import' does not know where the cluster is; an application cannot import from itself",
					"Set atomix.cluster.members where it is read before the import, or write 'optional:atomix:'");
		}
		AtomixClient.Builder builder = ClientSettings.forStart(atomix, PURPOSE, application, timeout, bundles);
		return builder::build;
	}

}
