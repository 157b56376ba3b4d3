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

package io.github.atomixspring.contract;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.collection.DistributedMultimap;
import io.github.atomixspring.collection.MultimapEvent;
import io.github.atomixspring.collection.MultimapOptions;
import io.github.atomixspring.collection.ValueOrder;
import io.github.atomixspring.primitive.ConfigurationMismatchException;
import io.github.atomixspring.primitive.PrimitiveInfo;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests the contract of {@link DistributedMultimap}.
 */
class MultimapContractIntegrationTests extends AbstractContractTests {

	private DistributedMultimap<String, String> multimap() {
		return node().multimap(this.name, String.class, String.class);
	}

	private DistributedMultimap<String, String> otherMultimap() {
		return other().multimap(this.name, String.class, String.class);
	}

	@Test
	void changesAreSeenByAll() {
		assertThat(multimap().put("a", "2")).isTrue();
		assertThat(otherMultimap().put("a", "2")).isFalse();
		assertThat(otherMultimap().putAll("a", List.of("1", "3"))).isTrue();
		assertThat(multimap().get("a")).containsExactly("2", "1", "3");
		assertThat(otherMultimap().get("a", ReadConsistency.SEQUENTIAL)).containsExactly("2", "1", "3");
		assertThat(multimap().containsKey("a")).isTrue();
		assertThat(multimap().containsValue("3")).isTrue();
		assertThat(multimap().containsEntry("a", "1")).isTrue();
		assertThat(otherMultimap().remove("a", "1")).isTrue();
		assertThat(multimap().replaceValues("a", List.of("x"))).containsExactly("2", "3");
		assertThat(otherMultimap().remove("a")).containsExactly("x");
		assertThat(multimap().containsKey("a")).isFalse();
		assertThat(node().primitives()).contains(new PrimitiveInfo(PrimitiveType.MULTIMAP, this.name));
		multimap().destroy();
		assertThat(node().primitives()).doesNotContain(new PrimitiveInfo(PrimitiveType.MULTIMAP, this.name));
	}

	@Test
	void eachEntryIsAddedByOneOfMany() throws Exception {
		AtomicInteger added = new AtomicInteger();
		inThreads(4, (thread) -> {
			DistributedMultimap<String, String> multimap = (thread % 2 == 0) ? multimap() : otherMultimap();
			for (int i = 0; i < 20; i++) {
				if (multimap.put("k" + i % 3, "v" + i)) {
					added.incrementAndGet();
				}
			}
		});
		assertThat(added).hasValue(20);
		assertThat(multimap().size()).isEqualTo(20);
	}

	@Test
	void manyEntriesAreReadInPages() {
		List<String> values = IntStream.range(0, 1200).mapToObj((i) -> "v" + i).toList();
		multimap().putAll("a", values);
		multimap().put("b", "x");
		assertThat(otherMultimap().get("a")).isEqualTo(values);
		assertThat(otherMultimap().entries()).hasSize(1201).endsWith(Map.entry("b", "x"));
		assertThat(otherMultimap().keys()).containsExactly("a", "b");
		assertThat(otherMultimap().size("a")).isEqualTo(1200);
		otherMultimap().clear();
		assertThat(multimap().isEmpty()).isTrue();
	}

	@Test
	void eventsComeInOrderAndEntriesExpireNeverEarly() {
		List<MultimapEvent<String, String>> here = new CopyOnWriteArrayList<>();
		List<MultimapEvent<String, String>> there = new CopyOnWriteArrayList<>();
		multimap().addListener(here::add);
		otherMultimap().addListener("a", there::add);
		long before = System.nanoTime();
		// Long enough for what is done before it ends, also on a machine that stands
		// still.
		Duration timeToLive = Duration.ofSeconds(4);
		multimap().put("a", "1", timeToLive);
		otherMultimap().put("a", "2");
		otherMultimap().remove("a", "2");
		await().until(() -> here.size() == 4 && there.size() == 4);
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isBetween(timeToLive, Duration.ofSeconds(20));
		assertThat(here).isEqualTo(there);
		assertThat(here.get(3)).isEqualTo(new MultimapEvent<>(this.name, MultimapEvent.Type.EXPIRED, "a", "1"));
		assertThat(multimap().containsKey("a")).isFalse();
	}

	@Test
	void firstCreatorFixesTheOrder() {
		DistributedMultimap<String, String> sorted = node().multimap(this.name,
				MultimapOptions.of(Codecs.strings(), Codecs.strings()).withValueOrder(ValueOrder.NATURAL));
		sorted.putAll("a", List.of("c", "a", "b"));
		assertThat(sorted.get("a")).containsExactly("a", "b", "c");
		assertThatExceptionOfType(ConfigurationMismatchException.class).isThrownBy(() -> otherMultimap().put("a", "d"));
	}

}
