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

package io.github.atomixspring.faulttolerance;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.linearizability.Verdict;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.map.MapEvent;
import io.github.atomixspring.map.MapOptions;
import io.github.atomixspring.map.Maps;
import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.ReadConsistency;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.primitive.Versioned;
import io.github.atomixspring.session.SessionClient;
import io.github.atomixspring.testing.TestCluster;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a map that all nodes listen to and keep in near caches.
 * <p>
 * The old value of each event must be the new one of the event of its key before, unless
 * a resync came between; versions only grow; and in the end each listener knows what the
 * map holds. What is read from a near cache never goes back, also not behind other reads
 * of the node, and is never behind the writes of its node.
 */
final class MapEventLoad extends Load {

	private static final MapOptions<String, String> OPTIONS = MapOptions.of(Codecs.strings(), Codecs.strings())
		.withNearCache(40);

	private static final int KEYS = 30;

	private static final String LAST = "last";

	private final String name;

	private final Map<SessionClient, Subscriber> subscribers = new ConcurrentHashMap<>();

	private final Collection<String> mistakes = new ConcurrentLinkedQueue<>();

	private final AtomicInteger values = new AtomicInteger();

	private final AtomicInteger hits = new AtomicInteger();

	MapEventLoad(Nodes nodes, String name) {
		super(nodes, name);
		this.name = name;
	}

	@Override
	void call(Caller caller, SessionClient session) throws Exception {
		try {
			Subscriber subscriber = this.subscribers.computeIfAbsent(session,
					(open) -> new Subscriber(caller.node(), open));
			subscriber.listen();
			String key = "k" + caller.random().nextInt(KEYS);
			switch (caller.random().nextInt(8)) {
				case 0 -> subscriber.map.put(key, "v" + this.values.incrementAndGet());
				case 1 -> subscriber.map.put(key, "v" + this.values.incrementAndGet(), Duration.ofMillis(50));
				case 2 -> subscriber.map.remove(key);
				case 3 -> subscriber.writeAndRead();
				case 4 -> subscriber.read("own-" + caller.node(), ReadConsistency.LINEARIZABLE);
				default ->
					subscriber.read("own-" + nodes().all().get(caller.random().nextInt(4)), ReadConsistency.SEQUENTIAL);
			}
			progress().ok();
		}
		catch (UnknownOutcomeException ex) {
			progress().unknown();
		}
		catch (AtomixException ex) {
			progress().failed();
		}
	}

	@Override
	Verdict judge() {
		List<Subscriber> present = nodes().all().stream().map((node) -> subscriber(nodes().session(node))).toList();
		present.forEach(Subscriber::listen);
		DistributedMap<String, String> map = present.get(0).map;
		map.put(LAST, "v");
		present.forEach((subscriber) -> Awaitility.await()
			.atMost(TestCluster.PATIENCE)
			.until(() -> subscriber.events.stream().anyMatch((event) -> LAST.equals(event.key()))));
		Map<String, String> held = new HashMap<>(map);
		present.forEach((subscriber) -> subscriber.checkEnd(held));
		this.subscribers.values().forEach(Subscriber::checkOrder);
		System.out.println(this.name + ": " + this.subscribers.values() + ", " + this.hits + " reads of copies");
		return new Verdict(this.mistakes.isEmpty() ? Verdict.Status.VALID : Verdict.Status.INVALID,
				progress().successes(), 0, String.join("\n", this.mistakes));
	}

	private Subscriber subscriber(SessionClient session) {
		return Objects.requireNonNull(this.subscribers.get(session));
	}

	/**
	 * A session that listens. Its methods are called by one thread.
	 */
	private final class Subscriber {

		private final String node;

		private final DistributedMap<String, String> map;

		private final List<MapEvent<String, String>> events = new CopyOnWriteArrayList<>();

		private final Map<String, Long> versions = new HashMap<>();

		private boolean listening;

		private int written;

		Subscriber(String node, SessionClient session) {
			this.node = node;
			this.map = Maps.create(session, MapEventLoad.this.name, OPTIONS, () -> {
			});
		}

		void listen() {
			if (!this.listening) {
				this.map.addListener(this.events::add);
				this.listening = true;
			}
		}

		/**
		 * Writes a key that no other node writes.
		 */
		void writeAndRead() {
			String key = "own-" + this.node;
			String value = "v" + MapEventLoad.this.values.incrementAndGet();
			this.map.put(key, value);
			String read = this.map.get(key);
			if (!value.equals(read)) {
				mistake(key + " is " + read + " after " + value + " was written");
			}
			this.written++;
		}

		void read(String key, ReadConsistency consistency) {
			long version = this.map.getVersioned(key, consistency).map(Versioned::version).orElse(0L);
			Long before = this.versions.put(key, version);
			if (before != null && version < before) {
				mistake(key + " went back from version " + before + " to " + version + " in a read that is "
						+ consistency);
			}
			MapEventLoad.this.hits.incrementAndGet();
		}

		void checkOrder() {
			Map<String, @Nullable String> known = new HashMap<>();
			long version = 0;
			for (MapEvent<String, String> event : this.events) {
				if (event.type() == MapEvent.Type.RESYNC) {
					known.clear();
					continue;
				}
				String key = Objects.requireNonNull(event.key());
				if (known.containsKey(key) && !Objects.equals(known.get(key), event.oldValue())) {
					mistake(event + " came after " + known.get(key));
				}
				known.put(key, event.newValue());
				if (event.newValue() != null) {
					if (event.version() <= version) {
						mistake(event + " came after version " + version);
					}
					version = event.version();
				}
			}
		}

		void checkEnd(Map<String, String> held) {
			Map<String, @Nullable String> known = new HashMap<>();
			for (MapEvent<String, String> event : this.events) {
				if (event.type() == MapEvent.Type.RESYNC) {
					known.clear();
				}
				else {
					known.put(Objects.requireNonNull(event.key()), event.newValue());
				}
			}
			known.forEach((key, value) -> {
				// What has a time to live may have gone since.
				if (key.startsWith("own") && !Objects.equals(held.get(key), value)) {
					mistake(key + " was last " + value + " and is " + held.get(key));
				}
			});
		}

		private void mistake(String text) {
			MapEventLoad.this.mistakes.add(this.node + ": " + text);
		}

		@Override
		public String toString() {
			long resyncs = this.events.stream().filter((event) -> event.type() == MapEvent.Type.RESYNC).count();
			return this.node + " with " + this.events.size() + " events and " + resyncs + " resyncs, " + this.written
					+ " own writes";
		}

	}

}
