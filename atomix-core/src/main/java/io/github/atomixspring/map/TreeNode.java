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
 * A node of a tree, as it was at one moment.
 *
 * @param <V> the type of the values
 * @param path the path
 * @param value the value, or null if it has none
 * @param version the version, which grows for ever, also across removal, and may skip
 * numbers
 * @since 0.1.0
 */
public record TreeNode<V>(String path, @Nullable V value, long version) {

	/**
	 * Returns the name, which is the last part of the path.
	 * @return the name
	 */
	public String name() {
		return this.path.substring(this.path.lastIndexOf('/') + 1);
	}

}
