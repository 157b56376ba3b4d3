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

package io.github.atomixspring.boot.autoconfigure;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The threads of nodes and of their Raft servers in this virtual machine.
 */
final class NodeThreads {

	private NodeThreads() {
	}

	/**
	 * Returns the threads of all nodes.
	 * @return the threads
	 */
	static Set<Thread> all() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("atomix-") || thread.getName().contains("@"))
			.collect(Collectors.toSet());
	}

	/**
	 * Returns the threads that carry the name of a node.
	 * @param id the id of the node
	 * @return their names
	 */
	static List<String> of(String id) {
		return all().stream()
			.map(Thread::getName)
			.filter((name) -> name.contains(id + "@") || name.startsWith("atomix-" + id + "-")
					|| (name.startsWith("atomix-") && name.endsWith("-" + id)))
			.toList();
	}

}
