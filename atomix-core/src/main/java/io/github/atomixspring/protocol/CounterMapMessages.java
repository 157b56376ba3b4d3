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

import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * Messages of counter maps, beside those of maps, whose values are numbers of eight bytes
 * here. A key without a number counts as zero.
 */
public final class CounterMapMessages {

	private CounterMapMessages() {
	}

	/**
	 * Adds to the number of a key. Answers {@link LongMessages.Updated}.
	 *
	 * @param target the map
	 * @param key the key
	 * @param delta what to add
	 */
	@JsonTypeName("50")
	public record Add(PrimitiveId target, byte[] key, long delta) implements Command {
		public Add {
			Presence.check(target, key);
		}

	}

	/**
	 * Sets the number of a key if it is the expected one. Answers
	 * {@link LongMessages.Updated}.
	 *
	 * @param target the map
	 * @param key the key
	 * @param expected the expected number
	 * @param value the new number
	 */
	@JsonTypeName("51")
	public record CompareAndSet(PrimitiveId target, byte[] key, long expected, long value) implements Command {
		public CompareAndSet {
			Presence.check(target, key);
		}

	}

}
