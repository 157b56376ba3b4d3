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

package io.github.atomixspring.metrics;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

import io.github.atomixspring.primitive.Registration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics of the Raft server of a member, those of Apache Ratis itself. Nothing is
 * counted and no time is measured while nobody listens, since all of them are on the way
 * of the log entries.
 *
 * @since 0.1.0
 */
public final class RaftMetrics {

	private static final Logger logger = LoggerFactory.getLogger(RaftMetrics.class);

	private final Set<RaftMetric> metrics = new LinkedHashSet<>();

	private final List<RaftMetricListener> listeners = new ArrayList<>();

	private volatile boolean listened;

	/**
	 * Adds a listener, and tells it of the metrics that are there.
	 * @param listener the listener
	 * @return closes to remove it; it is told of nothing more then
	 */
	public Registration addListener(RaftMetricListener listener) {
		Objects.requireNonNull(listener, "'listener' must not be null");
		synchronized (this.metrics) {
			this.listeners.add(listener);
			this.listened = true;
			this.metrics.forEach((metric) -> tell(() -> listener.onAdded(metric)));
		}
		return () -> removeListener(listener);
	}

	private void removeListener(RaftMetricListener listener) {
		synchronized (this.metrics) {
			this.listeners.remove(listener);
			this.listened = !this.listeners.isEmpty();
		}
	}

	/**
	 * Returns whether anybody listens.
	 * @return whether it is worth to measure
	 */
	public boolean isListened() {
		return this.listened;
	}

	/**
	 * Adds a counter. Internal, as are all methods below.
	 * @param component the component
	 * @param name the name
	 * @param member the node it is about, or null
	 * @param partition the partition it is about, or null
	 * @return the counter
	 */
	public RaftMetric.Counter addCounter(String component, String name, @Nullable String member,
			@Nullable Integer partition) {
		return add(new RaftMetric.Counter(component, name, member, partition));
	}

	/**
	 * Adds a timer.
	 * @param component the component
	 * @param name the name
	 * @param member the node it is about, or null
	 * @param partition the partition it is about, or null
	 * @return the timer
	 */
	public RaftMetric.Timer addTimer(String component, String name, @Nullable String member,
			@Nullable Integer partition) {
		return add(new RaftMetric.Timer(component, name, member, partition));
	}

	/**
	 * Adds a gauge.
	 * @param component the component
	 * @param name the name
	 * @param member the node it is about, or null
	 * @param partition the partition it is about, or null
	 * @param value tells the value
	 * @return the gauge
	 */
	public RaftMetric.Gauge addGauge(String component, String name, @Nullable String member,
			@Nullable Integer partition, Supplier<?> value) {
		return add(new RaftMetric.Gauge(component, name, member, partition, value));
	}

	private <M extends RaftMetric> M add(M metric) {
		synchronized (this.metrics) {
			this.metrics.add(metric);
			this.listeners.forEach((listener) -> tell(() -> listener.onAdded(metric)));
		}
		return metric;
	}

	/**
	 * Keeps what a listener throws from the Raft server, which would not survive it.
	 * @param call the call of the listener
	 */
	private static void tell(Runnable call) {
		try {
			call.run();
		}
		catch (RuntimeException ex) {
			logger.warn("Listener to metrics of the Raft server failed", ex);
		}
	}

	/**
	 * Removes a metric.
	 * @param metric the metric
	 */
	public void remove(RaftMetric metric) {
		synchronized (this.metrics) {
			if (this.metrics.remove(metric)) {
				this.listeners.forEach((listener) -> tell(() -> listener.onRemoved(metric)));
			}
		}
	}

	/**
	 * Counts if anybody listens.
	 * @param counter the counter
	 * @param n what is added
	 */
	public void count(RaftMetric.Counter counter, long n) {
		if (this.listened) {
			counter.add(n);
		}
	}

	/**
	 * Adds a measured time.
	 * @param timer the timer
	 * @param nanos the time in nanoseconds
	 */
	public void record(RaftMetric.Timer timer, long nanos) {
		timer.record(Math.max(0, nanos));
	}

}
