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

/**
 * A change of a {@link DistributedLong}.
 *
 * @param name the name of the number
 * @param type what happened
 * @param oldValue the number before
 * @param newValue the number after
 * @param version the version of the number after the change
 * @since 0.1.0
 */
public record LongEvent(String name, Type type, long oldValue, long newValue, long version) {

	/**
	 * What happened.
	 */
	public enum Type {

		/**
		 * The number changed.
		 */
		UPDATED,

		/**
		 * The time to live of the number ran out and it is zero.
		 */
		EXPIRED,

		/**
		 * Events may have been missed: whoever keeps a copy must read it again. The
		 * numbers are zero.
		 */
		RESYNC

	}

}
