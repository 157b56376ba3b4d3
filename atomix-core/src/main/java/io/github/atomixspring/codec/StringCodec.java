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

/**
 * Strings as UTF-8.
 */
enum StringCodec implements OrderedCodec<String> {

	/**
	 * The only one.
	 */
	INSTANCE;

	@Override
	public byte[] encode(String value) {
		try {
			// Not String.getBytes: it would turn broken surrogates into equal bytes.
			ByteBuffer buffer = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
			byte[] bytes = new byte[buffer.remaining()];
			buffer.get(bytes);
			return bytes;
		}
		catch (CharacterCodingException ex) {
			throw new CodecException("The string has half of a surrogate pair and cannot be encoded as UTF-8", ex);
		}
	}

	@Override
	public String decode(byte[] bytes) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			throw new CodecException("The bytes are no UTF-8 and cannot be decoded as a string", ex);
		}
	}

	@Override
	public String toString() {
		return "string";
	}

}
