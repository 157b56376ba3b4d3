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

package io.github.atomixspring.collection;

import org.jspecify.annotations.Nullable;

/**
 * A change of a multimap.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 * @param name the name of the multimap
 * @param type what happened
 * @param key the key, or null for {@link Type#RESYNC}
 * @param value the value, or null for {@link Type#RESYNC}
 * @since 0.1.0
 */
public record MultimapEvent<K, V>(String name, Type type, @Nullable K key, @Nullable V value) {

	/**
	 * What happened.
	 */
	public enum Type {

		/**
		 * The key got the value.
		 */
		ADDED,

		/**
		 * The value was removed from the key.
		 */
		REMOVED,

		/**
		 * The time to live of the entry ran out.
		 */
		EXPIRED,

		/**
		 * Events may have been missed: whoever keeps a copy must read it again.
		 */
		RESYNC

	}

}
