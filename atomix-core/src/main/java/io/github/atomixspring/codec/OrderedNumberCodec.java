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

import java.time.DateTimeException;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * What can be counted in a fixed number of bytes, the highest byte first, with the sign
 * inverted so that the order of the numbers is that of unsigned bytes.
 *
 * @param <T> the type of the values
 */
final class OrderedNumberCodec<T> implements OrderedCodec<T> {

	private final Class<T> type;

	private final int size;

	private final ToLongFunction<T> to;

	private final Function<Long, T> from;

	/**
	 * Creates a codec.
	 * @param type the type of the values
	 * @param size the number of bytes
	 * @param to returns the number of a value
	 * @param from returns the value of a number of so many bytes
	 */
	OrderedNumberCodec(Class<T> type, int size, ToLongFunction<T> to, Function<Long, T> from) {
		this.type = type;
		this.size = size;
		this.to = to;
		this.from = from;
	}

	static void write(long number, byte[] target, int offset, int size) {
		for (int i = 0; i < size; i++) {
			target[offset + i] = (byte) (number >> ((size - 1 - i) * Byte.SIZE));
		}
		target[offset] ^= Byte.MIN_VALUE;
	}

	static long read(byte[] source, int offset, int size) {
		long number = (byte) (source[offset] ^ Byte.MIN_VALUE);
		for (int i = 1; i < size; i++) {
			number = (number << Byte.SIZE) | (source[offset + i] & 0xff);
		}
		return number;
	}

	@Override
	public byte[] encode(T value) {
		byte[] bytes = new byte[this.size];
		write(this.to.applyAsLong(this.type.cast(value)), bytes, 0, this.size);
		return bytes;
	}

	@Override
	public T decode(byte[] bytes) {
		if (bytes.length != this.size) {
			throw new CodecException(bytes.length + " bytes are no " + this, null);
		}
		try {
			return this.from.apply(read(bytes, 0, this.size));
		}
		catch (DateTimeException ex) {
			throw new CodecException("The bytes are out of the range of " + this, ex);
		}
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof OrderedNumberCodec<?> codec && codec.type == this.type;
	}

	@Override
	public int hashCode() {
		return this.type.hashCode();
	}

	@Override
	public String toString() {
		return "ordered " + this.type.getSimpleName();
	}

}
