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

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Decides whether a history is linearizable: whether each operation can be given one
 * instant between its invocation and its return so that the operations, in the order of
 * these instants, are legal by the sequential model.
 * <p>
 * The search is that of J. Wing and C. Gong, "Testing and Verifying Concurrent Objects",
 * J. of Parallel and Distributed Computing 17 (1993), with the memoised configurations
 * (what has been linearised, and the state) of G. Lowe, "Testing for Linearizability",
 * Concurrency and Computation 29 (2017); independent keys are judged one by one, see A.
 * Horn and D. Kroening, "Faster Linearizability Checking via P-Compositionality", FORTE
 * 2015. It differs from Lowe's just-in-time tree search in that it keeps its open
 * configurations in a queue, the furthest with the fewest unknown operations first, for
 * the sake of operations with an unknown outcome (see {@link Search}).
 *
 * @param <S> the type of states
 * @param <I> the type of inputs
 * @param <O> the type of outputs
 * @since 0.1.0
 */
public final class LinearizabilityChecker<S, I, O> {

	private static final Budget DEFAULT_BUDGET = new Budget(Duration.ofSeconds(60), 1_000_000);

	private final Model<S, I, O> model;

	private final Budget budget;

	/**
	 * Creates a checker with a budget that suits histories of some thousand operations.
	 * @param model the sequential model
	 */
	public LinearizabilityChecker(Model<S, I, O> model) {
		this(model, DEFAULT_BUDGET);
	}

	private LinearizabilityChecker(Model<S, I, O> model, Budget budget) {
		this.model = model;
		this.budget = budget;
	}

	/**
	 * Returns a checker with another budget for each independent part of a history.
	 * @param time how long to search
	 * @param configurations how many configurations to keep
	 * @return the checker
	 */
	public LinearizabilityChecker<S, I, O> withBudget(Duration time, int configurations) {
		return new LinearizabilityChecker<>(this.model, new Budget(time, configurations));
	}

	/**
	 * Judges a history.
	 * @param history the history; calls that are still open count as unknown
	 * @return the worst verdict of its parts
	 */
	public Verdict check(History<I, O> history) {
		return check(history.operations());
	}

	/**
	 * Judges a history.
	 * @param operations the operations in any order
	 * @return the worst verdict of its parts
	 */
	public Verdict check(List<Operation<I, O>> operations) {
		Verdict verdict = new Verdict(Verdict.Status.VALID, 0, 0, "");
		for (Map.Entry<Object, List<Operation<I, O>>> part : partition(operations).entrySet()) {
			verdict = verdict.and(new Search<>(this.model, this.budget, part.getKey(), part.getValue()).run());
		}
		return verdict;
	}

	private Map<Object, List<Operation<I, O>>> partition(List<Operation<I, O>> operations) {
		Map<Object, List<Operation<I, O>>> parts = new LinkedHashMap<>();
		List<Operation<I, O>> common = new ArrayList<>();
		for (Operation<I, O> operation : operations) {
			@Nullable Object key = this.model.partition(operation.input());
			((key != null) ? parts.computeIfAbsent(key, (absent) -> new ArrayList<>()) : common).add(operation);
		}
		parts.values().forEach((part) -> part.addAll(common));
		return parts;
	}

	/**
	 * Limits of a search.
	 *
	 * @param time how long it may take
	 * @param configurations how many configurations it may keep
	 */
	record Budget(Duration time, int configurations) {
	}

}
