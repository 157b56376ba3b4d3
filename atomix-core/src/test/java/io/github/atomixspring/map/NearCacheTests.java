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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.primitive.ConfigurationMismatchException;
import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.PrimitiveType;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Versioned;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.Event.EntryChanged;
import io.github.atomixspring.protocol.KeyValue;
import io.github.atomixspring.protocol.MapMessages;
import io.github.atomixspring.protocol.PrimitiveId;
import io.github.atomixspring.proxy.Encoding;
import io.github.atomixspring.proxy.FakeCluster;
import io.github.atomixspring.proxy.FakeSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Tests for {@link NearCache} and for maps that have one.
 */
class NearCacheTests {

	private static final PrimitiveId ID = PrimitiveId.of(PrimitiveType.MAP, "m");

	private static final MapOptions<String, Integer> OPTIONS = MapOptions.of(Codecs.strings(), Codecs.ints());

	private final FakeCluster cluster = new FakeCluster();

	private final FakeSession session = this.cluster.connect("n1");

	private final DistributedMap<String, Integer> other = create(this.cluster.connect("n2"), OPTIONS);

	private final AtomicBoolean caughtUp = new AtomicBoolean(true);

	private static <K, V> DistributedMap<K, V> create(FakeSession node, MapOptions<K, V> options) {
		return Maps.create(node, "m", options, () -> {
		});
	}

	private DistributedMap<String, Integer> cached(int limit) {
		return create(this.session, OPTIONS.withNearCache(limit));
	}

	private int asked() {
		return (int) this.session.queried().stream().filter(MapMessages.Get.class::isInstance).count();
	}

	// Maps with a cache

	@Test
	void startsLoadedAndIsNotAsDefective108() {
		Map<String, Integer> entries = IntStream.range(0, 1200)
			.boxed()
			.collect(Collectors.toMap((i) -> "k" + i, (i) -> i));
		this.other.putAll(entries);
		DistributedMap<String, Integer> map = cached(10_000);
		entries.forEach((key, value) -> assertThat(map.get(key)).isEqualTo(value));
		assertThat(map.get("none")).isNull();
		assertThat(map.containsKey("none")).isFalse();
		assertThat(map.containsKey("k7")).isTrue();
		assertThat(asked()).isZero();
	}

	@Test
	void followsTheWritesOfAll() {
		DistributedMap<String, Integer> map = cached(100);
		assertThat(map.get("a")).isNull();
		map.put("a", 1);
		assertThat(map.get("a")).isEqualTo(1);
		this.other.put("a", 2);
		assertThat(map.get("a")).isEqualTo(2);
		Versioned<Integer> versioned = map.getVersioned("a").orElseThrow();
		assertThat(versioned).isEqualTo(this.other.getVersioned("a").orElseThrow());
		assertThat(map.async().get("a").join()).isEqualTo(2);
		assertThat(map.getOrDefault("a", 5)).isEqualTo(2);
		this.other.remove("a");
		assertThat(map.get("a")).isNull();
		this.other.put("b", 1, Duration.ofMillis(10));
		assertThat(map.get("b")).isEqualTo(1);
		this.cluster.advance(Duration.ofMillis(10));
		assertThat(map.get("b")).isNull();
		assertThat(map.merge("c", 1, Integer::sum)).isEqualTo(1);
		this.other.clear();
		assertThat(map.get("c")).isNull();
		assertThat(asked()).as("only the read of merge").isEqualTo(1);
	}

	@Test
	void linearizableReadsGoToTheCluster() {
		DistributedMap<String, Integer> map = cached(100);
		map.put("a", 1);
		assertThat(map.get("a", ReadConsistency.LINEARIZABLE)).isEqualTo(1);
		assertThat(map.getVersioned("a", ReadConsistency.LINEARIZABLE)).isPresent();
		assertThat(asked()).isEqualTo(2);
		DistributedMap<String, Integer> strict = create(this.cluster.connect("n3"),
				OPTIONS.withNearCache().withReadConsistency(ReadConsistency.LINEARIZABLE));
		assertThat(strict.get("a")).isEqualTo(1);
		assertThat(strict.get("a", ReadConsistency.SEQUENTIAL)).isEqualTo(1);
	}

	@Test
	void keysWithoutEqualityAreFoundByTheirBytes() {
		DistributedMap<byte[], Integer> map = create(this.session,
				MapOptions.of(Codecs.bytes(), Codecs.ints()).withNearCache());
		byte[] key = "a".getBytes(StandardCharsets.UTF_8);
		map.put(key, 1);
		assertThat(map.get(key.clone())).isEqualTo(1);
		key[0] = 'b';
		assertThat(map.get(key)).isNull();
		assertThat(asked()).isZero();
	}

	@Test
	void keyWithOtherBytesThanThoseOfTheCodecIsAnotherKey() {
		DistributedMap<Long, Integer> numbers = create(this.session,
				MapOptions.of(Codecs.longs(), Codecs.ints()).withNearCache());
		DistributedMap<byte[], Integer> bytes = create(this.cluster.connect("n3"),
				MapOptions.of(Codecs.bytes(), Codecs.ints()));
		bytes.put(new byte[] { 0, 1 }, 7);
		bytes.put(new byte[9], 8);
		assertThat(numbers.get(1L)).isNull();
		bytes.put(new byte[] { 1 }, 9);
		assertThat(numbers.get(1L)).isEqualTo(9);
		assertThat(asked()).isZero();
	}

	@Test
	void readsAskTheClusterWhileAnotherReadWasAheadOfTheEvents() {
		DistributedMap<String, Integer> map = cached(100);
		map.put("a", 1);
		this.session.catchUp(false);
		assertThat(map.get("a")).isEqualTo(1);
		assertThat(map.get("none")).isNull();
		assertThat(asked()).isEqualTo(2);
		this.session.catchUp(true);
		assertThat(map.get("a")).isEqualTo(1);
		assertThat(asked()).isEqualTo(2);
	}

	@Test
	void isLoadedAgainAfterResync() {
		DistributedMap<String, Integer> map = cached(100);
		map.put("a", 1);
		this.session.dropEvents();
		this.other.put("a", 2);
		assertThat(map.get("a")).as("nobody has told yet").isEqualTo(1);
		this.session.resync();
		assertThat(map.get("a")).isEqualTo(2);
		assertThat(asked()).isZero();
	}

	@Test
	void isEmptyAtOnceWhenTheSessionExpiresAndLoadedInTheNextOne() {
		DistributedMap<String, Integer> map = cached(100);
		map.put("a", 1);
		this.session.expire();
		this.other.put("a", 2);
		this.session.link();
		assertThat(map.get("a")).isEqualTo(2);
		assertThat(asked()).isEqualTo(1);
		this.other.put("a", 3);
		this.session.connect();
		assertThat(map.get("a")).isEqualTo(3);
		this.other.put("a", 4);
		assertThat(map.get("a")).isEqualTo(4);
		assertThat(asked()).isEqualTo(1);
	}

	@Test
	void isLoadedAgainWhenTheMapWasDestroyed() {
		DistributedMap<String, Integer> map = cached(100);
		map.put("a", 1);
		this.other.destroy();
		assertThat(map.get("a")).isNull();
		this.other.put("a", 2);
		assertThat(map.get("a")).isEqualTo(2);
		map.destroy();
		assertThat(map.get("a")).isNull();
		assertThat(asked()).isZero();
	}

	@Test
	void isKeptWhenTheMapWasDestroyedInAGap() {
		DistributedMap<String, Integer> map = cached(100);
		map.put("a", 1);
		this.session.dropEvents();
		this.other.destroy();
		this.other.put("a", 2);
		this.session.resync();
		assertThat(map.get("a")).isEqualTo(2);
		this.other.put("a", 3);
		assertThat(map.get("a")).isEqualTo(3);
		map.put("a", 4);
		assertThat(map.get("a")).isEqualTo(4);
		assertThat(asked()).isZero();
	}

	@Test
	void loadingIsRepeatedUntilItSucceeds() {
		DistributedMap<String, Integer> map = cached(100);
		this.other.put("a", 1);
		this.session.unlink();
		this.session.resync();
		this.session.timeOutUnsent();
		this.session.link();
		assertThat(map.get("a")).isEqualTo(1);
		assertThat(asked()).isEqualTo(1);
		this.cluster.advance(Duration.ofMillis(500));
		assertThat(map.get("b")).as("surely absent").isNull();
		assertThat(asked()).isEqualTo(1);
	}

	@Test
	void startsLaterIfTheClusterCouldNotBeReached() {
		this.session.unlink();
		DistributedMap<String, Integer> map = cached(100);
		this.session.timeOutUnsent();
		this.session.link();
		assertThat(map.get("a")).isNull();
		assertThat(asked()).isEqualTo(1);
		this.other.put("a", 1);
		assertThat(map.get("a")).isEqualTo(1);
		assertThat(asked()).isEqualTo(1);
	}

	@Test
	void otherConfigurationIsRefusedAsWithoutCache() {
		create(this.cluster.connect("n3"), OPTIONS.withTimeToLive(Duration.ofMinutes(1))).put("a", 1);
		DistributedMap<String, Integer> map = cached(100);
		assertThatExceptionOfType(ConfigurationMismatchException.class).isThrownBy(() -> map.get("a"));
		assertThat(this.session.submitted(Command.Listen.class)).isEmpty();
	}

	@Test
	void closedInstanceIsNotUsable() {
		DistributedMap<String, Integer> map = cached(100);
		map.put("a", 1);
		map.close();
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(() -> map.get("a"));
		assertThat(this.session.submitted(Command.Unlisten.class)).hasSize(1);
	}

	@Test
	void nullsAndLimitsAreChecked() {
		DistributedMap<String, Integer> map = cached(100);
		assertThatNullPointerException().isThrownBy(() -> map.get(null)).withMessageContaining("key");
		assertThatIllegalArgumentException().isThrownBy(() -> OPTIONS.withNearCache(0));
		assertThat(OPTIONS.withNearCache().nearCacheEntries()).isEqualTo(10_000);
	}

	@Test
	void listenersGoOnWhenOneIsRemovedAndAreNotToldOfResyncsOfTheStart() {
		List<MapEvent<String, Integer>> events = new ArrayList<>();
		DistributedMap<String, Integer> map = cached(100);
		map.addListener(events::add).close();
		map.addListener(events::add);
		this.other.put("a", 1);
		assertThat(events).extracting(MapEvent::type).containsExactly(MapEvent.Type.ADDED);
		assertThat(this.session.submitted(Command.Unlisten.class)).isEmpty();
		assertThat(this.session.submitted(Command.Listen.class)).hasSize(1);
	}

	@Test
	void keepsWhatIsReadIfNotAllFit() {
		DistributedMap<String, Integer> map = cached(10);
		for (int i = 0; i < 100; i++) {
			this.other.put("k" + i, i);
		}
		for (int i = 50; i < 58; i++) {
			assertThat(map.get("k" + i)).isEqualTo(i);
		}
		int asked = asked();
		for (int round = 0; round < 3; round++) {
			for (int i = 50; i < 58; i++) {
				this.other.put("k" + i, i + round);
				assertThat(map.get("k" + i)).isEqualTo(i + round);
			}
			assertThat(map.get("none" + round)).isNull();
		}
		assertThat(asked()).as("the absent ones").isEqualTo(asked + 3);
	}

	/**
	 * One thread writes growing numbers on each node while others read: nobody sees a
	 * number go back, and the one who wrote sees at least what it wrote.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 3, 100 })
	void neverGoesBackInTime(int limit) throws Exception {
		ExecutorService pool = Executors.newCachedThreadPool();
		try {
			DistributedMap<String, Integer> map = create(
					this.session.withTransport(Executors.newSingleThreadExecutor()), OPTIONS.withNearCache(limit));
			AtomicBoolean ended = new AtomicBoolean();
			ConcurrentLinkedQueue<String> problems = new ConcurrentLinkedQueue<>();
			List<Future<?>> futures = new ArrayList<>();
			for (int reader = 0; reader < 2; reader++) {
				int seed = reader;
				futures.add(pool.submit(() -> read(map, new Random(seed), ended, problems)));
			}
			futures.add(pool.submit(() -> {
				for (int i = 1; i <= 3000; i++) {
					String key = "own" + i % 7;
					map.put(key, i);
					Integer read = map.get(key);
					if (read == null || read != i) {
						problems.add(key + " is " + read + " after " + i + " was written");
					}
				}
			}));
			Random random = new Random(7);
			for (int i = 1; i <= 10_000; i++) {
				this.other.put("k" + i % 5, i);
				if (random.nextInt(500) == 0) {
					this.session.resync();
				}
			}
			futures.get(2).get(2, TimeUnit.MINUTES);
			ended.set(true);
			for (Future<?> future : futures) {
				future.get(1, TimeUnit.MINUTES);
			}
			assertThat(problems).isEmpty();
		}
		finally {
			pool.shutdownNow();
		}
	}

	private static void read(DistributedMap<String, Integer> map, Random random, AtomicBoolean ended,
			ConcurrentLinkedQueue<String> problems) {
		int[] last = new int[5];
		while (!ended.get()) {
			int key = random.nextInt(5);
			ReadConsistency consistency = (random.nextInt(20) == 0) ? ReadConsistency.LINEARIZABLE
					: ReadConsistency.SEQUENTIAL;
			Integer read = map.get("k" + key, consistency);
			int value = (read != null) ? read : 0;
			if (value < last[key]) {
				problems.add("k" + key + " went back from " + last[key] + " to " + value);
			}
			last[key] = value;
		}
	}

	// The cache alone

	private NearCache<String> cache(int limit) {
		NearCache<String> cache = new NearCache<>(new Encoding<>(Codecs.strings(), "a key"), true, limit,
				this.caughtUp::get);
		return cache;
	}

	private static NearCache<String> loaded(NearCache<String> cache, KeyValue... entries) {
		long loading = cache.begin();
		assertThat(cache.load(loading, List.of(entries))).isEqualTo(entries.length > 0);
		assertThat(cache.load(loading, List.of())).isFalse();
		return cache;
	}

	private static KeyValue entry(String key, int value, long version) {
		return new KeyValue(key.getBytes(StandardCharsets.UTF_8), new byte[] { (byte) value }, version);
	}

	private static EntryChanged written(String key, int value, long version) {
		KeyValue entry = entry(key, value, version);
		return new EntryChanged(ID, EntryChanged.WRITTEN, entry.key(), null, entry.value(), version);
	}

	private static EntryChanged removed(String key, long version) {
		return new EntryChanged(ID, EntryChanged.REMOVED, key.getBytes(StandardCharsets.UTF_8), new byte[0], null,
				version);
	}

	private static String text(NearCache.Cell cell) {
		if (cell == null) {
			return "unknown";
		}
		return (cell != NearCache.ABSENT) ? cell.value()[0] + "@" + cell.version() : "absent";
	}

	@Test
	void nothingIsKnownBeforeLoading() {
		NearCache<String> cache = cache(10);
		cache.changed(written("a", 1, 1));
		cache.fill(cache.expect("a"), entry("a", 1, 1));
		assertThat(text(cache.find("a"))).isEqualTo("unknown");
	}

	@Test
	void pageDoesNotUndoEventsThatCameAfterItWasRead() {
		NearCache<String> cache = cache(10);
		long loading = cache.begin();
		cache.changed(written("a", 2, 12));
		cache.changed(removed("b", 10));
		assertThat(cache.load(loading, List.of(entry("a", 1, 11), entry("b", 1, 10), entry("c", 1, 9)))).isTrue();
		assertThat(text(cache.find("c"))).isEqualTo("1@9");
		assertThat(text(cache.find("d"))).isEqualTo("unknown");
		assertThat(cache.load(loading, List.of())).isFalse();
		assertThat(text(cache.find("a"))).isEqualTo("2@12");
		assertThat(text(cache.find("b"))).isEqualTo("absent");
	}

	@Test
	void answerDoesNotUndoEventsThatCameAfterItWasAskedFor() {
		NearCache<String> cache = loaded(cache(1), entry("x", 0, 1));
		cache.changed(written("a", 1, 2));
		NearCache.Ticket ticket = cache.expect("a");
		cache.changed(removed("a", 2));
		cache.fill(ticket, entry("a", 1, 2));
		assertThat(text(cache.find("a"))).isEqualTo("unknown");
		NearCache.Ticket before = cache.expect("a");
		cache.drop();
		cache.settle();
		loaded(cache);
		cache.fill(before, entry("a", 1, 2));
		assertThat(text(cache.find("a"))).isEqualTo("absent");
	}

	@Test
	void answerAheadOfTheEventsIsNotUndoneByThem() {
		NearCache<String> cache = loaded(cache(1), entry("x", 0, 1));
		cache.changed(written("a", 1, 2));
		cache.fill(cache.expect("a"), entry("a", 3, 7));
		cache.changed(written("a", 2, 5));
		cache.changed(removed("a", 5));
		assertThat(text(cache.find("a"))).isEqualTo("3@7");
		cache.changed(written("a", 3, 7));
		cache.changed(removed("a", 7));
		assertThat(text(cache.find("a"))).isEqualTo("unknown");
	}

	@Test
	void lossThatTheMailboxHasNotHeardOfKeepsLoadingFromBeginning() {
		NearCache<String> cache = cache(10);
		cache.drop();
		assertThat(cache.begin()).isZero();
		cache.settle();
		loaded(cache, entry("a", 1, 1));
		assertThat(text(cache.find("a"))).isEqualTo("1@1");
		cache.close();
		assertThat(cache.begin()).isZero();
		assertThat(text(cache.find("a"))).isEqualTo("unknown");
	}

	@Test
	void overtakenLoadingChangesNothing() {
		NearCache<String> cache = cache(10);
		long first = cache.begin();
		cache.drop();
		cache.settle();
		long second = cache.begin();
		assertThat(cache.load(first, List.of(entry("a", 1, 1)))).isFalse();
		assertThat(cache.isLoading(first)).isFalse();
		assertThat(cache.isLoading(second)).isTrue();
		assertThat(text(cache.find("a"))).isEqualTo("unknown");
	}

	@Test
	void nothingIsCalledAbsentOnceSomethingFoundNoRoom() {
		NearCache<String> cache = loaded(cache(2), entry("a", 1, 1), entry("b", 1, 2));
		assertThat(text(cache.find("c"))).isEqualTo("absent");
		cache.changed(written("c", 1, 3));
		assertThat(text(cache.find("c"))).isEqualTo("unknown");
		assertThat(text(cache.find("d"))).isEqualTo("unknown");
		assertThat(text(cache.find("a"))).isEqualTo("1@1");
		NearCache<String> small = cache(1);
		long loading = small.begin();
		assertThat(small.load(loading, List.of(entry("a", 1, 1), entry("b", 1, 2)))).isFalse();
		assertThat(text(small.find("b"))).isEqualTo("unknown");
		NearCache<String> fed = cache(1);
		long other = fed.begin();
		fed.changed(written("a", 1, 1));
		fed.changed(written("b", 1, 2));
		assertThat(fed.load(other, List.of())).isFalse();
		assertThat(text(fed.find("b"))).isEqualTo("unknown");
	}

	@Test
	void neverHoldsMoreThanItMay() {
		NearCache<String> cache = loaded(cache(16));
		Random random = new Random(11);
		AtomicInteger version = new AtomicInteger();
		for (int i = 0; i < 20_000; i++) {
			String key = "k" + random.nextInt(64);
			switch (random.nextInt(4)) {
				case 0 -> cache.changed(written(key, 1, version.incrementAndGet()));
				case 1 -> cache.changed(removed(key, version.get()));
				case 2 -> cache.fill(cache.expect(key), entry(key, 1, version.incrementAndGet()));
				default -> cache.find(key);
			}
			long known = IntStream.range(0, 64).filter((k) -> cache.holds("k" + k)).count();
			assertThat(known).isLessThanOrEqualTo(16);
		}
	}

}
