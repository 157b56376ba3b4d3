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

package io.github.atomixspring.docs;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.codec.OrderedCodec;
import io.github.atomixspring.codec.OrderedCodecs;
import io.github.atomixspring.map.DistributedCounterMap;
import io.github.atomixspring.map.DistributedNavigableMap;
import io.github.atomixspring.map.DistributedTree;
import io.github.atomixspring.map.MapOptions;
import io.github.atomixspring.map.TreeNode;
import io.github.atomixspring.primitive.Registration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The examples of {@code docs/map-family.md}.
 */
@ExtendWith(SingleMember.class)
class MapFamilySnippetsTests {

	private final Atomix atomix = SingleMember.atomix();

	@Test
	void navigable() {
		Atomix atomix = this.atomix;
		Instant noon = Instant.parse("2026-11-25T12:00:00Z");
		// tag::navigable[]
		DistributedNavigableMap<Instant, String> reminders = atomix.navigableMap("reminders", Instant.class,
				String.class);
		reminders.put(noon, "lunch");
		reminders.put(noon.minusSeconds(60), "close the editor");
		Map.Entry<Instant, String> due = reminders.floorEntry(noon);
		Map.Entry<Instant, String> taken = reminders.headMap(noon, true).pollFirstEntry();
		// end::navigable[]
		assertThat(due).isEqualTo(Map.entry(noon, "lunch"));
		assertThat(taken.getValue()).isEqualTo("close the editor");
		assertThat(reminders.keySet()).containsExactly(noon);
	}

	@Test
	void order() {
		Atomix atomix = this.atomix;
		// tag::order[]
		OrderedCodec<Version> codec = OrderedCodecs.longs().mapped(Version::toLong, Version::ofLong);
		DistributedNavigableMap<Version, String> notes = atomix.navigableMap("notes",
				MapOptions.of(codec, Codecs.strings()));
		// end::order[]
		notes.put(new Version(1, 10), "ten");
		notes.put(new Version(1, 9), "nine");
		assertThat(notes.lastEntry()).isEqualTo(Map.entry(new Version(1, 10), "ten"));
	}

	@Test
	void counter() {
		Atomix atomix = this.atomix;
		// tag::counter[]
		DistributedCounterMap<String> visits = atomix.counterMap("visits", String.class);
		long number = visits.incrementAndGet("/start");
		long today = visits.addAndGet("/start", 10);
		boolean reset = visits.replace("/start", today, 0);
		// end::counter[]
		assertThat(number).isEqualTo(1);
		assertThat(today).isEqualTo(11);
		assertThat(reset).isTrue();
	}

	@Test
	void async() {
		DistributedCounterMap<String> visits = this.atomix.counterMap("async", String.class);
		// tag::async[]
		CompletableFuture<String> label = visits.async()
			.incrementAndGet("/start")
			.thenApply((number) -> "visit " + number);
		// end::async[]
		assertThat(label.join()).isEqualTo("visit 1");
	}

	@Test
	void tree() {
		Atomix atomix = this.atomix;
		// tag::tree[]
		DistributedTree<String> settings = atomix.tree("settings", String.class);
		settings.createRecursive("/servers/a/port", "8080");
		settings.set("/servers/a", "the first one");
		String port = settings.get("/servers/a/port").map(TreeNode::value).orElse("80");
		Map<String, TreeNode<String>> servers = settings.getChildren("/servers");
		// end::tree[]
		assertThat(port).isEqualTo("8080");
		assertThat(servers).containsOnlyKeys("a");
	}

	@Test
	void treeListener() {
		DistributedTree<String> settings = this.atomix.tree("listener", String.class);
		List<String> seen = new CopyOnWriteArrayList<>();
		// tag::tree-listener[]
		Registration registration = settings.addListener("/servers", (event) -> {
			switch (event.type()) {
				case ADDED, UPDATED -> seen.add(event.path() + " = " + event.newValue());
				case REMOVED, EXPIRED -> seen.add(event.path() + " is gone");
				case RESYNC -> seen.add("read again: " + settings.getChildren("/servers").keySet());
			}
		});
		// end::tree-listener[]
		settings.createRecursive("/servers/a", "x");
		settings.remove("/servers/a");
		await().untilAsserted(
				() -> assertThat(seen).containsExactly("/servers = null", "/servers/a = x", "/servers/a is gone"));
		registration.close();
	}

	/**
	 * A version.
	 *
	 * @param major the first number
	 * @param minor the second number
	 */
	record Version(int major, int minor) {

		long toLong() {
			return ((long) this.major << 32) | this.minor;
		}

		static Version ofLong(long number) {
			return new Version((int) (number >> 32), (int) number);
		}

	}

}
