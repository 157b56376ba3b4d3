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

package io.github.atomixspring.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import io.github.atomixspring.server.LeaderSpread.Move;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LeaderSpread}.
 */
class LeaderSpreadTests {

	private static final List<String> LIVE = List.of("n1", "n2", "n3");

	private static @Nullable Move decide(String self, @Nullable String... leaders) {
		return LeaderSpread.decide(self, Arrays.asList(leaders), LIVE);
	}

	@Test
	void whoLeadsMostHandsOverToWhoLeadsFewest() {
		assertThat(decide("n1", "n1", "n1", "n1", "n1")).isEqualTo(new Move(3, "n2"));
		assertThat(decide("n1", "n1", "n1", "n1", "n2")).isEqualTo(new Move(2, "n3"));
		assertThat(decide("n2", "n1", "n1", "n1", "n2")).isNull();
		assertThat(decide("n1", "n1", "n1", "n2", "n3")).as("spread").isNull();
		// One of two with the same count, seen by both.
		assertThat(decide("n1", "n2", "n2", "n1", "n1")).isEqualTo(new Move(3, "n3"));
		assertThat(decide("n2", "n2", "n2", "n1", "n1")).isNull();
	}

	@Test
	void nothingIsHandedOverDuringElections() {
		assertThat(decide("n1", "n1", "n1", "n1", null)).isNull();
	}

	@Test
	void membersThatDoNotRunGetNothing() {
		assertThat(LeaderSpread.decide("n1", List.of("n1", "n1", "n1", "n1"), List.of("n1", "n3")))
			.isEqualTo(new Move(3, "n3"));
		assertThat(LeaderSpread.decide("n1", List.of("n1", "n1", "n1", "n1"), List.of("n1"))).isNull();
	}

	@Test
	void theFirstPartitionStaysWhereItIs() {
		assertThat(LeaderSpread.decide("n1", List.of("n1", "n1"), List.of("n1", "n2"))).isEqualTo(new Move(1, "n2"));
		assertThat(LeaderSpread.decide("n1", List.of("n1"), List.of("n1", "n2"))).isNull();
	}

	@Test
	void itComesToAnEndFromAnywhere() {
		Random random = new Random(7);
		for (int run = 0; run < 1000; run++) {
			int size = 1 + random.nextInt(7);
			int partitions = 1 + random.nextInt(32);
			List<String> members = new ArrayList<>();
			for (int i = 0; i < size; i++) {
				members.add("n" + i);
			}
			List<@Nullable String> leaders = new ArrayList<>();
			for (int i = 0; i < partitions; i++) {
				leaders.add(members.get(random.nextInt(size)));
			}
			int steps = 0;
			while (step(members, leaders)) {
				assertThat(++steps).isLessThanOrEqualTo(partitions);
			}
			Set<String> leading = new HashSet<>(leaders);
			assertThat(leading).hasSize(Math.min(size, partitions));
		}
	}

	private static boolean step(List<String> members, List<@Nullable String> leaders) {
		List<Move> moves = new ArrayList<>();
		for (String member : members) {
			Move move = LeaderSpread.decide(member, leaders, members);
			if (move != null) {
				assertThat(leaders.get(move.partition())).isEqualTo(member);
				moves.add(move);
			}
		}
		assertThat(moves).as("only one hands over at a time").hasSizeLessThanOrEqualTo(1);
		moves.forEach((move) -> leaders.set(move.partition(), move.receiver()));
		return !moves.isEmpty();
	}

}
