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

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * A codec of a simple type.
 *
 * @param <T> the type of the values
 */
final class BasicCodec<T> implements Codec<T> {

	static final Codec<String> STRING = new BasicCodec<>("string", BasicCodec::utf8, BasicCodec::text);

	static final Codec<byte[]> BYTES = new BasicCodec<>("bytes", (value) -> value, (bytes) -> bytes);

	static final Codec<Long> LONG = new BasicCodec<>("long", (value) -> utf8(Long.toString(value)),
			(bytes) -> Long.valueOf(text(bytes)));

	static final Codec<Integer> INTEGER = new BasicCodec<>("integer", (value) -> utf8(Integer.toString(value)),
			(bytes) -> Integer.valueOf(text(bytes)));

	private final String name;

	private final Function<T, byte[]> encoder;

	private final Function<byte[], T> decoder;

	private BasicCodec(String name, Function<T, byte[]> encoder, Function<byte[], T> decoder) {
		this.name = name;
		this.encoder = encoder;
		this.decoder = decoder;
	}

	@Override
	public byte[] encode(T value) {
		return this.encoder.apply(value);
	}

	@Override
	public T decode(byte[] bytes) {
		try {
			return this.decoder.apply(bytes);
		}
		catch (NumberFormatException ex) {
			throw new CodecException("The bytes are no " + this.name, ex);
		}
	}

	private static byte[] utf8(String value) {
		try {
			// Unlike getBytes this refuses a lone surrogate, which would come back as
			// '?'.
			ByteBuffer buffer = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
			byte[] bytes = new byte[buffer.remaining()];
			buffer.get(bytes);
			return bytes;
		}
		catch (CharacterCodingException ex) {
			throw new CodecException("The string has a character that UTF-8 cannot encode", ex);
		}
	}

	private static String text(byte[] bytes) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			throw new CodecException("The bytes are no UTF-8", ex);
		}
	}

	@Override
	public String toString() {
		return this.name;
	}

}
