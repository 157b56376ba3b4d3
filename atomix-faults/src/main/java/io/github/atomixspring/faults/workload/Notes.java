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

package io.github.atomixspring.faults.workload;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file that takes lines one by one, each in a single write, so that it survives the
 * kill of its process.
 */
final class Notes implements Closeable {

	private static final String SEPARATOR = "\t";

	private final OutputStream file;

	Notes(Path path) {
		try {
			this.file = Files.newOutputStream(path);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot write '%s'".formatted(path), ex);
		}
	}

	synchronized void add(Object... words) {
		StringBuilder line = new StringBuilder();
		for (Object word : words) {
			line.append((line.isEmpty()) ? "" : SEPARATOR).append(word);
		}
		try {
			this.file.write(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Reads the lines of a file. What follows the last line break was torn off by the end
	 * of its process.
	 * @param path the file
	 * @return the words of the lines
	 */
	static List<String[]> read(Path path) {
		try {
			String text = Files.readString(path);
			return text.substring(0, text.lastIndexOf('\n') + 1).lines().map((line) -> line.split(SEPARATOR)).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read '%s'".formatted(path), ex);
		}
	}

	@Override
	public void close() {
		try {
			this.file.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
