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

import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import com.google.common.collect.testing.ConcurrentMapTestSuiteBuilder;
import com.google.common.collect.testing.TestStringMapGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.MapFeature;
import com.google.common.collect.testing.testers.MapToStringTester;
import io.github.atomixspring.testing.SuiteRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the tests that Guava has for every {@link java.util.concurrent.ConcurrentMap}.
 */
@ExtendWith(Clusters.Extension.class)
class MapSuiteIntegrationTests {

	@Test
	void mapKeepsTheContractOfConcurrentMap() {
		assertThat(SuiteRunner.run(ConcurrentMapTestSuiteBuilder.using(new TestStringMapGenerator() {

			@Override
			protected Map<String, String> create(Map.Entry<String, String>[] entries) {
				Map<String, String> all = new LinkedHashMap<>();
				for (Map.Entry<String, String> entry : entries) {
					all.put(entry.getKey(), entry.getValue());
				}
				Map<String, String> map = SetUp.SINGLE.node()
					.map("suite-" + UUID.randomUUID(), String.class, String.class);
				map.putAll(all);
				return map;
			}

		})
			.named("DistributedMap")
			.withFeatures(CollectionSize.ANY, MapFeature.GENERAL_PURPOSE, CollectionFeature.SUPPORTS_ITERATOR_REMOVE)
			.suppressing(textsOfContent())
			.createTestSuite())).isEmpty();
	}

	/**
	 * Returns the tests that expect the content in the text: it is type and name, so that
	 * no log shows what is stored and no debugger asks the cluster.
	 */
	private static List<Method> textsOfContent() {
		return Stream.of(MapToStringTester.class.getMethods())
			.filter((method) -> method.getName().startsWith("testToString"))
			.toList();
	}

}
