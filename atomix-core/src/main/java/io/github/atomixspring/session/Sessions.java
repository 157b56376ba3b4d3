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

package io.github.atomixspring.session;

import io.github.atomixspring.protocol.Placement;

/**
 * The sessions of a node, one with each partition of its cluster. Internal.
 */
public interface Sessions {

	/**
	 * Returns the number of partitions.
	 * @return the number, at least 1
	 */
	int partitions();

	/**
	 * Returns the session with a partition.
	 * @param partition the number of the partition, from 0
	 * @return the session, always the same
	 */
	PrimitiveSession of(int partition);

	/**
	 * Returns the session with the partition in which a primitive lives.
	 * @param name the name of the primitive
	 * @return the session
	 */
	default PrimitiveSession of(String name) {
		return of(Placement.partitionOf(name, partitions()));
	}

	/**
	 * Returns the only session with a cluster that has one partition.
	 * @param session the session
	 * @return the sessions
	 */
	static Sessions single(PrimitiveSession session) {
		return new Sessions() {

			@Override
			public int partitions() {
				return 1;
			}

			@Override
			public PrimitiveSession of(int partition) {
				return session;
			}

		};
	}

}
