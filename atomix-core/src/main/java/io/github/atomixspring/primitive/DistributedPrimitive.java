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

package io.github.atomixspring.primitive;

/**
 * What every distributed primitive has in common.
 * <p>
 * A primitive is known on the whole cluster by its type and its name. An instance is the
 * handle of one node on it; repeated gets of a name on one node return the same instance.
 * All methods of all primitives may be called from any thread.
 * <p>
 * Writes are linearizable and take effect exactly once within the session of the node.
 * Where the answer to a write is lost the method throws {@link UnknownOutcomeException};
 * every other {@link AtomixException} of a write means that it did not happen.
 *
 * @since 0.1.0
 */
public interface DistributedPrimitive extends AutoCloseable {

	/**
	 * Returns the name of this primitive.
	 * @return the name, opaque and never blank
	 */
	String name();

	/**
	 * Returns the type of this primitive; each type has a namespace of its own.
	 * @return the type
	 */
	PrimitiveType type();

	/**
	 * Frees what this instance holds on the cluster: locks, candidacies and listeners.
	 * Does not wait for the cluster. The replicated state stays. Closing twice does
	 * nothing; any other use of a closed instance throws
	 * {@link PrimitiveClosedException}. A later get of the name returns a new instance.
	 */
	@Override
	void close();

	/**
	 * Deletes this primitive and its state on the whole cluster. Locks are lost, leaders
	 * revoked, entries removed; fencing tokens, terms and versions of a later primitive
	 * with this name are greater than all before. This instance stays usable and starts
	 * from nothing.
	 */
	void destroy();

}
