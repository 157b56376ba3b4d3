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
import java.util.ArrayList;
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
import org.jspecify.annotations.Nullable;
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
			"atomix-spring-boot-starter-test");

	private static final Pattern FENCE = Pattern.compile("^```(\\w*)\\s*$");

	private static final Pattern SNIPPET = Pattern.compile("^<!-- snippet: (\\w+)#([\\w-]+) -->$");

	private static final Pattern NOT_RUN = Pattern.compile("^<!-- not run: .+ -->$");

	private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

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
	void javaIsCompiledAndRun(Path page) {
		for (Block block : blocks(page, "java")) {
			String marker = block.marker();
			Matcher snippet = SNIPPET.matcher(marker);
			if (snippet.matches()) {
				assertThat(block.text()).as("%s in %s", marker, page)
					.isEqualTo(region(snippet.group(1), snippet.group(2)));
			}
			else {
				assertThat(marker).as("line before the block in line %d of %s", block.line(), page).matches(NOT_RUN);
			}
		}
	}

	@ParameterizedTest
	@MethodSource("pages")
	void yamlBinds(Path page) throws IOException {
		for (Block block : blocks(page, "yaml")) {
			byte[] yaml = block.text().getBytes(StandardCharsets.UTF_8);
			List<PropertySource<?>> sources = new YamlPropertySourceLoader().load("line " + block.line(),
					new ByteArrayResource(yaml));
			PropertyPlaceholderHelper helper = new PropertyPlaceholderHelper("${", "}");
			PlaceholdersResolver placeholders = (value) -> (value instanceof String text)
					? helper.replacePlaceholders(text, (name) -> "a") : value;
			Binder binder = new Binder(ConfigurationPropertySources.from(sources), placeholders);
			Map.of("atomix", new AtomixProperties(), "atomix.cache", new AtomixCacheProperties(), "atomix.shedlock",
					new AtomixShedLockProperties(), "atomix.discovery", new AtomixDiscoveryProperties(),
					"atomix.config", new AtomixConfigProperties())
				.forEach((prefix, properties) -> binder.bind(prefix, Bindable.ofInstance(properties),
						new NoUnboundElementsBindHandler(BindHandler.DEFAULT)));
		}
	}

	@ParameterizedTest
	@MethodSource("pages")
	void answersOfTheEndpointHaveItsForm(Path page) {
		JsonMapper mapper = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
		for (Block block : blocks(page, "json")) {
			if (block.text().contains("\"primitives\"")) {
				AtomixDescriptor descriptor = mapper.readValue(block.text(), AtomixDescriptor.class);
				assertThat(descriptor.members()).as("members in %s", page).isNotEmpty();
			}
			else {
				assertThat(mapper.readTree(block.text()).has("status")).isTrue();
			}
		}
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
		return HEADING.matcher(Pages.read(page))
			.results()
			.map((heading) -> heading.group(1).toLowerCase().replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
			.toList();
	}

	private static List<Block> blocks(Path page, String language) {
		List<Block> blocks = new ArrayList<>();
		List<String> lines = Pages.read(page).lines().toList();
		Integer begin = null;
		String current = "";
		for (int i = 0; i < lines.size(); i++) {
			Matcher fence = FENCE.matcher(lines.get(i));
			if (!fence.matches()) {
				continue;
			}
			if (begin == null) {
				begin = i;
				current = fence.group(1);
				continue;
			}
			if (current.equals(language)) {
				blocks.add(new Block(begin + 1, (begin > 0) ? lines.get(begin - 1) : "",
						normalise(lines.subList(begin + 1, i))));
			}
			begin = null;
		}
		assertThat(begin).as("block without end in %s", page).isNull();
		return blocks;
	}

	private static String region(String type, String name) {
		String file = "src/test/java/io/github/atomixspring/docs/" + type + ".java";
		Path source = SNIPPETS.stream()
			.map((module) -> Pages.root().resolve(module).resolve(file))
			.filter(Files::exists)
			.findFirst()
			.orElseThrow(() -> new AssertionError("There is no class " + type + " with snippets in " + SNIPPETS));
		List<String> lines = Pages.read(source).lines().toList();
		int begin = index(lines, "// tag::" + name + "[]");
		int end = index(lines, "// end::" + name + "[]");
		assertThat(begin).as("tag %s in %s", name, source).isNotNegative();
		assertThat(end).as("end of tag %s in %s", name, source).isGreaterThan(begin);
		return normalise(lines.subList(begin + 1, end));
	}

	private static int index(List<String> lines, String tag) {
		return lines.stream().map(String::trim).toList().indexOf(tag);
	}

	/**
	 * Takes off the indentation that all lines have.
	 */
	private static String normalise(List<String> lines) {
		String common = lines.stream()
			.filter((line) -> !line.isBlank())
			.map((line) -> line.substring(0, line.length() - line.stripLeading().length()))
			.min((one, other) -> Integer.compare(one.length(), other.length()))
			.orElse("");
		return String.join("\n", lines.stream().map((line) -> strip(line, common)).toList()).strip();
	}

	private static String strip(String line, @Nullable String common) {
		return (common != null && line.startsWith(common)) ? line.substring(common.length()).stripTrailing()
				: line.stripTrailing();
	}

	/**
	 * A fenced block.
	 *
	 * @param line the number of its first line
	 * @param marker the line before it
	 * @param text its text
	 */
	private record Block(int line, String marker, String text) {

	}

}
