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

package io.github.atomixspring.spring.metrics;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import io.github.atomixspring.metrics.RaftMetric;
import io.github.atomixspring.metrics.RaftMetricListener;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * Registers what the Raft server of a member measures, for as long as it does. Ratis
 * calls the methods one at a time.
 */
class RaftMeters implements RaftMetricListener {

	private static final String PREFIX = "atomix.ratis.";

	private static final Pattern NO_LETTERS = Pattern.compile("[^A-Za-z0-9]+");

	private static final Pattern WORD_BEGIN = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

	private final MeterRegistry registry;

	/**
	 * The metric behind each meter, by name and tags.
	 */
	private final Map<Key, RaftMetric> metrics = new HashMap<>();

	private final Map<RaftMetric, Meter> meters = new HashMap<>();

	RaftMeters(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void onAdded(RaftMetric metric) {
		Key key = Key.of(metric);
		RaftMetric before = this.metrics.put(key, metric);
		if (before != null) {
			// About the former incarnation of a member: the registry would keep that.
			unregister(before);
		}
		this.meters.put(metric, register(metric, key));
	}

	@Override
	public void onRemoved(RaftMetric metric) {
		this.metrics.remove(Key.of(metric), metric);
		unregister(metric);
	}

	private void unregister(RaftMetric metric) {
		Meter meter = this.meters.remove(metric);
		if (meter != null) {
			this.registry.remove(meter);
		}
	}

	private Meter register(RaftMetric metric, Key key) {
		if (metric instanceof RaftMetric.Counter counter) {
			return FunctionCounter.builder(key.name(), counter, RaftMetric.Counter::count)
				.tags(key.tags())
				.register(this.registry);
		}
		if (metric instanceof RaftMetric.Timer timer) {
			return FunctionTimer
				.builder(key.name(), timer, RaftMetric.Timer::count, RaftMetric.Timer::totalNanos, TimeUnit.NANOSECONDS)
				.tags(key.tags())
				.register(this.registry);
		}
		RaftMetric.Gauge gauge = (RaftMetric.Gauge) metric;
		return Gauge.builder(key.name(), gauge, RaftMetric.Gauge::value).tags(key.tags()).register(this.registry);
	}

	/**
	 * Returns the name of the meter of a metric.
	 * @param metric the metric
	 * @return the name
	 */
	static String name(RaftMetric metric) {
		String words = NO_LETTERS.matcher(metric.component() + "." + metric.name()).replaceAll(".");
		return PREFIX + WORD_BEGIN.matcher(words).replaceAll(".").toLowerCase(Locale.ROOT);
	}

	/**
	 * The identity of a meter.
	 *
	 * @param name the name
	 * @param tags the tags
	 */
	private record Key(String name, Tags tags) {

		static Key of(RaftMetric metric) {
			String member = metric.member();
			Integer partition = metric.partition();
			Tags tags = (member != null) ? Tags.of("member", member) : Tags.empty();
			return new Key(RaftMeters.name(metric),
					(partition != null) ? tags.and("partition", partition.toString()) : tags);
		}

	}

}
