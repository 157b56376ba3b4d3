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
 * One call of a history as the checker sees it: an interval of time, an input and, if it
 * is known, an output.
 *
 * @param process the logical client that made the call
 * @param invoked the instant just before the call started
 * @param returned the instant just after it returned, {@link #NEVER} if its outcome is
 * unknown
 * @param input what was asked for
 * @param output what was answered, {@code null} exactly if the outcome is unknown
 * @param <I> the type of inputs
 * @param <O> the type of outputs
 * @since 0.1.0
 */
public record Operation<I, O>(String process, long invoked, long returned, I input, @Nullable O output) {

	/**
	 * Return time of an operation that may still take effect at any later time.
	 */
	public static final long NEVER = Long.MAX_VALUE;

	public Operation {
		if (invoked > returned || (output == null) != (returned == NEVER)) {
			throw new IllegalArgumentException("Not a possible operation: %s invoked at %d, returned at %d with %s"
				.formatted(input, invoked, returned, output));
		}
	}

	/**
	 * Whether the call may or may not have happened.
	 * @return {@code true} if nobody knows
	 */
	public boolean isUnknown() {
		return this.output == null;
	}

}
