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

package io.github.atomixspring.protocol;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;

/**
 * One setting of the configuration of a primitive.
 *
 * @param name the name
 * @param value the value
 */
@JsonFormat(shape = Shape.ARRAY)
public record Setting(String name, String value) {
	public Setting {
		Presence.check(name, value);
	}

	/**
	 * The time to live of what is stored without one, in milliseconds.
	 */
	public static final String TIME_TO_LIVE = "time-to-live";

	/**
	 * The number of permits that a semaphore has at first.
	 */
	public static final String PERMITS = "permits";

	/**
	 * The number from which a latch is counted down.
	 */
	public static final String COUNT = "count";

	/**
	 * How many parties a barrier waits for.
	 */
	public static final String PARTIES = "parties";

	/**
	 * The greatest number of elements in a queue.
	 */
	public static final String CAPACITY = "capacity";

	/**
	 * The values of a key of a multimap are in the order of their bytes, not in that of
	 * their insertion.
	 */
	public static final Setting NATURAL_ORDER = new Setting("value-order", "natural");

}
