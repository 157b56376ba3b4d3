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

import java.util.Objects;

/**
 * Checks names that users give. A name may have all characters but those that are not to
 * be seen: with a line break it could forge lines of the logs that have it.
 */
public final class Names {

	private Names() {
	}

	/**
	 * Checks a name.
	 * @param what what it is the name of, for the exception
	 * @param name the name
	 * @return the name
	 * @throws IllegalArgumentException if it is blank or has a control character
	 */
	public static String check(String what, String name) {
		Objects.requireNonNull(name, () -> "'" + what + "' must not be null");
		if (name.isBlank()) {
			throw new IllegalArgumentException("'" + what + "' must not be blank");
		}
		for (int i = 0; i < name.length(); i++) {
			char found = name.charAt(i);
			if (isControl(found)) {
				throw new IllegalArgumentException(
						String.format("'%s' must not have line breaks or control characters, but has U+%04X at %d",
								what, (int) found, i));
			}
		}
		return name;
	}

	private static boolean isControl(char character) {
		int type = Character.getType(character);
		return type == Character.CONTROL || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
	}

}
