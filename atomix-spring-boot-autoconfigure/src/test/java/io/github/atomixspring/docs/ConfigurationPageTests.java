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
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tables of the configuration page are made from the configuration metadata; the text
 * around them is written by hand. With {@code -Ddocs.update} the test writes them.
 */
class ConfigurationPageTests {

	private static final Path PAGE = Pages.root().resolve("docs/configuration.md");

	private static final Pattern TABLE = Pattern.compile("(?s)(<!-- properties: ([^>]+) -->\n).*?(<!-- end -->)");

	private static final Pattern ROW = Pattern.compile("(?m)^\\| `[\\w.<>-]+` \\|(?: [^|]*\\|){3}$");

	private final PropertyReference reference = new PropertyReference();

	ConfigurationPageTests() throws IOException {
	}

	@Test
	void tablesAreThoseOfTheMetadata() throws IOException {
		String page = Pages.read(PAGE);
		String expected = TABLE.matcher(page)
			.replaceAll((table) -> Matcher.quoteReplacement(
					table.group(1) + "\n" + this.reference.table(prefixes(table)) + "\n\n" + table.group(3)));
		if (System.getProperty("docs.update") != null) {
			Files.writeString(PAGE, expected);
		}
		else {
			assertThat(page).as("%s, which CONTRIBUTING.md says how to update", PAGE).isEqualTo(expected);
		}
	}

	@Test
	void eachPropertyIsInOneTable() {
		List<String> shown = TABLE.matcher(Pages.read(PAGE))
			.results()
			.flatMap((table) -> prefixes(table).stream())
			.flatMap((prefix) -> {
				List<String> names = this.reference.names(prefix);
				assertThat(names).as("properties of %s", prefix).isNotEmpty();
				return names.stream();
			})
			.toList();
		assertThat(shown).containsExactlyInAnyOrderElementsOf(this.reference.names());
	}

	@Test
	void noPropertyIsDescribedByHand() {
		String byHand = TABLE.matcher(Pages.read(PAGE)).replaceAll("");
		assertThat(ROW.matcher(byHand).results().map(MatchResult::group)).isEmpty();
	}

	private static List<String> prefixes(MatchResult table) {
		return Stream.of(table.group(2).split(",")).map(String::strip).toList();
	}

}
