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
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import com.google.common.collect.testing.SetTestSuiteBuilder;
import com.google.common.collect.testing.TestStringSetGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.SetFeature;
import io.github.atomixspring.collection.DistributedSet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that {@link DistributedSet} keeps the contract of {@link Set}.
 */
@ExtendWith(Clusters.Extension.class)
class SetJdkSuiteIntegrationTests {

	@TestFactory
	Stream<DynamicTest> keepsTheContractOfASet() {
		return JdkSuites.tests(SetTestSuiteBuilder.using(new Generator())
			.named("DistributedSet")
			.withFeatures(SetFeature.GENERAL_PURPOSE, CollectionFeature.SUPPORTS_ITERATOR_REMOVE,
					CollectionFeature.KNOWN_ORDER, CollectionFeature.NON_STANDARD_TOSTRING, CollectionSize.ANY)
			.createTestSuite());
	}

	/**
	 * Makes sets of strings.
	 */
	private static final class Generator extends TestStringSetGenerator {

		@Override
		protected Set<String> create(String[] elements) {
			DistributedSet<String> set = SetUp.SINGLE.node().set("suite-" + UUID.randomUUID(), String.class);
			set.addAll(List.of(elements));
			return set;
		}

		@Override
		public List<String> order(List<String> insertionOrder) {
			return insertionOrder.stream().sorted().toList();
		}

	}

}
