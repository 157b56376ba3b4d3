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

package io.github.atomixspring.map;

import org.jspecify.annotations.Nullable;

/**
 * A change of a counter map.
 *
 * @param <K> the type of the keys
 * @param name the name of the map
 * @param type what happened
 * @param key the key, or null for {@link Type#RESYNC}
 * @param oldValue the number before, or zero if there was none
 * @param newValue the number after, or zero if there is none
 * @param version the version of the number after the change, or of the removed one
 * @since 0.1.0
 */
public record CounterMapEvent<K>(String name, Type type, @Nullable K key, long oldValue, long newValue, long version) {

	/**
	 * What happened.
	 */
	public enum Type {

		/**
		 * The key was counted or set.
		 */
		UPDATED,

		/**
		 * The key was removed.
		 */
		REMOVED,

		/**
		 * The time to live of the key ran out.
		 */
		EXPIRED,

		/**
		 * Events may have been missed: whoever keeps a copy must read it again.
		 */
		RESYNC

	}

}
