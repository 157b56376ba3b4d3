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

package io.github.atomixspring.map;

import java.util.Arrays;

import io.github.atomixspring.codec.Codec;
import io.github.atomixspring.codec.CodecException;
import io.github.atomixspring.proxy.Encoding;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of nodes: none without a value, else a one before those of the value, which
 * may have none itself.
 *
 * @param <V> the type of the values
 */
final class NodeValueCodec<V> {

	private static final byte PRESENT = 1;

	private final Encoding<V> values;

	/**
	 * Creates a codec.
	 * @param codec the codec of the values
	 * @param tree the name of the tree, for messages
	 */
	NodeValueCodec(Codec<V> codec, String tree) {
		this.values = new Encoding<>(codec, "a value of the tree '" + tree + "'");
	}

	byte[] encode(@Nullable V value) {
		if (value == null) {
			return new byte[0];
		}
		byte[] encoded = this.values.encode(value);
		byte[] bytes = new byte[encoded.length + 1];
		bytes[0] = PRESENT;
		System.arraycopy(encoded, 0, bytes, 1, encoded.length);
		return bytes;
	}

	@Nullable V decode(byte @Nullable [] bytes) {
		if (bytes == null || bytes.length == 0) {
			return null;
		}
		if (bytes[0] != PRESENT) {
			throw new CodecException(bytes.length + " bytes are no value of a node", null);
		}
		return this.values.decode(Arrays.copyOfRange(bytes, 1, bytes.length));
	}

}
