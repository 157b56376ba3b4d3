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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Tests for {@link PartitionTable}.
 */
class PartitionTableTests {

	private static final int PARTITIONS = 2_000;

	private static List<String> members(int count) {
		return IntStream.range(0, count).mapToObj((i) -> "member-" + i).toList();
	}

	@Test
	void tableIsTheSameInAllVersions() {
		PartitionTable table = PartitionTable.of(List.of("a", "b", "c"), 8, 2);
		assertThat(table.partitions()
			.stream()
			.map((partition) -> String.join("", partition.members()))
			.collect(Collectors.joining(" "))).isEqualTo("cb ca ac ab ca ac bc bc");
		assertThat(table.partitionOf("key").number()).isZero();
	}

	@Test
	void orderOfTheMembersDoesNotMatter() {
		List<String> shuffled = new ArrayList<>(members(9));
		Collections.shuffle(shuffled, new Random(1));
		assertThat(PartitionTable.of(shuffled, 271, 3)).isEqualTo(PartitionTable.of(members(9), 271, 3));
	}

	@Test
	void partitionsAreSpreadEvenly() {
		for (int count : new int[] { 2, 3, 10 }) {
			PartitionTable table = PartitionTable.of(members(count), PARTITIONS, 2);
			Map<String, Long> primaries = table.partitions()
				.stream()
				.collect(
						Collectors.groupingBy((partition) -> partition.primary().orElseThrow(), Collectors.counting()));
			double share = (double) PARTITIONS / count;
			assertThat(primaries).hasSize(count)
				.allSatisfy((member, number) -> assertThat((double) number).isBetween(0.8 * share, 1.2 * share));
			members(count).forEach((member) -> assertThat((double) table.partitionsOf(member).size())
				.isBetween(1.6 * share, 2.4 * share));
		}
	}

	@Test
	void keysAreSpreadEvenly() {
		PartitionTable table = PartitionTable.of(List.of(), 10, 1);
		Map<Integer, Long> load = IntStream.range(0, 10_000)
			.mapToObj((i) -> table.partitionOf("key-" + i).number())
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
		assertThat(load).hasSize(10).allSatisfy((number, keys) -> assertThat(keys).isBetween(850L, 1150L));
	}

	@Test
	void onlyPartitionsOfAMemberChangeWhenItGoesOrComes() {
		PartitionTable before = PartitionTable.of(members(10), PARTITIONS, 3);
		PartitionTable after = PartitionTable.of(members(9), PARTITIONS, 3);
		for (Partition partition : before.partitions()) {
			List<String> remaining = new ArrayList<>(partition.members());
			if (remaining.remove("member-9")) {
				assertThat(after.partition(partition.number()).members()).startsWith(remaining.toArray(String[]::new))
					.hasSize(3);
			}
			else {
				assertThat(after.partition(partition.number())).isEqualTo(partition);
			}
		}
	}

	@Test
	void membersThatAreMissingLeaveGaps() {
		assertThat(PartitionTable.of(List.of("a"), 4, 3).partitions())
			.allSatisfy((partition) -> assertThat(partition.members()).containsExactly("a"));
		assertThat(PartitionTable.of(List.of(), 4, 3).partition(2).primary()).isEmpty();
	}

	@Test
	void badArgumentsAreNamed() {
		assertThatIllegalArgumentException().isThrownBy(() -> PartitionTable.of(List.of(), 0, 1))
			.withMessageContaining("'partitions'");
		assertThatIllegalArgumentException().isThrownBy(() -> PartitionTable.of(List.of(), 10_001, 1))
			.withMessageContaining("'partitions'");
		assertThatIllegalArgumentException().isThrownBy(() -> PartitionTable.of(List.of(), 1, 0))
			.withMessageContaining("'replicas'");
		assertThatNullPointerException().isThrownBy(() -> PartitionTable.of(null, 1, 1))
			.withMessageContaining("'members'");
		assertThatNullPointerException().isThrownBy(() -> PartitionTable.of(List.of(), 1, 1).partitionOf(null))
			.withMessageContaining("'key'");
	}

}
