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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.github.atomixspring.linearizability.History;
import io.github.atomixspring.linearizability.HistoryFormat;

/**
 * The files into which the processes of a round write what they do, before and after they
 * do it: a process that is killed leaves them behind.
 *
 * @param directory where they are
 */
public record Journals(Path directory) {

	static final String PROBLEMS = "problems";

	/**
	 * Returns what went wrong in callers as nothing may.
	 * @return the problems, with stack traces
	 */
	public List<String> problems() {
		return files(PROBLEMS).stream().map((file) -> {
			try {
				return Files.readString(file);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}).toList();
	}

	/**
	 * Returns the file of a process.
	 * @param kind what is in it
	 * @param process the name and number of the process
	 * @return the file
	 */
	Path file(String kind, String process) {
		return this.directory.resolve(kind + "-" + process + ".jsonl");
	}

	/**
	 * Returns the files of all processes.
	 * @param kind what is in them
	 * @return the files
	 */
	List<Path> files(String kind) {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.filter((file) -> String.valueOf(file.getFileName()).matches(kind + "-[a-z]\\d+-\\d+\\.jsonl"))
				.sorted()
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Reads the histories of all processes as one.
	 * @param kind what is in them
	 * @param format the form of the files
	 * @param <I> the type of inputs
	 * @param <O> the type of outputs
	 * @return the history
	 */
	<I, O> History<I, O> read(String kind, HistoryFormat<I, O> format) {
		return History.merge(files(kind).stream().map(format::read).toList());
	}

}
