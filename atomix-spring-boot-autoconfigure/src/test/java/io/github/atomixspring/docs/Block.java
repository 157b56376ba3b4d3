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

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A fenced block of a page.
 *
 * @param page the page
 * @param line the number of its first line
 * @param language what it is written in, or an empty text
 * @param marker the line before it
 * @param text its text, without the indentation that all lines have
 */
record Block(Path page, int line, String language, String marker, String text) {

	private static final Pattern FENCE = Pattern.compile("^\\s*(?:```|~~~)(.*)$");

	/**
	 * Returns the blocks of a page.
	 * @param page the page
	 * @return the blocks, in their order
	 */
	static List<Block> of(Path page) {
		List<Block> blocks = new ArrayList<>();
		List<String> lines = Pages.read(page).lines().toList();
		Integer begin = null;
		String language = "";
		for (int i = 0; i < lines.size(); i++) {
			Matcher fence = FENCE.matcher(lines.get(i));
			if (!fence.matches()) {
				continue;
			}
			if (begin == null) {
				begin = i;
				language = fence.group(1).strip();
				continue;
			}
			blocks.add(new Block(page, begin + 1, language, (begin > 0) ? lines.get(begin - 1) : "",
					normalise(lines.subList(begin + 1, i))));
			begin = null;
		}
		if (begin != null) {
			throw new IllegalStateException("The block in line " + (begin + 1) + " of " + page + " has no end");
		}
		return blocks;
	}

	/**
	 * Returns the blocks of a page that are written in a language.
	 * @param page the page
	 * @param language the language
	 * @return the blocks, in their order
	 */
	static List<Block> of(Path page, String language) {
		return of(page).stream().filter((block) -> block.language().equals(language)).toList();
	}

	/**
	 * Returns where the block is, for messages.
	 * @return the place
	 */
	String place() {
		return "line " + this.line + " of " + this.page;
	}

	/**
	 * Takes off the indentation that all lines have.
	 * @param lines the lines
	 * @return the text
	 */
	static String normalise(List<String> lines) {
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

}
