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

import java.util.function.Function;

/**
 * Integral numbers in as few bytes as they need, in two's complement, the highest byte
 * first.
 *
 * @param <N> the type of the numbers
 */
final class NumberCodec<N extends Number> implements Codec<N> {

	private final Class<N> type;

	private final long min;

	private final long max;

	private final Function<Long, N> conversion;

	/**
	 * Creates a codec.
	 * @param type the type of the numbers
	 * @param min the smallest
	 * @param max the largest
	 * @param conversion makes a number within these bounds
	 */
	NumberCodec(Class<N> type, long min, long max, Function<Long, N> conversion) {
		this.type = type;
		this.min = min;
		this.max = max;
		this.conversion = conversion;
	}

	@Override
	public byte[] encode(N value) {
		long number = this.type.cast(value).longValue();
		int length = 1;
		while (length < Long.BYTES && number >> (length * Byte.SIZE - 1) != number >> (Long.SIZE - 1)) {
			length++;
		}
		byte[] bytes = new byte[length];
		for (int i = 0; i < length; i++) {
			bytes[i] = (byte) (number >> ((length - 1 - i) * Byte.SIZE));
		}
		return bytes;
	}

	@Override
	public N decode(byte[] bytes) {
		if (bytes.length == 0 || bytes.length > Long.BYTES) {
			throw new CodecException(bytes.length + " bytes are no " + this, null);
		}
		long number = bytes[0];
		for (int i = 1; i < bytes.length; i++) {
			number = (number << Byte.SIZE) | (bytes[i] & 0xff);
		}
		if (number < this.min || number > this.max) {
			throw new CodecException("A number of " + bytes.length + " bytes is too large for " + this, null);
		}
		return this.conversion.apply(number);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof NumberCodec<?> codec && codec.type == this.type;
	}

	@Override
	public int hashCode() {
		return this.type.hashCode();
	}

	@Override
	public String toString() {
		return this.type.getSimpleName();
	}

}
