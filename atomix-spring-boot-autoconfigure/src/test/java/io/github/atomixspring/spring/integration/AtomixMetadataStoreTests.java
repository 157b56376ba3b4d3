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

package io.github.atomixspring.spring.integration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.primitive.ConfigurationMismatchException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.integration.metadata.MetadataStoreListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link AtomixMetadataStore}: what Spring Integration tests of its stores, and
 * what ours promises beyond.
 */
class AtomixMetadataStoreTests {

	private static LocalCluster cluster;

	private static Atomix node;

	private static Atomix otherNode;

	private final String name = UUID.randomUUID().toString();

	private final AtomixMetadataStore store = new AtomixMetadataStore(node, this.name, null);

	private final AtomixMetadataStore other = new AtomixMetadataStore(otherNode, this.name, null);

	@BeforeAll
	static void start() {
		cluster = new LocalCluster();
		node = cluster.replica();
		otherNode = cluster.client("other");
	}

	@AfterAll
	static void stop() {
		cluster.close();
	}

	@Test
	void unknownKeyHasNoValue() {
		assertThat(this.store.get("unknown")).isNull();
		assertThat(this.store.remove("unknown")).isNull();
		assertThat(this.store.replace("unknown", "1", "2")).isFalse();
	}

	@Test
	void valuesAreSeenByAllNodesAndInTheMap() {
		this.store.put("key", "one");
		assertThat(this.store.get("key")).isEqualTo("one");
		assertThat(this.other.get("key")).isEqualTo("one");
		DistributedMap<String, String> map = node.map(this.name, String.class, String.class);
		assertThat(map).containsExactly(Map.entry("key", "one"));
		this.other.put("key", "two");
		assertThat(this.store.get("key")).isEqualTo("two");
	}

	@Test
	void firstPutIfAbsentWins() {
		assertThat(this.store.putIfAbsent("key", "one")).isNull();
		assertThat(this.other.putIfAbsent("key", "two")).isEqualTo("one");
		assertThat(this.store.putIfAbsent("key", "one")).isEqualTo("one");
		assertThat(this.other.get("key")).isEqualTo("one");
	}

	@Test
	void oneOfManyPutsIfAbsentWins() throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(8);
		try {
			for (int i = 0; i < 10; i++) {
				String key = "key" + i;
				List<Callable<Boolean>> attempts = new ArrayList<>();
				for (AtomixMetadataStore each : List.of(this.store, this.other, this.store, this.other)) {
					attempts.add(() -> each.putIfAbsent(key, "same") == null);
				}
				int winners = 0;
				for (Future<Boolean> attempt : executor.invokeAll(attempts)) {
					winners += (attempt.get()) ? 1 : 0;
				}
				assertThat(winners).isEqualTo(1);
			}
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void replaceComparesTheValue() {
		this.store.put("key", "one");
		assertThat(this.other.replace("key", "other", "two")).isFalse();
		assertThat(this.store.get("key")).isEqualTo("one");
		assertThat(this.other.replace("key", "one", "two")).isTrue();
		assertThat(this.store.get("key")).isEqualTo("two");
	}

	@Test
	void removeReturnsTheValue() {
		this.store.put("key", "one");
		assertThat(this.other.remove("key")).isEqualTo("one");
		assertThat(this.store.remove("key")).isNull();
		assertThat(this.store.get("key")).isNull();
	}

	@Test
	void emptyTextsAreKeysAndValues() {
		this.store.put("", "");
		assertThat(this.store.get("")).isEmpty();
		assertThat(this.store.putIfAbsent("", "x")).isEmpty();
		assertThat(this.store.replace("", "", "x")).isTrue();
		assertThat(this.store.remove("")).isEqualTo("x");
	}

	@Test
	void nullIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.store.put("key", null))
			.withMessage("'value' must not be null.");
		assertThatIllegalArgumentException().isThrownBy(() -> this.store.put(null, "value"))
			.withMessage("'key' must not be null.");
		assertThatIllegalArgumentException().isThrownBy(() -> this.store.get(null))
			.withMessage("'key' must not be null.");
		assertThatIllegalArgumentException().isThrownBy(() -> this.store.remove(null))
			.withMessage("'key' must not be null.");
		assertThatIllegalArgumentException().isThrownBy(() -> this.store.putIfAbsent("key", null))
			.withMessage("'value' must not be null.");
		assertThatIllegalArgumentException().isThrownBy(() -> this.store.replace("key", null, "x"))
			.withMessage("'oldValue' must not be null.");
		assertThatIllegalArgumentException().isThrownBy(() -> this.store.replace("key", "x", null))
			.withMessage("'newValue' must not be null.");
		assertThatIllegalArgumentException().isThrownBy(() -> this.store.addListener(null));
	}

	@Test
	void listenersSeeTheChangesOfThisNode() {
		listenersSeeTheChangesOf(this.store);
	}

	@Test
	void listenersSeeTheChangesOfOtherNodes() {
		listenersSeeTheChangesOf(this.other);
	}

	private void listenersSeeTheChangesOf(AtomixMetadataStore writer) {
		Recorder recorder = new Recorder();
		this.store.addListener(recorder);
		this.store.addListener(recorder);
		writer.put("key", "one");
		writer.putIfAbsent("key", "ignored");
		writer.put("key", "two");
		writer.replace("key", "two", "three");
		writer.replace("key", "two", "ignored");
		writer.remove("key");
		writer.remove("key");
		writer.putIfAbsent("last", "one");
		await().atMost(LocalCluster.PATIENCE).until(() -> recorder.changes.contains("add last=one"));
		assertThat(recorder.changes).containsExactly("add key=one", "update key=two", "update key=three",
				"remove key=three", "add last=one");
		this.store.removeListener(recorder);
	}

	@Test
	void removedListenerSeesNothing() {
		Recorder removed = new Recorder();
		Recorder present = new Recorder();
		this.store.addListener(removed);
		this.store.addListener(present);
		this.store.removeListener(removed);
		this.store.removeListener(removed);
		this.store.put("key", "one");
		await().atMost(LocalCluster.PATIENCE).until(() -> present.changes.contains("add key=one"));
		assertThat(removed.changes).isEmpty();
		this.store.addListener(removed);
		this.store.put("key", "two");
		await().atMost(LocalCluster.PATIENCE).until(() -> removed.changes.contains("update key=two"));
	}

	@Test
	void listenerCanBeAddedBeforeTheNodeIsStarted() {
		Atomix late = cluster.newClient("late");
		AtomixMetadataStore lateStore = new AtomixMetadataStore(late, this.name, null);
		Recorder recorder = new Recorder();
		Recorder removed = new Recorder();
		lateStore.addListener(recorder);
		lateStore.addListener(removed);
		lateStore.removeListener(removed);
		late.start();
		await().atMost(LocalCluster.PATIENCE).until(() -> {
			this.store.put("key", UUID.randomUUID().toString());
			return !recorder.changes.isEmpty();
		});
		assertThat(removed.changes).isEmpty();
		late.close();
	}

	@Test
	void entriesEndWithTheirTimeToLive() {
		String mortal = this.name + "-mortal";
		AtomixMetadataStore mortalStore = new AtomixMetadataStore(node, mortal, Duration.ofMillis(500));
		Recorder recorder = new Recorder();
		mortalStore.addListener(recorder);
		assertThat(mortalStore.putIfAbsent("key", "one")).isNull();
		await().atMost(LocalCluster.PATIENCE).until(() -> recorder.changes.contains("remove key=one"));
		assertThat(mortalStore.putIfAbsent("key", "two")).isNull();
		AtomixMetadataStore immortal = new AtomixMetadataStore(otherNode, mortal, null);
		assertThatExceptionOfType(ConfigurationMismatchException.class).isThrownBy(() -> immortal.get("key"));
	}

	/**
	 * Takes note of changes.
	 */
	private static final class Recorder implements MetadataStoreListener {

		private final List<String> changes = new CopyOnWriteArrayList<>();

		@Override
		public void onAdd(String key, String value) {
			this.changes.add("add " + key + "=" + value);
		}

		@Override
		public void onRemove(String key, String oldValue) {
			this.changes.add("remove " + key + "=" + oldValue);
		}

		@Override
		public void onUpdate(String key, String newValue) {
			this.changes.add("update " + key + "=" + newValue);
		}

	}

}
