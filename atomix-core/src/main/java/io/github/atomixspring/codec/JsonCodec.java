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

package io.github.atomixspring.codec;

import java.lang.reflect.Type;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A codec that writes JSON. The mapper is fixed: one that applications customise could
 * write the same value differently on two nodes.
 *
 * @param <T> the type of the values
 */
final class JsonCodec<T> implements Codec<T> {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
		.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
		.build();

	private final JavaType type;

	private final ObjectReader reader;

	private final ObjectWriter writer;

	JsonCodec(Type type) {
		Objects.requireNonNull(type, "'type' must not be null");
		this.type = MAPPER.constructType(type);
		this.reader = MAPPER.readerFor(this.type);
		this.writer = MAPPER.writerFor(this.type);
	}

	@Override
	public byte[] encode(T value) {
		try {
			return this.writer.writeValueAsBytes(value);
		}
		catch (JacksonException | StackOverflowError ex) {
			throw new CodecException(
					"A value of type " + this.type.toCanonical() + " cannot be written as JSON: " + reason(ex), ex);
		}
	}

	@Override
	public T decode(byte[] bytes) {
		T value;
		try {
			value = this.reader.readValue(bytes);
		}
		catch (JacksonException | StackOverflowError ex) {
			throw new CodecException("The bytes are no JSON of type " + this.type.toCanonical() + ": " + reason(ex),
					ex);
		}
		if (value == null) {
			throw new CodecException("The bytes are JSON's null, which is no value", null);
		}
		return value;
	}

	private static String reason(Throwable failure) {
		// The full message quotes the content, which may be secret.
		return (failure instanceof JacksonException exception) ? exception.getOriginalMessage() : "it is too deep";
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof JsonCodec<?> codec && this.type.equals(codec.type);
	}

	@Override
	public int hashCode() {
		return this.type.hashCode();
	}

	@Override
	public String toString() {
		return "JSON of " + this.type.toCanonical();
	}

}
