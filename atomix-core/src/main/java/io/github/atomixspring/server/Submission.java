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

package io.github.atomixspring.server;

import io.github.atomixspring.protocol.LogEntry;
import io.github.atomixspring.statemachine.ReplicatedState;
import org.jspecify.annotations.Nullable;

/**
 * What a link wants to have in a log entry, and what to do when it was applied.
 *
 * @param item the item, or null if only the entry matters
 * @param bytes the approximate size
 * @param completion runs when the entry was applied, with the state standing still
 * @param abandonment runs instead if that is not known to happen
 * @param patient whether it may wait a moment for company
 */
record Submission(LogEntry.@Nullable Item item, int bytes, Completion completion, Runnable abandonment,
		boolean patient) {

	private static final int OVERHEAD = 64;

	private static final Completion NOTHING = (index, state) -> {
	};

	static Submission of(LogEntry.@Nullable Item item, Completion completion, Runnable abandonment) {
		return new Submission(item, OVERHEAD, completion, abandonment, false);
	}

	static Submission of(LogEntry.@Nullable Item item, Completion completion) {
		return of(item, completion, () -> {
		});
	}

	static Submission of(LogEntry.Item item, int bytes, Completion completion, Runnable abandonment) {
		return new Submission(item, OVERHEAD + bytes, completion, abandonment, false);
	}

	static Submission of(LogEntry.Item item, int bytes) {
		return new Submission(item, OVERHEAD + bytes, NOTHING, () -> {
		}, false);
	}

	static Submission patient(LogEntry.Item item, Completion completion) {
		return new Submission(item, OVERHEAD, completion, () -> {
		}, true);
	}

	void abandon() {
		this.abandonment.run();
	}

	/**
	 * What to do when the entry was applied.
	 */
	interface Completion {

		/**
		 * Called with the state standing still; must not block.
		 * @param index the log index
		 * @param state the state after the entry
		 */
		void applied(long index, ReplicatedState state);

	}

}
