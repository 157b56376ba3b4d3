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

import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.devtools.restart.classloader.ClassLoaderFiles;
import org.springframework.boot.devtools.restart.classloader.RestartClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the restart of an application by the developer tools of Spring Boot: in the
 * same process, on the same port and in the same directory, with its own classes in a new
 * class loader.
 */
class DevtoolsRestartTests {

	// Of the JDK, made by whoever needs it first.
	private static final String DELAYS_OF_FUTURES = "CompletableFutureDelayScheduler";

	@TempDir
	private Path directory;

	@Test
	void applicationRestartsWithNewClassesAndLeavesNoThread() throws Exception {
		String address = "127.0.0.1:" + FreePort.find();
		ClassLoader first = run("first", address);
		assertNoThreads(first);
		ClassLoader second = run("second", address);
		assertNoThreads(second);
		assertThat(first).isNotSameAs(second);
	}

	private ClassLoader run(String run, String address) throws Exception {
		URL classes = DevtoolsRestartTests.class.getProtectionDomain().getCodeSource().getLocation();
		RestartClassLoader classLoader = new RestartClassLoader(DevtoolsRestartTests.class.getClassLoader(),
				new URL[] { classes }, new ClassLoaderFiles());
		BiConsumer<String, String[]> application = application(classLoader);
		assertThat(application.getClass()).isNotEqualTo(Application.class);
		assertThat(CompletableFuture.runAsync(() -> application.accept(run,
				new String[] { "atomix.node.address=" + address, "atomix.storage.directory=" + this.directory }),
				(task) -> {
					Thread thread = new Thread(task, "restarted-" + run);
					thread.setContextClassLoader(classLoader);
					thread.start();
				}))
			.succeedsWithin(Duration.ofMinutes(2));
		return classLoader;
	}

	@SuppressWarnings("unchecked")
	private static BiConsumer<String, String[]> application(ClassLoader classLoader) throws Exception {
		return (BiConsumer<String, String[]>) classLoader.loadClass(Application.class.getName())
			.getDeclaredConstructor()
			.newInstance();
	}

	private static void assertNoThreads(ClassLoader classLoader) {
		await().atMost(Everything.PATIENCE).untilAsserted(() -> {
			Set<Thread> alive = Thread.getAllStackTraces().keySet();
			assertThat(alive).filteredOn((thread) -> thread.getContextClassLoader() == classLoader)
				.extracting(Thread::getName)
				.isSubsetOf(DELAYS_OF_FUTURES);
		});
	}

	/**
	 * The application, which each run loads anew.
	 */
	public static class Application implements BiConsumer<String, String[]> {

		@Override
		public void accept(String run, String[] properties) {
			new ApplicationContextRunner().withClassLoader(getClass().getClassLoader())
				.withPropertyValues(Everything.PROPERTIES)
				.withPropertyValues(properties)
				.withUserConfiguration(Everything.class)
				.run((context) -> {
					Everything.Basket baskets = context.getBean(Everything.Basket.class);
					if (run.equals("second")) {
						assertThat(baskets.prices().get("kept")).singleElement().isInstanceOf(Everything.Price.class);
					}
					Everything.use(context);
					baskets.prices().put("kept", List.of(new Everything.Price(7)));
				});
		}

	}

}
