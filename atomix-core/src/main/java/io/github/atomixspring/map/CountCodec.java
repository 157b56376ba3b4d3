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

import java.nio.ByteBuffer;

import io.github.atomixspring.codec.Codec;
import io.github.atomixspring.codec.CodecException;

/**
 * The numbers of a counter map as the cluster has them.
 */
enum CountCodec implements Codec<Long> {

	/**
	 * The only one.
	 */
	INSTANCE;

	@Override
	public byte[] encode(Long value) {
		return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
	}

	@Override
	public Long decode(byte[] bytes) {
		if (bytes.length != Long.BYTES) {
			throw new CodecException(bytes.length + " bytes are no number of a counter map", null);
		}
		return ByteBuffer.wrap(bytes).getLong();
	}

	@Override
	public String toString() {
		return "count";
	}

}
