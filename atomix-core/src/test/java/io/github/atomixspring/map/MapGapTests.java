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

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.proxy.FakeCluster;
import io.github.atomixspring.proxy.FakeSession;
import io.github.atomixspring.proxy.ShakyNode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Maps in which all that can go wrong between a node and the cluster does, in random
 * order, while all write. Once all is quiet the near cache of the node, and what a
 * listener has made of the events, must be what the cluster has.
 */
class MapGapTests {

	private static final int RUNS = 1000;

	private static final int STEPS = 60;

	private static final List<String> KEYS = List.of("a", "b", "c", "d", "e");

	private static final MapOptions<String, Integer> OPTIONS = MapOptions.of(Codecs.strings(), Codecs.ints());

	private FakeCluster cluster = new FakeCluster();

	private DistributedMap<String, Integer> operator = create(this.cluster.connect("operator"), OPTIONS);

	private static DistributedMap<String, Integer> create(FakeSession session, MapOptions<String, Integer> options) {
		return Maps.create(session, "m", options, () -> {
		});
	}

	@Test
	void nearCacheAndListenerFollowTheCluster() {
		for (int seed = 0; seed < RUNS; seed++) {
			this.cluster = new FakeCluster();
			this.operator = create(this.cluster.connect("operator"), OPTIONS);
			ShakyNode node = new ShakyNode(this.cluster.connect("n1"));
			DistributedMap<String, Integer> map = create(node.session(),
					OPTIONS.withNearCache((seed % 2 == 0) ? 100 : 3));
			Copy copy = new Copy(this.operator);
			map.addListener(copy::onEvent);
			node.hold();
			Random random = new Random(seed);
			for (int step = 0; step < STEPS; step++) {
				step(random, node, map);
			}
			ShakyNode.settle(this.cluster, List.of(node));
			node.release();
			assertAgreement(seed, map, copy);
			this.operator.put("a", STEPS);
			assertAgreement(seed, map, copy);
		}
	}

	private void step(Random random, ShakyNode node, DistributedMap<String, Integer> map) {
		String key = KEYS.get(random.nextInt(KEYS.size()));
		int value = random.nextInt(10);
		switch (random.nextInt(16)) {
			case 0, 1, 2 -> this.operator.put(key, value);
			case 3 -> this.operator.remove(key);
			case 4 -> destroy(random);
			case 5, 6 -> {
				node.endGap();
				map.async().put(key, value);
			}
			case 7 -> {
				node.endGap();
				map.async().remove(key);
			}
			case 8, 9 -> {
				node.endGap();
				map.async().get(key, ReadConsistency.SEQUENTIAL);
			}
			default -> node.shake(random);
		}
	}

	private void destroy(Random random) {
		if (random.nextInt(3) == 0) {
			this.operator.destroy();
			if (random.nextBoolean()) {
				// Made anew before the other hears.
				this.operator.put("a", 100);
			}
		}
	}

	private void assertAgreement(int seed, DistributedMap<String, Integer> map, Copy copy) {
		Map<String, Integer> present = new HashMap<>(this.operator.getAll(KEYS));
		for (String key : KEYS) {
			assertThat(map.get(key, ReadConsistency.SEQUENTIAL)).as("seed %d: %s in the near cache", seed, key)
				.isEqualTo(present.get(key));
		}
		assertThat(copy.entries).as("seed %d: by events", seed).isEqualTo(present);
	}

	/**
	 * What one makes of a map by its events.
	 */
	private static final class Copy {

		private final DistributedMap<String, Integer> source;

		private final Map<String, Integer> entries = new HashMap<>();

		Copy(DistributedMap<String, Integer> source) {
			this.source = source;
		}

		void onEvent(MapEvent<String, Integer> event) {
			String key = event.key();
			Integer value = event.newValue();
			if (event.type() == MapEvent.Type.RESYNC) {
				this.entries.clear();
				this.entries.putAll(this.source.getAll(KEYS));
			}
			else if (key != null && value != null) {
				this.entries.put(key, value);
			}
			else if (key != null) {
				this.entries.remove(key);
			}
		}

	}

}
