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
 * One line of a recorded history: the start or the end of a call.
 *
 * @param id number of the call within its history, the same in its start and its end
 * @param process the logical client
 * @param type what happened
 * @param time the value of {@link System#nanoTime()}
 * @param input what was asked for, only at the start
 * @param output what was answered, only if the call succeeded
 * @param <I> the type of inputs
 * @param <O> the type of outputs
 * @since 0.1.0
 */
public record HistoryEvent<I, O>(long id, String process, Type type, long time, @Nullable I input, @Nullable O output) {

	HistoryEvent<I, O> renumbered(long offset) {
		return new HistoryEvent<>(this.id + offset, this.process, this.type, this.time, this.input, this.output);
	}

	/**
	 * What an event says about its call.
	 */
	public enum Type {

		/**
		 * The call is about to start.
		 */
		INVOKE,

		/**
		 * The call took effect and returned an output.
		 */
		OK,

		/**
		 * The call did not and will never take effect.
		 */
		FAIL,

		/**
		 * The call may have taken effect, may do so later, or never.
		 */
		UNKNOWN

	}

}
