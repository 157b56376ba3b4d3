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

import java.util.Set;

/**
 * Model of an object whose state and input decide the output and the next state.
 *
 * @param <S> the type of states
 * @param <I> the type of inputs
 * @param <O> the type of outputs
 * @since 0.1.0
 */
public interface DeterministicModel<S, I, O> extends Model<S, I, O> {

	/**
	 * Carries out an operation.
	 * @param state the state before
	 * @param input what was asked for
	 * @return the state after and the answer
	 */
	Transition<S, O> apply(S state, I input);

	@Override
	default Set<S> step(S state, I input, O output) {
		Transition<S, O> transition = apply(state, input);
		return (transition.output().equals(output)) ? Set.of(transition.state()) : Set.of();
	}

	@Override
	default Set<S> stepUnknown(S state, I input) {
		return Set.of(apply(state, input).state());
	}

	/**
	 * Effect and answer of an operation.
	 *
	 * @param state the state after
	 * @param output the answer
	 * @param <S> the type of states
	 * @param <O> the type of outputs
	 */
	record Transition<S, O>(S state, O output) {
	}

}
