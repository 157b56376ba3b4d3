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
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

import io.github.atomixspring.protocol.StableHash;

/**
 * A consistent hash ring: it tells which member is in charge of a key, and when a member
 * comes or goes only the keys of that member move.
 * <p>
 * It depends on nothing but the ids of its members, so that all nodes that see the same
 * members compute the same. Immutable.
 *
 * @since 0.1.0
 */
public final class HashRing {

	/**
	 * The number of points that each member has on the ring unless asked otherwise. With
	 * it the busiest of ten members has about a fifth more than its share.
	 */
	public static final int DEFAULT_POINTS = 256;

	private static final int MAX_POINTS = 10_000;

	private final TreeSet<String> members;

	private final NavigableMap<Long, String> ring = new TreeMap<>(Long::compareUnsigned);

	private HashRing(TreeSet<String> members, int points) {
		this.members = members;
		for (String member : members) {
			long hash = StableHash.of(member);
			for (int i = 0; i < points; i++) {
				// Where two meet the smaller id stays, whatever the order of adding.
				this.ring.putIfAbsent(StableHash.of(hash, i), member);
			}
		}
	}

	/**
	 * Returns a ring with the default number of points.
	 * @param members the ids of the members; their order does not matter
	 * @return the ring
	 */
	public static HashRing of(Collection<String> members) {
		return of(members, DEFAULT_POINTS);
	}

	/**
	 * Returns a ring.
	 * @param members the ids of the members; their order does not matter
	 * @param points the number of points of each member, 1 to 10,000: the more, the more
	 * even
	 * @return the ring
	 */
	public static HashRing of(Collection<String> members, int points) {
		Objects.requireNonNull(members, "'members' must not be null");
		if (points < 1 || points > MAX_POINTS) {
			throw new IllegalArgumentException("'points' must be from 1 to " + MAX_POINTS + ", not " + points);
		}
		return new HashRing(new TreeSet<>(members), points);
	}

	/**
	 * Returns who is in charge of a key.
	 * @param key the key
	 * @return the id of a member, or empty if there is none
	 */
	public Optional<String> owner(String key) {
		return owners(key, 1).stream().findFirst();
	}

	/**
	 * Returns who is in charge of a key, and who would be if those before were not there.
	 * @param key the key
	 * @param count how many to return at most
	 * @return the ids of different members
	 */
	public List<String> owners(String key, int count) {
		Objects.requireNonNull(key, "'key' must not be null");
		if (count < 0) {
			throw new IllegalArgumentException("'count' must not be negative, but is " + count);
		}
		int wanted = Math.min(count, this.members.size());
		List<String> owners = new ArrayList<>(wanted);
		long position = StableHash.of(key);
		collect(this.ring.tailMap(position, true), owners, wanted);
		collect(this.ring.headMap(position, false), owners, wanted);
		return owners;
	}

	private static void collect(Map<Long, String> points, List<String> owners, int wanted) {
		for (String member : points.values()) {
			if (owners.size() == wanted) {
				return;
			}
			if (!owners.contains(member)) {
				owners.add(member);
			}
		}
	}

	/**
	 * Returns the members.
	 * @return the ids, sorted
	 */
	public List<String> members() {
		return List.copyOf(this.members);
	}

}
