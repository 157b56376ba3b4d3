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

package io.github.atomixspring;

import java.util.List;

import io.github.atomixspring.codec.Codec;
import io.github.atomixspring.collection.DistributedMultimap;
import io.github.atomixspring.collection.DistributedQueue;
import io.github.atomixspring.collection.DistributedSet;
import io.github.atomixspring.collection.MultimapOptions;
import io.github.atomixspring.collection.QueueOptions;
import io.github.atomixspring.collection.SetOptions;
import io.github.atomixspring.election.DistributedLeaderElection;
import io.github.atomixspring.group.DistributedGroup;
import io.github.atomixspring.group.GroupOptions;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.map.CounterMapOptions;
import io.github.atomixspring.map.DistributedCounterMap;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.map.DistributedNavigableMap;
import io.github.atomixspring.map.DistributedTree;
import io.github.atomixspring.map.MapOptions;
import io.github.atomixspring.map.TreeOptions;
import io.github.atomixspring.messaging.DistributedMessageBus;
import io.github.atomixspring.messaging.DistributedTaskQueue;
import io.github.atomixspring.messaging.DistributedTopic;
import io.github.atomixspring.messaging.TaskQueueOptions;
import io.github.atomixspring.primitive.PrimitiveInfo;
import io.github.atomixspring.session.Session;
import io.github.atomixspring.sync.DistributedCountDownLatch;
import io.github.atomixspring.sync.DistributedCyclicBarrier;
import io.github.atomixspring.sync.DistributedSemaphore;
import io.github.atomixspring.transaction.TransactionService;
import io.github.atomixspring.value.DistributedIdGenerator;
import io.github.atomixspring.value.DistributedLong;
import io.github.atomixspring.value.DistributedValue;
import io.github.atomixspring.value.IdGeneratorOptions;
import io.github.atomixspring.value.LongOptions;
import io.github.atomixspring.value.ValueOptions;

/**
 * A node of a cluster and the source of its primitives. An {@code AtomixReplica} is a
 * member and keeps the state; an {@code AtomixClient} has none. Both are used in the same
 * way.
 * <p>
 * Names are opaque strings of 1 to 256 characters that are not blank; any other is an
 * {@link IllegalArgumentException}. Repeated gets of a name return the same instance,
 * until that is closed. To get it with another type, codec or options than it has on this
 * node is an {@link IllegalArgumentException}, too; after {@link #close()} it is a
 * {@link io.github.atomixspring.primitive.PrimitiveClosedException}.
 * <p>
 * Getting a primitive does not wait for the cluster, and is possible before the node is
 * started. Operations wait up to the operation timeout until the node is connected, and
 * fail at once with {@link io.github.atomixspring.primitive.UnavailableException} while
 * it does not run. Where the cluster has the primitive with another configuration, they
 * fail with {@link io.github.atomixspring.primitive.ConfigurationMismatchException}. What
 * else all primitives have in common is said at
 * {@link io.github.atomixspring.primitive.DistributedPrimitive}. All methods may be
 * called from any thread.
 *
 * @since 0.1.0
 */
public interface Atomix extends AutoCloseable {

	/**
	 * Starts the node. Does not wait for other members. Does nothing if it runs. A node
	 * that was stopped can be started again; its primitives go on in a new session.
	 * @throws io.github.atomixspring.primitive.PrimitiveClosedException if the node was
	 * closed
	 * @throws io.github.atomixspring.primitive.AtomixException if the node cannot start:
	 * the message names the cause and the remedy
	 */
	void start();

	/**
	 * Stops the node: gives back what it holds, closes the session, hands over the
	 * leadership of the consensus and stops the server. Does nothing if it is stopped.
	 */
	void stop();

	/**
	 * Stops the node for ever and closes all its primitives.
	 */
	@Override
	void close();

	/**
	 * Returns whether the node was started and not stopped.
	 * @return whether it runs
	 */
	boolean isRunning();

	/**
	 * Returns the session of the node.
	 * @return the session
	 */
	Session session();

	/**
	 * Returns a lock.
	 * @param name the name
	 * @return the lock
	 */
	DistributedLock lock(String name);

	/**
	 * Returns a semaphore.
	 * @param name the name
	 * @param permits how many permits there are at first, zero or more. This is
	 * configuration: the first creator fixes it for the cluster
	 * @return the semaphore
	 */
	DistributedSemaphore semaphore(String name, int permits);

	/**
	 * Returns a count-down latch.
	 * @param name the name
	 * @param count from where it is counted down, zero or more. This is configuration:
	 * the first creator fixes it for the cluster
	 * @return the latch
	 */
	DistributedCountDownLatch countDownLatch(String name, long count);

	/**
	 * Returns a cyclic barrier.
	 * @param name the name
	 * @param parties how many parties must arrive, one or more. This is configuration:
	 * the first creator fixes it for the cluster
	 * @return the barrier
	 */
	DistributedCyclicBarrier cyclicBarrier(String name, int parties);

	/**
	 * Returns a leader election.
	 * @param name the name
	 * @return the election
	 */
	DistributedLeaderElection election(String name);

	/**
	 * Returns a group whose dead members stay until they are removed.
	 * @param name the name
	 * @return the group
	 */
	DistributedGroup group(String name);

	/**
	 * Returns a group with options.
	 * @param name the name
	 * @param options the options
	 * @return the group
	 */
	DistributedGroup group(String name, GroupOptions options);

	/**
	 * Returns a map whose keys and values are encoded as their declared types.
	 * @param <K> the type of the keys
	 * @param <V> the type of the values
	 * @param name the name
	 * @param keyType the type of the keys
	 * @param valueType the type of the values
	 * @return the map
	 */
	<K, V> DistributedMap<K, V> map(String name, Class<K> keyType, Class<V> valueType);

	/**
	 * Returns a map with options.
	 * @param <K> the type of the keys
	 * @param <V> the type of the values
	 * @param name the name
	 * @param options the options
	 * @return the map
	 */
	<K, V> DistributedMap<K, V> map(String name, MapOptions<K, V> options);

	/**
	 * Returns a map in the order of its keys, whose keys and values are encoded as their
	 * declared types.
	 * @param <K> the type of the keys
	 * @param <V> the type of the values
	 * @param name the name
	 * @param keyType the type of the keys, one of those of
	 * {@link io.github.atomixspring.codec.OrderedCodecs#forType(Class)}
	 * @param valueType the type of the values
	 * @return the map
	 */
	<K, V> DistributedNavigableMap<K, V> navigableMap(String name, Class<K> keyType, Class<V> valueType);

	/**
	 * Returns a map in the order of its keys, with options.
	 * @param <K> the type of the keys
	 * @param <V> the type of the values
	 * @param name the name
	 * @param options the options; the codec of the keys must be an
	 * {@link io.github.atomixspring.codec.OrderedCodec}
	 * @return the map
	 */
	<K, V> DistributedNavigableMap<K, V> navigableMap(String name, MapOptions<K, V> options);

	/**
	 * Returns a map of numbers whose keys are encoded as their declared type.
	 * @param <K> the type of the keys
	 * @param name the name
	 * @param keyType the type of the keys
	 * @return the map
	 */
	<K> DistributedCounterMap<K> counterMap(String name, Class<K> keyType);

	/**
	 * Returns a map of numbers with options.
	 * @param <K> the type of the keys
	 * @param name the name
	 * @param options the options
	 * @return the map
	 */
	<K> DistributedCounterMap<K> counterMap(String name, CounterMapOptions<K> options);

	/**
	 * Returns a tree whose values are encoded as their declared type.
	 * @param <V> the type of the values
	 * @param name the name
	 * @param valueType the type of the values
	 * @return the tree
	 */
	<V> DistributedTree<V> tree(String name, Class<V> valueType);

	/**
	 * Returns a tree with options.
	 * @param <V> the type of the values
	 * @param name the name
	 * @param options the options
	 * @return the tree
	 */
	<V> DistributedTree<V> tree(String name, TreeOptions<V> options);

	/**
	 * Returns a multimap whose keys and values are encoded as their declared types, with
	 * values in the order of insertion.
	 * @param <K> the type of the keys
	 * @param <V> the type of the values
	 * @param name the name
	 * @param keyType the type of the keys
	 * @param valueType the type of the values
	 * @return the multimap
	 */
	<K, V> DistributedMultimap<K, V> multimap(String name, Class<K> keyType, Class<V> valueType);

	/**
	 * Returns a multimap with options.
	 * @param <K> the type of the keys
	 * @param <V> the type of the values
	 * @param name the name
	 * @param options the options
	 * @return the multimap
	 */
	<K, V> DistributedMultimap<K, V> multimap(String name, MultimapOptions<K, V> options);

	/**
	 * Returns a set whose elements are encoded as their declared type.
	 * @param <E> the type of the elements
	 * @param name the name
	 * @param type the type of the elements
	 * @return the set
	 */
	<E> DistributedSet<E> set(String name, Class<E> type);

	/**
	 * Returns a set with options.
	 * @param <E> the type of the elements
	 * @param name the name
	 * @param options the options
	 * @return the set
	 */
	<E> DistributedSet<E> set(String name, SetOptions<E> options);

	/**
	 * Returns a queue without bound whose elements are encoded as their declared type.
	 * @param <E> the type of the elements
	 * @param name the name
	 * @param type the type of the elements
	 * @return the queue
	 */
	<E> DistributedQueue<E> queue(String name, Class<E> type);

	/**
	 * Returns a queue with options.
	 * @param <E> the type of the elements
	 * @param name the name
	 * @param options the options
	 * @return the queue
	 */
	<E> DistributedQueue<E> queue(String name, QueueOptions<E> options);

	/**
	 * Returns a value that is encoded as its declared type.
	 * @param <V> the type of the value
	 * @param name the name
	 * @param type the type of the value
	 * @return the value
	 */
	<V> DistributedValue<V> value(String name, Class<V> type);

	/**
	 * Returns a value with options.
	 * @param <V> the type of the value
	 * @param name the name
	 * @param options the options
	 * @return the value
	 */
	<V> DistributedValue<V> value(String name, ValueOptions<V> options);

	/**
	 * Returns a number.
	 * @param name the name
	 * @return the number
	 */
	DistributedLong atomicLong(String name);

	/**
	 * Returns a number with options.
	 * @param name the name
	 * @param options the options
	 * @return the number
	 */
	DistributedLong atomicLong(String name, LongOptions options);

	/**
	 * Returns a generator of unique ids that fetches 1,000 at a time.
	 * @param name the name
	 * @return the generator
	 */
	DistributedIdGenerator idGenerator(String name);

	/**
	 * Returns a generator of unique ids with options.
	 * @param name the name
	 * @param options the options
	 * @return the generator
	 */
	DistributedIdGenerator idGenerator(String name, IdGeneratorOptions options);

	/**
	 * Returns a topic whose messages are encoded as their declared type.
	 * @param <T> the type of the messages
	 * @param name the name
	 * @param type the type of the messages
	 * @return the topic
	 */
	<T> DistributedTopic<T> topic(String name, Class<T> type);

	/**
	 * Returns a topic with a codec.
	 * @param <T> the type of the messages
	 * @param name the name
	 * @param codec the codec
	 * @return the topic
	 */
	<T> DistributedTopic<T> topic(String name, Codec<T> codec);

	/**
	 * Returns a task queue with a capacity of 100,000 tasks, which are encoded as their
	 * declared type.
	 * @param <T> the type of the tasks
	 * @param name the name
	 * @param type the type of the tasks
	 * @return the task queue
	 */
	<T> DistributedTaskQueue<T> taskQueue(String name, Class<T> type);

	/**
	 * Returns a task queue with options.
	 * @param <T> the type of the tasks
	 * @param name the name
	 * @param options the options
	 * @return the task queue
	 */
	<T> DistributedTaskQueue<T> taskQueue(String name, TaskQueueOptions<T> options);

	/**
	 * Returns a message bus.
	 * @param name the name
	 * @return the message bus
	 */
	DistributedMessageBus messageBus(String name);

	/**
	 * Returns the transactions of this node over its maps, sets, values and numbers.
	 * @return the transactions
	 */
	TransactionService transactions();

	/**
	 * Lists the primitives of the cluster, linearizably.
	 * @return the primitives, sorted by type and name
	 * @throws io.github.atomixspring.primitive.UnavailableException if the cluster could
	 * not be reached within the operation timeout
	 */
	List<PrimitiveInfo> primitives();

	/**
	 * Lists the open sessions of the cluster, linearizably.
	 * @return the sessions, sorted by id
	 * @throws io.github.atomixspring.primitive.UnavailableException if the cluster could
	 * not be reached within the operation timeout
	 */
	List<SessionInfo> sessions();

}
