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
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.atomixspring.codec.CodecException;
import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.map.MapEvent.Type;
import io.github.atomixspring.primitive.ConfigurationMismatchException;
import io.github.atomixspring.primitive.PrimitiveClosedException;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.Registration;
import io.github.atomixspring.primitive.UnavailableException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.primitive.Versioned;
import io.github.atomixspring.protocol.Command;
import io.github.atomixspring.protocol.MapMessages;
import io.github.atomixspring.proxy.FakeCluster;
import io.github.atomixspring.proxy.FakeSession;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Tests for {@link MapProxy}.
 */
class MapProxyTests {

	private static final MapOptions<String, Integer> OPTIONS = MapOptions.of(Codecs.strings(), Codecs.ints());

	private final FakeCluster cluster = new FakeCluster();

	private final FakeSession session = this.cluster.connect("n1");

	private final FakeSession otherSession = this.cluster.connect("n2");

	private final DistributedMap<String, Integer> map = create(this.session, OPTIONS);

	private final DistributedMap<String, Integer> other = create(this.otherSession, OPTIONS);

	private final List<MapEvent<String, Integer>> events = new CopyOnWriteArrayList<>();

	private static <K, V> DistributedMap<K, V> create(FakeSession node, MapOptions<K, V> options) {
		return Maps.create(node, "m", options, () -> {
		});
	}

	@Test
	void gapIsAnnouncedBeforeTheFirstEventOfTheNewSession() {
		this.map.addListener(this.events::add);
		this.session.expire();
		this.other.put("a", 1);
		this.session.loseAnswer(Command.Listen.class);
		this.session.connect();
		this.other.put("b", 2);
		this.other.put("c", 3);
		assertThat(this.events).extracting(MapEvent::type)
			.containsExactly(MapEvent.Type.RESYNC, MapEvent.Type.ADDED, MapEvent.Type.ADDED);
	}

	@Test
	void viewsClaimNoSizeThatOthersMayChange() {
		this.map.putAll(Map.of("x", 1, "y", 2));
		Stream.of(this.map.keySet().spliterator(), this.map.values().spliterator(), this.map.entrySet().spliterator())
			.forEach((spliterator) -> {
				assertThat(spliterator.hasCharacteristics(Spliterator.SIZED)).isFalse();
				assertThat(spliterator.tryAdvance((element) -> this.other.clear())).isTrue();
			});
		assertThat(this.map.keySet().stream().toArray()).isEmpty();
	}

	@Test
	void behavesLikeAConcurrentMap() {
		assertThat(this.map.put("a", 1)).isNull();
		assertThat(this.map.put("a", 2)).isEqualTo(1);
		assertThat(this.other.get("a")).isEqualTo(2);
		assertThat(this.map.putIfAbsent("a", 3)).isEqualTo(2);
		assertThat(this.map.putIfAbsent("b", 3)).isNull();
		assertThat(this.map.replace("b", 4)).isEqualTo(3);
		assertThat(this.map.replace("c", 4)).isNull();
		assertThat(this.map.replace("b", 3, 5)).isFalse();
		assertThat(this.map.replace("b", 4, 5)).isTrue();
		assertThat(this.map.remove("b", 4)).isFalse();
		assertThat(this.map.remove("b", 5)).isTrue();
		assertThat(this.map.remove("b")).isNull();
		assertThat(this.map.remove("a")).isEqualTo(2);
		assertThat(this.map.isEmpty()).isTrue();
		this.map.putAll(Map.of("x", 1, "y", 2));
		assertThat(this.map.size()).isEqualTo(2);
		assertThat(this.map.containsKey("x")).isTrue();
		assertThat(this.map.containsKey("z")).isFalse();
		assertThat(this.map.containsValue(2)).isTrue();
		assertThat(this.map.containsValue(3)).isFalse();
		assertThat(this.map.getOrDefault("z", 9)).isEqualTo(9);
		assertThat(this.map.getAll(List.of("x", "z", "y", "x"))).containsExactly(Map.entry("x", 1), Map.entry("y", 2));
		this.map.replaceAll((key, value) -> value * 10);
		assertThat(this.map).containsExactly(Map.entry("x", 10), Map.entry("y", 20));
		this.map.clear();
		assertThat(this.other).isEmpty();
	}

	@Test
	void asynchronousFaceDoesTheSame() {
		AsyncDistributedMap<String, Integer> async = this.map.async();
		assertThat(async.put("a", 1).join()).isNull();
		assertThat(async.put("a", 2, Duration.ofMinutes(1)).join()).isEqualTo(1);
		assertThat(async.get("a").join()).isEqualTo(2);
		assertThat(async.get("a", ReadConsistency.SEQUENTIAL).join()).isEqualTo(2);
		assertThat(async.putIfAbsent("a", 3).join()).isEqualTo(2);
		assertThat(async.putIfAbsent("b", 3, Duration.ofMinutes(1)).join()).isNull();
		assertThat(async.replace("b", 4).join()).isEqualTo(3);
		assertThat(async.replace("b", 5, Duration.ofMinutes(1)).join()).isEqualTo(4);
		assertThat(async.replace("b", 5, 6).join()).isTrue();
		Versioned<Integer> versioned = async.getVersioned("b").join().orElseThrow();
		assertThat(async.replaceIfVersion("b", versioned.version(), 7).join()).isTrue();
		assertThat(async.removeIfVersion("b", versioned.version()).join()).isFalse();
		assertThat(async.remove("b", 7).join()).isTrue();
		assertThat(async.containsKey("b").join()).isFalse();
		async.putAll(Map.of("c", 1)).join();
		async.putAll(Map.of("d", 1), Duration.ofMinutes(1)).join();
		assertThat(async.size().join()).isEqualTo(3);
		assertThat(async.isEmpty().join()).isFalse();
		assertThat(async.getAll(List.of("c", "d")).join()).hasSize(2);
		assertThat(async.compute("c", (key, old) -> old + 1).join()).isEqualTo(2);
		assertThat(async.computeIfAbsent("e", (key) -> 5).join()).isEqualTo(5);
		assertThat(async.computeIfPresent("e", (key, old) -> null).join()).isNull();
		assertThat(async.merge("c", 5, Integer::sum).join()).isEqualTo(7);
		assertThat(async.remove("c").join()).isEqualTo(7);
		async.clear().join();
		assertThat(async.isEmpty().join()).isTrue();
		assertThat(this.other).isEmpty();
		async.addListener(this.events::add).join();
		Registration registration = async.addListener("b", this.events::add).join();
		async.put("a", 1).join();
		async.put("b", 2).join();
		registration.close();
		async.put("b", 3).join();
		assertThat(this.events).extracting(MapEvent::newValue).containsExactly(1, 2, 2, 3);
	}

	@Test
	void computeMethodsKeepTheContract() {
		assertThat(this.map.computeIfAbsent("a", (key) -> null)).isNull();
		assertThat(this.map.computeIfAbsent("a", (key) -> 1)).isEqualTo(1);
		assertThat(this.map.computeIfAbsent("a", (key) -> 2)).isEqualTo(1);
		assertThat(this.map.computeIfPresent("b", (key, old) -> old + 1)).isNull();
		assertThat(this.map.computeIfPresent("a", (key, old) -> old + 1)).isEqualTo(2);
		assertThat(this.map.compute("a", (key, old) -> old + 1)).isEqualTo(3);
		assertThat(this.map.compute("c", (key, old) -> (old != null) ? old : 7)).isEqualTo(7);
		assertThat(this.map.compute("c", (key, old) -> null)).isNull();
		assertThat(this.map.compute("c", (key, old) -> null)).isNull();
		assertThat(this.map.merge("d", 1, Integer::sum)).isEqualTo(1);
		assertThat(this.map.merge("d", 1, Integer::sum)).isEqualTo(2);
		assertThat(this.map.merge("d", 1, (old, given) -> null)).isNull();
		assertThat(this.other).containsOnly(Map.entry("a", 3));
	}

	@Test
	void computeIsRepeatedUntilNothingCameBetween() {
		assertThat(this.map.compute("a", (key, old) -> {
			int current = (old != null) ? old : 0;
			if (current < 3) {
				this.other.merge("a", 1, Integer::sum);
			}
			return current + 10;
		})).isEqualTo(13);
		assertThat(this.map.async().merge("a", 10, (old, given) -> {
			if (old < 15) {
				this.other.merge("a", 1, Integer::sum);
			}
			return old + given;
		}).join()).isEqualTo(25);
	}

	@Test
	void functionThatThrowsChangesNothing() {
		assertThatIllegalStateException().isThrownBy(() -> this.map.computeIfAbsent("a", (key) -> {
			throw new IllegalStateException("test");
		}));
		assertThat(this.map.async().computeIfAbsent("a", (key) -> {
			throw new IllegalStateException("test");
		})).isCompletedExceptionally();
		assertThat(this.other).isEmpty();
	}

	@Test
	void versionsGuardWrites() {
		this.map.put("a", 1);
		Versioned<Integer> versioned = this.map.getVersioned("a").orElseThrow();
		this.map.remove("a");
		this.map.put("a", 1);
		assertThat(this.map.replaceIfVersion("a", versioned.version(), 2)).isFalse();
		assertThat(this.map.removeIfVersion("a", versioned.version())).isFalse();
		long version = this.map.getVersioned("a").orElseThrow().version();
		assertThat(version).isGreaterThan(versioned.version());
		assertThat(this.map.replaceIfVersion("a", version, 2)).isTrue();
		assertThat(this.map.getVersioned("b")).isEmpty();
		assertThatIllegalArgumentException().isThrownBy(() -> this.map.replaceIfVersion("b", 0L, 2));
	}

	@Test
	void nullsAreRefusedWithoutAskingTheCluster() {
		String none = nothing();
		Integer nothing = nothing();
		assertThatNullPointerException().isThrownBy(() -> this.map.get(none));
		assertThatNullPointerException().isThrownBy(() -> this.map.put(none, 1)).withMessageContaining("key");
		assertThatNullPointerException().isThrownBy(() -> this.map.put("a", nothing)).withMessageContaining("value");
		assertThatNullPointerException().isThrownBy(() -> this.map.remove(none));
		assertThatNullPointerException().isThrownBy(() -> this.map.remove("a", (Object) null));
		assertThatNullPointerException().isThrownBy(() -> this.map.containsKey(none));
		assertThatNullPointerException().isThrownBy(() -> this.map.containsValue(nothing));
		assertThatNullPointerException().isThrownBy(() -> this.map.compute("a", nothing()));
		assertThatNullPointerException().isThrownBy(() -> this.map.merge("a", nothing, Integer::sum));
		assertThatNullPointerException().isThrownBy(() -> this.map.async().put(none, 1));
		Map<String, Integer> entries = new LinkedHashMap<>();
		entries.put("b", 1);
		entries.put("a", null);
		assertThatNullPointerException().isThrownBy(() -> this.map.putAll(entries));
		assertThatNullPointerException().isThrownBy(() -> this.map.addListener(nothing()));
		assertThat(this.session.submitted()).isEmpty();
		assertThat(this.session.queried()).isEmpty();
	}

	@Test
	void timeToLiveOfEachWrite() {
		this.map.addListener(this.events::add);
		this.map.put("a", 1, Duration.ofMillis(10));
		this.map.putIfAbsent("b", 1, Duration.ofMillis(10));
		this.map.putAll(Map.of("c", 1), Duration.ofMillis(10));
		this.map.put("d", 1);
		this.map.replace("d", 2, Duration.ofMillis(10));
		this.map.put("e", 1);
		this.cluster.advance(Duration.ofMillis(9));
		assertThat(this.map.size()).isEqualTo(5);
		this.cluster.advance(Duration.ofMillis(1));
		assertThat(this.map).containsOnlyKeys("e");
		assertThat(this.events).filteredOn((event) -> event.type() == Type.EXPIRED)
			.extracting(MapEvent::key)
			.containsExactlyInAnyOrder("a", "b", "c", "d");
	}

	@Test
	void timeToLiveIsChecked() {
		for (Duration wrong : List.of(Duration.ZERO, Duration.ofNanos(-1))) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.map.put("a", 1, wrong));
			assertThatIllegalArgumentException().isThrownBy(() -> this.map.putIfAbsent("a", 1, wrong));
			assertThatIllegalArgumentException().isThrownBy(() -> this.map.replace("a", 1, wrong));
			assertThatIllegalArgumentException().isThrownBy(() -> this.map.putAll(Map.of(), wrong));
			assertThatIllegalArgumentException().isThrownBy(() -> OPTIONS.withTimeToLive(wrong));
		}
		assertThat(this.session.submitted()).isEmpty();
	}

	@Test
	void timeToLiveOfTheMapIsConfiguration() {
		MapOptions<String, Integer> options = OPTIONS.withTimeToLive(Duration.ofMillis(10));
		DistributedMap<String, Integer> expiring = create(this.cluster.connect("n3"), options);
		expiring.put("a", 1);
		assertThatExceptionOfType(ConfigurationMismatchException.class).isThrownBy(() -> this.map.put("b", 1));
		assertThatExceptionOfType(ConfigurationMismatchException.class).isThrownBy(() -> this.map.get("b"));
		this.cluster.advance(Duration.ofMillis(10));
		assertThat(expiring).isEmpty();
		expiring.destroy();
		this.map.put("b", 1);
		assertThatExceptionOfType(ConfigurationMismatchException.class).isThrownBy(() -> expiring.put("c", 1));
		this.map.destroy();
		expiring.put("c", 1);
		assertThat(expiring).containsOnlyKeys("c");
	}

	@Test
	void operationsWaitForTheConfigurationInOrder() {
		this.session.unlink();
		CompletableFuture<Integer> first = this.map.async().put("a", 1);
		CompletableFuture<Integer> second = this.map.async().put("a", 2);
		CompletableFuture<Integer> third = this.map.async().get("a");
		assertThat(this.session.submitted()).hasOnlyElementsOfType(Command.Create.class).hasSize(1);
		this.session.link();
		assertThat(first.join()).isNull();
		assertThat(second.join()).isEqualTo(1);
		assertThat(third.join()).isEqualTo(2);
		this.map.put("b", 1);
		assertThat(this.session.submitted(Command.Create.class)).hasSize(1);
	}

	@Test
	void configurationThatWasNotConfirmedMeansThatNothingWasDone() {
		this.session.loseAnswer(Command.Create.class);
		assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> this.map.put("a", 1));
		this.session.refuse(Command.Create.class);
		assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> this.map.put("a", 1));
		assertThat(this.map.putIfAbsent("a", 2)).isNull();
	}

	@Test
	void unknownOutcomePasses() {
		this.session.loseAnswer(MapMessages.Update.class);
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(() -> this.map.put("a", 1));
		assertThat(this.map.get("a")).isEqualTo(1);
	}

	@Test
	void putAllAndGetAllAreSplitBySize() {
		DistributedMap<String, byte[]> blobs = create(this.session, MapOptions.of(Codecs.strings(), Codecs.bytes()));
		Map<String, byte[]> entries = new LinkedHashMap<>();
		for (int i = 0; i < 30; i++) {
			entries.put("key" + i, new byte[100_000]);
		}
		blobs.putAll(entries);
		assertThat(this.session.submitted(MapMessages.PutAll.class)).hasSize(6);
		assertThat(blobs.size()).isEqualTo(30);
		assertThat(blobs.getAll(entries.keySet())).hasSize(30);
		List<String> longKeys = IntStream.range(0, 3).mapToObj((i) -> i + "x".repeat(300_000)).toList();
		assertThat(blobs.getAll(longKeys)).isEmpty();
		blobs.putAll(Map.of());
		assertThat(blobs.getAll(List.of())).isEmpty();
	}

	@Test
	void getAllIsReadInPartsThatAreNotTooLarge() {
		DistributedMap<String, byte[]> blobs = create(this.session, MapOptions.of(Codecs.strings(), Codecs.bytes()));
		List<String> wanted = new ArrayList<>();
		for (int i = 0; i < 30; i++) {
			blobs.put("key" + i, new byte[300_000 + i]);
			wanted.addAll(List.of("none" + i, "key" + i, "key" + i));
		}
		Map<String, byte[]> found = blobs.getAll(wanted);
		assertThat(found).hasSize(30);
		found.forEach((key, value) -> assertThat(key).isEqualTo("key" + (value.length - 300_000)));
		assertThat(this.session.queried()).hasSize(8);
		assertThat(blobs.async().getAll(wanted, ReadConsistency.SEQUENTIAL).join()).hasSize(30);
	}

	@Test
	void outcomeOfPutAllIsUnknownIfOnlySomePartsWereWritten() {
		DistributedMap<String, byte[]> blobs = create(this.session, MapOptions.of(Codecs.strings(), Codecs.bytes()));
		Map<String, byte[]> entries = Map.of("a", new byte[400_000], "b", new byte[400_000]);
		this.session.refuse(MapMessages.PutAll.class);
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(() -> blobs.putAll(entries))
			.withMessageContaining("2 parts");
		assertThat(blobs.size()).isEqualTo(1);
		this.session.refuse(MapMessages.PutAll.class);
		this.session.refuse(MapMessages.PutAll.class);
		assertThatExceptionOfType(UnavailableException.class).isThrownBy(() -> blobs.putAll(entries));
		blobs.putAll(entries);
		assertThat(blobs.size()).isEqualTo(2);
	}

	@Test
	void conditionalWritesTakeATimeToLive() {
		this.map.put("a", 1);
		assertThat(this.map.replace("a", 2, 3, Duration.ofMillis(10))).isFalse();
		assertThat(this.map.replace("a", 1, 2, Duration.ofMillis(10))).isTrue();
		this.map.put("b", 1);
		long version = this.map.getVersioned("b", ReadConsistency.SEQUENTIAL).orElseThrow().version();
		assertThat(this.map.replaceIfVersion("b", version, 2, Duration.ofMillis(10))).isTrue();
		this.map.put("c", 1);
		assertThat(this.map.async().replace("c", 1, 2, Duration.ofMillis(10)).join()).isTrue();
		assertThat(this.map.async().containsValue(2).join()).isTrue();
		this.cluster.advance(Duration.ofMillis(10));
		assertThat(this.map).isEmpty();
	}

	@Test
	void listenerIsToldOfAResyncAlsoIfAnotherCameBeforeTheNewSession() {
		this.map.addListener(this.events::add);
		this.session.expire();
		CompletableFuture.runAsync(() -> this.map.addListener((event) -> {
		}));
		Awaitility.await().until(() -> this.session.submitted(Command.Listen.class).size() == 2);
		this.session.connect();
		assertThat(this.events).extracting(MapEvent::type).containsExactly(Type.RESYNC);
	}

	@Test
	void viewsAreLiveAndIterateInPages() {
		Map<String, Integer> many = IntStream.range(0, 1200)
			.boxed()
			.collect(Collectors.toMap((i) -> "k" + i, (i) -> i));
		this.other.putAll(many);
		assertThat(this.map).isEqualTo(many);
		assertThat(this.map).hasSameHashCodeAs(many);
		assertThat(this.map.keySet()).hasSize(1200).isEqualTo(many.keySet());
		assertThat(this.map.values()).hasSize(1200);
		assertThat(this.map.entrySet()).hasSize(1200);
		assertThat(this.map.keySet().stream().sorted().toList()).isEqualTo(List.copyOf(this.map.keySet()));
		assertThat(this.map.entrySet().contains(Map.entry("k7", 7))).isTrue();
		assertThat(this.map.entrySet().contains(Map.entry("k7", 8))).isFalse();
		assertThat(this.map.entrySet().remove(Map.entry("k7", 8))).isFalse();
		assertThat(this.map.entrySet().remove(Map.entry("k7", 7))).isTrue();
		assertThat(this.map.keySet().remove("k8")).isTrue();
		assertThat(this.map.keySet().remove("k8")).isFalse();
		assertThat(this.map.keySet().contains("k9")).isTrue();
		assertThat(this.map.values().contains(9)).isTrue();
		assertThat(this.map.values().remove(9)).isTrue();
		assertThat(this.map.values().removeIf((value) -> value >= 10)).isTrue();
		assertThat(this.other).containsOnlyKeys("k0", "k1", "k2", "k3", "k4", "k5", "k6");
		assertThat(this.map.entrySet().removeIf((entry) -> entry.getKey().equals("k0"))).isTrue();
		assertThat(this.map.keySet().removeAll(List.of("k1"))).isTrue();
		assertThat(this.map.keySet().retainAll(List.of("k2", "k3"))).isTrue();
		assertThat(this.other).containsOnlyKeys("k2", "k3");
		this.map.entrySet().iterator().next().setValue(22);
		assertThat(this.other.get("k2")).isEqualTo(22);
		this.map.keySet().clear();
		assertThat(this.other).isEmpty();
	}

	@Test
	void iteratorRemovesWhatItReturnedLast() {
		this.map.putAll(Map.of("a", 1, "b", 2));
		Iterator<String> keys = this.map.keySet().iterator();
		assertThatIllegalStateException().isThrownBy(keys::remove);
		assertThat(keys.next()).isEqualTo("a");
		assertThat(keys.hasNext()).isTrue();
		keys.remove();
		assertThatIllegalStateException().isThrownBy(keys::remove);
		assertThat(keys.next()).isEqualTo("b");
		assertThat(keys.hasNext()).isFalse();
		assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(keys::next);
		assertThat(this.other).containsOnlyKeys("b");
	}

	@Test
	void equalityFollowsTheContractOfMaps() {
		this.map.put("a", 1);
		assertThat(this.map.equals(Map.of("a", 1))).isTrue();
		assertThat(Map.of("a", 1).equals(this.map)).isTrue();
		assertThat(this.map.equals(this.other)).isTrue();
		assertThat(this.map.equals(Map.of("a", 2))).isFalse();
		assertThat(this.map.equals("a")).isFalse();
		assertThat(this.map.entrySet().contains(new SimpleEntry<>("a", null))).isFalse();
		assertThat(this.map).hasToString("map 'm'");
	}

	@Test
	void listenersSeeEachKindOfChangeInOrder() {
		this.map.addListener(this.events::add);
		this.other.put("a", 1);
		this.other.put("a", 2);
		this.other.remove("a");
		this.other.put("a", 3, Duration.ofMillis(1));
		this.cluster.advance(Duration.ofMillis(1));
		assertThat(this.events).extracting(MapEvent::type)
			.containsExactly(Type.ADDED, Type.UPDATED, Type.REMOVED, Type.ADDED, Type.EXPIRED);
		assertThat(this.events).extracting(MapEvent::oldValue).containsExactly(null, 1, 2, null, 3);
		assertThat(this.events).extracting(MapEvent::newValue).containsExactly(1, 2, null, 3, null);
		assertThat(this.events).allMatch((event) -> "a".equals(event.key()) && event.name().equals("m"));
		assertThat(this.events.get(1).version()).isGreaterThan(this.events.get(0).version());
	}

	@Test
	void listenerOfOneKeySeesThatKeyOnly() {
		Registration registration = this.map.addListener("a", this.events::add);
		this.other.putAll(Map.of("a", 1, "b", 2));
		this.session.resync();
		registration.close();
		this.other.put("a", 2);
		assertThat(this.events).extracting(MapEvent::type).containsExactly(Type.ADDED, Type.RESYNC);
		assertThat(this.session.submitted(Command.Unlisten.class)).hasSize(1);
	}

	@Test
	void listenersComeBackWhenTheMapWasDestroyedInAGap() {
		this.map.addListener(this.events::add);
		this.session.dropEvents();
		this.other.destroy();
		this.other.put("a", 1);
		this.session.resync();
		this.other.put("a", 2);
		assertThat(this.events).extracting(MapEvent::type).containsExactly(Type.RESYNC, Type.UPDATED);
	}

	@Test
	void listenersComeBackAndAreTold() {
		this.map.addListener(this.events::add);
		this.session.expire();
		this.other.put("a", 1);
		this.session.connect();
		this.other.put("b", 1);
		this.other.destroy();
		this.other.put("c", 1);
		assertThat(this.events).extracting(MapEvent::type)
			.containsExactly(Type.RESYNC, Type.ADDED, Type.RESYNC, Type.ADDED);
	}

	@Test
	void eventThatCannotBeDecodedHarmsNoOther() {
		DistributedMap<String, String> text = create(this.otherSession,
				MapOptions.of(Codecs.strings(), Codecs.strings()));
		this.map.addListener(this.events::add);
		text.put("a", "a long text");
		this.other.put("b", 1);
		assertThat(this.events).extracting(MapEvent::key).containsExactly("b");
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> this.map.get("a"))
			.withMessageContaining("'m'");
		assertThat(this.map.get("b")).isEqualTo(1);
	}

	@Test
	void sequentialReadsCanBeTheDefault() {
		DistributedMap<String, Integer> sequential = create(this.otherSession,
				OPTIONS.withReadConsistency(ReadConsistency.SEQUENTIAL));
		this.map.put("a", 1);
		assertThat(sequential.get("a")).isEqualTo(1);
		assertThat(sequential.get("a", ReadConsistency.LINEARIZABLE)).isEqualTo(1);
		assertThat(this.otherSession.consistencies()).containsExactly(ReadConsistency.SEQUENTIAL,
				ReadConsistency.LINEARIZABLE);
	}

	@Test
	void closedInstanceIsNotUsable() {
		this.map.addListener(this.events::add);
		this.map.close();
		this.other.put("a", 1);
		assertThat(this.events).isEmpty();
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(() -> this.map.get("a"));
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(() -> this.map.put("a", 1));
		assertThatExceptionOfType(PrimitiveClosedException.class).isThrownBy(() -> this.map.keySet().iterator());
		assertThatExceptionOfType(PrimitiveClosedException.class)
			.isThrownBy(() -> this.map.addListener(this.events::add));
		assertThat(this.other.get("a")).isEqualTo(1);
	}

	@SuppressWarnings("NullAway")
	private static <T> T nothing() {
		return null;
	}

}
