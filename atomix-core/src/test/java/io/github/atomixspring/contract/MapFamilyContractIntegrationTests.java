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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.atomixspring.map.CounterMapEvent;
import io.github.atomixspring.map.DistributedCounterMap;
import io.github.atomixspring.map.DistributedNavigableMap;
import io.github.atomixspring.map.DistributedTree;
import io.github.atomixspring.map.NoSuchPathException;
import io.github.atomixspring.map.NodeHasChildrenException;
import io.github.atomixspring.map.TreeEvent;
import io.github.atomixspring.map.TreeNode;
import io.github.atomixspring.primitive.PrimitiveInfo;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The contracts of {@link DistributedCounterMap}, {@link DistributedNavigableMap} and
 * {@link DistributedTree}.
 */
class MapFamilyContractIntegrationTests extends AbstractContractTests {

	/**
	 * Long enough for what is done before it ends, also on a machine that stands still
	 * meanwhile.
	 */
	private static final Duration TIME_TO_LIVE = Duration.ofSeconds(4);

	private static final Duration SOON = Duration.ofSeconds(20);

	private DistributedCounterMap<String> counts() {
		return node().counterMap(this.name, String.class);
	}

	private DistributedCounterMap<String> otherCounts() {
		return other().counterMap(this.name, String.class);
	}

	private DistributedNavigableMap<Integer, String> queue() {
		return node().navigableMap(this.name, Integer.class, String.class);
	}

	private DistributedNavigableMap<Integer, String> otherQueue() {
		return other().navigableMap(this.name, Integer.class, String.class);
	}

	private DistributedTree<String> tree() {
		return node().tree(this.name, String.class);
	}

	private DistributedTree<String> otherTree() {
		return other().tree(this.name, String.class);
	}

	@Test
	void countsAreExact() throws Exception {
		List<CounterMapEvent<String>> events = new CopyOnWriteArrayList<>();
		counts().addListener(events::add);
		inThreads(4, (thread) -> {
			DistributedCounterMap<String> map = (thread % 2 == 0) ? counts() : otherCounts();
			for (int i = 0; i < 50; i++) {
				map.incrementAndGet("k" + i % 2);
			}
		});
		assertThat(counts().get("k0")).isEqualTo(100);
		assertThat(otherCounts().get("k1", ReadConsistency.SEQUENTIAL)).isLessThanOrEqualTo(100);
		await().until(() -> events.size() == 200);
		assertThat(events).extracting(CounterMapEvent::version).isSorted();
		assertThat(otherCounts().replace("k1", 100, 0)).isTrue();
		assertThat(counts().size()).isEqualTo(2);
		assertThat(counts().remove("k1", 0)).isTrue();
		assertThat(node().primitives()).contains(new PrimitiveInfo(PrimitiveType.COUNTER_MAP, this.name));
		counts().destroy();
		assertThat(otherCounts().isEmpty()).isTrue();
	}

	@Test
	void countsOfAPeriodEndWithIt() {
		List<CounterMapEvent<String>> events = new CopyOnWriteArrayList<>();
		otherCounts().addListener(events::add);
		long before = System.nanoTime();
		assertThat(counts().putIfAbsent("k", 5, TIME_TO_LIVE)).isZero();
		assertThat(otherCounts().putIfAbsent("k", 0, Duration.ofSeconds(100))).isEqualTo(5);
		assertThat(otherCounts().incrementAndGet("k")).isEqualTo(6);
		await().until(() -> events.size() == 3);
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isBetween(TIME_TO_LIVE, SOON);
		assertThat(events.get(2).type()).isEqualTo(CounterMapEvent.Type.EXPIRED);
		assertThat(events.get(2).oldValue()).isEqualTo(6);
		assertThat(counts().put("k", 1, Duration.ofSeconds(100))).isZero();
	}

	@Test
	void eachEntryIsPolledByOne() throws Exception {
		queue().putAll(IntStream.range(-50, 50).boxed().collect(Collectors.toMap(Function.identity(), (i) -> "v" + i)));
		Set<Integer> polled = ConcurrentHashMap.newKeySet();
		inThreads(4, (thread) -> {
			DistributedNavigableMap<Integer, String> map = (thread % 2 == 0) ? queue() : otherQueue();
			for (int i = 0; i < 20; i++) {
				Map.Entry<Integer, String> entry = (thread < 2) ? map.pollFirstEntry() : map.pollLastEntry();
				assertThat(entry.getValue()).isEqualTo("v" + entry.getKey());
				assertThat(polled.add(entry.getKey())).isTrue();
			}
		});
		assertThat(queue().keySet()).containsExactlyElementsOf(IntStream.range(-10, 10).boxed().toList());
		assertThat(otherQueue().floorKey(-11)).isNull();
		assertThat(otherQueue().ceilingEntry(-11)).isEqualTo(Map.entry(-10, "v-10"));
		assertThat(otherQueue().descendingMap().headMap(7, true).keySet()).containsExactly(9, 8, 7);
		queue().subMap(-5, 5).clear();
		assertThat(otherQueue().headMap(0)).hasSize(5);
		assertThat(otherQueue().higherKey(-6)).isEqualTo(5);
	}

	@Test
	void treeKeepsItsShape() {
		List<TreeEvent<String>> events = new CopyOnWriteArrayList<>();
		otherTree().addListener("/servers", events::add);
		assertThatExceptionOfType(NoSuchPathException.class).isThrownBy(() -> tree().create("/servers/a", "x"));
		assertThat(tree().createRecursive("/servers/a", "x")).isTrue();
		assertThat(otherTree().set("/servers/b", "y")).isEmpty();
		assertThat(otherTree().getChildren("/servers").values()).extracting(TreeNode::value).containsExactly("x", "y");
		assertThatExceptionOfType(NodeHasChildrenException.class).isThrownBy(() -> otherTree().remove("/servers"));
		long version = tree().get("/servers/a").orElseThrow().version();
		assertThat(otherTree().replaceIfVersion("/servers/a", version, "z")).isTrue();
		assertThat(tree().removeIfVersion("/servers/a", version)).isFalse();
		assertThat(tree().replace("/servers/a", "z", null)).isTrue();
		tree().remove("/servers/a");
		tree().set("/other", "z");
		await().until(() -> events.size() == 6);
		assertThat(events).extracting(TreeEvent::type)
			.containsExactly(TreeEvent.Type.ADDED, TreeEvent.Type.ADDED, TreeEvent.Type.ADDED, TreeEvent.Type.UPDATED,
					TreeEvent.Type.UPDATED, TreeEvent.Type.REMOVED);
		tree().destroy();
		assertThat(otherTree().getChildren("/")).isEmpty();
	}

	@Test
	void nodesExpireNeverEarlyAndAfterTheirChildren() {
		List<TreeEvent<String>> expired = new CopyOnWriteArrayList<>();
		otherTree().addListener((event) -> {
			if (event.type() == TreeEvent.Type.EXPIRED) {
				expired.add(event);
			}
		});
		long before = System.nanoTime();
		assertThat(tree().create("/a", "x", TIME_TO_LIVE)).isTrue();
		assertThat(otherTree().set("/a/b", "y")).isEmpty();
		assertThat(tree().createRecursive("/c/d", "z", TIME_TO_LIVE)).isTrue();
		assertThat(tree().replace("/a/b", "y", "w", TIME_TO_LIVE)).isTrue();
		long version = tree().get("/a/b").orElseThrow().version();
		Duration longer = TIME_TO_LIVE.plusSeconds(1);
		assertThat(tree().replaceIfVersion("/a/b", version, "v", longer)).isTrue();
		await().until(() -> expired.size() == 3);
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isBetween(longer, SOON);
		assertThat(expired).extracting(TreeEvent::path).containsExactly("/c/d", "/a/b", "/a");
		assertThat(tree().getChildren("/").keySet()).containsExactly("c");
	}

}
