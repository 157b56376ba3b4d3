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

import java.nio.ByteBuffer;
import java.util.Arrays;

import io.github.atomixspring.codec.Codec;
import io.github.atomixspring.codec.CodecException;
import org.jspecify.annotations.Nullable;

import org.springframework.cache.support.NullValue;

/**
 * Turns the values of one cache into the bytes of its map and back. The first byte tells
 * a value from null and from the claim of a loader that is about to bring one.
 */
final class CacheValues {

	private static final byte NULL = 0;

	private static final byte VALUE = 1;

	private static final byte CLAIM = 2;

	private final String cache;

	private final Codec<Object> codec;

	/**
	 * Creates an encoder.
	 * @param cache the name of the cache, for messages
	 * @param codec the codec of a declared type, or null
	 */
	@SuppressWarnings("unchecked")
	CacheValues(String cache, @Nullable Codec<?> codec) {
		this.cache = cache;
		this.codec = (codec != null) ? (Codec<Object>) codec : new SimpleTypeCodec();
	}

	/**
	 * Encodes a value.
	 * @param value the value, or {@link NullValue}
	 * @return its bytes
	 */
	byte[] encode(Object value) {
		if (value == NullValue.INSTANCE) {
			return new byte[] { NULL };
		}
		try {
			byte[] content = this.codec.encode(value);
			return ByteBuffer.allocate(content.length + 1).put(VALUE).put(content).array();
		}
		catch (RuntimeException ex) {
			String reason = (ex instanceof ClassCastException) ? "its values are declared as " + this.codec
					: ex.getMessage();
			throw new CodecException("Cache '" + this.cache + "' cannot keep a value of the type "
					+ value.getClass().getName() + ": " + reason, ex);
		}
	}

	/**
	 * Decodes what the map has.
	 * @param bytes the bytes, or null
	 * @return the value or {@link NullValue}, or null if there is none
	 */
	@Nullable Object decode(byte @Nullable [] bytes) {
		if (bytes == null || !isValue(bytes)) {
			return null;
		}
		if (bytes[0] == NULL) {
			return NullValue.INSTANCE;
		}
		try {
			return this.codec.decode(Arrays.copyOfRange(bytes, 1, bytes.length));
		}
		catch (RuntimeException ex) {
			throw new CodecException("Cache '" + this.cache + "' has a value that is not one of " + this.codec
					+ ": evict it, or declare the type with which it was written", ex);
		}
	}

	/**
	 * Makes the claim of a loader.
	 * @param token the fencing token of its lock, so that no two are the same
	 * @return the bytes
	 */
	static byte[] claim(long token) {
		return ByteBuffer.allocate(1 + Long.BYTES).put(CLAIM).putLong(token).array();
	}

	/**
	 * Returns whether there is a value, and not only a claim.
	 * @param bytes what the map has
	 * @return whether it is a value
	 */
	static boolean isValue(byte[] bytes) {
		return bytes[0] != CLAIM;
	}

}
