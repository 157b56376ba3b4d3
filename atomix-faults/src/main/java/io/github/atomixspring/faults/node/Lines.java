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

package io.github.atomixspring.faults.node;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The form of what the suite and the processes tell each other: JSON, one record a line.
 */
public final class Lines {

	private final JsonMapper mapper = JsonMapper.builder().build();

	/**
	 * Writes a record.
	 * @param line the record
	 * @return the line, without its end
	 */
	public String write(Object line) {
		return this.mapper.writeValueAsString(line);
	}

	/**
	 * Reads what a process said.
	 * @param line the line
	 * @return the record
	 */
	public Message readMessage(String line) {
		return this.mapper.readValue(line, Message.class);
	}

	/**
	 * Reads what the suite asks.
	 * @param line the line
	 * @return the record
	 */
	Request readRequest(String line) {
		return this.mapper.readValue(line, Request.class);
	}

	/**
	 * Reads what a process is to be.
	 * @param line the line
	 * @return the record
	 */
	NodeConfig readConfig(String line) {
		return this.mapper.readValue(line, NodeConfig.class);
	}

	/**
	 * Reads an argument or an answer.
	 * @param <T> the type
	 * @param node the argument or answer
	 * @param type the type
	 * @return the value
	 */
	public <T> T value(@Nullable JsonNode node, Class<T> type) {
		if (node == null) {
			throw new IllegalArgumentException("A " + type.getSimpleName() + " is missing");
		}
		return this.mapper.treeToValue(node, type);
	}

	/**
	 * Reads an argument or an answer that is texts by name.
	 * @param node the argument or answer
	 * @return the texts
	 */
	public Map<String, String> texts(@Nullable JsonNode node) {
		return this.mapper.convertValue(node, new TypeReference<Map<String, String>>() {
		});
	}

	/**
	 * Makes a tree of a value.
	 * @param value the value, or null
	 * @return the tree
	 */
	public JsonNode tree(@Nullable Object value) {
		return this.mapper.valueToTree(value);
	}

	/**
	 * What the suite asks a process.
	 *
	 * @param id the number of the request
	 * @param command what is to be done
	 * @param argument the argument, or null
	 */
	public record Request(long id, String command, @Nullable JsonNode argument) {

	}

	/**
	 * What a process says: an answer, or how it is.
	 *
	 * @param id the number of the request
	 * @param answer the answer, or null
	 * @param failure why there is none, or null
	 * @param view how the process is, or null
	 */
	public record Message(long id, @Nullable JsonNode answer, @Nullable String failure, @Nullable NodeView view) {

	}

}
