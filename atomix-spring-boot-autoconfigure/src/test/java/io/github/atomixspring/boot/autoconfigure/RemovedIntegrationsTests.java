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

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that an application starts without each of the optional dependencies, and without
 * all of them. They are not only hidden from conditions, but gone for all classes: each
 * application is loaded anew, without their jars and those that need them.
 */
class RemovedIntegrationsTests {

	private static final String INTEGRATION = "|spring-integration-.*|spring-boot-integration";

	private static final String CLOUD = "|spring-cloud-.*";

	/**
	 * What does not work without an optional dependency, by the names of the jars.
	 */
	private static final Map<String, String> NEEDED_BY = Map.ofEntries(
			Map.entry("spring-boot-actuator-autoconfigure", "|spring-boot-actuator"),
			Map.entry("reactor-core", "|reactive-streams" + INTEGRATION + CLOUD),
			Map.entry("spring-integration-core", INTEGRATION),
			Map.entry("micrometer-core", "|micrometer-registry-.*|spring-boot-micrometer-.*"),
			Map.entry("shedlock-core", "|shedlock-.*"), Map.entry("spring-cloud-commons", CLOUD),
			Map.entry("spring-cloud-context", CLOUD),
			Map.entry("micrometer-observation", "|micrometer-.*|spring-boot-micrometer-.*" + INTEGRATION),
			Map.entry("spring-tx", INTEGRATION));

	private static final Pattern OPTIONAL = Pattern
		.compile("<artifactId>([^<]+)</artifactId>\\s*<optional>true</optional>");

	static List<String> optional() throws IOException {
		return OPTIONAL.matcher(Files.readString(Path.of("pom.xml")))
			.results()
			.map((dependency) -> dependency.group(1))
			.toList();
	}

	@ParameterizedTest
	@MethodSource("optional")
	void startsWithout(String dependency) throws Exception {
		start(jars(dependency));
	}

	@Test
	void startsWithoutAll() throws Exception {
		start(optional().stream().map(RemovedIntegrationsTests::jars).collect(Collectors.joining("|")));
	}

	@Test
	void startsWithAll() throws Exception {
		assertThat(start("")).contains("atomixMetrics", "atomixLockRegistry", "atomixLockProvider",
				"atomixHealthContributor", "atomixEndpoint");
	}

	private static String jars(String dependency) {
		return dependency + NEEDED_BY.getOrDefault(dependency, "");
	}

	private static List<String> start(String removed) throws Exception {
		Pattern jars = Pattern.compile("(" + removed + ")-\\d.*\\.jar");
		List<URL> urls = new ArrayList<>();
		List<String> gone = new ArrayList<>();
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			if (jars.matcher(Path.of(entry).getFileName().toString()).matches()) {
				gone.add(entry);
			}
			else {
				urls.add(url(entry));
			}
		}
		assertThat(gone.isEmpty()).isEqualTo(removed.isEmpty());
		Thread thread = Thread.currentThread();
		ClassLoader previous = thread.getContextClassLoader();
		try (URLClassLoader loader = new OwnClasses(urls.toArray(URL[]::new))) {
			thread.setContextClassLoader(loader);
			Object beans = loader.loadClass(OptionalApplication.class.getName()).getMethod("start").invoke(null);
			return Arrays.asList((String[]) beans);
		}
		catch (InvocationTargetException ex) {
			throw new IllegalStateException("Does not start without " + removed, ex.getCause());
		}
		finally {
			thread.setContextClassLoader(previous);
		}
	}

	private static URL url(String entry) throws MalformedURLException {
		return Path.of(entry).toUri().toURL();
	}

	/**
	 * Loads everything but the classes of the platform itself. The system class loader is
	 * its parent only because the services of the platform are looked up there.
	 */
	private static final class OwnClasses extends URLClassLoader {

		OwnClasses(URL[] urls) {
			super(urls, ClassLoader.getSystemClassLoader());
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			synchronized (getClassLoadingLock(name)) {
				Class<?> loaded = findLoadedClass(name);
				return (loaded != null) ? loaded : findOrLoad(name);
			}
		}

		private Class<?> findOrLoad(String name) throws ClassNotFoundException {
			try {
				return getPlatformClassLoader().loadClass(name);
			}
			catch (ClassNotFoundException ex) {
				return findClass(name);
			}
		}

		@Override
		public URL getResource(String name) {
			return findResource(name);
		}

		@Override
		public Enumeration<URL> getResources(String name) throws IOException {
			return findResources(name);
		}

	}

}
