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

package io.github.atomixspring.value;

import org.jspecify.annotations.Nullable;

/**
 * A change of a {@link DistributedValue}.
 *
 * @param <V> the type of the value
 * @param name the name of the value
 * @param type what happened
 * @param oldValue the value before, or null
 * @param newValue the value after, or null
 * @param version the version of the value after the change, or of the removed value
 * @since 0.1.0
 */
public record ValueEvent<V>(String name, Type type, @Nullable V oldValue, @Nullable V newValue, long version) {

	/**
	 * What happened.
	 */
	public enum Type {

		/**
		 * The value was set.
		 */
		UPDATED,

		/**
		 * The value was removed.
		 */
		REMOVED,

		/**
		 * The time to live of the value ran out.
		 */
		EXPIRED,

		/**
		 * Events may have been missed: whoever keeps a copy must read it again.
		 */
		RESYNC

	}

}
