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
 * Messages of generators of ids.
 */
public final class IdMessages {

	private IdMessages() {
	}

	/**
	 * Takes ids that nobody gets again. Answers {@link Result.Number}: the first of them;
	 * the others follow it without a gap.
	 *
	 * @param target the generator
	 * @param count how many, from 1 to {@link #MAX_COUNT}
	 */
	@JsonTypeName("110")
	public record Reserve(PrimitiveId target, int count) implements Command {

		/**
		 * The greatest number of ids that are taken at once.
		 */
		public static final int MAX_COUNT = 1_000_000;

		public Reserve {
			Presence.check(target);
		}

	}

}
