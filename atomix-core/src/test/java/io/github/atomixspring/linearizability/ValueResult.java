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

package io.github.atomixspring.linearizability;

import org.jspecify.annotations.Nullable;

/**
 * Answer of an operation on a register or a map: a value or a yes or no.
 *
 * @param value the current or old value, {@code null} if there is none or it is not told
 * @param success whether a conditional operation took place, otherwise {@code false}
 * @since 0.1.0
 */
public record ValueResult(@Nullable String value, boolean success) {

	/**
	 * Creates the answer of an operation that returns a value or nothing.
	 * @param value the value
	 * @return the answer
	 */
	public static ValueResult of(@Nullable String value) {
		return new ValueResult(value, false);
	}

	/**
	 * Creates the answer of a conditional operation.
	 * @param success whether it took place
	 * @return the answer
	 */
	public static ValueResult of(boolean success) {
		return new ValueResult(null, success);
	}

}
