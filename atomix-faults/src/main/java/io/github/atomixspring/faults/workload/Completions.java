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

package io.github.atomixspring.faults.workload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.github.atomixspring.linearizability.History;
import io.github.atomixspring.linearizability.HistoryEvent;

/**
 * Takes the times out of histories.
 */
final class Completions {

	private Completions() {
	}

	/**
	 * Returns the times of the calls of a history.
	 * @param history the history
	 * @return the times
	 */
	static List<Completion> of(History<?, ?> history) {
		return of(history, (end) -> true);
	}

	/**
	 * Returns the times of some of the calls of a history.
	 * @param history the history
	 * @param wanted whether a call that has ended so is wanted
	 * @return the times
	 */
	static List<Completion> of(History<?, ?> history, Predicate<HistoryEvent<?, ?>> wanted) {
		Map<Long, Long> open = new HashMap<>();
		List<Completion> completions = new ArrayList<>();
		for (HistoryEvent<?, ?> event : history.events()) {
			if (event.type() == HistoryEvent.Type.INVOKE) {
				open.put(event.id(), event.time());
				continue;
			}
			Long invoked = open.remove(event.id());
			if (invoked == null) {
				throw new IllegalStateException("An end without a beginning: " + event);
			}
			if (wanted.test(event)) {
				completions.add(new Completion(invoked, event.time(), outcome(event.type())));
			}
		}
		open.values().forEach((invoked) -> completions.add(new Completion(invoked, invoked, Outcome.UNKNOWN)));
		return completions;
	}

	private static Outcome outcome(HistoryEvent.Type type) {
		return switch (type) {
			case OK -> Outcome.OK;
			case FAIL -> Outcome.FAILED;
			default -> Outcome.UNKNOWN;
		};
	}

}
