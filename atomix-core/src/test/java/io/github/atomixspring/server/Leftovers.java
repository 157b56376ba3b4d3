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

import java.util.List;

import io.github.atomixspring.testing.FreePorts;
import io.github.atomixspring.testing.TestCluster;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Looks for what a member must not leave behind.
 */
final class Leftovers {

	private Leftovers() {
	}

	/**
	 * Checks that a member that is the only one of this virtual machine, and is stopped,
	 * left no thread, port or lock behind.
	 * @param cluster the cluster
	 * @param id the id of the member
	 */
	static void assertNone(TestCluster cluster, String id) {
		// What takes its time goes on after the end of a stop.
		Awaitility.await().atMost(TestCluster.PATIENCE).untilAsserted(() -> {
			assertThat(threads(id)).as("threads of " + id).isEmpty();
			assertThat(FreePorts.isFree(cluster.config(id).self().port())).as("port is free").isTrue();
		});
		StorageDirectory.open(cluster.directory(id), cluster.config(id).cluster(), id, 1).close();
	}

	/**
	 * Returns the threads that carry the name of a member.
	 * @param id the id of the member
	 * @return their names
	 */
	static List<String> threads(String id) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.contains(id + "@") || name.startsWith("atomix-" + id + "-"))
			.toList();
	}

}
