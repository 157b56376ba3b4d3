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

package io.github.atomixspring.spring.integration;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

/**
 * Makes the names of locks from keys.
 */
final class LockNames {

	/**
	 * The greatest length of the name of a primitive.
	 */
	private static final int MAX_LENGTH = 256;

	private static final int DIGEST_LENGTH = 64;

	private LockNames() {
	}

	/**
	 * Returns the name of the lock of a key, the same on all nodes. Keys such as paths of
	 * files may be longer than names can be: these end with their digest instead.
	 * @param prefix the prefix of the name
	 * @param key the key
	 * @return the name
	 */
	static String of(String prefix, Object key) {
		Assert.isTrue(key instanceof String, () -> "'lockKey' must be a string, not "
				+ ClassUtils.getDescriptiveType(key) + ": all nodes must know it by the same name");
		String text = (String) key;
		if (prefix.length() + text.length() <= MAX_LENGTH) {
			return prefix + text;
		}
		int kept = MAX_LENGTH - prefix.length() - DIGEST_LENGTH - 1;
		if (Character.isHighSurrogate(text.charAt(kept - 1))) {
			kept--;
		}
		return prefix + text.substring(0, kept) + "#" + digest(text);
	}

	private static String digest(String text) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
