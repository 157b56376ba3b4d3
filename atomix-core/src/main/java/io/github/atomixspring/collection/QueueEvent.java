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
 * A change of a queue.
 *
 * @param <E> the type of the elements
 * @param name the name of the queue
 * @param type what happened
 * @param element the element, or null for {@link Type#RESYNC}
 * @since 0.1.0
 */
public record QueueEvent<E>(String name, Type type, @Nullable E element) {

	/**
	 * What happened.
	 */
	public enum Type {

		/**
		 * The element was added: at the tail, or back at its place if its taker did not
		 * want it any more.
		 */
		ADDED,

		/**
		 * The element was removed.
		 */
		REMOVED,

		/**
		 * The time to live of the element ran out.
		 */
		EXPIRED,

		/**
		 * Events may have been missed: whoever keeps a copy must read it again.
		 */
		RESYNC

	}

}
