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

package io.github.atomixspring.testing;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.atomixspring.cluster.NetworkFilter;

/**
 * The network between the members and clients of a test cluster. Messages between two
 * nodes that are cut off from each other vanish without an error.
 */
public final class Firewall implements NetworkFilter {

	private final Set<Cut> cuts = ConcurrentHashMap.newKeySet();

	/**
	 * Makes all messages from a node to another vanish, and the answers to them.
	 * @param from the id of the node that sends
	 * @param to the id of the member that receives
	 */
	public void block(String from, String to) {
		this.cuts.add(new Cut(from, to));
	}

	/**
	 * Lets messages from a node to another pass again.
	 * @param from the id of the node that sends
	 * @param to the id of the member that receives
	 */
	public void unblock(String from, String to) {
		this.cuts.remove(new Cut(from, to));
	}

	/**
	 * Lets all messages pass again.
	 */
	public void heal() {
		this.cuts.clear();
	}

	@Override
	public boolean passes(String from, String to) {
		return !this.cuts.contains(new Cut(from, to));
	}

	/**
	 * A direction in which messages vanish.
	 *
	 * @param from the sender
	 * @param to the receiver
	 */
	private record Cut(String from, String to) {

	}

}
