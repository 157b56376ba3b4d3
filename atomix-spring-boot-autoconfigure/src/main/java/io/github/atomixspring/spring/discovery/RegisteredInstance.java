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

package io.github.atomixspring.spring.discovery;

import java.util.HashMap;
import java.util.Map;

import io.github.atomixspring.group.GroupMember;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * An instance with its status, in the form of metadata of a member of a group. That of
 * the instance itself has a prefix, so that it cannot be mistaken for ours.
 *
 * @param instance the instance
 * @param status the status
 */
record RegisteredInstance(AtomixServiceInstance instance, InstanceStatus status) {

	private static final Log logger = LogFactory.getLog(RegisteredInstance.class);

	private static final String INSTANCE = "instance";

	private static final String SERVICE = "service";

	private static final String HOST = "host";

	private static final String PORT = "port";

	private static final String SECURE = "secure";

	private static final String STATUS = "status";

	private static final String METADATA_PREFIX = "metadata.";

	/**
	 * Returns the metadata of the member.
	 * @return the metadata
	 */
	Map<String, String> toMetadata() {
		Map<String, String> metadata = new HashMap<>();
		this.instance.getMetadata().forEach((key, value) -> metadata.put(METADATA_PREFIX + key, value));
		metadata.put(INSTANCE, this.instance.getInstanceId());
		metadata.put(SERVICE, this.instance.getServiceId());
		metadata.put(HOST, this.instance.getHost());
		metadata.put(PORT, Integer.toString(this.instance.getPort()));
		metadata.put(SECURE, Boolean.toString(this.instance.isSecure()));
		metadata.put(STATUS, this.status.name());
		return metadata;
	}

	/**
	 * Reads the metadata of a member.
	 * @param member the member
	 * @return the instance, or null if it is none that this version understands
	 */
	static @Nullable RegisteredInstance of(GroupMember member) {
		Map<String, String> own = new HashMap<>();
		member.metadata().forEach((key, value) -> {
			if (key.startsWith(METADATA_PREFIX)) {
				own.put(key.substring(METADATA_PREFIX.length()), value);
			}
		});
		try {
			return new RegisteredInstance(
					new AtomixServiceInstance(text(member, INSTANCE), text(member, SERVICE), text(member, HOST),
							Integer.parseInt(text(member, PORT)), Boolean.parseBoolean(text(member, SECURE)), own),
					InstanceStatus.valueOf(text(member, STATUS)));
		}
		catch (IllegalArgumentException ex) {
			// Others may use the group, or a later version tells something else.
			logger.debug("Member '" + member.id() + "' is no instance of a service: " + ex.getMessage());
			return null;
		}
	}

	private static String text(GroupMember member, String key) {
		return member.metadata().getOrDefault(key, "");
	}

}
