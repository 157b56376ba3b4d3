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

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties of the import of configuration by
 * {@code spring.config.import=atomix:}.
 *
 * @since 0.1.0
 */
@ConfigurationProperties(prefix = "atomix.config", ignoreUnknownFields = false)
public class AtomixConfigProperties {

	/**
	 * Whether spring.config.import=atomix: imports anything.
	 */
	private boolean enabled = true;

	/**
	 * Longest wait of an import for an answer of the cluster.
	 */
	private Duration timeout = Duration.ofSeconds(10);

	private final Refresh refresh = new Refresh();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public Duration getTimeout() {
		return this.timeout;
	}

	public void setTimeout(Duration timeout) {
		this.timeout = timeout;
	}

	public Refresh getRefresh() {
		return this.refresh;
	}

	/**
	 * Refresh of the application when imported configuration changes.
	 */
	public static class Refresh {

		/**
		 * Whether the application takes over changes of imported configuration, if Spring
		 * Cloud can do that.
		 */
		private boolean enabled = true;

		/**
		 * Time from a change to the refresh. Further changes within it are part of the
		 * same refresh.
		 */
		private Duration delay = Duration.ofMillis(500);

		public boolean isEnabled() {
			return this.enabled;
		}

		public void setEnabled(boolean enabled) {
			this.enabled = enabled;
		}

		public Duration getDelay() {
			return this.delay;
		}

		public void setDelay(Duration delay) {
			this.delay = delay;
		}

	}

}
