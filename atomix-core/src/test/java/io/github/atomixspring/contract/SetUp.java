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

package io.github.atomixspring.contract;

import io.github.atomixspring.Atomix;

/**
 * The kinds of nodes whose primitives must all behave the same.
 */
enum SetUp {

	/**
	 * The only member of its cluster, beside a client.
	 */
	SINGLE,

	/**
	 * One of three members, that does not lead at first.
	 */
	FOLLOWER,

	/**
	 * A client of three members.
	 */
	CLIENT;

	/**
	 * Returns the node under test.
	 * @return the node
	 */
	Atomix node() {
		return Clusters.get().node(this);
	}

	/**
	 * Returns another node of the same cluster.
	 * @return the node
	 */
	Atomix other() {
		return Clusters.get().other(this);
	}

	/**
	 * Returns a new client of the same cluster, for tests that stop it.
	 * @param name the name of the client
	 * @return the client, started
	 */
	Atomix newClient(String name) {
		return Clusters.get().client(this, name);
	}

}
