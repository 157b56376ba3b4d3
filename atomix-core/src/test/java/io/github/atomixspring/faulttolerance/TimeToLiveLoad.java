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
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
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
 * <p>
 * An entry lives from some moment between the begin and the end of its put. So whoever
 * finds it gone must do so its time to live after the begin at least, and whoever finds
 * it must have asked until its time to live, and a while, after the end. Times in which
 * no call of anybody succeeded do not count: there may have been no leader.
 */
final class TimeToLiveLoad extends Load {

	private static final MapOptions<String, String> OPTIONS = MapOptions.of(Codecs.strings(), Codecs.strings());

	private static final Duration TIME_TO_LIVE = Duration.ofMillis(400);

	private static final long WHILE = TimeUnit.SECONDS.toNanos(2);

	/**
	 * A longer time without success counts as one without a leader.
	 */
	private static final long SILENCE = TimeUnit.MILLISECONDS.toNanos(250);

	private final String name;

	private final Map<SessionClient, DistributedMap<String, String>> maps = new ConcurrentHashMap<>();

	private final Collection<Entry> living = new ConcurrentLinkedQueue<>();

	private final Collection<Observation> observations = new ConcurrentLinkedQueue<>();

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
			}
			else {
				look(map, caller);
			}
			this.successes.add(System.nanoTime());
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
		this.living.add(new Entry(key, begun, System.nanoTime()));
	}

	private void look(DistributedMap<String, String> map, Caller caller) {
		List<Entry> some = new ArrayList<>(this.living);
		if (some.isEmpty()) {
			return;
		}
		Entry entry = some.get(caller.random().nextInt(some.size()));
		long begun = System.nanoTime();
		@Nullable String value = map.get(entry.key);
		this.observations.add(new Observation(entry, begun, System.nanoTime(), value != null));
		if (value == null) {
			this.living.remove(entry);
		}
	}

	@Override
	Verdict judge() {
		TreeSet<Long> times = new TreeSet<>(this.successes);
		List<String> problems = new ArrayList<>();
		int gone = 0;
		for (Observation seen : this.observations) {
			Entry entry = seen.entry;
			long early = entry.begun + TIME_TO_LIVE.toNanos() - seen.ended;
			long late = seen.begun - entry.ended - TIME_TO_LIVE.toNanos() - WHILE;
			if (!seen.present) {
				gone++;
				if (early > 0) {
					problems.add(entry.key + " was gone " + early + " ns early");
				}
			}
			else if (late > 0 && late > silence(times, entry.ended, seen.begun)) {
				problems.add(entry.key + " was there " + late + " ns after all the time it had");
			}
		}
		System.out.println(this.name + ": " + this.keys + " entries, " + this.observations.size() + " looks, " + gone
				+ " found gone");
		if (gone < this.keys.get() / 3) {
			problems.add("only " + gone + " of " + this.keys + " entries were seen to be gone");
		}
		return new Verdict(problems.isEmpty() ? Verdict.Status.VALID : Verdict.Status.INVALID, this.observations.size(),
				0, String.join("\n", problems));
	}

	/**
	 * Returns how much of a time was without success for a while.
	 */
	private static long silence(TreeSet<Long> times, long from, long to) {
		long silence = 0;
		long last = from;
		for (long time : times.subSet(from, to)) {
			silence += (time - last > SILENCE) ? time - last : 0;
			last = time;
		}
		return silence + ((to - last > SILENCE) ? to - last : 0);
	}

	/**
	 * An entry.
	 *
	 * @param key the key
	 * @param begun when its put began
	 * @param ended when its put ended
	 */
	private record Entry(String key, long begun, long ended) {

	}

	/**
	 * A look for an entry.
	 *
	 * @param entry the entry
	 * @param begun when the look began
	 * @param ended when it ended
	 * @param present whether the entry was there
	 */
	private record Observation(Entry entry, long begun, long ended, boolean present) {

	}

}
