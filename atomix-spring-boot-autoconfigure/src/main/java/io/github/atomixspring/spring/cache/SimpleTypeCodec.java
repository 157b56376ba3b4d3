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

import java.util.Arrays;

import io.github.atomixspring.codec.Codec;
import io.github.atomixspring.codec.CodecException;

/**
 * Values whose type was not declared: those of simple types, each with a tag for its
 * type.
 */
final class SimpleTypeCodec implements Codec<Object> {

	@Override
	public byte[] encode(Object value) {
		SimpleType type = SimpleType.of(value);
		if (type == null) {
			throw new CodecException("the type of its values must be declared: only strings, numbers, booleans, "
					+ "UUIDs, dates and times can do without", null);
		}
		byte[] text = type.encode(value);
		byte[] bytes = new byte[text.length + 1];
		bytes[0] = (byte) type.tag();
		System.arraycopy(text, 0, bytes, 1, text.length);
		return bytes;
	}

	@Override
	public Object decode(byte[] bytes) {
		SimpleType type = (bytes.length > 0) ? SimpleType.of((char) bytes[0]) : null;
		if (type == null) {
			throw new CodecException("the value has an unknown type: was it written with a declared one?", null);
		}
		return type.decode(Arrays.copyOfRange(bytes, 1, bytes.length));
	}

	@Override
	public String toString() {
		return "values of simple types";
	}

}
