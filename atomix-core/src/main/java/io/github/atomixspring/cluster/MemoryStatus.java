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

package io.github.atomixspring.cluster;

import org.jspecify.annotations.Nullable;

/**
 * How much of its heap a member uses for what lives long, as of the last collection of
 * garbage that looked at it.
 *
 * @param used how many bytes are used
 * @param limit how many bytes may be used for the member to take writes; zero if that is
 * not watched
 * @param shortage why the member takes no writes, or null if it does
 * @since 0.1.0
 */
public record MemoryStatus(long used, long limit, @Nullable String shortage) {

	/**
	 * Returns whether there is enough memory.
	 * @return whether the member takes writes
	 */
	public boolean hasRoom() {
		return this.shortage == null;
	}

}
