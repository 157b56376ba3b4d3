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

package io.github.atomixspring.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.atomixspring.boot.autoconfigure.AtomixProperties;
import io.github.atomixspring.boot.autoconfigure.cache.AtomixCacheProperties;
import io.github.atomixspring.boot.autoconfigure.config.AtomixConfigProperties;
import io.github.atomixspring.boot.autoconfigure.discovery.AtomixDiscoveryProperties;
import io.github.atomixspring.boot.autoconfigure.shedlock.AtomixShedLockProperties;
import io.github.atomixspring.spring.actuate.AtomixDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PlaceholdersResolver;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.PropertyPlaceholderHelper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the guide shows code that is compiled and run, configuration that exists and
 * links that lead somewhere.
 */
class DocumentationTests {

	/** The modules whose tests have snippets. */
	private static final List<String> SNIPPETS = List.of("atomix-spring-boot-autoconfigure",
			"atomix-spring-boot-starter-test", "atomix-spring-sample");

	/** Of what is in them, Java is run, YAML bound, JSON read, XML looked up. */
	private static final List<String> LANGUAGES = List.of("java", "yaml", "json", "xml", "sql", "sh", "");

	private static final Pattern SNIPPET = Pattern.compile("^<!-- snippet: (\\w+)#([\\w-]+) -->$");

	private static final Pattern FILE = Pattern.compile("^<!-- file: (\\S+) -->$");

	private static final Pattern NOT_RUN = Pattern.compile("^<!-- not run: .+ -->$");

	private static final Pattern DEPENDENCY = Pattern
		.compile("<dependency>\\s*<groupId>(.+)</groupId>\\s*<artifactId>(.+)</artifactId>");

	private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

	private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");

	private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+?)\\s*$");

	static List<Path> pages() {
		Path root = Pages.root();
		try (Stream<Path> docs = Files.list(root.resolve("docs"))) {
			return Stream
				.concat(Stream.of(root.resolve("README.md"), root.resolve("CONTRIBUTING.md")),
						docs.filter((file) -> file.toString().endsWith(".md")).sorted())
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@ParameterizedTest
	@MethodSource("pages")
	void blocksAreInALanguageThatIsLookedAt(Path page) {
		assertThat(Block.of(page)).allSatisfy((block) -> {
			assertThat(block.language()).as("language of the block in %s", block.place()).isIn(LANGUAGES);
			Matcher file = FILE.matcher(block.marker());
			if (file.matches()) {
				assertThat(block.text()).as("%s in %s", block.marker(), page)
					.isEqualTo(Pages.read(Pages.root().resolve(file.group(1))).strip());
			}
		});
	}

	@ParameterizedTest
	@MethodSource("pages")
	void javaIsCompiledAndRun(Path page) {
		for (Block block : Block.of(page, "java")) {
			String marker = block.marker();
			Matcher snippet = SNIPPET.matcher(marker);
			if (snippet.matches()) {
				assertThat(block.text()).as("%s in %s", marker, page)
					.isEqualTo(region(snippet.group(1), snippet.group(2)));
			}
			else {
				assertThat(marker).as("line before the block in %s", block.place()).matches(NOT_RUN);
			}
		}
	}

	@ParameterizedTest
	@MethodSource("pages")
	void yamlBinds(Path page) throws IOException {
		PropertyPlaceholderHelper helper = new PropertyPlaceholderHelper("${", "}");
		PlaceholdersResolver placeholders = (value) -> (value instanceof String text)
				? helper.replacePlaceholders(text, (name) -> "a") : value;
		for (Block block : Block.of(page, "yaml")) {
			Binder binder = new Binder(ConfigurationPropertySources.from(sources(block)), placeholders);
			Map.of("atomix", new AtomixProperties(), "atomix.cache", new AtomixCacheProperties(), "atomix.shedlock",
					new AtomixShedLockProperties(), "atomix.discovery", new AtomixDiscoveryProperties(),
					"atomix.config", new AtomixConfigProperties())
				.forEach((prefix, properties) -> binder.bind(prefix, Bindable.ofInstance(properties),
						new NoUnboundElementsBindHandler(BindHandler.DEFAULT)));
		}
	}

	@ParameterizedTest
	@MethodSource("pages")
	void yamlHasPropertiesThatThereAre(Path page) throws IOException {
		for (Block block : Block.of(page, "yaml")) {
			for (PropertySource<?> source : sources(block)) {
				assertThat(((EnumerablePropertySource<?>) source).getPropertyNames())
					.as("properties in %s", block.place())
					.allMatch(KnownProperties::contain);
			}
		}
	}

	@ParameterizedTest
	@MethodSource("pages")
	void dependenciesAreThoseOfTheProject(Path page) throws IOException {
		for (Block block : Block.of(page, "xml")) {
			assertThat(dependencies(block.text())).as("dependencies in %s", block.place())
				.isNotEmpty()
				.isSubsetOf(projectDependencies());
		}
	}

	@ParameterizedTest
	@MethodSource("pages")
	void answersOfTheEndpointHaveItsForm(Path page) {
		JsonMapper mapper = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
		for (Block block : Block.of(page, "json")) {
			if (block.text().contains("\"primitives\"")) {
				AtomixDescriptor descriptor = mapper.readValue(block.text(), AtomixDescriptor.class);
				assertThat(descriptor.members()).as("members in %s", page).isNotEmpty();
			}
			else {
				assertThat(mapper.readTree(block.text()).has("status")).isTrue();
			}
		}
	}

	@Test
	void readmeLeadsToEachPage() {
		List<String> links = LINK.matcher(Pages.read(Pages.root().resolve("README.md")))
			.results()
			.map((link) -> link.group(1))
			.toList();
		assertThat(links).contains(pages().stream()
			.map((page) -> Pages.root().relativize(page).toString())
			.filter((page) -> page.startsWith("docs"))
			.toArray(String[]::new));
	}

	@ParameterizedTest
	@MethodSource("pages")
	void linksLeadSomewhere(Path page) {
		Matcher links = LINK.matcher(Pages.read(page));
		while (links.find()) {
			URI link = URI.create(links.group(1));
			if (link.isAbsolute()) {
				continue;
			}
			Path target = (link.getPath().isEmpty()) ? page : page.resolveSibling(link.getPath());
			assertThat(target).as("link %s in %s", link, page).exists();
			if (link.getFragment() != null) {
				assertThat(anchors(target)).as("anchors of %s, for %s", target, page).contains(link.getFragment());
			}
		}
	}

	private static List<String> anchors(Path page) {
		String text = FENCED.matcher(Pages.read(page)).replaceAll("");
		return HEADING.matcher(text)
			.results()
			.map((heading) -> heading.group(1).toLowerCase().replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
			.toList();
	}

	private static List<PropertySource<?>> sources(Block block) throws IOException {
		return new YamlPropertySourceLoader().load(block.place(),
				new ByteArrayResource(block.text().getBytes(StandardCharsets.UTF_8)));
	}

	private static List<String> projectDependencies() throws IOException {
		try (Stream<Path> modules = Files.list(Pages.root())) {
			return modules.map((module) -> module.resolve("pom.xml"))
				.filter(Files::exists)
				.flatMap((pom) -> dependencies(Pages.read(pom)).stream())
				.toList();
		}
	}

	private static List<String> dependencies(String xml) {
		return DEPENDENCY.matcher(xml)
			.results()
			.map((dependency) -> dependency.group(1) + ":" + dependency.group(2))
			.toList();
	}

	private static String region(String type, String name) {
		Path source = SNIPPETS.stream()
			.flatMap((module) -> sources(module, type + ".java"))
			.findFirst()
			.orElseThrow(() -> new AssertionError("There is no class " + type + " with snippets in " + SNIPPETS));
		List<String> lines = Pages.read(source).lines().toList();
		int begin = index(lines, "// tag::" + name + "[]");
		int end = index(lines, "// end::" + name + "[]");
		assertThat(begin).as("tag %s in %s", name, source).isNotNegative();
		assertThat(end).as("end of tag %s in %s", name, source).isGreaterThan(begin);
		return Block.normalise(lines.subList(begin + 1, end));
	}

	private static Stream<Path> sources(String module, String name) {
		Path docs = Pages.root().resolve(module).resolve("src/test/java/io/github/atomixspring/docs");
		try (Stream<Path> files = Files.walk(docs)) {
			return files.filter((file) -> file.endsWith(name)).toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static int index(List<String> lines, String tag) {
		return lines.stream().map(String::trim).toList().indexOf(tag);
	}

}
