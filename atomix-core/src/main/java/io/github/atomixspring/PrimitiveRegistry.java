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

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.atomixspring.codec.Codec;
import io.github.atomixspring.collection.Collections;
import io.github.atomixspring.collection.DistributedMultimap;
import io.github.atomixspring.collection.DistributedQueue;
import io.github.atomixspring.collection.DistributedSet;
import io.github.atomixspring.collection.MultimapOptions;
import io.github.atomixspring.collection.QueueOptions;
import io.github.atomixspring.collection.SetOptions;
import io.github.atomixspring.election.DistributedLeaderElection;
import io.github.atomixspring.election.Elections;
import io.github.atomixspring.group.DistributedGroup;
import io.github.atomixspring.group.GroupOptions;
import io.github.atomixspring.group.Groups;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.lock.Locks;
import io.github.atomixspring.map.CounterMapOptions;
import io.github.atomixspring.map.DistributedCounterMap;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.map.DistributedNavigableMap;
import io.github.atomixspring.map.DistributedTree;
import io.github.atomixspring.map.MapOptions;
import io.github.atomixspring.map.Maps;
import io.github.atomixspring.map.TreeOptions;
import io.github.atomixspring.messaging.DistributedMessageBus;
import io.github.atomixspring.messaging.DistributedTaskQueue;
import io.github.atomixspring.messaging.DistributedTopic;
import io.github.atomixspring.messaging.Messaging;
import io.github.atomixspring.messaging.TaskQueueOptions;
import io.github.atomixspring.primitive.DistributedPrimitive;
import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.proxy.Names;
import io.github.atomixspring.session.PrimitiveSession;
import io.github.atomixspring.session.Sessions;
import io.github.atomixspring.sync.DistributedCountDownLatch;
import io.github.atomixspring.sync.DistributedCyclicBarrier;
import io.github.atomixspring.sync.DistributedSemaphore;
import io.github.atomixspring.sync.Synchronisers;
import io.github.atomixspring.value.DistributedIdGenerator;
import io.github.atomixspring.value.DistributedLong;
import io.github.atomixspring.value.DistributedValue;
import io.github.atomixspring.value.IdGeneratorOptions;
import io.github.atomixspring.value.LongOptions;
import io.github.atomixspring.value.ValueOptions;
import io.github.atomixspring.value.Values;

/**
 * The instances of one node: one for each name, until it is closed.
 */
final class PrimitiveRegistry {

	private static final int MAX_NAME = 256;

	private static final String NO_OPTIONS = "no options";

	private final Sessions sessions;

	private final Map<PrimitiveId, Instance> instances = new ConcurrentHashMap<>();

	private final AtomicBoolean closed = new AtomicBoolean();

	/**
	 * Creates an empty registry.
	 * @param sessions the sessions of the node
	 */
	PrimitiveRegistry(Sessions sessions) {
		this.sessions = sessions;
	}

	DistributedLock lock(String name) {
		return (DistributedLock) get(PrimitiveType.LOCK, name, NO_OPTIONS,
				(session, onClose) -> Locks.create(session, name, onClose));
	}

	DistributedLeaderElection election(String name) {
		return (DistributedLeaderElection) get(PrimitiveType.ELECTION, name, NO_OPTIONS,
				(session, onClose) -> Elections.create(session, name, onClose));
	}

	@SuppressWarnings("unchecked")
	<K, V> DistributedMap<K, V> map(String name, MapOptions<K, V> options) {
		Objects.requireNonNull(options, "'options' must not be null");
		return (DistributedMap<K, V>) get(PrimitiveType.MAP, name, options,
				(session, onClose) -> Maps.create(session, name, options, onClose));
	}

	@SuppressWarnings("unchecked")
	<K, V> DistributedNavigableMap<K, V> navigableMap(String name, MapOptions<K, V> options) {
		Objects.requireNonNull(options, "'options' must not be null");
		return (DistributedNavigableMap<K, V>) get(PrimitiveType.NAVIGABLE_MAP, name, options,
				(session, onClose) -> Maps.createNavigable(session, name, options, onClose));
	}

	@SuppressWarnings("unchecked")
	<K> DistributedCounterMap<K> counterMap(String name, CounterMapOptions<K> options) {
		Objects.requireNonNull(options, "'options' must not be null");
		return (DistributedCounterMap<K>) get(PrimitiveType.COUNTER_MAP, name, options,
				(session, onClose) -> Maps.createCounter(session, name, options, onClose));
	}

	@SuppressWarnings("unchecked")
	<V> DistributedTree<V> tree(String name, TreeOptions<V> options) {
		Objects.requireNonNull(options, "'options' must not be null");
		return (DistributedTree<V>) get(PrimitiveType.TREE, name, options,
				(session, onClose) -> Maps.createTree(session, name, options, onClose));
	}

	@SuppressWarnings("unchecked")
	<V> DistributedValue<V> value(String name, ValueOptions<V> options) {
		Objects.requireNonNull(options, "'options' must not be null");
		return (DistributedValue<V>) get(PrimitiveType.VALUE, name, options,
				(session, onClose) -> Values.createValue(session, name, options, onClose));
	}

	DistributedLong atomicLong(String name, LongOptions options) {
		Objects.requireNonNull(options, "'options' must not be null");
		return (DistributedLong) get(PrimitiveType.LONG, name, options,
				(session, onClose) -> Values.createLong(session, name, options, onClose));
	}

	DistributedSemaphore semaphore(String name, int permits) {
		requireAtLeast(0, permits, "permits");
		return (DistributedSemaphore) get(PrimitiveType.SEMAPHORE, name, permits + " permits",
				(session, onClose) -> Synchronisers.createSemaphore(session, name, permits, onClose));
	}

	DistributedCountDownLatch countDownLatch(String name, long count) {
		requireAtLeast(0, count, "count");
		return (DistributedCountDownLatch) get(PrimitiveType.COUNT_DOWN_LATCH, name, "the count " + count,
				(session, onClose) -> Synchronisers.createCountDownLatch(session, name, count, onClose));
	}

	DistributedCyclicBarrier cyclicBarrier(String name, int parties) {
		requireAtLeast(1, parties, "parties");
		return (DistributedCyclicBarrier) get(PrimitiveType.CYCLIC_BARRIER, name, parties + " parties",
				(session, onClose) -> Synchronisers.createCyclicBarrier(session, name, parties, onClose));
	}

	private static void requireAtLeast(long least, long number, String parameter) {
		if (number < least) {
			throw new IllegalArgumentException("'" + parameter + "' must be at least " + least + ", not " + number);
		}
	}

	DistributedIdGenerator idGenerator(String name, IdGeneratorOptions options) {
		Objects.requireNonNull(options, "'options' must not be null");
		return (DistributedIdGenerator) get(PrimitiveType.ID_GENERATOR, name, options,
				(session, onClose) -> Values.createIdGenerator(session, name, options, onClose));
	}

	@SuppressWarnings("unchecked")
	<T> DistributedTopic<T> topic(String name, Codec<T> codec) {
		Objects.requireNonNull(codec, "'codec' must not be null");
		return (DistributedTopic<T>) get(PrimitiveType.TOPIC, name, codec,
				(session, onClose) -> Messaging.createTopic(session, name, codec, onClose));
	}

	@SuppressWarnings("unchecked")
	<T> DistributedTaskQueue<T> taskQueue(String name, TaskQueueOptions<T> options) {
		Objects.requireNonNull(options, "'options' must not be null");
		return (DistributedTaskQueue<T>) get(PrimitiveType.TASK_QUEUE, name, options,
				(session, onClose) -> Messaging.createTaskQueue(session, name, options, onClose));
	}

	DistributedMessageBus messageBus(String name) {
		return (DistributedMessageBus) get(PrimitiveType.MESSAGE_BUS, name, NO_OPTIONS,
				(session, onClose) -> Messaging.createMessageBus(session, name, onClose));
	}

	@SuppressWarnings("unchecked")
	<E> DistributedSet<E> set(String name, SetOptions<E> options) {
		Objects.requireNonNull(options, "'options' must not be null");
		return (DistributedSet<E>) get(PrimitiveType.SET, name, options,
				(session, onClose) -> Collections.createSet(session, name, options, onClose));
	}

	@SuppressWarnings("unchecked")
	<E> DistributedQueue<E> queue(String name, QueueOptions<E> options) {
		Objects.requireNonNull(options, "'options' must not be null");
		return (DistributedQueue<E>) get(PrimitiveType.QUEUE, name, options,
				(session, onClose) -> Collections.createQueue(session, name, options, onClose));
	}

	DistributedGroup group(String name, GroupOptions options) {
		Objects.requireNonNull(options, "'options' must not be null");
		return (DistributedGroup) get(PrimitiveType.GROUP, name, options,
				(session, onClose) -> Groups.create(session, name, options, onClose));
	}

	@SuppressWarnings("unchecked")
	<K, V> DistributedMultimap<K, V> multimap(String name, MultimapOptions<K, V> options) {
		Objects.requireNonNull(options, "'options' must not be null");
		return (DistributedMultimap<K, V>) get(PrimitiveType.MULTIMAP, name, options,
				(session, onClose) -> Collections.createMultimap(session, name, options, onClose));
	}

	private DistributedPrimitive get(PrimitiveType type, String name, Object options, Factory factory) {
		check(name);
		PrimitiveId id = PrimitiveId.of(type, name);
		Instance instance = this.instances.computeIfAbsent(id, (key) -> {
			if (this.closed.get()) {
				throw new PrimitiveClosedException("Node '" + this.sessions.of(0).node() + "' was closed");
			}
			return new Instance(factory.create(this.sessions.of(name), () -> this.instances.remove(key)), options);
		});
		if (!instance.options.equals(options)) {
			throw new IllegalArgumentException(type + " '" + name + "' is in use on this node with " + instance.options
					+ " and cannot be had with " + options + ": use the same everywhere, or close it first");
		}
		return instance.primitive;
	}

	private static void check(String name) {
		Names.check("name", name);
		if (name.length() > MAX_NAME) {
			throw new IllegalArgumentException("The name of a primitive must have at most " + MAX_NAME
					+ " characters, not " + name.length() + ": '" + name.substring(0, MAX_NAME) + "...'");
		}
	}

	/**
	 * Closes all instances and refuses to make others.
	 */
	void close() {
		this.closed.set(true);
		this.instances.values().forEach((instance) -> instance.primitive.close());
	}

	/**
	 * Creates an instance.
	 */
	@FunctionalInterface
	private interface Factory {

		DistributedPrimitive create(PrimitiveSession session, Runnable onClose);

	}

	/**
	 * An instance and what it was made with.
	 *
	 * @param primitive the instance
	 * @param options codec or options
	 */
	private record Instance(DistributedPrimitive primitive, Object options) {

	}

}
