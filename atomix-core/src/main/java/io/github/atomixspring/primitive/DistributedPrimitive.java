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
 * What follows holds for all of them unless a method says otherwise.
 * <ul>
 * <li>Writes are linearizable and take effect exactly once within the session of the
 * node. Where the answer to a write is lost the method throws
 * {@link UnknownOutcomeException}; every other {@link AtomixException} of a write means
 * that it did not happen. Reads are linearizable unless
 * {@link ReadConsistency#SEQUENTIAL} is asked for, and throw {@link UnavailableException}
 * where they get no answer.
 * <li>A method waits for the cluster as long as the operation timeout of the node. One
 * that waits for others too, as {@code lock} and {@code take} do, takes a timeout of its
 * own, or waits without limit. A blocking method that declares
 * {@link InterruptedException} ends when its thread is interrupted; all others go on and
 * keep the interruption as the flag of the thread. Called on an internal thread of the
 * library, where it would deadlock, a blocking method throws
 * {@link IllegalStateException}.
 * <li>The asynchronous face, {@code async()}, has the same operations under the same
 * names. Its futures fail with the exceptions of the blocking methods; what is wrong with
 * an argument is thrown at once. Dependent stages run on the callback executor of the
 * node, where they may block; one that is added to a completed future runs on the thread
 * that adds it. Whatever ends a future early, such as {@code cancel} and
 * {@code orTimeout}, ends the wait and not the operation.
 * <li>Listeners are called on the callback executor of the node, each in the order of the
 * log, never by two threads at once, and independently of the others: they may block and
 * may use any primitive. An exception is logged, and the next call comes all the same. A
 * listener comes back by itself in a new session; what may have been missed is announced.
 * <li>Null is no argument, and no result, where it is not said to be one. Methods with
 * the vocabulary of the JDK return null where there is nothing, as they do there; others
 * return an {@link java.util.Optional}.
 * <li>Durations are rounded up to milliseconds. Times to live and leases are lower bounds
 * in the replicated time of the cluster, which never runs faster than real time and
 * stands still while there is no leader.
 * </ul>
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
	 * Frees what this instance holds on the cluster, such as locks, permits, candidacies,
	 * memberships, consumers and listeners, and ends all that waits in it. Does not wait
	 * for the cluster. The replicated state stays. Closing twice does nothing; any other
	 * use of a closed instance throws {@link PrimitiveClosedException}. A later get of
	 * the name returns a new instance.
	 */
	@Override
	void close();

	/**
	 * Deletes this primitive and its state on the whole cluster. Locks are lost, leaders
	 * revoked, entries removed without events of their own; fencing tokens, terms and
	 * versions of a later primitive with this name are greater than all before. This
	 * instance stays usable and starts from nothing.
	 */
	void destroy();

}
