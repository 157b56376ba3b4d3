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

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * Search for a legal order of the operations of one part of a history.
 * <p>
 * Operations with an unknown outcome are what makes it hard: each of them can be placed
 * anywhere or nowhere. Five rules keep their number from mattering, none of which loses
 * an answer:
 * <ul>
 * <li>a configuration is dropped if another with the same known operations and the same
 * state has used a subset of its unknown ones, as it can do all the dropped one can;</li>
 * <li>of configurations that are equally far, those with the fewest unknown operations
 * come first, so that the rule above has something to compare with;</li>
 * <li>of unknown operations with the same input the one invoked first is used first;</li>
 * <li>a configuration is given up if an operation that can come next can never become
 * legal again;</li>
 * <li>a read-only operation that is legal now is linearised now, without an alternative,
 * and one with an unknown outcome never.</li>
 * </ul>
 */
final class Search<S, I, O> {

	private static final int CLOCK_INTERVAL = 1024;

	private final Model<S, I, O> model;

	private final LinearizabilityChecker.Budget budget;

	private final Object partition;

	private final List<Operation<I, O>> known;

	private final List<Operation<I, O>> unknown;

	private final int[] twins;

	private final Queue<Configuration<S, I, O>> open = new PriorityQueue<>();

	private final Map<Configuration.Key<S>, List<BitSet>> visited = new HashMap<>();

	private long configurations;

	Search(Model<S, I, O> model, LinearizabilityChecker.Budget budget, Object partition,
			List<Operation<I, O>> operations) {
		this.model = model;
		this.budget = budget;
		this.partition = partition;
		List<Operation<I, O>> sorted = operations.stream()
			.sorted(Comparator.<Operation<I, O>>comparingLong(Operation::invoked))
			.toList();
		this.known = sorted.stream().filter((operation) -> !operation.isUnknown()).toList();
		this.unknown = sorted.stream()
			.filter((operation) -> operation.isUnknown() && !model.isReadOnly(operation.input(), null))
			.toList();
		this.twins = twins(this.unknown);
	}

	private static <I, O> int[] twins(List<Operation<I, O>> operations) {
		Map<I, Integer> latest = new HashMap<>();
		int[] twins = new int[operations.size()];
		for (int i = 0; i < twins.length; i++) {
			Integer twin = latest.put(operations.get(i).input(), i);
			twins[i] = (twin != null) ? twin : -1;
		}
		return twins;
	}

	Verdict run() {
		long start = System.nanoTime();
		Configuration<S, I, O> furthest = new Configuration<>(this.model.initialState());
		visit(furthest);
		for (long round = 0; !this.open.isEmpty(); round++) {
			Configuration<S, I, O> next = this.open.remove();
			furthest = (next.progress() > furthest.progress()) ? next : furthest;
			if (next.progress() == this.known.size()) {
				return verdict(Verdict.Status.VALID, "");
			}
			boolean late = round % CLOCK_INTERVAL == 0 && System.nanoTime() - start > this.budget.time().toNanos();
			if (late || this.configurations > this.budget.configurations()) {
				return verdict(Verdict.Status.UNDECIDED, evidence(furthest));
			}
			expand(next);
		}
		return verdict(Verdict.Status.INVALID, evidence(furthest));
	}

	private boolean isHopeless(Configuration<S, I, O> configuration, List<Integer> candidates) {
		return candidates.stream()
			.map(this.known::get)
			.anyMatch((next) -> this.model.isOutOfReach(configuration.state(), next.input(), next.output()));
	}

	private void expand(Configuration<S, I, O> from) {
		List<Integer> candidates = candidates(from);
		if (isHopeless(from, candidates)) {
			return;
		}
		for (int index : candidates) {
			Operation<I, O> operation = this.known.get(index);
			if (this.model.isReadOnly(operation.input(), operation.output()) && expandKnown(from, index)) {
				return;
			}
		}
		for (int index : candidates) {
			Operation<I, O> operation = this.known.get(index);
			if (!this.model.isReadOnly(operation.input(), operation.output())) {
				expandKnown(from, index);
			}
		}
		for (int index : unknownCandidates(from, candidates)) {
			Operation<I, O> operation = this.unknown.get(index);
			for (S state : this.model.stepUnknown(from.state(), operation.input())) {
				visit(from.withUnknown(index, operation, state));
			}
		}
	}

	private boolean expandKnown(Configuration<S, I, O> from, int index) {
		Operation<I, O> operation = this.known.get(index);
		boolean legal = false;
		for (S state : this.model.step(from.state(), operation.input(), operation.output())) {
			visit(from.withKnown(index, operation, state));
			legal = true;
		}
		return legal;
	}

	/**
	 * Returns the known operations that can come next: those invoked before any other
	 * that is left has returned.
	 */
	private List<Integer> candidates(Configuration<S, I, O> from) {
		List<Integer> candidates = new ArrayList<>();
		long horizon = Operation.NEVER;
		for (int i = from.prefix(); i < this.known.size() && this.known.get(i).invoked() <= horizon; i++) {
			if (!from.contains(i)) {
				candidates.add(i);
				horizon = Math.min(horizon, this.known.get(i).returned());
			}
		}
		return candidates;
	}

	private List<Integer> unknownCandidates(Configuration<S, I, O> from, List<Integer> candidates) {
		long horizon = candidates.stream().mapToLong((index) -> this.known.get(index).returned()).min().orElseThrow();
		List<Integer> unknown = new ArrayList<>();
		for (int i = 0; i < this.unknown.size() && this.unknown.get(i).invoked() <= horizon; i++) {
			boolean twinUsed = this.twins[i] < 0 || from.unknown().get(this.twins[i]);
			if (twinUsed && !from.unknown().get(i)) {
				unknown.add(i);
			}
		}
		return unknown;
	}

	private void visit(Configuration<S, I, O> configuration) {
		List<BitSet> rivals = this.visited.computeIfAbsent(configuration.key(), (key) -> new ArrayList<>(1));
		BitSet unknown = configuration.unknown();
		if (rivals.stream().anyMatch((rival) -> isSubset(rival, unknown))) {
			return;
		}
		rivals.removeIf((rival) -> isSubset(unknown, rival));
		rivals.add(unknown);
		this.open.add(configuration);
		this.configurations++;
	}

	private static boolean isSubset(BitSet part, BitSet whole) {
		BitSet rest = (BitSet) part.clone();
		rest.andNot(whole);
		return rest.isEmpty();
	}

	private Verdict verdict(Verdict.Status status, String evidence) {
		return new Verdict(status, this.known.size() + this.unknown.size(), this.configurations, evidence);
	}

	private String evidence(Configuration<S, I, O> furthest) {
		List<Integer> candidates = candidates(furthest);
		return new Evidence<>(this.partition, furthest, this.known.size(),
				candidates.stream().map(this.known::get).toList(),
				unknownCandidates(furthest, candidates).stream().map(this.unknown::get).toList())
			.toString();
	}

}
