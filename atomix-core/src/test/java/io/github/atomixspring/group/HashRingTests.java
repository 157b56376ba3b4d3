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
import java.util.stream.Stream;

import io.github.atomixspring.protocol.StableHash;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Tests for {@link HashRing}.
 */
class HashRingTests {

	private static final int KEYS = 20_000;

	private static List<String> members(int count) {
		return IntStream.range(0, count).mapToObj((i) -> "member-" + i).toList();
	}

	private static Stream<String> keys() {
		return IntStream.range(0, KEYS).mapToObj((i) -> "key-" + i);
	}

	private static Map<String, String> owners(HashRing ring) {
		return keys().collect(Collectors.toMap(Function.identity(), (key) -> ring.owner(key).orElseThrow()));
	}

	@Test
	void ringIsTheSameInAllVersions() {
		assertThat(StableHash.of("")).isEqualTo(0xefd01f60ba992926L);
		HashRing ring = HashRing.of(List.of("a", "b", "c"));
		assertThat(keys().limit(8).map((key) -> ring.owner(key).orElseThrow()).collect(Collectors.joining()))
			.isEqualTo("bbacbcaa");
	}

	@Test
	void orderOfTheMembersDoesNotMatter() {
		List<String> shuffled = new ArrayList<>(members(20));
		Collections.shuffle(shuffled, new Random(1));
		assertThat(owners(HashRing.of(shuffled))).isEqualTo(owners(HashRing.of(members(20))));
	}

	@Test
	void keysAreSpreadEvenly() {
		for (int count : new int[] { 2, 3, 10 }) {
			Map<String, Long> load = owners(HashRing.of(members(count))).values()
				.stream()
				.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
			double share = (double) KEYS / count;
			assertThat(load).hasSize(count)
				.allSatisfy((member, keys) -> assertThat((double) keys).isBetween(0.75 * share, 1.25 * share));
		}
	}

	@Test
	void onlyTheKeysOfAMemberMoveWhenItGoesOrComes() {
		Map<String, String> before = owners(HashRing.of(members(10)));
		Map<String, String> after = owners(HashRing.of(members(9)));
		keys().forEach((key) -> {
			if (!before.get(key).equals("member-9")) {
				assertThat(after.get(key)).isEqualTo(before.get(key));
			}
		});
	}

	@Test
	void nextOwnersTakeOverInOrder() {
		HashRing ring = HashRing.of(members(5));
		keys().limit(500).forEach((key) -> {
			List<String> owners = ring.owners(key, 5);
			assertThat(owners).hasSize(5).doesNotHaveDuplicates();
			assertThat(ring.owners(key, 3)).isEqualTo(owners.subList(0, 3));
			List<String> remaining = new ArrayList<>(ring.members());
			remaining.remove(owners.get(0));
			assertThat(HashRing.of(remaining).owners(key, 9)).isEqualTo(owners.subList(1, 5));
		});
	}

	@Test
	void emptyRingHasNoOwner() {
		assertThat(HashRing.of(List.of()).owner("key")).isEmpty();
		assertThat(HashRing.of(List.of("a")).owners("key", 0)).isEmpty();
	}

	@Test
	void badArgumentsAreNamed() {
		assertThatIllegalArgumentException().isThrownBy(() -> HashRing.of(List.of(), 0))
			.withMessageContaining("'points'");
		assertThatNullPointerException().isThrownBy(() -> HashRing.of(null)).withMessageContaining("'members'");
		assertThatNullPointerException().isThrownBy(() -> HashRing.of(List.of()).owner(null))
			.withMessageContaining("'key'");
		assertThatIllegalArgumentException().isThrownBy(() -> HashRing.of(List.of()).owners("a", -1))
			.withMessageContaining("'count'");
	}

}
