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

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Configuration properties of what Spring Integration uses.
 *
 * @since 0.1.0
 */
public class IntegrationProperties {

	private static final String PREFIX = "atomix.integration.";

	/**
	 * Whether there are beans for Spring Integration if it is on the class path.
	 */
	private boolean enabled = true;

	private final Locks locks = new Locks();

	private final MetadataStore metadataStore = new MetadataStore();

	private final LeaderEvents leaderEvents = new LeaderEvents();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public Locks getLocks() {
		return this.locks;
	}

	public MetadataStore getMetadataStore() {
		return this.metadataStore;
	}

	public LeaderEvents getLeaderEvents() {
		return this.leaderEvents;
	}

	private static void requirePositive(String property, @Nullable Duration value) {
		if (value != null && (value.isZero() || value.isNegative())) {
			throw new InvalidConfigurationException(PREFIX + property, value, "it must be longer than zero",
					"Use a positive duration with a unit, such as 1m, or leave it out");
		}
	}

	private static void requireAtMost(int limit, String property, String value) {
		if (value.length() > limit) {
			throw new InvalidConfigurationException(PREFIX + property, value,
					"it has " + value.length() + " characters", "Use a text of at most " + limit + " characters");
		}
	}

	/**
	 * Registry of locks.
	 */
	public static class Locks {

		/**
		 * Whether there is a lock registry, unless the application has its own.
		 */
		private boolean enabled = true;

		/**
		 * Prefix of the names of the locks, at most 128 characters. The name of a lock is
		 * the prefix and its key.
		 */
		private String prefix = "integration:";

		/**
		 * Longest time a lock is held that is acquired without one. By default it is held
		 * until it is released or the session of this node ends.
		 */
		private @Nullable Duration timeToLive;

		/**
		 * Checks the values.
		 * @param maxPrefixLength the greatest length of a prefix
		 * @return these properties
		 * @throws InvalidConfigurationException if one of them breaks a rule
		 */
		public Locks validated(int maxPrefixLength) {
			requireAtMost(maxPrefixLength, "locks.prefix", this.prefix);
			requirePositive("locks.time-to-live", this.timeToLive);
			return this;
		}

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public String getPrefix() {
			return this.prefix;
		}

		public void setPrefix(String prefix) {
			this.prefix = prefix;
		}

		public @Nullable Duration getTimeToLive() {
			return this.timeToLive;
		}

		public void setTimeToLive(@Nullable Duration timeToLive) {
			this.timeToLive = timeToLive;
		}

	}

	/**
	 * Metadata store.
	 */
	public static class MetadataStore {

		private static final int MAX_NAME_LENGTH = 256;

		/**
		 * Whether there is a metadata store, unless the application has its own.
		 */
		private boolean enabled = true;

		/**
		 * Name of the map that keeps the metadata.
		 */
		private String map = "integration-metadata";

		/**
		 * Time after which an entry is removed that was not written again, the same on
		 * all nodes. By default entries stay.
		 */
		private @Nullable Duration timeToLive;

		/**
		 * Checks the values.
		 * @return these properties
		 * @throws InvalidConfigurationException if one of them breaks a rule
		 */
		public MetadataStore validated() {
			if (!StringUtils.hasText(this.map)) {
				throw new InvalidConfigurationException(PREFIX + "metadata-store.map", this.map, "it must not be blank",
						"Use the name of a map of strings, or leave it out");
			}
			requireAtMost(MAX_NAME_LENGTH, "metadata-store.map", this.map);
			requirePositive("metadata-store.time-to-live", this.timeToLive);
			return this;
		}

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public String getMap() {
			return this.map;
		}

		public void setMap(String map) {
			this.map = map;
		}

		public @Nullable Duration getTimeToLive() {
			return this.timeToLive;
		}

		public void setTimeToLive(@Nullable Duration timeToLive) {
			this.timeToLive = timeToLive;
		}

	}

	/**
	 * Events of leadership.
	 */
	public static class LeaderEvents {

		/**
		 * Whether each election in which this application is a candidate is a role of
		 * Spring Integration, of the same name.
		 */
		private boolean enabled = true;

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

	}

}
