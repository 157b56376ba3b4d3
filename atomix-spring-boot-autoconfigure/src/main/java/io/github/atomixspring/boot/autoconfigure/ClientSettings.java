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

import java.time.Duration;
import java.util.UUID;

import io.github.atomixspring.AtomixClient;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundles;
import org.springframework.util.StringUtils;

/**
 * Makes clients from the properties. For the packages of this module, not part of the
 * API.
 *
 * @since 0.1.0
 */
public final class ClientSettings {

	private static final String DEFAULT_NAME = "client";

	private static final int SUFFIX_LENGTH = 8;

	private ClientSettings() {
	}

	/**
	 * Returns a builder of a client that lasts no longer than the start of the
	 * application, whatever the node of the application will be.
	 * @param properties the properties
	 * @param purpose what it is for, as part of its name
	 * @param application the name of the application, or null
	 * @param timeout how long it waits for an answer
	 * @param bundles the SSL bundles that are there by then
	 * @return the builder
	 * @throws InvalidConfigurationException if a rule is broken
	 */
	public static AtomixClient.Builder forStart(AtomixProperties properties, String purpose,
			@Nullable String application, Duration timeout, SslBundles bundles) {
		NodeTls tls = new NodeTls(properties, bundles);
		AtomixConnectionDetails details = new PropertiesAtomixConnectionDetails(properties, tls);
		NodeSettings settings = NodeSettings.forGuest(properties, details.getMembers(), DEFAULT_NAME);
		// The id of the node belongs to the node of the application.
		return builder(properties, settings).nodeId(uniqueName(application) + "-" + purpose)
			.operationTimeout(timeout)
			.tls(tls.create(details));
	}

	/**
	 * Returns a builder of a client.
	 * @param properties the properties
	 * @param settings the identity of the node
	 * @return the builder
	 */
	static AtomixClient.Builder builder(AtomixProperties properties, NodeSettings settings) {
		return AtomixClient.builder()
			.clusterName(properties.getCluster().getName())
			.nodeId(settings.id())
			.members(settings.members())
			.preferredMembers(properties.getClient().getPreferredMembers())
			.partitions(properties.getPartitions())
			.sessionTimeout(properties.getSession().getTimeout())
			.operationTimeout(properties.getSession().getOperationTimeout());
	}

	/**
	 * Returns a name that no other instance of the application has.
	 * @param application the name of the application, or null
	 * @return the name
	 */
	static String uniqueName(@Nullable String application) {
		String suffix = UUID.randomUUID().toString().substring(0, SUFFIX_LENGTH);
		return ((StringUtils.hasText(application)) ? application : DEFAULT_NAME) + "-" + suffix;
	}

}
