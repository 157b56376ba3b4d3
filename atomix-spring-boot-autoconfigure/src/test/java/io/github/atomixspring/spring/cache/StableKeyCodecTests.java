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
import java.nio.ByteBuffer;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.atomixspring.codec.CodecException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.cache.interceptor.SimpleKey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link StableKeyCodec} and {@link SimpleTypeCodec}.
 */
class StableKeyCodecTests {

	private final StableKeyCodec codec = new StableKeyCodec();

	static Stream<Object> simpleValues() {
		return Stream.of("", "tea", "t\u00e9\u0000\ud83c\udf75", 1, -1, 1L, (short) 1, (byte) 1, true, false, 'x', 1.0,
				-0.0, Double.NaN, 1.5f, BigInteger.TEN, new BigDecimal("1.00"),
				UUID.fromString("b1f3bbd3-6b29-4a61-8e03-5d3b22d3a0a1"), Instant.ofEpochMilli(1234567890123L),
				LocalDate.of(2026, 11, 26), LocalTime.of(9, 0), LocalDateTime.of(2026, 11, 26, 9, 0),
				OffsetDateTime.parse("2026-11-26T09:00:00+01:00"),
				ZonedDateTime.parse("2026-11-26T09:00:00+01:00[Europe/Paris]"), Duration.ofMillis(1500),
				Period.ofDays(3), YearMonth.of(2026, 11));
	}

	@ParameterizedTest
	@MethodSource("simpleValues")
	void valuesOfSimpleTypesComeBack(Object value) {
		SimpleTypeCodec codec = new SimpleTypeCodec();
		assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
	}

	@Test
	void keysThatAreNotEqualHaveOtherBytes() {
		List<Object> keys = new ArrayList<>(simpleValues().toList());
		keys.addAll(List.of(DayOfWeek.MONDAY, TimeUnit.DAYS, TimeUnit.HOURS, "1", "true", "MONDAY"));
		keys.addAll(List.of(new Tea("green", 1), new Tea("green1", 1), new Coffee("green", 1), new Tea(null, 1)));
		keys.addAll(List.of(List.of(), List.of(1), List.of(1, 2), List.of(List.of(1), 2), List.of(List.of(1, 2)),
				List.of("a, b"), List.of("a", "b"), Arrays.asList(null, null), Arrays.asList((Object) null)));
		keys.addAll(
				List.of(SimpleKey.EMPTY, new SimpleKey("a", "b"), new SimpleKey("a, b"), new SimpleKey("a", "", "b"),
						new SimpleKey((Object) null), new SimpleKey(null, null), new SimpleKey("null")));
		keys.addAll(List.of(new SimpleKey((Object) new int[] { 1, 2 }), new SimpleKey((Object) new long[] { 1, 2 }),
				new SimpleKey((Object) new String[] { "1", "2" }), new SimpleKey(List.of(1, 2))));
		Map<ByteBuffer, Object> encoded = new HashMap<>();
		keys.forEach(
				(key) -> assertThat(encoded.put(ByteBuffer.wrap(this.codec.encode(key)), key)).as("%s", key).isNull());
	}

	@Test
	void equalKeysHaveTheSameBytes() {
		assertSame(new Tea("green", 1), new Tea("green", 1));
		assertSame(List.of(1, 2), new LinkedList<>(List.of(1, 2)));
		assertSame(new SimpleKey(1, new int[] { 1, 2 }), new SimpleKey(1, new int[] { 1, 2 }));
		assertSame(new SimpleKey(), SimpleKey.EMPTY);
		assertSame(Extra.SPECIAL, Extra.valueOf("SPECIAL"));
	}

	@Test
	void bytesStayAsTheyAre() {
		assertThat(this.codec.encode("tea")).asString().isEqualTo("stea");
		assertThat(this.codec.encode(new SimpleKey("tea", 7))).asString().isEqualTo("k\0\0\0\4stea\0\0\0\2i7");
	}

	@Test
	void keyWithoutStableFormIsRefused() {
		for (Object key : List.of(new Object(), Set.of(1, 2), Map.of(1, 2), new StringBuilder("tea"),
				List.of(new Object()), new SimpleKey("a", Set.of()), new Nested(Set.of()))) {
			assertThatExceptionOfType(CodecException.class).isThrownBy(() -> this.codec.encode(key))
				.withMessageContaining("has no stable form");
		}
	}

	@Test
	void elementsOfKeysAreKnownAheadOfTime() {
		RuntimeHints hints = new RuntimeHints();
		new StableKeyRuntimeHints().registerHints(hints, null);
		assertThat(RuntimeHintsPredicates.reflection().onFieldAccess(SimpleKey.class, "params")).accepts(hints);
	}

	private void assertSame(Object one, Object other) {
		assertThat(this.codec.encode(one)).isEqualTo(this.codec.encode(other));
	}

	private record Tea(@Nullable String kind, int grams) {

	}

	private record Coffee(String kind, int grams) {

	}

	private record Nested(Set<String> names) {

	}

	private enum Extra {

		SPECIAL {

			@Override
			public String toString() {
				return "not its name";
			}

		}

	}

}
