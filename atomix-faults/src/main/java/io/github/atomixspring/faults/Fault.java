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

package io.github.atomixspring.faults;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.atomixspring.faults.host.Direction;
import io.github.atomixspring.faults.host.Host;

/**
 * What can happen to a cluster.
 */
enum Fault {

	/**
	 * The process of the leader ends without a word.
	 */
	KILL_LEADER(3_000) {

		@Override
		void begin(Strike strike) throws IOException {
			strike.leaderLost();
			strike.kill(List.of(strike.leader()));
		}

	},

	/**
	 * The process of a follower ends without a word.
	 */
	KILL_FOLLOWER(3_000) {

		@Override
		void begin(Strike strike) throws IOException {
			strike.kill(List.of(strike.followers().get(0)));
		}

	},

	/**
	 * The leader and the other members do not reach each other; clients reach all.
	 */
	ISOLATE_LEADER(8_000) {

		@Override
		void begin(Strike strike) throws IOException {
			Host leader = strike.leader();
			strike.leaderLost();
			strike.block(List.of(leader), between(List.of(leader), strike.followers()));
		}

	};

	private final long holdMillis;

	Fault(long holdMillis) {
		this.holdMillis = holdMillis;
	}

	/**
	 * Lets it begin. What the strike has done it undoes by itself at the end.
	 * @param strike the occurrence
	 * @throws IOException if it cannot be
	 */
	abstract void begin(Strike strike) throws IOException;

	/**
	 * Returns how long it is there.
	 * @return the milliseconds
	 */
	long holdMillis() {
		return this.holdMillis;
	}

	/**
	 * Returns all directions between two groups.
	 * @param some some hosts
	 * @param others the others
	 * @return the directions
	 */
	private static Set<Direction> between(List<Host> some, List<Host> others) {
		Set<Direction> directions = new LinkedHashSet<>(ways(some, others));
		directions.addAll(ways(others, some));
		return directions;
	}

	private static Set<Direction> ways(List<Host> from, List<Host> to) {
		return from.stream()
			.flatMap((one) -> to.stream().map((other) -> new Direction(one.id(), other.id())))
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

	/**
	 * Returns the name by which it is chosen.
	 * @return the name
	 */
	String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Returns the fault of a name.
	 * @param id the name
	 * @return the fault
	 */
	static Fault of(String id) {
		return Arrays.stream(values())
			.filter((fault) -> fault.id().equals(id))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no fault '%s', but %s".formatted(id,
					Arrays.stream(values()).map(Fault::id).collect(Collectors.joining(", ")))));
	}

	@Override
	public String toString() {
		return id();
	}

}
