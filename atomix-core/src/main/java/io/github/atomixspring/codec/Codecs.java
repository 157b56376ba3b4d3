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
import java.util.Map;
import java.util.Objects;

import tools.jackson.databind.JavaType;

/**
 * The codecs that come with the library.
 * <p>
 * Two codecs of this class are equal if they are of the same kind and for the same
 * declared type.
 *
 * @since 0.1.0
 */
public final class Codecs {

	private static final Map<Type, Codec<?>> NATURAL = Map.ofEntries(Map.entry(String.class, strings()),
			Map.entry(byte[].class, bytes()), Map.entry(Long.class, longs()), Map.entry(long.class, longs()),
			Map.entry(Integer.class, ints()), Map.entry(int.class, ints()),
			Map.entry(Short.class, new NumberCodec<>(Short.class, Short.MIN_VALUE, Short.MAX_VALUE, Long::shortValue)),
			Map.entry(Byte.class, new NumberCodec<>(Byte.class, Byte.MIN_VALUE, Byte.MAX_VALUE, Long::byteValue)));

	private Codecs() {
	}

	/**
	 * Returns the natural codec of a type: UTF-8 for strings, the bytes themselves for
	 * byte arrays, a compact form for integral numbers, and JSON for everything else.
	 * @param <T> the type of the values
	 * @param type the type
	 * @return the codec
	 */
	public static <T> Codec<T> forType(Class<T> type) {
		return forType((Type) type);
	}

	/**
	 * Returns the natural codec of a type, which may have parameters such as
	 * {@code List<Price>}.
	 * @param <T> the type of the values; the caller answers for it being the given one
	 * @param type the type
	 * @return the codec
	 */
	@SuppressWarnings("unchecked")
	public static <T> Codec<T> forType(Type type) {
		Objects.requireNonNull(type, "'type' must not be null");
		Type plain = (type instanceof JavaType javaType && !javaType.hasGenericTypes()) ? javaType.getRawClass() : type;
		Codec<?> natural = NATURAL.get(plain);
		return (natural != null) ? (Codec<T>) natural : json(type);
	}

	/**
	 * Returns a codec that writes JSON. Properties and map keys are sorted, so that equal
	 * values have equal bytes as long as their collections are in the same order. The
	 * JSON is always read as the given type: nothing in it can name a class.
	 * @param <T> the type of the values
	 * @param type the type
	 * @return the codec
	 */
	public static <T> Codec<T> json(Class<T> type) {
		return json((Type) type);
	}

	/**
	 * Returns a codec that writes JSON, for a type that may have parameters.
	 * @param <T> the type of the values; the caller answers for it being the given one
	 * @param type the type
	 * @return the codec
	 */
	public static <T> Codec<T> json(Type type) {
		return new JsonCodec<>(Objects.requireNonNull(type, "'type' must not be null"));
	}

	/**
	 * Returns whether the values of a codec are immutable, and equal exactly if their
	 * bytes are, and decoding them calls no code of users. So it is for strings and
	 * numbers.
	 * @param codec the codec
	 * @return whether values can stand for their bytes
	 */
	public static boolean isExact(Codec<?> codec) {
		return codec instanceof StringCodec || codec instanceof NumberCodec || codec instanceof OrderedNumberCodec
				|| codec instanceof InstantCodec;
	}

	/**
	 * Returns the codec of strings as UTF-8.
	 * @return the codec
	 */
	public static Codec<String> strings() {
		return StringCodec.INSTANCE;
	}

	/**
	 * Returns the codec of byte arrays as they are.
	 * @return the codec
	 */
	public static Codec<byte[]> bytes() {
		return BytesCodec.INSTANCE;
	}

	/**
	 * Returns the codec of long numbers: the fewest bytes that hold the number, the
	 * highest first.
	 * @return the codec
	 */
	public static Codec<Long> longs() {
		return new NumberCodec<>(Long.class, Long.MIN_VALUE, Long.MAX_VALUE, (number) -> number);
	}

	/**
	 * Returns the codec of integers, in the form of {@link #longs()}.
	 * @return the codec
	 */
	public static Codec<Integer> ints() {
		return new NumberCodec<>(Integer.class, Integer.MIN_VALUE, Integer.MAX_VALUE, Long::intValue);
	}

}
