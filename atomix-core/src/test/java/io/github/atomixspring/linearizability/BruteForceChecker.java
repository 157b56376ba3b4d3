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
import java.util.List;
import java.util.Set;

/**
 * Checker that tries every order, for small histories of one key.
 *
 * @param <S> the type of states
 * @param <I> the type of inputs
 * @param <O> the type of outputs
 */
final class BruteForceChecker<S, I, O> {

	private final Model<S, I, O> model;

	BruteForceChecker(Model<S, I, O> model) {
		this.model = model;
	}

	boolean isLinearizable(List<Operation<I, O>> operations) {
		return canGoOn(this.model.initialState(), operations);
	}

	private boolean canGoOn(S state, List<Operation<I, O>> left) {
		return left.stream().allMatch(Operation::isUnknown)
				|| left.stream().anyMatch((next) -> canComeNext(next, left) && canGoOnWith(state, next, left));
	}

	private boolean canComeNext(Operation<I, O> next, List<Operation<I, O>> left) {
		return left.stream().noneMatch((other) -> other.returned() < next.invoked());
	}

	private boolean canGoOnWith(S state, Operation<I, O> next, List<Operation<I, O>> left) {
		List<Operation<I, O>> rest = new ArrayList<>(left);
		rest.remove(next);
		O output = next.output();
		Set<S> states = (output != null) ? this.model.step(state, next.input(), output)
				: this.model.stepUnknown(state, next.input());
		return states.stream().anyMatch((after) -> canGoOn(after, rest));
	}

}
