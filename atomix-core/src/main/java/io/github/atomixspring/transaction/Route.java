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

package io.github.atomixspring.transaction;

import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.Placement;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.session.Sessions;
import org.jspecify.annotations.Nullable;

/**
 * Finds where a transaction is committed: in the partition of its first primitive, in
 * which all others must live, too, since each partition decides for itself.
 */
final class Route {

	private final Sessions sessions;

	private @Nullable PrimitiveId first;

	private int partition;

	/**
	 * Creates a route.
	 * @param sessions the sessions of the node
	 */
	Route(Sessions sessions) {
		this.sessions = sessions;
	}

	/**
	 * Takes in a primitive, or a claim that the transaction depends on.
	 * @param id the primitive
	 * @return the session of the transaction
	 * @throws CrossPartitionException if it lives in another partition than the first one
	 */
	PrimitiveSession takeIn(PrimitiveId id) {
		int count = this.sessions.partitions();
		int other = Placement.partitionOf(id.name(), count);
		PrimitiveId before = this.first;
		if (before == null) {
			this.first = id;
			this.partition = other;
		}
		else if (other != this.partition) {
			throw new CrossPartitionException(describe(before) + " lives in partition " + this.partition + ", "
					+ describe(id) + " in partition " + other + " of " + count
					+ ": a transaction, with its locks and leaderships, must keep to one partition. Nothing was"
					+ " written. Give names that belong together the same tag in braces, such as 'orders{customer-7}'"
					+ " and 'invoices{customer-7}': only the tag says where they live");
		}
		return session();
	}

	private static String describe(PrimitiveId id) {
		return PrimitiveType.ofCode(id.type()) + " '" + id.name() + "'";
	}

	/**
	 * Returns the session of the transaction.
	 * @return the session
	 */
	PrimitiveSession session() {
		return this.sessions.of(this.partition);
	}

}
