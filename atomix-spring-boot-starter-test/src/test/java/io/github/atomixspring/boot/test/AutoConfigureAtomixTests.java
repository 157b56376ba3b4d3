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

import java.nio.file.Path;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.cluster.Member;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.autoconfigure.json.JsonTest;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.test.annotation.DirtiesContext.HierarchyMode;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AutoConfigureAtomix}: contexts as the test framework makes, caches and
 * closes them.
 */
class AutoConfigureAtomixTests {

	@Test
	void testsWithTheSameConfigurationShareTheContext() {
		TestContext one = testContext(One.class);
		TestContext same = testContext(Same.class);
		assertThat(one.getApplicationContext()).isSameAs(same.getApplicationContext());
		close(one);
	}

	@Test
	void contextsThatLiveAtTheSameTimeDoNotCollide() {
		TestContext one = testContext(One.class);
		TestContext other = testContext(Other.class);
		atomix(one).atomicLong("count").set(1);
		atomix(other).atomicLong("count").set(2);
		assertThat(atomix(one).atomicLong("count").get()).isEqualTo(1);
		assertThat(member(one).port()).isNotEqualTo(member(other).port());
		assertThat(directory(one)).isNotEqualTo(directory(other));
		close(one);
		close(other);
	}

	@Test
	void directoryIsThereUntilTheContextIsClosed() {
		TestContext one = testContext(One.class);
		atomix(one).atomicLong("count").set(1);
		Path directory = directory(one);
		assertThat(directory).isNotEmptyDirectory();
		close(one);
		assertThat(directory).doesNotExist();
		assertThat(Path.of("target", "must-not-be-there")).doesNotExist();
	}

	@Test
	void contextThatWasPausedGoesOn() {
		TestContext one = testContext(One.class);
		atomix(one).atomicLong("count").set(1);
		one.markApplicationContextUnused();
		TestContext other = testContext(Other.class);
		assertThat(other.getApplicationContext()).isNotNull();
		TestContext again = testContext(Same.class);
		assertThat(atomix(again).atomicLong("count").get()).isEqualTo(1);
		close(again);
		close(other);
	}

	@Test
	void electionTimeoutIsShortUnlessItIsConfigured() {
		TestContext one = testContext(One.class);
		TestContext slow = testContext(Slow.class);
		assertThat(electionTimeout(one)).isEqualTo("100ms");
		assertThat(electionTimeout(slow)).isEqualTo("300ms");
		close(one);
		close(slow);
	}

	@Test
	void nestedTestsHaveTheNodeToo() {
		TestContext nested = testContext(Slice.Nested.class);
		assertThat(atomix(nested)).isInstanceOf(AtomixReplica.class);
		close(nested);
	}

	private static TestContext testContext(Class<?> type) {
		return new TestContextManager(type).getTestContext();
	}

	private static void close(TestContext context) {
		context.markApplicationContextDirty(HierarchyMode.EXHAUSTIVE);
	}

	private static Atomix atomix(TestContext context) {
		return context.getApplicationContext().getBean(Atomix.class);
	}

	private static Member member(TestContext context) {
		return context.getApplicationContext().getBean(AtomixReplica.class).status().members().get(0);
	}

	private static Path directory(TestContext context) {
		return Path.of(property(context.getApplicationContext(), "atomix.storage.directory"));
	}

	private static String electionTimeout(TestContext context) {
		return property(context.getApplicationContext(), "atomix.raft.election-timeout");
	}

	private static String property(ApplicationContext context, String name) {
		return context.getBean(Environment.class).getRequiredProperty(name);
	}

	@SpringBootTest
	@AutoConfigureAtomix
	static class One {

	}

	@SpringBootTest
	@AutoConfigureAtomix
	static class Same {

	}

	@SpringBootTest(properties = "other=true")
	@AutoConfigureAtomix
	static class Other {

	}

	@SpringBootTest(properties = "atomix.raft.election-timeout=300ms")
	@AutoConfigureAtomix
	static class Slow {

	}

	@JsonTest
	@AutoConfigureAtomix
	static class Slice {

		class Nested {

		}

	}

}
