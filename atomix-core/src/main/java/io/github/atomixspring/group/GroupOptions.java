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

package io.github.atomixspring.group;

import java.time.Duration;
import java.util.Objects;

import io.github.atomixspring.primitive.ReadConsistency;
import org.jspecify.annotations.Nullable;

/**
 * How one instance of a group works, and the configuration it wants the group to have.
 *
 * @param memberExpiration after which time a persistent member that is dead is removed,
 * or null for never. This is configuration: the first creator fixes it for the cluster
 * @param readConsistency the consistency of reads of this instance
 * @since 0.1.0
 */
public record GroupOptions(@Nullable Duration memberExpiration, ReadConsistency readConsistency) {

	private static final GroupOptions DEFAULTS = new GroupOptions(null, ReadConsistency.LINEARIZABLE);

	public GroupOptions {
		Objects.requireNonNull(readConsistency, "'readConsistency' must not be null");
		if (memberExpiration != null && (memberExpiration.isNegative() || memberExpiration.isZero())) {
			throw new IllegalArgumentException("'memberExpiration' must be positive, not " + memberExpiration);
		}
	}

	/**
	 * Returns options under which dead members stay and reads are linearizable.
	 * @return the options
	 */
	public static GroupOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Returns these options with another expiration.
	 * @param newMemberExpiration after which time a dead member is removed, positive
	 * @return the options
	 */
	public GroupOptions withMemberExpiration(Duration newMemberExpiration) {
		return new GroupOptions(newMemberExpiration, this.readConsistency);
	}

	/**
	 * Returns these options with another read consistency.
	 * @param newReadConsistency the consistency of reads
	 * @return the options
	 */
	public GroupOptions withReadConsistency(ReadConsistency newReadConsistency) {
		return new GroupOptions(this.memberExpiration, newReadConsistency);
	}

}
