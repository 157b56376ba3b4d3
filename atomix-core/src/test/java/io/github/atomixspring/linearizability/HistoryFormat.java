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

package io.github.atomixspring.linearizability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Form of histories in files: JSON, one {@link HistoryEvent} a line.
 *
 * @param <I> the type of inputs, a record or an enum
 * @param <O> the type of outputs, a record, an enum or a number
 * @since 0.1.0
 */
public final class HistoryFormat<I, O> {

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final JavaType eventType;

	/**
	 * Creates a format.
	 * @param input the type of inputs
	 * @param output the type of outputs
	 */
	public HistoryFormat(Class<I> input, Class<O> output) {
		this.eventType = this.mapper.getTypeFactory().constructParametricType(HistoryEvent.class, input, output);
	}

	/**
	 * Opens a journal: a file that holds each event before the recorder returns, so that
	 * it survives {@code kill -9} of the process.
	 * @param file the file, created with its directories or overwritten
	 * @return the consumer to {@linkplain History#History(java.util.function.Consumer)
	 * create the history} with
	 */
	public HistoryJournal<I, O> journal(Path file) {
		try {
			Files.createDirectories(file.toAbsolutePath().getParent());
			return new HistoryJournal<>(Files.newOutputStream(file), this::encode);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot write the history '%s'".formatted(file), ex);
		}
	}

	/**
	 * Writes a history to a file.
	 * @param history the history
	 * @param file the file, created with its directories or overwritten
	 */
	public void write(History<I, O> history, Path file) {
		try (HistoryJournal<I, O> journal = journal(file)) {
			history.events().forEach(journal);
		}
	}

	/**
	 * Reads a history from a file. What follows the last line break was torn off by the
	 * end of its process and is left out.
	 * @param file the file
	 * @return the history
	 */
	public History<I, O> read(Path file) {
		try {
			String text = Files.readString(file);
			History<I, O> history = new History<>();
			text.substring(0, text.lastIndexOf('\n') + 1).lines().map(this::decode).forEach(history::restore);
			return history;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read the history '%s'".formatted(file), ex);
		}
	}

	private String encode(HistoryEvent<I, O> event) {
		return this.mapper.writeValueAsString(event);
	}

	private HistoryEvent<I, O> decode(String line) {
		return this.mapper.readValue(line, this.eventType);
	}

}
