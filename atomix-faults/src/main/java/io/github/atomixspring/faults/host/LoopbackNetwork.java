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

package io.github.atomixspring.faults.host;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.atomixspring.cluster.Member;
import io.github.atomixspring.faults.node.NodeView;
import io.github.atomixspring.testing.FreePorts;

/**
 * The loopback interface, with a port for each member. What is to be lost the members
 * lose themselves, by the network filter of their replicas: a request and the answers to
 * it together. Connections stay open.
 */
public final class LoopbackNetwork implements Network {

	private static final String HOST = "127.0.0.1";

	private static final Duration ANSWER = Duration.ofSeconds(10);

	private final Map<String, Member> members = new HashMap<>();

	private final Set<Direction> blocked = new LinkedHashSet<>();

	/**
	 * Creates the network.
	 * @param nodes the names of all nodes that will ever be on it
	 */
	public LoopbackNetwork(Collection<String> nodes) {
		List<Integer> ports = FreePorts.find(nodes.size());
		List<String> names = new ArrayList<>(nodes);
		for (int i = 0; i < names.size(); i++) {
			this.members.put(names.get(i), new Member(names.get(i), HOST, ports.get(i)));
		}
	}

	@Override
	public String description() {
		return "the loopback interface; partitions by the network filter of the replicas";
	}

	@Override
	public Map<String, Member> members() {
		return Map.copyOf(this.members);
	}

	@Override
	public List<String> launcher(String node) {
		return List.of();
	}

	@Override
	public void block(Collection<Direction> directions) {
		this.blocked.addAll(directions);
	}

	@Override
	public void heal() {
		this.blocked.clear();
	}

	@Override
	public void instruct(Host host) throws IOException {
		if (host.isMember() && host.isAlive()) {
			host.ask("filter", List.copyOf(this.blocked), ANSWER);
		}
	}

	@Override
	public Set<Direction> blocked() {
		return Set.copyOf(this.blocked);
	}

	/**
	 * Cannot be tried from outside: what the filters have lost is the evidence.
	 */
	@Override
	public boolean probe(Direction direction) {
		return this.blocked.contains(direction);
	}

	@Override
	public long lost(Collection<Host> hosts) {
		return hosts.stream().map(Host::view).flatMap(Optional::stream).mapToLong(NodeView::lost).sum();
	}

	@Override
	public void close() {
		this.blocked.clear();
	}

}
