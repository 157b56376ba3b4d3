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

import java.util.HashMap;
import java.util.Map;

/**
 * Limits how often something is said about each of several sources. Safe for use by
 * several threads.
 */
final class Warnings {

	private static final int MAX_SOURCES = 100;

	private final long interval;

	private final Map<String, Every> sources = new HashMap<>();

	/**
	 * Creates an instance.
	 * @param interval the interval for each source in nanoseconds
	 */
	Warnings(long interval) {
		this.interval = interval;
	}

	/**
	 * Returns whether it is time to say something about a source, and takes it for said
	 * then. While there are too many sources, nothing is said about new ones.
	 * @param source the source
	 * @return whether it is time
	 */
	boolean isDue(String source) {
		synchronized (this.sources) {
			Every every = this.sources.get(source);
			if (every == null) {
				if (this.sources.size() >= MAX_SOURCES) {
					this.sources.values().removeIf(Every::isPast);
				}
				if (this.sources.size() >= MAX_SOURCES) {
					return false;
				}
				every = new Every(this.interval);
				this.sources.put(source, every);
			}
			return every.isDue();
		}
	}

}
