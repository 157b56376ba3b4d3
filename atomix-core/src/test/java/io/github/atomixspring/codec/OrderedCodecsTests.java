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

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link OrderedCodecs}.
 */
class OrderedCodecsTests {

	private final Random random = new Random(41);

	private <T> void assertOrdered(Class<T> type, Comparator<T> order, List<T> values) {
		OrderedCodec<T> codec = OrderedCodecs.forType(type);
		for (T one : values) {
			assertThat(codec.decode(codec.encode(one))).isEqualTo(one);
			for (T other : values) {
				assertThat(Integer.signum(Arrays.compareUnsigned(codec.encode(one), codec.encode(other))))
					.as("%s and %s", one, other)
					.isEqualTo(Integer.signum(order.compare(one, other)))
					.isEqualTo(Integer.signum(codec.comparator().compare(one, other)));
			}
		}
		assertThat(codec).isEqualTo(OrderedCodecs.forType(type)).hasSameHashCodeAs(OrderedCodecs.forType(type));
		assertThat(codec.toString()).doesNotContain("@");
	}

	@Test
	void bytesHaveTheOrderOfTheValues() {
		List<Long> longs = new ArrayList<>(
				List.of(Long.MIN_VALUE, Long.MIN_VALUE + 1, -256L, -1L, 0L, 1L, 255L, Long.MAX_VALUE));
		this.random.longs(50).forEach(longs::add);
		assertOrdered(Long.class, Comparator.naturalOrder(), longs);
		assertOrdered(Integer.class, Comparator.naturalOrder(), longs.stream().map(Long::intValue).toList());
		assertOrdered(Short.class, Comparator.naturalOrder(), longs.stream().map(Long::shortValue).toList());
		assertOrdered(Byte.class, Comparator.naturalOrder(), longs.stream().map(Long::byteValue).toList());
		assertOrdered(Double.class, Comparator.naturalOrder(),
				List.of(Double.NEGATIVE_INFINITY, -1e300, -1.5, -Double.MIN_VALUE, -0.0, 0.0, Double.MIN_VALUE, 1.0,
						1.5, Double.MAX_VALUE, Double.POSITIVE_INFINITY, Double.NaN));
		assertOrdered(Instant.class, Comparator.naturalOrder(),
				List.of(Instant.MIN, Instant.ofEpochSecond(-1, 5), Instant.EPOCH.minusNanos(1), Instant.EPOCH,
						Instant.EPOCH.plusNanos(1), Instant.ofEpochSecond(1, 999_999_999), Instant.MAX));
		assertOrdered(LocalDate.class, Comparator.naturalOrder(), List.of(LocalDate.MIN, LocalDate.EPOCH.minusDays(1),
				LocalDate.EPOCH, LocalDate.of(2026, 11, 25), LocalDate.MAX));
		assertOrdered(byte[].class, Arrays::compareUnsigned,
				List.of(new byte[0], new byte[] { 0 }, new byte[] { 0, 0 }, new byte[] { 1 }, new byte[] { -1 }));
	}

	@Test
	void stringsHaveTheOrderOfCodePoints() {
		assertOrdered(String.class, Comparator.comparing((text) -> text.codePoints().toArray(), Arrays::compare),
				List.of("", "a", "aa", "b", "\u00e9", "\uffee", "\ud83d\ude00", "a\u0000", "Z"));
	}

	@Test
	void mappedCodecKeepsTheOrder() {
		OrderedCodec<UUID> codec = OrderedCodecs.strings().mapped(UUID::toString, UUID::fromString);
		UUID small = UUID.fromString("00000000-0000-0000-0000-000000000001");
		UUID great = UUID.fromString("f0000000-0000-0000-0000-000000000001");
		assertThat(codec.comparator().compare(small, great)).isNegative();
		assertThat(codec.decode(codec.encode(great))).isEqualTo(great);
	}

	@Test
	void otherTypesAndBytesAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> OrderedCodecs.forType(UUID.class))
			.withMessageContaining("UUID");
		for (Class<?> type : List.of(Long.class, Integer.class, Instant.class, LocalDate.class)) {
			assertThatExceptionOfType(CodecException.class)
				.isThrownBy(() -> OrderedCodecs.forType(type).decode(new byte[3]));
		}
		byte[] far = new byte[12];
		Arrays.fill(far, (byte) 0xff);
		assertThatExceptionOfType(CodecException.class).isThrownBy(() -> OrderedCodecs.instants().decode(far));
		assertThatExceptionOfType(CodecException.class)
			.isThrownBy(() -> OrderedCodecs.dates().decode(Arrays.copyOf(far, 8)));
	}

}
