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

package io.github.atomixspring.map;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.codec.OrderedCodecs;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.protocol.NavigableMapMessages;
import io.github.atomixspring.proxy.FakeCluster;
import io.github.atomixspring.proxy.FakeSession;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Tests for {@link NavigableMapProxy} and {@link RangeView}.
 */
class NavigableMapProxyTests {

	private static final MapOptions<Integer, Integer> OPTIONS = MapOptions.of(OrderedCodecs.ints(), Codecs.ints());

	private final FakeCluster cluster = new FakeCluster();

	private final FakeSession session = this.cluster.connect("n1");

	private final DistributedNavigableMap<Integer, Integer> map = create(this.session, OPTIONS);

	private final DistributedNavigableMap<Integer, Integer> other = create(this.cluster.connect("n2"), OPTIONS);

	private static DistributedNavigableMap<Integer, Integer> create(FakeSession node,
			MapOptions<Integer, Integer> options) {
		return Maps.createNavigable(node, "m", options, () -> {
		});
	}

	@Test
	void behavesLikeATreeMapInAllDirectionsAndRanges() {
		Random random = new Random(43);
		TreeMap<Integer, Integer> model = new TreeMap<>();
		for (int i = 0; i < 60; i++) {
			int key = random.nextInt(200) - 100;
			this.map.put(key, i);
			model.put(key, i);
		}
		for (int i = 0; i < 2000; i++) {
			NavigableMap<Integer, Integer> expected = model;
			ConcurrentNavigableMap<Integer, Integer> view = this.map;
			for (int depth = random.nextInt(3); depth > 0; depth--) {
				int from = random.nextInt(240) - 120;
				int to = from + random.nextInt(100);
				boolean fromInclusive = random.nextBoolean();
				boolean toInclusive = random.nextBoolean();
				int cut = random.nextInt(4);
				NavigableMap<Integer, Integer> before = expected;
				ConcurrentNavigableMap<Integer, Integer> viewed = view;
				expected = attempt(() -> cut(before, cut, from, fromInclusive, to, toInclusive));
				view = (ConcurrentNavigableMap<Integer, Integer>) attempt(
						() -> cut(viewed, cut, from, fromInclusive, to, toInclusive));
				assertThat(view == null).as("refused as by the JDK").isEqualTo(expected == null);
				if (view == null || expected == null) {
					expected = before;
					view = viewed;
				}
			}
			assertSame(view, expected, random.nextInt(240) - 120);
		}
	}

	private static NavigableMap<Integer, Integer> attempt(Supplier<NavigableMap<Integer, Integer>> cut) {
		try {
			return cut.get();
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static NavigableMap<Integer, Integer> cut(NavigableMap<Integer, Integer> map, int how, int from,
			boolean fromInclusive, int to, boolean toInclusive) {
		return switch (how) {
			case 0 -> map.headMap(to, toInclusive);
			case 1 -> map.tailMap(from, fromInclusive);
			case 2 -> map.subMap(from, fromInclusive, to, toInclusive);
			default -> map.descendingMap();
		};
	}

	private static void assertSame(NavigableMap<Integer, Integer> view, NavigableMap<Integer, Integer> expected,
			int key) {
		assertThat(view.lowerEntry(key)).isEqualTo(expected.lowerEntry(key));
		assertThat(view.floorEntry(key)).isEqualTo(expected.floorEntry(key));
		assertThat(view.ceilingEntry(key)).isEqualTo(expected.ceilingEntry(key));
		assertThat(view.higherKey(key)).isEqualTo(expected.higherKey(key));
		assertThat(view.firstEntry()).isEqualTo(expected.firstEntry());
		assertThat(view.lastEntry()).isEqualTo(expected.lastEntry());
		assertThat(view.get(key)).isEqualTo(expected.get(key));
		assertThat(view.size()).isEqualTo(expected.size());
		assertThat(List.copyOf(view.keySet())).isEqualTo(List.copyOf(expected.keySet()));
		assertThat(List.copyOf(view.descendingMap().entrySet()))
			.isEqualTo(List.copyOf(expected.descendingMap().entrySet()));
	}

	@Test
	void entryIsPolledOnceFromEachEnd() {
		IntStream.range(0, 6).forEach((i) -> this.map.put(i, -i));
		assertThat(this.map.pollFirstEntry()).isEqualTo(Map.entry(0, 0));
		assertThat(this.other.pollLastEntry()).isEqualTo(Map.entry(5, -5));
		assertThat(this.map.descendingMap().pollFirstEntry()).isEqualTo(Map.entry(4, -4));
		assertThat(this.map.subMap(2, 10).pollFirstEntry()).isEqualTo(Map.entry(2, -2));
		assertThat(this.map.subMap(2, 3).pollLastEntry()).isNull();
		assertThat(this.map.keySet().pollFirst()).isEqualTo(1);
		assertThat(this.map.keySet().pollLast()).isEqualTo(3);
		assertThat(this.map.pollFirstEntry()).isNull();
		assertThat(this.map.firstEntry()).isNull();
		assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(this.map::firstKey);
		assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> this.map.keySet().last());
	}

	@Test
	void asynchronousFaceDoesTheSame() {
		AsyncDistributedNavigableMap<Integer, Integer> async = this.map.async();
		async.putAll(Map.of(1, 10, 2, 20, 3, 30, 4, 40)).join();
		assertThat(async.firstEntry().join()).isEqualTo(Map.entry(1, 10));
		assertThat(async.lastEntry().join()).isEqualTo(Map.entry(4, 40));
		assertThat(async.lowerEntry(2).join()).isEqualTo(Map.entry(1, 10));
		assertThat(async.floorEntry(2).join()).isEqualTo(Map.entry(2, 20));
		assertThat(async.ceilingEntry(2).join()).isEqualTo(Map.entry(2, 20));
		assertThat(async.higherEntry(2).join()).isEqualTo(Map.entry(3, 30));
		assertThat(async.pollFirstEntry().join()).isEqualTo(Map.entry(1, 10));
		assertThat(async.pollLastEntry().join()).isEqualTo(Map.entry(4, 40));
		assertThat(async.lowerEntry(2).join()).isNull();
	}

	@Test
	void viewsWriteThroughWithinTheirRange() {
		IntStream.range(0, 10).forEach((i) -> this.map.put(i, i));
		ConcurrentNavigableMap<Integer, Integer> view = this.map.subMap(3, 7);
		assertThat(view.put(4, 40)).isEqualTo(4);
		assertThat(view.putIfAbsent(4, 41)).isEqualTo(40);
		assertThat(view.replace(4, 42)).isEqualTo(40);
		assertThat(view.replace(4, 42, 43)).isTrue();
		assertThat(view.merge(4, 1, Integer::sum)).isEqualTo(44);
		assertThat(view.remove(4, 1)).isFalse();
		assertThatIllegalArgumentException().isThrownBy(() -> view.put(7, 1));
		assertThat(view.get(7)).isNull();
		assertThat(view.containsKey(7)).isFalse();
		assertThat(view.remove(7)).isNull();
		assertThat(view.remove(7, 7)).isFalse();
		assertThat(view.entrySet().contains(Map.entry(7, 7))).isFalse();
		assertThat(view.entrySet().contains(Map.entry(5, 5))).isTrue();
		assertThat(view.entrySet().remove(Map.entry(5, 5))).isTrue();
		Map.Entry<Integer, Integer> first = view.entrySet().iterator().next();
		first.setValue(33);
		assertThat(this.other.get(3)).isEqualTo(33);
		Iterator<Integer> descending = view.navigableKeySet().descendingIterator();
		assertThat(descending.next()).isEqualTo(6);
		descending.remove();
		assertThat(view.keySet()).containsExactly(3, 4);
		assertThat(view).hasToString("a range of navigable_map 'm'");
		view.clear();
		assertThat(view.isEmpty()).isTrue();
		assertThat(this.session.submitted(NavigableMapMessages.ClearRange.class)).hasSize(1);
		assertThat(this.other.keySet()).containsExactly(0, 1, 2, 7, 8, 9);
	}

	@Test
	void rangesIterateInPages() {
		this.other.putAll(IntStream.range(0, 1300).boxed().collect(Collectors.toMap((i) -> i, (i) -> i)));
		assertThat(List.copyOf(this.map.subMap(10, 1290).keySet()))
			.isEqualTo(IntStream.range(10, 1290).boxed().toList());
		List<Integer> down = new ArrayList<>(this.map.descendingKeySet());
		assertThat(down).hasSize(1300).startsWith(1299, 1298).endsWith(1, 0);
		assertThat(this.map.keySet().headSet(3)).containsExactly(0, 1, 2);
		assertThat(this.map.keySet().tailSet(1298)).containsExactly(1298, 1299);
		assertThat(this.map.keySet().subSet(5, 7)).containsExactly(5, 6);
		assertThat(this.map.keySet().descendingSet().first()).isEqualTo(1299);
	}

	@Test
	void hasWhatMapsHave() {
		List<MapEvent<Integer, Integer>> events = new ArrayList<>();
		this.map.addListener(events::add);
		this.other.put(-1, 1, Duration.ofMillis(10));
		long version = this.map.getVersioned(-1).orElseThrow().version();
		assertThat(this.map.replaceIfVersion(-1, version + 1, 2)).isFalse();
		this.cluster.advance(Duration.ofMillis(10));
		assertThat(events).extracting(MapEvent::type).containsExactly(MapEvent.Type.ADDED, MapEvent.Type.EXPIRED);
		assertThat(this.map.compute(5, (key, old) -> 6)).isEqualTo(6);
		assertThat(this.map).isEqualTo(Map.of(5, 6));
		assertThat(this.map.type()).isEqualTo(PrimitiveType.NAVIGABLE_MAP);
		assertThat(this.map.comparator().compare(-5, 5)).isNegative();
		assertThat(this.map.descendingMap().comparator().compare(-5, 5)).isPositive();
		DistributedNavigableMap<Integer, Integer> cached = create(this.cluster.connect("n3"), OPTIONS.withNearCache());
		assertThat(cached.get(5)).isEqualTo(6);
		assertThat(cached.floorKey(7)).isEqualTo(5);
		assertThat(cached.get(5, ReadConsistency.LINEARIZABLE)).isEqualTo(6);
	}

	@Test
	void keysNeedAnOrder() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> create(this.session, MapOptions.of(Codecs.ints(), Codecs.ints())))
			.withMessageContaining("OrderedCodec");
	}

	@Test
	@SuppressWarnings("NullAway")
	void nullsAreRefused() {
		assertThatNullPointerException().isThrownBy(() -> this.map.floorKey(null)).withMessageContaining("key");
		assertThatNullPointerException().isThrownBy(() -> this.map.headMap(null)).withMessageContaining("toKey");
		assertThatNullPointerException().isThrownBy(() -> this.map.tailMap(null)).withMessageContaining("fromKey");
		assertThatNullPointerException().isThrownBy(() -> this.map.subMap(null, 1)).withMessageContaining("fromKey");
		assertThatIllegalArgumentException().isThrownBy(() -> this.map.subMap(2, 1));
		assertThat(this.session.submitted()).isEmpty();
		assertThat(this.session.queried()).isEmpty();
	}

}
