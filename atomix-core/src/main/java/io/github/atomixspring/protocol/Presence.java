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

import java.util.Objects;

/**
 * Checks components that bytes may lack, and that text can be written again: bytes may
 * hold half a surrogate pair, which no encoder takes, so that one such name in the state
 * would make every later snapshot fail.
 */
final class Presence {

	private Presence() {
	}

	static void check(Object... components) {
		for (Object component : components) {
			Objects.requireNonNull(component, "A component is missing");
			if (component instanceof String text) {
				checkText(text);
			}
		}
	}

	private static void checkText(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (Character.isSurrogate(text.charAt(i))) {
				if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
					throw new IllegalArgumentException("The text has half a surrogate pair at " + i);
				}
				i++;
			}
		}
	}

}
