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

package io.github.atomixspring.proxy;

import io.github.atomixspring.codec.Codec;
import io.github.atomixspring.codec.CodecException;
import org.jspecify.annotations.Nullable;

/**
 * Calls a codec and makes sure that whatever it throws says where.
 *
 * @param <T> the type of the values
 */
public final class Encoding<T> {

	private final Codec<T> codec;

	private final String what;

	/**
	 * Creates an encoding.
	 * @param codec the codec
	 * @param what what it encodes, for messages
	 */
	public Encoding(Codec<T> codec, String what) {
		this.codec = codec;
		this.what = what;
	}

	/**
	 * Encodes a value.
	 * @param value the value
	 * @return its bytes
	 */
	public byte[] encode(T value) {
		try {
			return this.codec.encode(value);
		}
		catch (ClassCastException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw new CodecException("Cannot encode " + this.what + ": " + ex.getMessage(), ex);
		}
	}

	/**
	 * Encodes a value that may be absent.
	 * @param value the value, or null
	 * @return its bytes, or null
	 */
	public byte @Nullable [] encodeNullable(@Nullable T value) {
		return (value != null) ? encode(value) : null;
	}

	/**
	 * Decodes a value.
	 * @param bytes its bytes
	 * @return the value
	 */
	public T decode(byte[] bytes) {
		try {
			return this.codec.decode(bytes);
		}
		catch (RuntimeException ex) {
			throw new CodecException("Cannot decode " + this.what + ": " + ex.getMessage(), ex);
		}
	}

	/**
	 * Decodes a value that may be absent.
	 * @param bytes its bytes, or null
	 * @return the value, or null
	 */
	public @Nullable T decodeNullable(byte @Nullable [] bytes) {
		return (bytes != null) ? decode(bytes) : null;
	}

}
