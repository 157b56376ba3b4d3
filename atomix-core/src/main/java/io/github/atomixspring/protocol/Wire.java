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

package io.github.atomixspring.protocol;

import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORMapper;

/**
 * Encodes and decodes the messages of this package as CBOR.
 * <p>
 * Records are arrays of their components in the order of declaration; sealed types are
 * pairs of a number and such an array. Components are only ever added at the end: a
 * reader ignores those it does not know and takes zero or null for those that are not
 * there, so that two adjacent versions understand each other. The types are the closed
 * set of this package; nothing in the bytes can name another class.
 *
 * @param <T> the type of the message
 */
public final class Wire<T> {

	private static final int MAX_DEPTH = 32;

	private static final CBORMapper MAPPER = CBORMapper
		.builder(CBORFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
			.build())
		.disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
		.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	/**
	 * Commands.
	 */
	public static final Wire<Command> COMMAND = new Wire<>(Command.class);

	/**
	 * Queries.
	 */
	public static final Wire<Query> QUERY = new Wire<>(Query.class);

	/**
	 * Log entries.
	 */
	public static final Wire<LogEntry> LOG_ENTRY = new Wire<>(LogEntry.class);

	/**
	 * Frames from sessions to the gateway.
	 */
	public static final Wire<ClientFrame> CLIENT_FRAME = new Wire<>(ClientFrame.class);

	/**
	 * Frames from the gateway to sessions.
	 */
	public static final Wire<ServerFrame> SERVER_FRAME = new Wire<>(ServerFrame.class);

	private final Class<T> type;

	private final ObjectReader reader;

	private final ObjectWriter writer;

	private Wire(Class<T> type) {
		this.type = type;
		this.reader = MAPPER.readerFor(type);
		this.writer = MAPPER.writerFor(type);
	}

	/**
	 * Returns a codec for another record type, for instance a part of a snapshot.
	 * @param <T> the type
	 * @param type the type
	 * @return the codec
	 */
	public static <T> Wire<T> of(Class<T> type) {
		return new Wire<>(type);
	}

	/**
	 * Encodes a message.
	 * @param message the message
	 * @return its bytes
	 */
	public byte[] encode(T message) {
		return this.writer.writeValueAsBytes(message);
	}

	/**
	 * Returns what becomes of a kind of message that is not known: the same as if this
	 * software were the one before it.
	 * @param type the type of the messages
	 * @param kind the kind of message
	 * @return the exception
	 */
	public static ProtocolException unknown(Class<?> type, Class<?> kind) {
		JsonTypeName name = kind.getAnnotation(JsonTypeName.class);
		return unknown(type, (name != null) ? name.value() : null, null);
	}

	private static ProtocolException unknown(Class<?> type, @Nullable String id, @Nullable Throwable cause) {
		return new ProtocolException(ErrorCode.UNSUPPORTED, "Unknown kind of " + type.getSimpleName() + kind(id),
				cause);
	}

	private static String kind(@Nullable String id) {
		// The text becomes part of the replicated state: only what a newer version may
		// have written is worth keeping.
		return (id != null && id.matches("[0-9]{1,9}")) ? ": " + id : "";
	}

	/**
	 * Decodes a message.
	 * @param bytes the bytes
	 * @return the message
	 * @throws ProtocolException if they are no message of this type
	 */
	public T decode(byte[] bytes) {
		try {
			T message = this.reader.readValue(bytes);
			return Objects.requireNonNull(message, "null");
		}
		catch (InvalidTypeIdException ex) {
			throw unknown(this.type, ex.getTypeId(), ex);
		}
		catch (RuntimeException ex) {
			// Total: whatever a parser stumbles over, the bytes are no message.
			throw new ProtocolException(ErrorCode.MALFORMED, "The bytes are no " + this.type.getSimpleName(), ex);
		}
	}

}
