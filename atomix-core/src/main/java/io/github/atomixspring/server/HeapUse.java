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

/**
 * The use of that part of the heap in which lives what lives long.
 *
 * @param used how many bytes are used, garbage among them
 * @param collected how many were used after the last collection that looked at all of it,
 * zero before the first one
 * @param max how many there can be, zero if that is not known
 */
record HeapUse(long used, long collected, long max) {

	/**
	 * Returns how much is no garbage, as far as is known.
	 * @return the bytes: never more than what is used, also if the collection was long
	 * ago
	 */
	long live() {
		return Math.min(this.used, this.collected);
	}

}
