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

package io.github.atomixspring.spring.cache;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A final type whose values have one text each, the same for equal ones, from which they
 * are made again. The tag stands for the type in what is stored: the bytes name no
 * classes.
 *
 * @param tag the tag, never to be used for another type
 * @param type the type
 * @param parser makes a value of its text
 */
record SimpleType(char tag, Class<?> type, Function<String, Object> parser) {

	private static final List<SimpleType> ALL = List.of(new SimpleType('s', String.class, (text) -> text),
			new SimpleType('i', Integer.class, Integer::valueOf), new SimpleType('l', Long.class, Long::valueOf),
			new SimpleType('h', Short.class, Short::valueOf), new SimpleType('y', Byte.class, Byte::valueOf),
			new SimpleType('b', Boolean.class, Boolean::valueOf),
			new SimpleType('c', Character.class, (text) -> text.charAt(0)),
			new SimpleType('d', Double.class, Double::valueOf), new SimpleType('f', Float.class, Float::valueOf),
			new SimpleType('n', BigInteger.class, BigInteger::new),
			new SimpleType('m', BigDecimal.class, BigDecimal::new), new SimpleType('u', UUID.class, UUID::fromString),
			new SimpleType('I', Instant.class, Instant::parse), new SimpleType('D', LocalDate.class, LocalDate::parse),
			new SimpleType('T', LocalTime.class, LocalTime::parse),
			new SimpleType('L', LocalDateTime.class, LocalDateTime::parse),
			new SimpleType('O', OffsetDateTime.class, OffsetDateTime::parse),
			new SimpleType('Z', ZonedDateTime.class, ZonedDateTime::parse),
			new SimpleType('U', Duration.class, Duration::parse), new SimpleType('P', Period.class, Period::parse),
			new SimpleType('M', YearMonth.class, YearMonth::parse));

	private static final Map<Class<?>, SimpleType> BY_TYPE = ALL.stream()
		.collect(Collectors.toMap(SimpleType::type, Function.identity()));

	private static final Map<Character, SimpleType> BY_TAG = ALL.stream()
		.collect(Collectors.toMap(SimpleType::tag, Function.identity()));

	static @Nullable SimpleType of(Object value) {
		return BY_TYPE.get(value.getClass());
	}

	static @Nullable SimpleType of(char tag) {
		return BY_TAG.get(tag);
	}

	byte[] encode(Object value) {
		return value.toString().getBytes(StandardCharsets.UTF_8);
	}

	Object decode(byte[] text) {
		return this.parser.apply(new String(text, StandardCharsets.UTF_8));
	}

}
