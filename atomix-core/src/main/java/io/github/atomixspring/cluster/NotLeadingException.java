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

import io.github.atomixspring.primitive.AtomixException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a member is asked for what only the leader of the consensus can do. Nothing
 * was done.
 *
 * @since 0.1.0
 */
public class NotLeadingException extends AtomixException {

	private final @Nullable String leader;

	/**
	 * Creates an exception.
	 * @param node the node that was asked
	 * @param leader the node that leads, or null if none is known
	 */
	public NotLeadingException(String node, @Nullable String leader) {
		super("Node '" + node + "' does not lead the consensus: "
				+ ((leader != null) ? "ask node '" + leader + "'" : "there is no leader at the moment"));
		this.leader = leader;
	}

	/**
	 * Returns the node that leads.
	 * @return the node, or null if none is known
	 */
	public @Nullable String leader() {
		return this.leader;
	}

}
