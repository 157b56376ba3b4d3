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
import java.time.Instant;

/**
 * Instants in their order: seconds and nanoseconds.
 */
enum InstantCodec implements OrderedCodec<Instant> {

	/**
	 * The only one.
	 */
	INSTANCE;

	private static final int SIZE = Long.BYTES + Integer.BYTES;

	@Override
	public byte[] encode(Instant value) {
		byte[] bytes = new byte[SIZE];
		OrderedNumberCodec.write(value.getEpochSecond(), bytes, 0, Long.BYTES);
		OrderedNumberCodec.write(value.getNano(), bytes, Long.BYTES, Integer.BYTES);
		return bytes;
	}

	@Override
	public Instant decode(byte[] bytes) {
		if (bytes.length != SIZE) {
			throw new CodecException(bytes.length + " bytes are no " + this, null);
		}
		try {
			return Instant.ofEpochSecond(OrderedNumberCodec.read(bytes, 0, Long.BYTES),
					OrderedNumberCodec.read(bytes, Long.BYTES, Integer.BYTES));
		}
		catch (DateTimeException | ArithmeticException ex) {
			throw new CodecException("The bytes are out of the range of " + this, ex);
		}
	}

	@Override
	public String toString() {
		return "ordered Instant";
	}

}
