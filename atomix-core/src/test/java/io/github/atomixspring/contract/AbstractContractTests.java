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

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.atomixspring.Atomix;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs the tests of a contract on each kind of node.
 */
@ParameterizedClass
@EnumSource(SetUp.class)
@ExtendWith(Clusters.Extension.class)
abstract class AbstractContractTests {

	/**
	 * A name that no other test uses.
	 */
	protected final String name = "contract-" + UUID.randomUUID();

	@Parameter
	protected SetUp setUp;

	private @Nullable Atomix node;

	private @Nullable Atomix other;

	/**
	 * Returns the node under test, the same during a test, whoever leads.
	 */
	protected final Atomix node() {
		Atomix found = this.node;
		if (found == null) {
			found = this.setUp.node();
			this.node = found;
		}
		return found;
	}

	/**
	 * Returns another node of its cluster, the same during a test.
	 */
	protected final Atomix other() {
		Atomix found = this.other;
		if (found == null) {
			found = this.setUp.other();
			this.other = found;
		}
		return found;
	}

	/**
	 * Begins to wait with the patience that a busy machine needs.
	 */
	protected static ConditionFactory await() {
		return Awaitility.await().atMost(Clusters.PATIENCE);
	}

	/**
	 * Runs a task in several threads.
	 * @param threads the number of threads
	 * @param task makes the task of a thread
	 * @throws Exception if one failed
	 */
	protected static void inThreads(int threads, Task task) throws Exception {
		ExecutorService pool = Executors.newFixedThreadPool(threads);
		try {
			List<Future<?>> futures = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				int number = i;
				Callable<Void> callable = () -> {
					task.run(number);
					return null;
				};
				futures.add(pool.submit(callable));
			}
			for (Future<?> future : futures) {
				future.get(2, TimeUnit.MINUTES);
			}
		}
		finally {
			pool.shutdownNow();
		}
	}

	/**
	 * What a thread does.
	 */
	@FunctionalInterface
	protected interface Task {

		void run(int thread) throws Exception;

	}

}
