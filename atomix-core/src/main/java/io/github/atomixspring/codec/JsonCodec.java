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

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Values as JSON, always with the same bytes for the same content.
 *
 * @param <T> the type of the values
 */
final class JsonCodec<T> implements Codec<T> {

	/**
	 * A mapper of our own: what an application does to its mapper must not change bytes
	 * that the cluster compares, and nothing may turn on types named by the content.
	 */
	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
		.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
		.disable(SerializationFeature.FAIL_ON_ORDER_MAP_BY_INCOMPARABLE_KEY)
		.disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
		.disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
		// Two versions of an application share values during a rolling upgrade.
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private final JavaType type;

	private final ObjectReader reader;

	private final ObjectWriter writer;

	/**
	 * Creates a codec.
	 * @param type the type of the values
	 */
	JsonCodec(Type type) {
		this.type = MAPPER.constructType(type);
		this.reader = MAPPER.readerFor(this.type);
		this.writer = MAPPER.writerFor(this.type);
	}

	@Override
	public byte[] encode(T value) {
		try {
			return this.writer.writeValueAsBytes(value);
		}
		catch (JacksonException ex) {
			throw new CodecException("A value of the type " + value.getClass().getName() + " cannot be encoded as "
					+ this + ": " + reason(ex), ex);
		}
	}

	@Override
	public T decode(byte[] bytes) {
		try {
			@Nullable T value = this.reader.readValue(bytes);
			if (value == null) {
				throw new CodecException(bytes.length + " bytes are the null of JSON and no " + this, null);
			}
			return value;
		}
		catch (JacksonException ex) {
			throw new CodecException(bytes.length + " bytes cannot be decoded as " + this + ": " + reason(ex), ex);
		}
	}

	/**
	 * Returns why it failed, without the content.
	 * @param ex the exception
	 * @return the reason
	 */
	private static String reason(JacksonException ex) {
		return ex.getClass().getSimpleName();
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof JsonCodec<?> codec && codec.type.equals(this.type);
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
