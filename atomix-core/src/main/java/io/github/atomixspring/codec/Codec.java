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

/**
 * Turns values of one type into bytes and back. Equal values must have equal bytes: the
 * replicated state compares bytes only.
 * <p>
 * A codec is used by many threads at once. It decodes to the type it was made for and
 * never to a type named by the bytes.
 *
 * @param <T> the type of the values
 * @since 0.1.0
 */
public interface Codec<T> {

	/**
	 * Encodes a value.
	 * @param value the value
	 * @return its bytes
	 * @throws CodecException if it cannot be encoded
	 */
	byte[] encode(T value);

	/**
	 * Decodes a value.
	 * @param bytes the bytes
	 * @return the value
	 * @throws CodecException if the bytes are no value of this type
	 */
	T decode(byte[] bytes);

}
