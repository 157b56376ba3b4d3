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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each row of the page about bad input names the tests that show it, of all modules;
 * those must exist.
 */
class BadInputPageTests {

	private static final Pattern PROOF = Pattern.compile("`(\\w+Tests)#(\\w+)`( \\(long\\))?");

	private final String page = Pages.read(Pages.root().resolve("docs/bad-input.md"));

	private final List<String[]> rows = this.page.lines()
		.filter((line) -> line.startsWith("| ") && !line.matches("\\| (Id|Input|What) \\|.*"))
		.map((line) -> line.substring(2, line.length() - 2).split(" \\| "))
		.toList();

	private final Map<String, List<Path>> tests = tests();

	private static Map<String, List<Path>> tests() {
		try (Stream<Path> files = Files.walk(Pages.root())) {
			return files.filter((file) -> file.toString().contains("/src/test/java/"))
				.filter((file) -> file.getFileName().toString().endsWith("Tests.java"))
				.collect(Collectors.groupingBy((file) -> file.getFileName().toString().replace(".java", "")));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void eachRowIsShownByTests() {
		assertThat(this.rows).hasSizeGreaterThan(40).allSatisfy((cells) -> {
			String last = cells[cells.length - 1];
			assertThat(PROOF.matcher(last).find()).as(last).isTrue();
			assertThat(PROOF.matcher(last).replaceAll("")).as("other than tests").matches("[, ]*");
		});
	}

	@Test
	void allAttacksAreThere() {
		assertThat(this.rows).extracting((cells) -> cells[0])
			.containsAll(IntStream.rangeClosed(1, 11).mapToObj((number) -> "X" + number).toList());
	}

	@Test
	void testsExist() {
		List<String> problems = new ArrayList<>();
		PROOF.matcher(this.page).results().forEach((proof) -> {
			String problem = problem(proof.group(1), proof.group(2), proof.group(3) != null);
			if (problem != null) {
				problems.add(proof.group() + " " + problem);
			}
		});
		assertThat(problems).isEmpty();
	}

	private String problem(String type, String method, boolean runsLong) {
		List<Path> files = this.tests.getOrDefault(type, List.of());
		if (files.isEmpty()) {
			return "is in no module";
		}
		// Several modules have tests of that name, such as those of their architecture.
		List<String> declarations = files.stream()
			.map(Pages::read)
			.flatMap((source) -> declarations(source, method))
			.toList();
		if (declarations.isEmpty()) {
			return "is no method of it";
		}
		if (declarations.stream()
			.noneMatch((lines) -> lines.contains("@Test") || lines.contains("@ParameterizedTest"))) {
			return "is no test";
		}
		if (declarations.stream().anyMatch((lines) -> lines.contains("@Disabled"))) {
			return "is disabled";
		}
		boolean isLong = declarations.stream().anyMatch((lines) -> lines.contains("@Tag(\"long\")"));
		return (isLong == runsLong) ? null : "is " + ((isLong) ? "" : "not ") + "long";
	}

	/**
	 * Finds methods, each with its annotations and those of its class.
	 */
	private static Stream<String> declarations(String source, String method) {
		List<String> lines = source.lines().toList();
		String ofType = lines.stream().filter((line) -> line.startsWith("@")).collect(Collectors.joining("\n"));
		return IntStream.range(0, lines.size())
			.filter((at) -> lines.get(at).startsWith("\tvoid " + method + "("))
			.mapToObj((at) -> ofType + "\n" + String.join("\n", lines.subList(beginning(lines, at), at)));
	}

	private static int beginning(List<String> lines, int at) {
		int first = at;
		while (first > 0 && !lines.get(first - 1).isBlank()) {
			first--;
		}
		return first;
	}

}
