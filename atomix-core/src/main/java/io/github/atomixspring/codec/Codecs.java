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

/**
 * The codecs of this library. Codecs for the same type are equal.
 *
 * @since 0.1.0
 */
public final class Codecs {

	private Codecs() {
	}

	/**
	 * Returns the natural codec of a type: UTF-8 for strings, the bytes themselves for
	 * byte arrays, decimal text for integers and longs, and JSON for everything else.
	 * @param <T> the type of the values
	 * @param type the type
	 * @return the codec
	 */
	public static <T> Codec<T> forType(Class<T> type) {
		return forType((Type) type);
	}

	/**
	 * Returns the natural codec of a type, perhaps a generic one; see
	 * {@link #forType(Class)}.
	 * @param <T> the type of the values
	 * @param type the type
	 * @return the codec
	 */
	@SuppressWarnings("unchecked")
	public static <T> Codec<T> forType(Type type) {
		Objects.requireNonNull(type, "'type' must not be null");
		if (type == String.class) {
			return (Codec<T>) BasicCodec.STRING;
		}
		if (type == byte[].class) {
			return (Codec<T>) BasicCodec.BYTES;
		}
		if (type == Long.class || type == long.class) {
			return (Codec<T>) BasicCodec.LONG;
		}
		if (type == Integer.class || type == int.class) {
			return (Codec<T>) BasicCodec.INTEGER;
		}
		return json(type);
	}

	/**
	 * Returns a codec of UTF-8 strings.
	 * @return the codec
	 */
	public static Codec<String> string() {
		return BasicCodec.STRING;
	}

	/**
	 * Returns a codec of byte arrays that passes them as they are. Arrays must not be
	 * changed after they were handed over.
	 * @return the codec
	 */
	public static Codec<byte[]> bytes() {
		return BasicCodec.BYTES;
	}

	/**
	 * Returns a codec that writes values of a type as JSON. Properties and map entries
	 * are sorted, so that equal values have equal bytes; what the reader does not know is
	 * ignored. The type alone decides what is made from the bytes.
	 * @param <T> the type of the values
	 * @param type the type
	 * @return the codec
	 */
	public static <T> Codec<T> json(Class<T> type) {
		return new JsonCodec<>(type);
	}

	/**
	 * Returns a codec that writes values of a type, perhaps a generic one, as JSON; see
	 * {@link #json(Class)}.
	 * @param <T> the type of the values
	 * @param type the type
	 * @return the codec
	 */
	public static <T> Codec<T> json(Type type) {
		return new JsonCodec<>(type);
	}

}
