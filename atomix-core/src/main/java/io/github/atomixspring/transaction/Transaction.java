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

import io.github.atomixspring.collection.DistributedSet;
import io.github.atomixspring.election.DistributedLeaderElection;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.value.DistributedLong;
import io.github.atomixspring.value.DistributedValue;

/**
 * A transaction that is running. Only what is read and written through it belongs to it:
 * a direct call of a primitive takes effect at once, whatever becomes of the transaction.
 * <p>
 * Not for use by several threads, or after the end of the function it was given to:
 * methods then throw {@link IllegalStateException}.
 *
 * @since 0.1.0
 */
public interface Transaction {

	/**
	 * Returns a map as this transaction sees it.
	 * @param <K> the type of the keys
	 * @param <V> the type of the values
	 * @param map a map of the same node
	 * @return the map in this transaction
	 */
	<K, V> TransactionalMap<K, V> map(DistributedMap<K, V> map);

	/**
	 * Returns a set as this transaction sees it.
	 * @param <E> the type of the elements
	 * @param set a set of the same node
	 * @return the set in this transaction
	 */
	<E> TransactionalSet<E> set(DistributedSet<E> set);

	/**
	 * Returns a value as this transaction sees it.
	 * @param <V> the type of the value
	 * @param value a value of the same node
	 * @return the value in this transaction
	 */
	<V> TransactionalValue<V> value(DistributedValue<V> value);

	/**
	 * Returns a number as this transaction sees it.
	 * @param number a number of the same node
	 * @return the number in this transaction
	 */
	TransactionalLong atomicLong(DistributedLong number);

	/**
	 * Makes the commit depend on a lock that the calling thread holds now: it is refused
	 * unless the lock is still held by this grant, as the cluster sees it.
	 * @param lock the lock, held by the calling thread. In the asynchronous face no
	 * thread of yours is the caller: use {@link #requireLock(DistributedLock, long)}
	 * @throws io.github.atomixspring.lock.NotLockOwnerException if the thread does not
	 * hold it
	 * @throws io.github.atomixspring.lock.LockLostException if it lost it
	 */
	void requireLock(DistributedLock lock);

	/**
	 * Makes the commit depend on a grant of a lock.
	 * @param lock the lock
	 * @param fencingToken the token of the grant, for instance that of a
	 * {@link io.github.atomixspring.lock.LockHandle}, on whatever node it was granted
	 */
	void requireLock(DistributedLock lock, long fencingToken);

	/**
	 * Makes the commit depend on a leadership: it is refused unless the election has a
	 * leader in this term, as the cluster sees it.
	 * @param election the election
	 * @param term the term
	 */
	void requireLeadership(DistributedLeaderElection election, long term);

}
