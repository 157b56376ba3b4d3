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

import io.github.atomixspring.primitive.AtomixException;

/**
 * Configuration could not be imported because the cluster gave no answer.
 *
 * @since 0.1.0
 */
public class ConfigImportException extends AtomixException {

	private final String map;

	/**
	 * Creates an exception.
	 * @param map the name of the map
	 * @param cluster the cluster and its members
	 * @param timeout how long was waited
	 * @param cause the cause
	 */
	ConfigImportException(String map, String cluster, Duration timeout, AtomixException cause) {
		super("Configuration could not be imported from the map '" + map + "' of " + cluster + " within "
				+ timeout.toMillis() + " ms: " + cause.getMessage(), cause);
		this.map = map;
	}

	/**
	 * Creates an exception for a map for which was not waited any more.
	 * @param map the name of the map
	 * @param before the exception for another map
	 */
	ConfigImportException(String map, ConfigImportException before) {
		super("Configuration is not imported from the map '" + map + "': " + before.getMessage(), before);
		this.map = map;
	}

	/**
	 * Returns the map.
	 * @return the name of the map
	 */
	public String getMap() {
		return this.map;
	}

}
