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

package io.github.atomixspring.server;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.atomixspring.metrics.RaftMetric;
import io.github.atomixspring.metrics.RaftMetrics;
import org.apache.ratis.metrics.LongCounter;
import org.apache.ratis.metrics.MetricRegistryInfo;
import org.apache.ratis.metrics.RatisMetricRegistry;
import org.apache.ratis.metrics.Timekeeper;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of one component of a Raft server. Ratis asks for a metric by its name each
 * time that it uses it.
 */
final class RaftMetricRegistry implements RatisMetricRegistry {

	private static final Timekeeper.Context NOT_MEASURED = () -> 0;

	/**
	 * Metrics about another peer have its id, with that of its incarnation, in their
	 * names.
	 */
	private static final Pattern PEER = Pattern.compile("(follower_)?(.+@[0-9a-f]{8})_(.+)");

	private final MetricRegistryInfo info;

	private final RaftMetrics metrics;

	private final @Nullable Integer partition;

	private final Map<String, Timer> timers = new ConcurrentHashMap<>();

	private final Map<String, Counter> counters = new ConcurrentHashMap<>();

	private final Map<String, RaftMetric.Gauge> gauges = new ConcurrentHashMap<>();

	RaftMetricRegistry(MetricRegistryInfo info, RaftMetrics metrics, @Nullable Integer partition) {
		this.info = info;
		this.metrics = metrics;
		this.partition = partition;
	}

	@Override
	public Timekeeper timer(String name) {
		Timer timer = this.timers.get(name);
		return (timer != null) ? timer : this.timers.computeIfAbsent(name, (key) -> new Timer(this.metrics,
				this.metrics.addTimer(component(), plain(key), member(key), this.partition)));
	}

	@Override
	public LongCounter counter(String name) {
		Counter counter = this.counters.get(name);
		return (counter != null) ? counter : this.counters.computeIfAbsent(name, (key) -> new Counter(this.metrics,
				this.metrics.addCounter(component(), plain(key), member(key), this.partition)));
	}

	@Override
	public <T> void gauge(String name, Supplier<Supplier<T>> gauge) {
		// A later one is about the later state, for instance that of another reign.
		this.gauges.compute(name, (key, before) -> {
			if (before != null) {
				this.metrics.remove(before);
			}
			return this.metrics.addGauge(component(), plain(key), member(key), this.partition, gauge.get());
		});
	}

	@Override
	public boolean remove(String name) {
		Timer timer = this.timers.remove(name);
		Counter counter = this.counters.remove(name);
		RaftMetric.Gauge gauge = this.gauges.remove(name);
		if (timer != null) {
			this.metrics.remove(timer.metric());
		}
		if (counter != null) {
			this.metrics.remove(counter.metric());
		}
		if (gauge != null) {
			this.metrics.remove(gauge);
		}
		return timer != null || counter != null || gauge != null;
	}

	/**
	 * Removes all metrics.
	 */
	void clear() {
		Set.copyOf(this.timers.keySet()).forEach(this::remove);
		Set.copyOf(this.counters.keySet()).forEach(this::remove);
		Set.copyOf(this.gauges.keySet()).forEach(this::remove);
	}

	@Override
	public MetricRegistryInfo getMetricRegistryInfo() {
		return this.info;
	}

	private String component() {
		return this.info.getMetricsComponentName();
	}

	private static String plain(String name) {
		Matcher matcher = PEER.matcher(name);
		if (!matcher.matches()) {
			return name;
		}
		return ((matcher.group(1) != null) ? matcher.group(1) : "") + matcher.group(3);
	}

	private static @Nullable String member(String name) {
		Matcher matcher = PEER.matcher(name);
		return matcher.matches() ? PeerInfo.nodeOf(matcher.group(2)) : null;
	}

	/**
	 * Counts for Ratis.
	 *
	 * @param metrics knows whether anybody listens
	 * @param metric the metric
	 */
	private record Counter(RaftMetrics metrics, RaftMetric.Counter metric) implements LongCounter {

		@Override
		public void inc(long n) {
			this.metrics.count(this.metric, n);
		}

		@Override
		public void dec(long n) {
			this.metrics.count(this.metric, -n);
		}

		@Override
		public long getCount() {
			return this.metric.count();
		}

	}

	/**
	 * Measures for Ratis.
	 *
	 * @param metrics knows whether anybody listens
	 * @param metric the metric
	 */
	private record Timer(RaftMetrics metrics, RaftMetric.Timer metric) implements Timekeeper {

		@Override
		public Context time() {
			if (!this.metrics.isListened()) {
				return NOT_MEASURED;
			}
			long begin = System.nanoTime();
			return () -> {
				long elapsed = System.nanoTime() - begin;
				this.metrics.record(this.metric, elapsed);
				return elapsed;
			};
		}

	}

}
