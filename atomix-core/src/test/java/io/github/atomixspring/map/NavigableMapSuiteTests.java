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

package io.github.atomixspring.map;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;

import com.google.common.collect.testing.ConcurrentNavigableMapTestSuiteBuilder;
import com.google.common.collect.testing.TestStringSortedMapGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.MapFeature;
import com.google.common.collect.testing.testers.MapToStringTester;
import io.github.atomixspring.codec.Codecs;
import io.github.atomixspring.codec.OrderedCodecs;
import io.github.atomixspring.proxy.FakeCluster;
import io.github.atomixspring.testing.SuiteRunner;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the tests that Guava has for every
 * {@link java.util.concurrent.ConcurrentNavigableMap}, those of views of views included:
 * thousands, so that they run on the state machine without a cluster, and with several
 * entries only.
 */
class NavigableMapSuiteTests {

	@Test
	void navigableMapKeepsTheContractOfConcurrentNavigableMap() {
		assertThat(SuiteRunner.run(ConcurrentNavigableMapTestSuiteBuilder.using(new TestStringSortedMapGenerator() {

			@Override
			protected SortedMap<String, String> create(Map.Entry<String, String>[] entries) {
				SortedMap<String, String> map = Maps.createNavigable(new FakeCluster().connect("n1"), "m",
						MapOptions.of(OrderedCodecs.strings(), Codecs.strings()), () -> {
						});
				for (Map.Entry<String, String> entry : entries) {
					map.put(entry.getKey(), entry.getValue());
				}
				return map;
			}

		})
			.named("DistributedNavigableMap")
			.withFeatures(CollectionSize.SEVERAL, MapFeature.GENERAL_PURPOSE,
					CollectionFeature.SUPPORTS_ITERATOR_REMOVE, CollectionFeature.KNOWN_ORDER)
			.suppressing(textsOfContent())
			.createTestSuite())).isEmpty();
	}

	/**
	 * Returns the tests that expect the content in the text, see the same of maps.
	 */
	private static List<Method> textsOfContent() {
		return Stream.of(MapToStringTester.class.getMethods())
			.filter((method) -> method.getName().startsWith("testToString"))
			.toList();
	}

}
