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

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.atomixspring.Atomix;
import io.github.atomixspring.AtomixReplica;
import io.github.atomixspring.lock.DistributedLock;
import io.github.atomixspring.map.DistributedMap;
import io.github.atomixspring.spring.annotation.Primitive;
import io.github.atomixspring.spring.election.LeaderElections;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.annotation.DirtiesContext.HierarchyMode;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for contexts that stop and go on: everything works again, with the beans and the
 * primitives of before.
 */
class ContextRestartTests {

	@TempDir
	private static Path directory;

	private static int port;

	@BeforeAll
	static void findPort() {
		port = FreePort.find();
	}

	@Test
	void everythingWorksAgainAfterStopAndStart() {
		run((context) -> {
			context.stop();
			context.start();
		});
	}

	@Test
	void everythingWorksAgainAfterPauseAndRestart() {
		run((context) -> {
			context.pause();
			context.restart();
		});
	}

	private void run(ThrowingConsumer<ConfigurableApplicationContext> stopAndGoOn) {
		new ApplicationContextRunner().withPropertyValues(Everything.PROPERTIES)
			.withPropertyValues(node())
			.withUserConfiguration(Everything.class)
			.run((context) -> {
				Everything.use(context);
				Everything.Shop shop = context.getBean(Everything.Shop.class);
				long sales = shop.sales();
				LeaderElections elections = context.getBean(LeaderElections.class);
				long term = elections.leadership("main").orElseThrow().term();
				DistributedLock held = context.getBean(Atomix.class).lock("held");
				held.lock();
				DistributedMap<String, List<Everything.Price>> baskets = context.getBean(Everything.Basket.class)
					.prices();
				List<String> changed = new CopyOnWriteArrayList<>();
				baskets.addListener((event) -> changed.add(event.key()));

				stopAndGoOn.accept(context.getSourceApplicationContext());

				assertThat(held.isHeldByCurrentThread()).isFalse();
				assertThat(shop.sales()).isEqualTo(sales);
				Everything.use(context);
				assertThat(elections.leadership("main").orElseThrow().term()).isGreaterThan(term);
				changed.clear();
				baskets.put("yours", List.of());
				await().atMost(Everything.PATIENCE).until(() -> changed.contains("yours"));
				held.lock();
				held.unlock();
			});
	}

	/**
	 * Spring pauses a context of the test cache before it makes or takes another: two can
	 * be the same member, on the same port and in the same directory.
	 */
	@Test
	void twoCachedTestContextsTakeTurns() throws Exception {
		TestContext first = use(First.class, "first");
		ConfigurableApplicationContext one = (ConfigurableApplicationContext) first.getApplicationContext();
		Numbers numbers = one.getBean(Numbers.class);
		first.markApplicationContextUnused();
		TestContext second = use(Second.class, "second");
		assertThat(one.isRunning()).isFalse();
		assertThat(one.getBean(AtomixReplica.class).isRunning()).isFalse();
		assertThat(second.getApplicationContext().getBean(Numbers.class).map().get("first")).isEqualTo(1);
		second.markApplicationContextUnused();
		TestContext third = use(SameAsFirst.class, "third");
		assertThat(third.getApplicationContext()).isSameAs(one);
		assertThat(numbers.map().get("second")).isEqualTo(1);
		third.markApplicationContextUnused();
		third.markApplicationContextDirty(HierarchyMode.EXHAUSTIVE);
		second.markApplicationContextDirty(HierarchyMode.EXHAUSTIVE);
		assertThat(one.isActive()).isFalse();
	}

	private static TestContext use(Class<?> testClass, String key) {
		TestContext testContext = new TestContextManager(testClass).getTestContext();
		Numbers numbers = testContext.getApplicationContext().getBean(Numbers.class);
		numbers.map().put(key, 1);
		return testContext;
	}

	private static String[] node() {
		return new String[] { "atomix.storage.directory=" + directory.resolve("node"),
				"atomix.node.address=127.0.0.1:" + port };
	}

	record Numbers(@Primitive("numbers") DistributedMap<String, Integer> map) {

	}

	/**
	 * What the tests of the test cache have in common.
	 */
	abstract static class Base {

		@DynamicPropertySource
		static void properties(DynamicPropertyRegistry registry) {
			registry.add("atomix.storage.directory", directory.resolve("cached")::toString);
			registry.add("atomix.node.address", () -> "127.0.0.1:" + port);
		}

	}

	@SpringBootTest(classes = { AtomixAutoConfiguration.class, Numbers.class }, webEnvironment = WebEnvironment.NONE)
	static class First extends Base {

	}

	@SpringBootTest(classes = { AtomixAutoConfiguration.class, Numbers.class }, webEnvironment = WebEnvironment.NONE,
			properties = "spring.application.name=other")
	static class Second extends Base {

	}

	@SpringBootTest(classes = { AtomixAutoConfiguration.class, Numbers.class }, webEnvironment = WebEnvironment.NONE)
	static class SameAsFirst extends Base {

	}

}
