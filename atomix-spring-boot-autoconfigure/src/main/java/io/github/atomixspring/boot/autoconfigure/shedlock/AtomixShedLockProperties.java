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

package io.github.atomixspring.boot.autoconfigure.shedlock;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties of the locks of ShedLock.
 *
 * @since 0.1.0
 */
@ConfigurationProperties(prefix = "atomix.shedlock", ignoreUnknownFields = false)
public class AtomixShedLockProperties {

	/**
	 * Whether ShedLock keeps its locks in the cluster, unless there is another lock
	 * provider.
	 */
	private boolean enabled = true;

	/**
	 * Name of the map that keeps the locks. Applications that share a cluster and not
	 * their locks have different ones.
	 */
	private String map = "shedlock";

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

}
