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

package io.github.atomixspring.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The sockets on which this process listens, as Linux knows them.
 */
final class ListeningSockets {

	private static final String LISTENING = "0A";

	private ListeningSockets() {
	}

	/**
	 * Returns where this process listens.
	 * @return the addresses as {@code host:port}
	 */
	static Set<String> all() {
		Set<String> own = inodes();
		return Stream.of("tcp", "tcp6")
			.map((table) -> Path.of("/proc/self/net", table))
			.flatMap(ListeningSockets::lines)
			.map((line) -> line.trim().split("\\s+"))
			.filter((columns) -> columns[3].equals(LISTENING) && own.contains(columns[9]))
			.map((columns) -> address(columns[1]))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Stream<String> lines(Path table) {
		try {
			List<String> lines = (Files.exists(table)) ? Files.readAllLines(table) : List.of("title");
			return lines.stream().skip(1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Set<String> inodes() {
		try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
			return files.map(ListeningSockets::target)
				.filter((target) -> target.startsWith("socket:["))
				.map((target) -> target.substring("socket:[".length(), target.length() - 1))
				.collect(Collectors.toSet());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String target(Path file) {
		try {
			return Files.readSymbolicLink(file).toString();
		}
		catch (NoSuchFileException ex) {
			// Closed meanwhile.
			return "";
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String address(String column) {
		String[] parts = column.split(":");
		int port = Integer.parseInt(parts[1], 16);
		String words = parts[0];
		if (words.matches("0+")) {
			return "*:" + port;
		}
		if (words.length() > 8 && !words.substring(0, 24).equals("0000000000000000FFFF0000")) {
			return words + ":" + port;
		}
		// The last word, in the order of bytes of this machine, which is taken to be the
		// little one.
		String word = words.substring(words.length() - 8);
		return Arrays.stream(new int[] { 6, 4, 2, 0 })
			.mapToObj((at) -> Integer.toString(Integer.parseInt(word.substring(at, at + 2), 16)))
			.collect(Collectors.joining(".")) + ":" + port;
	}

}
