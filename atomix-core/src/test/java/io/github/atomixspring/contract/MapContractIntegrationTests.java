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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.map.MapEvent;
import io.github.atomixspring.map.MapOptions;
import io.github.atomixspring.primitive.ConfigurationMismatchException;
import io.github.atomixspring.primitive.LimitExceededException;
import io.github.atomixspring.primitive.PrimitiveInfo;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Versioned;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The contract of {@link DistributedMap}.
 */
class MapContractIntegrationTests extends AbstractContractTests {

	private DistributedMap<String, Integer> map() {
		return node().map(this.name, String.class, Integer.class);
	}

	private DistributedMap<String, Integer> otherMap() {
		return other().map(this.name, String.class, Integer.class);
	}

	@Test
	void writesAreSeenByAll() {
		assertThat(map().put("a", 1)).isNull();
		assertThat(otherMap().put("a", 2)).isEqualTo(1);
		assertThat(map().get("a")).isEqualTo(2);
		assertThat(map().putIfAbsent("a", 3)).isEqualTo(2);
		Versioned<Integer> versioned = otherMap().getVersioned("a").orElseThrow();
		assertThat(map().replaceIfVersion("a", versioned.version(), 4)).isTrue();
		assertThat(otherMap().removeIfVersion("a", versioned.version())).isFalse();
		assertThat(otherMap().remove("a", 4)).isTrue();
		assertThat(map()).isEmpty();
		assertThat(node().primitives()).contains(new PrimitiveInfo(PrimitiveType.MAP, this.name));
		map().destroy();
		assertThat(node().primitives()).doesNotContain(new PrimitiveInfo(PrimitiveType.MAP, this.name));
	}

	@Test
	void computationsAreAtomic() throws Exception {
		inThreads(4, (thread) -> {
			DistributedMap<String, Integer> map = (thread % 2 == 0) ? map() : otherMap();
			for (int i = 0; i < 10; i++) {
				map.merge("a", 1, Integer::sum);
			}
		});
		assertThat(map()).containsOnly(Map.entry("a", 40));
	}

	@Test
	void manyEntriesAreWrittenAtOnceAndReadInPages() {
		Map<String, Integer> entries = IntStream.range(0, 1200)
			.boxed()
			.collect(Collectors.toMap((i) -> "k" + i, (i) -> i));
		map().putAll(entries);
		assertThat(otherMap().size()).isEqualTo(1200);
		assertThat(otherMap()).isEqualTo(entries);
		assertThat(otherMap().getAll(entries.keySet())).isEqualTo(entries);
		assertThat(otherMap().containsValue(1199)).isTrue();
		map().clear();
		assertThat(otherMap()).isEmpty();
	}

	@Test
	void eventsComeInOrderAndReadsSeeWhatTheyTold() {
		List<MapEvent<String, Integer>> here = new CopyOnWriteArrayList<>();
		List<MapEvent<String, Integer>> there = new CopyOnWriteArrayList<>();
		AtomicInteger stale = new AtomicInteger();
		map().addListener((event) -> {
			Integer told = event.newValue();
			Integer read = map().get("a", ReadConsistency.SEQUENTIAL);
			if (told != null && (read == null || read < told)) {
				stale.incrementAndGet();
			}
			here.add(event);
		});
		otherMap().addListener("a", there::add);
		CompletableFuture<?> last = CompletableFuture.completedFuture(null);
		for (int i = 0; i < 100; i++) {
			last = otherMap().async().put("a", i);
		}
		last.join();
		await().until(() -> here.size() == 100 && there.size() == 100);
		assertThat(here).isEqualTo(there);
		assertThat(here).extracting(MapEvent::newValue)
			.containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
		assertThat(stale).hasValue(0);
	}

	@Test
	void entriesExpireNeverEarlyAndSoon() {
		List<MapEvent<String, Integer>> events = new CopyOnWriteArrayList<>();
		otherMap().addListener(events::add);
		long before = System.nanoTime();
		map().put("a", 1, Duration.ofSeconds(1));
		await().until(() -> events.size() == 2);
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isBetween(Duration.ofSeconds(1),
				Duration.ofSeconds(20));
		assertThat(events.get(1).type()).isEqualTo(MapEvent.Type.EXPIRED);
		assertThat(map().get("a")).isNull();
	}

	@Test
	void firstCreatorFixesTheTimeToLive() {
		MapOptions<String, Integer> options = MapOptions.of(Codecs.strings(), Codecs.ints());
		DistributedMap<String, Integer> expiring = node().map(this.name,
				options.withTimeToLive(Duration.ofMillis(200)));
		expiring.put("a", 1);
		assertThatExceptionOfType(ConfigurationMismatchException.class)
			.isThrownBy(() -> other().map(this.name, options).put("b", 1));
		await().until(expiring::isEmpty);
	}

	@Test
	void sequentialReadsSeeOwnWrites() {
		for (int i = 0; i < 50; i++) {
			map().put("a", i);
			assertThat(map().get("a", ReadConsistency.SEQUENTIAL)).isEqualTo(i);
		}
	}

	@Test
	void nearCacheStartsLoadedAndFollowsWithoutGoingBack() throws Exception {
		MapOptions<String, Integer> options = MapOptions.of(Codecs.strings(), Codecs.ints());
		DistributedMap<String, Integer> writer = other().map(this.name, options);
		IntStream.range(0, 100).forEach((i) -> writer.async().put("k" + i, -1));
		writer.put("a", 0);
		DistributedMap<String, Integer> cached = node().map(this.name, options.withNearCache());
		await().until(() -> IntStream.range(0, 100).allMatch((i) -> Integer.valueOf(-1).equals(cached.get("k" + i))));
		AtomicInteger read = new AtomicInteger();
		inThreads(3, (thread) -> {
			if (thread == 0) {
				for (int i = 1; i <= 100; i++) {
					writer.put("a", i);
				}
				return;
			}
			int last = 0;
			while (last < 100) {
				// Of all reads of the node, in whatever way they are answered.
				Integer now = switch (read.incrementAndGet() % 64) {
					case 1 -> cached.get("a", ReadConsistency.LINEARIZABLE);
					case 2 -> cached.getAll(List.of("a")).get("a");
					case 3 -> cached.entrySet().iterator().next().getValue();
					default -> cached.get("a");
				};
				assertThat(now).isGreaterThanOrEqualTo(last);
				last = now;
			}
		});
		for (int i = 0; i < 20; i++) {
			cached.put("own", i);
			assertThat(cached.get("own")).isEqualTo(i);
		}
		cached.close();
	}

	@Test
	void valuesThatTogetherAreTooLargeForOneAnswerAreRead() {
		DistributedMap<String, byte[]> blobs = node().map(this.name, String.class, byte[].class);
		List<String> keys = IntStream.range(0, 12).mapToObj((i) -> "k" + i).toList();
		keys.forEach((key) -> blobs.put(key, new byte[900_000]));
		assertThat(other().map(this.name, String.class, byte[].class).getAll(keys)).hasSize(12);
		assertThat(other().map(this.name, String.class, byte[].class)).hasSize(12).containsOnlyKeys(keys);
		blobs.clear();
	}

	@Test
	void valuesThatAreTooLargeAreRefused() {
		DistributedMap<String, byte[]> blobs = node().map(this.name, String.class, byte[].class);
		assertThatExceptionOfType(LimitExceededException.class).isThrownBy(() -> blobs.put("a", new byte[2 << 20]));
		blobs.put("a", new byte[1 << 20]);
		assertThat(other().map(this.name, String.class, byte[].class).get("a")).hasSize(1 << 20);
		blobs.clear();
	}

}
