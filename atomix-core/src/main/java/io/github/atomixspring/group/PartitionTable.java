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

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

import io.github.atomixspring.protocol.StableHash;

/**
 * Which members are in charge of which partition, by rendezvous hashing: each partition
 * ranks all members and takes the first ones. When a member comes or goes only the
 * partitions that gain or lose it change, and in those all others keep their order.
 * <p>
 * It depends on nothing but the ids of the members and its two numbers, so that all nodes
 * that see the same members compute the same. Immutable.
 *
 * @since 0.1.0
 */
public final class PartitionTable {

	private static final int MAX_PARTITIONS = 10_000;

	private final int replicas;

	private final List<Partition> partitions;

	private PartitionTable(int replicas, List<Partition> partitions) {
		this.replicas = replicas;
		this.partitions = partitions;
	}

	/**
	 * Returns a table.
	 * @param members the ids of the members; their order does not matter
	 * @param partitions the number of partitions, 1 to 10,000
	 * @param replicas the number of members in charge of each partition, at least one
	 * @return the table
	 */
	public static PartitionTable of(Collection<String> members, int partitions, int replicas) {
		Objects.requireNonNull(members, "'members' must not be null");
		check(partitions, replicas);
		TreeMap<String, Long> hashes = new TreeMap<>();
		members.forEach((member) -> hashes.put(member, StableHash.of(member)));
		List<Partition> table = new ArrayList<>(partitions);
		for (int i = 0; i < partitions; i++) {
			int number = i;
			table.add(new Partition(number,
					hashes.entrySet()
						.stream()
						.map((entry) -> new Ranked(entry.getKey(), StableHash.of(entry.getValue(), number)))
						.sorted(Ranked.ORDER)
						.limit(replicas)
						.map(Ranked::member)
						.toList()));
		}
		return new PartitionTable(replicas, List.copyOf(table));
	}

	/**
	 * Checks the numbers of a table.
	 * @param partitions the number of partitions
	 * @param replicas the number of members in charge of each
	 */
	static void check(int partitions, int replicas) {
		if (partitions < 1 || partitions > MAX_PARTITIONS) {
			throw new IllegalArgumentException(
					"'partitions' must be from 1 to " + MAX_PARTITIONS + ", not " + partitions);
		}
		if (replicas < 1) {
			throw new IllegalArgumentException("'replicas' must be positive, not " + replicas);
		}
	}

	/**
	 * Returns all partitions.
	 * @return the partitions, in order
	 */
	public List<Partition> partitions() {
		return this.partitions;
	}

	/**
	 * Returns a partition.
	 * @param number its number
	 * @return the partition
	 */
	public Partition partition(int number) {
		return this.partitions.get(number);
	}

	/**
	 * Returns the partition of a key, which depends on the number of partitions only.
	 * @param key the key
	 * @return the partition
	 */
	public Partition partitionOf(String key) {
		Objects.requireNonNull(key, "'key' must not be null");
		return this.partitions.get((int) Long.remainderUnsigned(StableHash.of(key), this.partitions.size()));
	}

	/**
	 * Returns the number of members in charge of each partition if there are enough.
	 * @return the number
	 */
	public int replicas() {
		return this.replicas;
	}

	/**
	 * Returns the partitions of which a member is in charge.
	 * @param member the id of the member
	 * @return the partitions, in order
	 */
	public List<Partition> partitionsOf(String member) {
		Objects.requireNonNull(member, "'member' must not be null");
		return this.partitions.stream().filter((partition) -> partition.members().contains(member)).toList();
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof PartitionTable table && this.replicas == table.replicas
				&& this.partitions.equals(table.partitions);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.replicas, this.partitions);
	}

	/**
	 * A member and its rank in one partition.
	 */
	private record Ranked(String member, long score) {

		private static final Comparator<Ranked> ORDER = ((Comparator<Ranked>) (one, other) -> Long
			.compareUnsigned(other.score, one.score)).thenComparing(Ranked::member);

	}

}
