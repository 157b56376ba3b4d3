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

package io.github.atomixspring.statemachine;

import java.util.Arrays;

/**
 * An immutable key: bytes compared by content, in unsigned order.
 */
final class Bytes implements Comparable<Bytes> {

	static final Bytes EMPTY = new Bytes(new byte[0]);

	private final byte[] content;

	Bytes(byte[] content) {
		this.content = content;
	}

	/**
	 * Returns the key of a number, in the order of numbers for positive ones.
	 * @param number the number
	 * @return the key
	 */
	static Bytes of(long number) {
		byte[] content = new byte[Long.BYTES];
		for (int i = 0; i < Long.BYTES; i++) {
			content[i] = (byte) (number >>> (Long.SIZE - Byte.SIZE * (i + 1)));
		}
		return new Bytes(content);
	}

	/**
	 * Returns the number that {@link #of} made a key of.
	 * @param content eight bytes
	 * @return the number
	 */
	static long toLong(byte[] content) {
		long number = 0;
		for (byte part : content) {
			number = (number << Byte.SIZE) | (part & 0xff);
		}
		return number;
	}

	boolean startsWith(byte[] prefix) {
		return this.content.length >= prefix.length
				&& Arrays.equals(this.content, 0, prefix.length, prefix, 0, prefix.length);
	}

	byte[] content() {
		return this.content;
	}

	int length() {
		return this.content.length;
	}

	@Override
	public int compareTo(Bytes other) {
		return Arrays.compareUnsigned(this.content, other.content);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Bytes bytes && Arrays.equals(this.content, bytes.content);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.content);
	}

}
