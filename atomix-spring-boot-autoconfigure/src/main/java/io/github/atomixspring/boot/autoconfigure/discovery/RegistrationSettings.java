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

package io.github.atomixspring.boot.autoconfigure.discovery;

import java.net.InetAddress;
import java.util.Map;
import java.util.function.Supplier;

import io.github.atomixspring.boot.autoconfigure.InvalidConfigurationException;
import io.github.atomixspring.spring.discovery.AtomixRegistration;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.cloud.commons.util.InetUtils;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * What is registered of this application, by the properties and the web server.
 */
final class RegistrationSettings {

	private static final String DEFAULT_SERVICE = "application";

	private static final String SERVER_SSL = "server.ssl";

	private static final int MAX_PORT = 65535;

	private final AtomixDiscoveryProperties properties;

	private final Environment environment;

	private final Supplier<InetUtils> network;

	/**
	 * Creates settings.
	 * @param properties the properties
	 * @param environment has those of the web server
	 * @param network knows the addresses of this machine, asked only if need be
	 */
	RegistrationSettings(AtomixDiscoveryProperties properties, Environment environment, Supplier<InetUtils> network) {
		this.properties = properties;
		this.environment = environment;
		this.network = network;
	}

	/**
	 * Returns the registration, without a port where that is still to come.
	 * @return the registration
	 * @throws InvalidConfigurationException if a rule is broken
	 */
	AtomixRegistration registration() {
		return AtomixRegistration.builder(service(), host())
			.instanceId(this.properties.getInstanceId())
			.port(port())
			.secure(secure())
			.metadata(this.properties.getMetadata())
			.initialStatus(this.properties.getInitialStatus())
			.build();
	}

	private String service() {
		if (StringUtils.hasText(this.properties.getServiceName())) {
			return this.properties.getServiceName().trim();
		}
		String application = this.environment.getProperty("spring.application.name");
		return (StringUtils.hasText(application)) ? application.trim() : DEFAULT_SERVICE;
	}

	private String host() {
		if (StringUtils.hasText(this.properties.getHost())) {
			return this.properties.getHost().trim();
		}
		InetAddress server = Binder.get(this.environment).bind("server.address", InetAddress.class).orElse(null);
		if (server != null && !server.isAnyLocalAddress()) {
			// Nobody reaches it by another one.
			return server.getHostAddress();
		}
		InetUtils.HostInfo host = this.network.get().findFirstNonLoopbackHostInfo();
		return (this.properties.isPreferIpAddress()) ? host.getIpAddress() : host.getHostname();
	}

	private int port() {
		Integer port = this.properties.getPort();
		if (port == null) {
			return 0;
		}
		if (port < 1 || port > MAX_PORT) {
			throw new InvalidConfigurationException("atomix.discovery.port", port, "there is no such port",
					"Use a number from 1 to 65535, or leave it out for the port of the web server");
		}
		return port;
	}

	private boolean secure() {
		Boolean secure = this.properties.getSecure();
		return (secure != null) ? secure : isSslConfigured();
	}

	private boolean isSslConfigured() {
		@Nullable Map<String, String> ssl = Binder.get(this.environment)
			.bind(SERVER_SSL, Bindable.mapOf(String.class, String.class))
			.orElse(null);
		return ssl != null && this.environment.getProperty(SERVER_SSL + ".enabled", Boolean.class, true);
	}

}
