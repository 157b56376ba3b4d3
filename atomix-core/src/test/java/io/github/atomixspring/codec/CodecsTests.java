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
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Codecs}.
 */
class CodecsTests {

	private static final Type LIST = new TypeReference<List<Price>>() {
	}.getType();

	@Test
	void stringsAreUtf8() {
		Codec<String> codec = Codecs.forType(String.class);
		assertThat(codec).isEqualTo(Codecs.strings()).hasToString("string");
		assertThat(codec.encode("ä€😀")).isEqualTo("ä€😀".getBytes(StandardCharsets.UTF_8));
		assertThat(codec.decode(codec.encode("ä€😀"))).isEqualTo("ä€😀");
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> codec.encode("\ud800"));
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> codec.decode(new byte[] { (byte) 0xff }));
	}

	@Test
	void bytesAreCopied() {
		Codec<byte[]> codec = Codecs.forType(byte[].class);
		byte[] value = { 1, 2 };
		byte[] encoded = codec.encode(value);
		value[0] = 9;
		assertThat(encoded).containsExactly(1, 2);
		assertThat(codec).isSameAs(Codecs.bytes());
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, -1, 127, 128, -128, -129, 255, 256, 32767, 32768, -32769, Integer.MAX_VALUE,
			Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE })
	void numbersAreCompact(long number) {
		byte[] bytes = Codecs.longs().encode(number);
		assertThat(Codecs.longs().decode(bytes)).isEqualTo(number);
		assertThat(new BigInteger(bytes)).isEqualTo(number);
		assertThat(bytes).isEqualTo(BigInteger.valueOf(number).toByteArray());
	}

	@Test
	void numbersOutOfRangeAreRefused() {
		byte[] large = Codecs.longs().encode(1L << 40);
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> Codecs.ints().decode(large))
			.withMessageContaining("Integer");
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> Codecs.ints().decode(new byte[0]));
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> Codecs.longs().decode(new byte[9]));
		assertThat(Codecs.forType(Short.class).decode(Codecs.forType(Short.class).encode((short) -5)))
			.isEqualTo((short) -5);
		assertThat(Codecs.forType(Byte.class).decode(Codecs.forType(Byte.class).encode((byte) -5)))
			.isEqualTo((byte) -5);
	}

	@Test
	void everythingElseIsJson() {
		Codec<Price> codec = Codecs.forType(Price.class);
		Price price = new Price("x", 12, Instant.parse("2026-01-01T00:00:00Z"), Optional.empty());
		assertThat(codec.decode(codec.encode(price))).isEqualTo(price);
		assertThat(codec).isEqualTo(Codecs.json(Price.class)).hasToString("JSON of " + Price.class.getName());
		assertThat(codec).hasSameHashCodeAs(Codecs.json(Price.class));
		Codec<List<Price>> list = Codecs.forType(LIST);
		assertThat(list.decode(list.encode(List.of(price)))).containsExactly(price);
	}

	@Test
	void codecsAreEqualByDeclaredType() {
		assertThat(Codecs.forType(LIST)).isEqualTo(Codecs.forType(LIST)).isNotEqualTo(Codecs.forType(Price.class));
		assertThat(Codecs.forType(Long.class)).isEqualTo(Codecs.longs()).isNotEqualTo(Codecs.ints());
		assertThat(Codecs.forType(long.class)).isEqualTo(Codecs.longs());
	}

	@Test
	void equalMapsHaveEqualBytes() {
		Codec<Map<String, Integer>> codec = Codecs.json(new TypeReference<Map<String, Integer>>() {
		}.getType());
		Map<String, Integer> other = new LinkedHashMap<>();
		other.put("b", 2);
		other.put("a", 1);
		assertThat(codec.encode(other)).isEqualTo(codec.encode(new LinkedHashMap<>(Map.of("a", 1, "b", 2))));
		assertThat(new String(codec.encode(other), StandardCharsets.UTF_8)).isEqualTo("{\"a\":1,\"b\":2}");
	}

	@Test
	void contentCannotNameAClass() {
		byte[] bytes = "[\"java.util.ArrayList\",[]]".getBytes(StandardCharsets.UTF_8);
		assertThat(Codecs.json(Object.class).decode(bytes)).isEqualTo(List.of("java.util.ArrayList", List.of()));
		byte[] property = "{\"@class\":\"java.util.ArrayList\",\"@type\":\"x\"}".getBytes(StandardCharsets.UTF_8);
		assertThat(Codecs.json(Object.class).decode(property)).isInstanceOf(Map.class);
	}

	@Test
	void whatIsNoValueIsRefusedWithTheType() {
		Codec<Price> codec = Codecs.json(Price.class);
		for (String json : List.of("", "null", "[1]", "{\"cents\":\"secret\"}", "{} {}")) {
			assertThatExceptionOfType(CodecException.class)
				.isThrownBy(() -> codec.decode(json.getBytes(StandardCharsets.UTF_8)))
				.withMessageContaining(Price.class.getName())
				.withMessageNotContaining("secret");
		}
		assertThatExceptionOfType(CodecException.class)
			.isThrownBy(() -> Codecs.json(Broken.class).encode(new Broken("x")))
			.withMessageContaining(Broken.class.getName());
	}

	@Test
	void valuesThatAreTooDeepAreRefusedWithTheType() {
		Codec<Object> codec = Codecs.json(Object.class);
		List<Object> deep = new ArrayList<>();
		for (int i = 0; i < 100_000; i++) {
			deep = new ArrayList<>(List.of(deep));
		}
		List<Object> value = deep;
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> codec.encode(value))
			.withMessageContaining(Object.class.getName());
		byte[] bytes = ("[".repeat(100_000) + "]".repeat(100_000)).getBytes(StandardCharsets.UTF_8);
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> codec.decode(bytes))
			.withMessageContaining(Object.class.getName());
	}

	@Test
	void unknownPropertiesAreIgnoredAndMissingOnesAreEmpty() {
		byte[] bytes = "{\"name\":\"x\",\"colour\":\"red\"}".getBytes(StandardCharsets.UTF_8);
		Price price = Codecs.json(Price.class).decode(bytes);
		assertThat(price.name()).isEqualTo("x");
		assertThat(price.cents()).isZero();
	}

	record Price(String name, long cents, Instant since, Optional<String> note) {

	}

	record Broken(String name) {

		String fail() {
			throw new IllegalStateException("test");
		}

		@JsonProperty
		String value() {
			return fail();
		}

	}

}
