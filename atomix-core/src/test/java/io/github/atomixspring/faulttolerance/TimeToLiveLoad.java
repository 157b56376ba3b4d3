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
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.linearizability.Verdict;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.map.MapOptions;
import io.github.atomixspring.map.Maps;
import io.github.atomixspring.primitive.AtomixException;
import io.github.atomixspring.primitive.UnknownOutcomeException;
import io.github.atomixspring.session.SessionClient;
import org.jspecify.annotations.Nullable;

/**
 * Puts entries with a time to live and looks when they are gone.
 */
final class TimeToLiveLoad extends Load {

	private static final MapOptions<String, String> OPTIONS = MapOptions.of(Codecs.strings(), Codecs.strings());

	private static final Duration TIME_TO_LIVE = Duration.ofMillis(400);

	private final String name;

	private final Map<SessionClient, DistributedMap<String, String>> maps = new ConcurrentHashMap<>();

	private final Collection<TimesToLive.Entry> living = new ConcurrentLinkedQueue<>();

	private final Collection<TimesToLive.Observation> observations = new ConcurrentLinkedQueue<>();

	private final Collection<Long> successes = new ConcurrentLinkedQueue<>();

	private final AtomicInteger keys = new AtomicInteger();

	TimeToLiveLoad(Nodes nodes, String name) {
		super(nodes, name);
		this.name = name;
	}

	@Override
	void call(Caller caller, SessionClient session) throws Exception {
		DistributedMap<String, String> map = this.maps.computeIfAbsent(session,
				(open) -> Maps.create(open, this.name, OPTIONS, () -> {
				}));
		try {
			if (caller.random().nextInt(4) == 0) {
				put(map);
				// Entries end by the log, as puts begin by it. Looks do without it.
				this.successes.add(System.nanoTime());
			}
			else {
				look(map, caller);
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

	private void put(DistributedMap<String, String> map) {
		String key = "k" + this.keys.incrementAndGet();
		long begun = System.nanoTime();
		map.put(key, "v", TIME_TO_LIVE);
		this.living.add(new TimesToLive.Entry(key, begun, System.nanoTime()));
	}

	private void look(DistributedMap<String, String> map, Caller caller) {
		List<TimesToLive.Entry> some = new ArrayList<>(this.living);
		if (some.isEmpty()) {
			return;
		}
		TimesToLive.Entry entry = some.get(caller.random().nextInt(some.size()));
		long begun = System.nanoTime();
		@Nullable String value = map.get(entry.key());
		this.observations.add(new TimesToLive.Observation(entry, begun, System.nanoTime(), value != null));
		if (value == null) {
			this.living.remove(entry);
		}
	}

	@Override
	Verdict judge() {
		List<String> problems = new ArrayList<>(TimesToLive.mistakes(TIME_TO_LIVE, this.observations, this.successes));
		long gone = this.observations.stream().filter((seen) -> !seen.present()).count();
		System.out.println(this.name + ": " + this.keys + " entries, " + this.observations.size() + " looks, " + gone
				+ " found gone");
		if (gone < this.keys.get() / 3) {
			problems.add("only " + gone + " of " + this.keys + " entries were seen to be gone");
		}
		return new Verdict(problems.isEmpty() ? Verdict.Status.VALID : Verdict.Status.INVALID, this.observations.size(),
				0, String.join("\n", problems));
	}

}
