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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.atomixspring.metrics.RaftMetrics;
import org.apache.ratis.metrics.MetricRegistries;
import org.apache.ratis.metrics.MetricRegistryInfo;
import org.apache.ratis.metrics.RatisMetricRegistry;
import org.apache.ratis.util.TimeDuration;
import org.jspecify.annotations.Nullable;

/**
 * Takes the metrics of Ratis, which has one provider for the whole process, to the
 * {@link RaftMetrics} of the member that they are of. What is of none is not recorded.
 * Public for the service loader.
 */
public final class RaftMetricRegistries extends MetricRegistries {

	/**
	 * By the ids of the peers. They are at the beginning of the names of all registries.
	 */
	private final Map<String, Sink> members = new ConcurrentHashMap<>();

	private final Map<MetricRegistryInfo, RaftMetricRegistry> registries = new ConcurrentHashMap<>();

	/**
	 * Begins to take the metrics of a server that is about to be built.
	 * @param peer the id of its peer
	 * @param metrics takes them
	 * @param partitions tells the partition of a Raft group by its short name, or null if
	 * there is only one
	 */
	static void open(String peer, RaftMetrics metrics, Function<String, @Nullable Integer> partitions) {
		if (global() instanceof RaftMetricRegistries own) {
			own.members.put(peer, new Sink(metrics, partitions));
		}
	}

	/**
	 * Removes what a server has left that was closed.
	 * @param peer the id of its peer
	 */
	static void close(String peer) {
		if (global() instanceof RaftMetricRegistries own) {
			own.members.remove(peer);
			own.getMetricRegistryInfos().stream().filter((info) -> isOf(info, peer)).forEach(own::remove);
		}
	}

	private static boolean isOf(MetricRegistryInfo info, String peer) {
		return info.getPrefix().equals(peer) || info.getPrefix().startsWith(peer + "@");
	}

	@Override
	public void clear() {
		Set.copyOf(this.registries.keySet()).forEach(this::remove);
	}

	@Override
	public RatisMetricRegistry create(MetricRegistryInfo info) {
		Map.Entry<String, Sink> member = find(info);
		if (member == null) {
			return new RaftMetricRegistry(info, new RaftMetrics(), null);
		}
		Sink sink = member.getValue();
		String group = info.getPrefix().substring(Math.min(info.getPrefix().length(), member.getKey().length() + 1));
		return this.registries.computeIfAbsent(info,
				(key) -> new RaftMetricRegistry(key, sink.metrics(), sink.partitions().apply(group)));
	}

	private Map.@Nullable Entry<String, Sink> find(MetricRegistryInfo info) {
		for (Map.Entry<String, Sink> member : this.members.entrySet()) {
			if (isOf(info, member.getKey())) {
				return member;
			}
		}
		return null;
	}

	@Override
	public boolean remove(MetricRegistryInfo info) {
		RaftMetricRegistry removed = this.registries.remove(info);
		if (removed == null) {
			return false;
		}
		removed.clear();
		return true;
	}

	@Override
	public Optional<RatisMetricRegistry> get(MetricRegistryInfo info) {
		return Optional.ofNullable(this.registries.get(info));
	}

	@Override
	public Set<MetricRegistryInfo> getMetricRegistryInfos() {
		return Set.copyOf(this.registries.keySet());
	}

	@Override
	public Collection<RatisMetricRegistry> getMetricRegistries() {
		return List.copyOf(this.registries.values());
	}

	@Override
	public void addReporterRegistration(Consumer<RatisMetricRegistry> reporter,
			Consumer<RatisMetricRegistry> stopReporter) {
		// Those who listen do so at the member.
	}

	@Override
	public void enableJmxReporter() {
		// Those who listen do so at the member.
	}

	@Override
	public void enableConsoleReporter(TimeDuration period) {
		// Those who listen do so at the member.
	}

	/**
	 * Who takes the metrics of a server.
	 *
	 * @param metrics takes them
	 * @param partitions tells the partition of a group
	 */
	private record Sink(RaftMetrics metrics, Function<String, @Nullable Integer> partitions) {

	}

}
