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

package io.github.atomixspring.boot.test;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.atomixspring.cluster.NetworkFilter;

/**
 * The network of a test cluster: who is cut off from whom.
 */
final class TestNetwork implements NetworkFilter {

	private final Set<String> isolated = ConcurrentHashMap.newKeySet();

	private final Set<Set<String>> disconnected = ConcurrentHashMap.newKeySet();

	/**
	 * Cuts a node off from all others.
	 * @param node the name of the node
	 */
	void isolate(String node) {
		this.isolated.add(node);
	}

	boolean isIsolated(String node) {
		return this.isolated.contains(node);
	}

	/**
	 * Cuts two nodes off from each other.
	 * @param one the name of a node
	 * @param other the name of another
	 */
	void disconnect(String one, String other) {
		this.disconnected.add(Set.of(one, other));
	}

	/**
	 * Connects a node to all others.
	 * @param node the name of the node
	 */
	void heal(String node) {
		this.isolated.remove(node);
		this.disconnected.removeIf((pair) -> pair.contains(node));
	}

	void heal() {
		this.isolated.clear();
		this.disconnected.clear();
	}

	@Override
	public boolean passes(String from, String to) {
		return from.equals(to) || !isIsolated(from) && !isIsolated(to) && !this.disconnected.contains(Set.of(from, to));
	}

}
