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

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Integration tests for {@link WithAtomixCluster}.
 */
@WithAtomixCluster(members = 1, sessionTimeout = "2s")
class WithAtomixClusterIntegrationTests {

	private static AtomixTestCluster ofClass;

	@BeforeAll
	static void remember(AtomixTestCluster cluster) {
		ofClass = cluster;
	}

	@Test
	void clusterIsThatOfTheClass(AtomixTestCluster cluster) {
		assertThat(cluster).isSameAs(ofClass);
		assertThat(cluster.ids()).containsExactly("n1");
		assertThat(cluster.client().session().timeout()).hasSeconds(2);
		cluster.kill("n1");
	}

	@Test
	void clusterRuns(AtomixTestCluster cluster) {
		assertThat(cluster.member("n1").isRunning()).isTrue();
	}

	@Nested
	class InNestedClass {

		@Test
		void clusterIsThatOfTheOuterClass(AtomixTestCluster cluster) {
			assertThat(cluster).isSameAs(ofClass);
			assertThat(cluster.awaitLeader()).isEqualTo("n1");
		}

	}

}
