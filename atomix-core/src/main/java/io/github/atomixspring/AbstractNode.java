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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

import io.github.atomixspring.codec.Codec;
import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.codec.OrderedCodecs;
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
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.protocol.Query;
import io.github.atomixspring.protocol.Result;
import io.github.atomixspring.session.NodeSessions;
import io.github.atomixspring.session.Session;
import io.github.atomixspring.session.SessionClient;
import io.github.atomixspring.sync.DistributedCountDownLatch;
import io.github.atomixspring.sync.DistributedCyclicBarrier;
import io.github.atomixspring.sync.DistributedSemaphore;
import io.github.atomixspring.transaction.TransactionService;
import io.github.atomixspring.transaction.Transactions;
import io.github.atomixspring.value.DistributedIdGenerator;
import io.github.atomixspring.value.DistributedLong;
import io.github.atomixspring.value.DistributedValue;
import io.github.atomixspring.value.IdGeneratorOptions;
import io.github.atomixspring.value.LongOptions;
import io.github.atomixspring.value.ValueOptions;

/**
 * What the two kinds of nodes have in common: a session, and primitives over it.
 */
abstract sealed class AbstractNode implements Atomix permits AtomixReplica, AtomixClient {

	private final NodeSessions sessions;

	private final PrimitiveRegistry registry;

	private final TransactionService transactions;

	/**
	 * Keeps starts and stops apart. They wait, and not in a monitor: a virtual thread may
	 * do it.
	 */
	private final ReentrantLock lock = new ReentrantLock();

	private volatile boolean running;

	private boolean closed;

	AbstractNode(List<SessionClient> sessions) {
		this.sessions = new NodeSessions(sessions);
		this.registry = new PrimitiveRegistry(this.sessions);
		this.transactions = Transactions.create(this.sessions);
	}

	/**
	 * Starts what the session needs.
	 */
	abstract void startServer();

	/**
	 * Stops what the session needed.
	 */
	abstract void stopServer();

	/**
	 * Frees what the session needed, for ever.
	 */
	abstract void closeServer();

	@Override
	public final void start() {
		this.lock.lock();
		try {
			if (!this.running) {
				startOnce();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void startOnce() {
		if (!this.closed) {
			startServer();
		}
		try {
			this.sessions.start();
			this.running = true;
		}
		finally {
			if (!this.running && !this.closed) {
				stopServer();
			}
		}
	}

	@Override
	public final void stop() {
		stop(this.sessions::stop, this::stopServer);
	}

	/**
	 * Stops without a word to the cluster.
	 * @param terminateServer stops what the session needed
	 */
	final void terminate(Runnable terminateServer) {
		stop(this.sessions::abandon, terminateServer);
	}

	private void stop(Runnable stopSession, Runnable stopServer) {
		this.lock.lock();
		try {
			if (this.running) {
				this.running = false;
				try {
					stopSession.run();
				}
				finally {
					stopServer.run();
				}
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public final void close() {
		this.lock.lock();
		try {
			stopForEver();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void stopForEver() {
		try {
			stop();
		}
		finally {
			this.closed = true;
			this.sessions.close();
			this.registry.close();
			closeServer();
		}
	}

	@Override
	public final boolean isRunning() {
		return this.running;
	}

	@Override
	public final Session session() {
		return this.sessions.combined();
	}

	@Override
	public final DistributedLock lock(String name) {
		return this.registry.lock(name);
	}

	@Override
	public final DistributedSemaphore semaphore(String name, int permits) {
		return this.registry.semaphore(name, permits);
	}

	@Override
	public final DistributedCountDownLatch countDownLatch(String name, long count) {
		return this.registry.countDownLatch(name, count);
	}

	@Override
	public final DistributedCyclicBarrier cyclicBarrier(String name, int parties) {
		return this.registry.cyclicBarrier(name, parties);
	}

	@Override
	public final DistributedLeaderElection election(String name) {
		return this.registry.election(name);
	}

	@Override
	public final DistributedGroup group(String name) {
		return group(name, GroupOptions.defaults());
	}

	@Override
	public final DistributedGroup group(String name, GroupOptions options) {
		return this.registry.group(name, options);
	}

	@Override
	public final <K, V> DistributedMap<K, V> map(String name, Class<K> keyType, Class<V> valueType) {
		return map(name, MapOptions.of(Codecs.forType(keyType), Codecs.forType(valueType)));
	}

	@Override
	public final <K, V> DistributedMap<K, V> map(String name, MapOptions<K, V> options) {
		return this.registry.map(name, options);
	}

	@Override
	public final <K, V> DistributedNavigableMap<K, V> navigableMap(String name, Class<K> keyType, Class<V> valueType) {
		return navigableMap(name, MapOptions.of(OrderedCodecs.forType(keyType), Codecs.forType(valueType)));
	}

	@Override
	public final <K, V> DistributedNavigableMap<K, V> navigableMap(String name, MapOptions<K, V> options) {
		return this.registry.navigableMap(name, options);
	}

	@Override
	public final <K> DistributedCounterMap<K> counterMap(String name, Class<K> keyType) {
		return counterMap(name, CounterMapOptions.of(Codecs.forType(keyType)));
	}

	@Override
	public final <K> DistributedCounterMap<K> counterMap(String name, CounterMapOptions<K> options) {
		return this.registry.counterMap(name, options);
	}

	@Override
	public final <V> DistributedTree<V> tree(String name, Class<V> valueType) {
		return tree(name, TreeOptions.of(Codecs.forType(valueType)));
	}

	@Override
	public final <V> DistributedTree<V> tree(String name, TreeOptions<V> options) {
		return this.registry.tree(name, options);
	}

	@Override
	public final <K, V> DistributedMultimap<K, V> multimap(String name, Class<K> keyType, Class<V> valueType) {
		return multimap(name, MultimapOptions.of(Codecs.forType(keyType), Codecs.forType(valueType)));
	}

	@Override
	public final <K, V> DistributedMultimap<K, V> multimap(String name, MultimapOptions<K, V> options) {
		return this.registry.multimap(name, options);
	}

	@Override
	public final <E> DistributedSet<E> set(String name, Class<E> type) {
		return set(name, SetOptions.of(Codecs.forType(type)));
	}

	@Override
	public final <E> DistributedSet<E> set(String name, SetOptions<E> options) {
		return this.registry.set(name, options);
	}

	@Override
	public final <E> DistributedQueue<E> queue(String name, Class<E> type) {
		return queue(name, QueueOptions.of(Codecs.forType(type)));
	}

	@Override
	public final <E> DistributedQueue<E> queue(String name, QueueOptions<E> options) {
		return this.registry.queue(name, options);
	}

	@Override
	public final <V> DistributedValue<V> value(String name, Class<V> type) {
		return value(name, ValueOptions.of(Codecs.forType(type)));
	}

	@Override
	public final <V> DistributedValue<V> value(String name, ValueOptions<V> options) {
		return this.registry.value(name, options);
	}

	@Override
	public final DistributedLong atomicLong(String name) {
		return atomicLong(name, LongOptions.defaults());
	}

	@Override
	public final DistributedLong atomicLong(String name, LongOptions options) {
		return this.registry.atomicLong(name, options);
	}

	@Override
	public final DistributedIdGenerator idGenerator(String name) {
		return idGenerator(name, IdGeneratorOptions.defaults());
	}

	@Override
	public final DistributedIdGenerator idGenerator(String name, IdGeneratorOptions options) {
		return this.registry.idGenerator(name, options);
	}

	@Override
	public final <T> DistributedTopic<T> topic(String name, Class<T> type) {
		return topic(name, Codecs.forType(type));
	}

	@Override
	public final <T> DistributedTopic<T> topic(String name, Codec<T> codec) {
		return this.registry.topic(name, codec);
	}

	@Override
	public final <T> DistributedTaskQueue<T> taskQueue(String name, Class<T> type) {
		return taskQueue(name, TaskQueueOptions.of(Codecs.forType(type)));
	}

	@Override
	public final <T> DistributedTaskQueue<T> taskQueue(String name, TaskQueueOptions<T> options) {
		return this.registry.taskQueue(name, options);
	}

	@Override
	public final DistributedMessageBus messageBus(String name) {
		return this.registry.messageBus(name);
	}

	@Override
	public final TransactionService transactions() {
		return this.transactions;
	}

	@Override
	public final List<PrimitiveInfo> primitives() {
		return ask(new Query.ListPrimitives(0)).stream()
			.flatMap((result) -> ((Result.Primitives) result).ids().stream())
			.sorted()
			.map((id) -> new PrimitiveInfo(PrimitiveType.ofCode(id.type()), id.name()))
			.toList();
	}

	@Override
	public final List<SessionInfo> sessions() {
		List<Result> results = ask(new Query.ListSessions());
		return IntStream.range(0, results.size())
			.boxed()
			.flatMap((partition) -> ((Result.Sessions) results.get(partition)).sessions()
				.stream()
				.map((open) -> new SessionInfo(open.id(), open.node(), Duration.ofMillis(open.timeout()),
						Duration.ofMillis(open.remaining()), partition)))
			.toList();
	}

	/**
	 * Asks all partitions at the same time.
	 * @param query the query
	 * @return the answers by partition
	 */
	private List<Result> ask(Query query) {
		List<CompletableFuture<Result>> answers = IntStream.range(0, this.sessions.partitions())
			.mapToObj((partition) -> this.sessions.of(partition).query(query, ReadConsistency.LINEARIZABLE))
			.toList();
		List<Result> results = new ArrayList<>();
		for (int partition = 0; partition < answers.size(); partition++) {
			results.add(this.sessions.of(partition).await(answers.get(partition)));
		}
		return results;
	}

}
