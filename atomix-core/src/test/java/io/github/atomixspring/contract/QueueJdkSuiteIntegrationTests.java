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

import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Stream;

import com.google.common.collect.testing.QueueTestSuiteBuilder;
import com.google.common.collect.testing.TestStringQueueGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import io.github.atomixspring.collection.DistributedQueue;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that {@link DistributedQueue} keeps the contract of a {@link BlockingQueue} as
 * far as it does not wait.
 */
@ExtendWith(Clusters.Extension.class)
class QueueJdkSuiteIntegrationTests {

	@TestFactory
	Stream<DynamicTest> keepsTheContractOfAQueue() {
		return JdkSuites.tests(QueueTestSuiteBuilder.using(new Generator())
			.named("DistributedQueue")
			.withFeatures(CollectionFeature.GENERAL_PURPOSE, CollectionFeature.KNOWN_ORDER,
					CollectionFeature.NON_STANDARD_TOSTRING, CollectionSize.ANY)
			.createTestSuite());
	}

	/**
	 * Makes queues of strings.
	 */
	private static final class Generator extends TestStringQueueGenerator {

		@Override
		protected Queue<String> create(String[] elements) {
			DistributedQueue<String> queue = SetUp.SINGLE.node().queue("suite-" + UUID.randomUUID(), String.class);
			queue.addAll(List.of(elements));
			return queue;
		}

	}

}
