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

import java.util.ArrayList;
import java.util.List;

import io.github.atomixspring.metrics.RaftMetric;
import io.github.atomixspring.metrics.RaftMetricListener;
import io.github.atomixspring.metrics.RaftMetrics;
import io.github.atomixspring.primitive.Registration;
import org.apache.ratis.metrics.MetricRegistries;
import org.apache.ratis.metrics.MetricRegistryInfo;
import org.apache.ratis.metrics.RatisMetricRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RaftMetricRegistries}, as Ratis finds it.
 */
class RaftMetricRegistriesTests {

	private static final String PEER = "metrics%3A1@0a1b2c3d";

	private final RaftMetrics metrics = new RaftMetrics();

	private final Listener listener = new Listener();

	private final MetricRegistries registries = MetricRegistries.global();

	@AfterEach
	void close() {
		RaftMetricRegistries.close(PEER);
	}

	@Test
	void metricsGoToTheMemberWhoseTheyAre() {
		RaftMetrics other = new RaftMetrics();
		RaftMetricRegistries.open(PEER, this.metrics, (group) -> null);
		RaftMetricRegistries.open("other@0a1b2c3d", other, (group) -> null);
		this.metrics.addListener(this.listener);
		registry("log_worker").counter("flushCount").inc();
		assertThat(this.listener.metrics).singleElement().satisfies((metric) -> {
			assertThat(metric.component()).isEqualTo("log_worker");
			assertThat(metric.name()).isEqualTo("flushCount");
			assertThat(metric.member()).isNull();
			assertThat(((RaftMetric.Counter) metric).count()).isEqualTo(1);
		});
		Listener second = new Listener();
		other.addListener(second);
		assertThat(second.metrics).isEmpty();
		RaftMetricRegistries.close("other@0a1b2c3d");
	}

	@Test
	void nothingIsMeasuredWhileNobodyListens() {
		RaftMetricRegistries.open(PEER, this.metrics, (group) -> null);
		RatisMetricRegistry registry = registry("log_worker");
		registry.counter("flushCount").inc();
		assertThat(registry.timer("flushTime").time().stop()).isZero();
		Registration registration = this.metrics.addListener(this.listener);
		assertThat(this.listener.metrics).hasSize(2);
		registry.counter("flushCount").inc();
		registry.timer("flushTime").time().stop();
		registration.close();
		registry.counter("flushCount").inc();
		registry.timer("flushTime").time().stop();
		assertThat(this.listener.counter("flushCount").count()).isEqualTo(1);
		assertThat(this.listener.timer("flushTime").count()).isEqualTo(1);
		assertThat(this.listener.timer("flushTime").totalNanos()).isPositive();
	}

	@Test
	void memberIsTakenOutOfNames() {
		RaftMetricRegistries.open(PEER, this.metrics, (group) -> null);
		this.metrics.addListener(this.listener);
		RatisMetricRegistry registry = registry("log_appender");
		registry.gauge("follower_n_2@00000001_match_index", () -> () -> 5L);
		registry.timer("n_2@00000001_latency_heartbeat");
		registry.timer("follower_append_entry_latency");
		assertThat(this.listener.metrics).extracting(Object::toString)
			.containsExactlyInAnyOrder("log_appender.follower_match_index[n_2]", "log_appender.latency_heartbeat[n_2]",
					"log_appender.follower_append_entry_latency");
	}

	@Test
	void gaugeOfALaterStateReplacesTheEarlier() {
		RaftMetricRegistries.open(PEER, this.metrics, (group) -> null);
		this.metrics.addListener(this.listener);
		RatisMetricRegistry registry = registry("server");
		registry.gauge("pending", () -> () -> 1);
		registry.gauge("pending", () -> () -> 2);
		registry.gauge("gone", () -> () -> {
			throw new IllegalStateException("closed");
		});
		assertThat(this.listener.gauge("pending").value()).isEqualTo(2);
		assertThat(this.listener.gauge("gone").value()).isNaN();
	}

	@Test
	void registryIsTheSameUntilItIsRemoved() {
		RaftMetricRegistries.open(PEER, this.metrics, (group) -> null);
		this.metrics.addListener(this.listener);
		RatisMetricRegistry registry = registry("server");
		registry.counter("a");
		registry.timer("b");
		registry.gauge("c", () -> () -> 1);
		assertThat(registry("server")).isSameAs(registry);
		assertThat(this.registries.get(registry.getMetricRegistryInfo())).containsSame(registry);
		assertThat(registry.remove("a")).isTrue();
		assertThat(registry.remove("a")).isFalse();
		assertThat(this.listener.metrics).hasSize(2);
		assertThat(this.registries.remove(registry.getMetricRegistryInfo())).isTrue();
		assertThat(this.listener.metrics).isEmpty();
		assertThat(this.registries.get(registry.getMetricRegistryInfo())).isEmpty();
	}

	@Test
	void failingListenerDoesNotHarmTheServer() {
		RaftMetricRegistries.open(PEER, this.metrics, (group) -> null);
		this.metrics.addListener(new RaftMetricListener() {

			@Override
			public void onAdded(RaftMetric metric) {
				throw new IllegalStateException("added");
			}

			@Override
			public void onRemoved(RaftMetric metric) {
				throw new IllegalStateException("removed");
			}

		});
		this.metrics.addListener(this.listener);
		RatisMetricRegistry registry = registry("server");
		registry.counter("a").inc();
		assertThat(this.listener.counter("a").count()).isEqualTo(1);
		registry.remove("a");
		assertThat(this.listener.metrics).isEmpty();
	}

	@Test
	void closedMemberLeavesNothing() {
		RaftMetricRegistries.open(PEER, this.metrics, (group) -> null);
		this.metrics.addListener(this.listener);
		RatisMetricRegistry registry = registry("server");
		registry.counter("a").inc();
		RaftMetricRegistries.close(PEER);
		assertThat(this.listener.metrics).isEmpty();
		assertThat(this.registries.getMetricRegistryInfos()).noneMatch((info) -> info.getPrefix().startsWith(PEER));
		// Some part of Ratis may come late.
		registry("server").counter("b").inc();
		assertThat(this.registries.getMetricRegistryInfos()).noneMatch((info) -> info.getPrefix().startsWith(PEER));
	}

	private RatisMetricRegistry registry(String component) {
		MetricRegistryInfo info = new MetricRegistryInfo(PEER + "@group-0123456789AB", "ratis", component, "test");
		return this.registries.get(info).orElseGet(() -> this.registries.create(info));
	}

	/**
	 * Knows the metrics that are there.
	 */
	private static final class Listener implements RaftMetricListener {

		private final List<RaftMetric> metrics = new ArrayList<>();

		@Override
		public void onAdded(RaftMetric metric) {
			this.metrics.add(metric);
		}

		@Override
		public void onRemoved(RaftMetric metric) {
			assertThat(this.metrics.remove(metric)).isTrue();
		}

		RaftMetric.Counter counter(String name) {
			return (RaftMetric.Counter) find(name);
		}

		RaftMetric.Timer timer(String name) {
			return (RaftMetric.Timer) find(name);
		}

		RaftMetric.Gauge gauge(String name) {
			return (RaftMetric.Gauge) find(name);
		}

		private RaftMetric find(String name) {
			List<RaftMetric> found = this.metrics.stream().filter((metric) -> metric.name().equals(name)).toList();
			assertThat(found).hasSize(1);
			return found.get(0);
		}

	}

}
