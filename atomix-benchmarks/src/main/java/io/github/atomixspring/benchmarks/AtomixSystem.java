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

package io.github.atomixspring.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.AtomixClient;
import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.cluster.Role;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.messaging.DistributedTopic;
import io.github.atomixspring.protocol.Placement;
import org.jspecify.annotations.Nullable;

/**
 * Our system, as its users see it, with its defaults.
 */
final class AtomixSystem implements KeyValueSystem {

	/**
	 * System properties with this prefix are settings of Ratis for the members, to try
	 * one of them alone.
	 */
	static final String RAFT_PREFIX = "benchmark.raft.";

	/**
	 * The system property with the number of partitions, for all processes of the system.
	 */
	static final String PARTITIONS = "benchmark.partitions";

	private static final String CLUSTER = "benchmark";

	private final Atomix atomix;

	/**
	 * A map in each partition.
	 */
	private final List<DistributedMap<String, byte[]>> maps;

	private final BooleanSupplier leads;

	private final Topology topology;

	private AtomixSystem(Atomix atomix, Topology topology, BooleanSupplier leads) {
		this.atomix = atomix;
		this.topology = topology;
		this.maps = IntStream.range(0, partitions())
			.mapToObj((partition) -> atomix.map(nameIn(partition), String.class, byte[].class))
			.toList();
		this.leads = leads;
		atomix.start();
	}

	private static int partitions() {
		return Integer.getInteger(PARTITIONS, 1);
	}

	private static String nameIn(int partition) {
		return IntStream.iterate(0, (i) -> i + 1)
			.mapToObj((i) -> "benchmark-" + i)
			.filter((name) -> Placement.partitionOf(name, partitions()) == partition)
			.findFirst()
			.orElseThrow();
	}

	private DistributedMap<String, byte[]> map(String key) {
		return this.maps.get(Math.floorMod(key.hashCode(), this.maps.size()));
	}

	static AtomixSystem member(Topology topology, String self, Path directory) {
		AtomixReplica replica = AtomixReplica.builder()
			.clusterName(CLUSTER)
			.nodeId(self)
			.members(members(topology))
			.storageDirectory(directory)
			.raftProperties(raftProperties())
			.partitions(partitions())
			.build();
		return new AtomixSystem(replica, topology, () -> replica.status().role() == Role.LEADER);
	}

	static AtomixSystem client(Topology topology) {
		return new AtomixSystem(newClient(topology), topology, () -> false);
	}

	private static AtomixClient newClient(Topology topology) {
		return AtomixClient.builder().clusterName(CLUSTER).members(members(topology)).partitions(partitions()).build();
	}

	private static List<Member> members(Topology topology) {
		return topology.members().stream().map((id) -> new Member(id, Topology.HOST, topology.port(id))).toList();
	}

	private static Map<String, String> raftProperties() {
		return System.getProperties()
			.stringPropertyNames()
			.stream()
			.filter((name) -> name.startsWith(RAFT_PREFIX))
			.collect(Collectors.toMap((name) -> name.substring(RAFT_PREFIX.indexOf("raft.")), System::getProperty));
	}

	@Override
	public void put(String key, byte[] value) {
		map(key).put(key, value);
	}

	@Override
	public byte @Nullable [] get(String key) {
		return map(key).get(key);
	}

	@Override
	public CompletableFuture<?> putAsync(String key, byte[] value) {
		return map(key).async().put(key, value);
	}

	@Override
	public CompletableFuture<?> getAsync(String key) {
		return map(key).async().get(key);
	}

	@Override
	public BenchmarkLock lock(String name) {
		DistributedLock lock = this.atomix.lock(name);
		return new BenchmarkLock() {

			@Override
			public void lock() {
				lock.lock();
			}

			@Override
			public void unlock() {
				lock.unlock();
			}

		};
	}

	@Override
	public BenchmarkTopic topic(String name, int subscribers) {
		DistributedTopic<byte[]> topic = this.atomix.topic(name, byte[].class);
		List<AtomixClient> clients = IntStream.range(0, subscribers).mapToObj((i) -> newClient(this.topology)).toList();
		clients.forEach(AtomixClient::start);
		clients.forEach((client) -> client.topic(name, byte[].class).subscribe((message) -> {
		}));
		return new BenchmarkTopic() {

			@Override
			public CompletableFuture<?> publish(byte[] message) {
				return topic.async().publishAndAwait(message);
			}

			@Override
			public void close() {
				clients.parallelStream().forEach(AtomixClient::close);
			}

		};
	}

	@Override
	public BenchmarkQueues queues(String prefix) {
		AtomixClient taker = newClient(this.topology);
		taker.start();
		return new BenchmarkQueues() {

			@Override
			public void handOff(int queue, byte[] element) throws Exception {
				String name = prefix + queue;
				CompletableFuture<byte[]> taken = taker.queue(name, byte[].class).async().take();
				AtomixSystem.this.atomix.queue(name, byte[].class).put(element);
				taken.get();
			}

			@Override
			public void close() {
				taker.close();
			}

		};
	}

	@Override
	public boolean isLeader() {
		return this.leads.getAsBoolean();
	}

	@Override
	public void close() {
		this.atomix.close();
	}

}
