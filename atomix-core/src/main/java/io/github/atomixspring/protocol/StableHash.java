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

package io.github.atomixspring.protocol;

import java.nio.charset.StandardCharsets;

/**
 * A hash that is the same on all nodes and in all versions: FNV-1a, whose bits are mixed
 * as MurmurHash3 does at its end, because FNV-1a alone spreads short texts badly.
 */
public final class StableHash {

	private static final long OFFSET_BASIS = 0xcbf29ce484222325L;

	private static final long PRIME = 0x100000001b3L;

	private StableHash() {
	}

	/**
	 * Returns the hash of a text.
	 * @param text the text
	 * @return the hash of its UTF-8 bytes
	 */
	public static long of(String text) {
		return of(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Returns the hash of bytes.
	 * @param bytes the bytes
	 * @return the hash
	 */
	public static long of(byte[] bytes) {
		long hash = OFFSET_BASIS;
		for (byte element : bytes) {
			hash ^= element & 0xff;
			hash *= PRIME;
		}
		return mix(hash);
	}

	/**
	 * Returns the hash of something with a number.
	 * @param hash the hash of the thing
	 * @param number the number
	 * @return the hash of both
	 */
	public static long of(long hash, int number) {
		return mix(hash ^ mix(number + 1L));
	}

	private static long mix(long value) {
		long mixed = value;
		mixed ^= mixed >>> 33;
		mixed *= 0xff51afd7ed558ccdL;
		mixed ^= mixed >>> 33;
		mixed *= 0xc4ceb9fe1a85ec53L;
		mixed ^= mixed >>> 33;
		return mixed;
	}

}
