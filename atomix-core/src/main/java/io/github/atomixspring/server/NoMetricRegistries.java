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

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.apache.ratis.metrics.LongCounter;
import org.apache.ratis.metrics.MetricRegistries;
import org.apache.ratis.metrics.MetricRegistryInfo;
import org.apache.ratis.metrics.RatisMetricRegistry;
import org.apache.ratis.metrics.Timekeeper;
import org.apache.ratis.util.TimeDuration;

/**
 * The provider of metrics without which Ratis does not start. It records nothing, which
 * is deliberate: recording costs time on the path of every log entry. The figures that
 * operators need will be bridged later, one by one. Public for the service loader.
 */
public final class NoMetricRegistries extends MetricRegistries {

	private static final Timekeeper NO_TIMER = () -> () -> 0;

	private static final LongCounter NO_COUNTER = new NoCounter();

	@Override
	public void clear() {
		// Nothing is kept.
	}

	@Override
	public RatisMetricRegistry create(MetricRegistryInfo info) {
		return new NoRegistry(info);
	}

	@Override
	public boolean remove(MetricRegistryInfo info) {
		return true;
	}

	@Override
	public Optional<RatisMetricRegistry> get(MetricRegistryInfo info) {
		return Optional.empty();
	}

	@Override
	public Set<MetricRegistryInfo> getMetricRegistryInfos() {
		return Set.of();
	}

	@Override
	public Collection<RatisMetricRegistry> getMetricRegistries() {
		return List.of();
	}

	@Override
	public void addReporterRegistration(Consumer<RatisMetricRegistry> reporter,
			Consumer<RatisMetricRegistry> stopReporter) {
		// There is nothing to report.
	}

	@Override
	public void enableJmxReporter() {
		// There is nothing to report.
	}

	@Override
	public void enableConsoleReporter(TimeDuration period) {
		// There is nothing to report.
	}

	/**
	 * A registry that records nothing.
	 *
	 * @param getMetricRegistryInfo the description
	 */
	private record NoRegistry(MetricRegistryInfo getMetricRegistryInfo) implements RatisMetricRegistry {

		@Override
		public Timekeeper timer(String name) {
			return NO_TIMER;
		}

		@Override
		public LongCounter counter(String name) {
			return NO_COUNTER;
		}

		@Override
		public boolean remove(String name) {
			return true;
		}

		@Override
		public <T> void gauge(String name, Supplier<Supplier<T>> gauge) {
			// Nothing is recorded.
		}

	}

	/**
	 * A counter that counts nothing.
	 */
	private static final class NoCounter implements LongCounter {

		@Override
		public void inc(long n) {
			// Nothing is counted.
		}

		@Override
		public void dec(long n) {
			// Nothing is counted.
		}

		@Override
		public long getCount() {
			return 0;
		}

	}

}
