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
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;

/**
 * The codecs that keep the order of values.
 * <p>
 * Two codecs of this class are equal if they are for the same type.
 *
 * @since 0.1.0
 */
public final class OrderedCodecs {

	private static final Map<Type, OrderedCodec<?>> NATURAL = Map.ofEntries(Map.entry(String.class, strings()),
			Map.entry(byte[].class, bytes()), Map.entry(Long.class, longs()), Map.entry(long.class, longs()),
			Map.entry(Integer.class, ints()), Map.entry(int.class, ints()),
			Map.entry(Short.class,
					new OrderedNumberCodec<>(Short.class, Short.BYTES, Short::longValue, Long::shortValue)),
			Map.entry(Byte.class, new OrderedNumberCodec<>(Byte.class, Byte.BYTES, Byte::longValue, Long::byteValue)),
			Map.entry(Double.class, doubles()), Map.entry(double.class, doubles()),
			Map.entry(Instant.class, instants()), Map.entry(LocalDate.class, dates()));

	private OrderedCodecs() {
	}

	/**
	 * Returns the ordered codec of a type: {@code String}, {@code byte[]}, {@code Byte},
	 * {@code Short}, {@code Integer}, {@code Long}, {@code Double}, {@code Instant} or
	 * {@code LocalDate}.
	 * @param <T> the type of the values
	 * @param type the type
	 * @return the codec
	 * @throws IllegalArgumentException if there is none: see
	 * {@link OrderedCodec#mapped(java.util.function.Function, java.util.function.Function)}
	 */
	@SuppressWarnings("unchecked")
	public static <T> OrderedCodec<T> forType(Class<T> type) {
		Objects.requireNonNull(type, "'type' must not be null");
		OrderedCodec<?> natural = NATURAL.get(type);
		if (natural == null) {
			throw new IllegalArgumentException("There is no ordered codec of " + type.getName()
					+ ": implement OrderedCodec, or map one of OrderedCodecs");
		}
		return (OrderedCodec<T>) natural;
	}

	/**
	 * Returns the codec of strings as UTF-8, which is in the order of code points. That
	 * is the order of {@link String#compareTo} but for characters outside the Basic
	 * Multilingual Plane, which come last here.
	 * @return the codec
	 */
	public static OrderedCodec<String> strings() {
		return StringCodec.INSTANCE;
	}

	/**
	 * Returns the codec of byte arrays as they are, in the order of unsigned bytes.
	 * @return the codec
	 */
	public static OrderedCodec<byte[]> bytes() {
		return BytesCodec.INSTANCE;
	}

	/**
	 * Returns the codec of long numbers: eight bytes, the highest first, with the sign
	 * inverted so that negative numbers come first.
	 * @return the codec
	 */
	public static OrderedCodec<Long> longs() {
		return new OrderedNumberCodec<>(Long.class, Long.BYTES, Long::longValue, (number) -> number);
	}

	/**
	 * Returns the codec of integers: four bytes in the form of {@link #longs()}.
	 * @return the codec
	 */
	public static OrderedCodec<Integer> ints() {
		return new OrderedNumberCodec<>(Integer.class, Integer.BYTES, Integer::longValue, Long::intValue);
	}

	/**
	 * Returns the codec of floating-point numbers, eight bytes in the order of
	 * {@link Double#compare}.
	 * @return the codec
	 */
	public static OrderedCodec<Double> doubles() {
		return new OrderedNumberCodec<>(Double.class, Double.BYTES,
				(number) -> flipNegative(Double.doubleToLongBits(number)),
				(bits) -> Double.longBitsToDouble(flipNegative(bits)));
	}

	private static long flipNegative(long bits) {
		return (bits < 0) ? bits ^ Long.MAX_VALUE : bits;
	}

	/**
	 * Returns the codec of dates as their days since 1970, in the form of
	 * {@link #longs()}.
	 * @return the codec
	 */
	public static OrderedCodec<LocalDate> dates() {
		return new OrderedNumberCodec<>(LocalDate.class, Long.BYTES, LocalDate::toEpochDay, LocalDate::ofEpochDay);
	}

	/**
	 * Returns the codec of instants as their seconds since 1970, in the form of
	 * {@link #longs()}, and their nanoseconds in four bytes.
	 * @return the codec
	 */
	public static OrderedCodec<Instant> instants() {
		return InstantCodec.INSTANCE;
	}

}
